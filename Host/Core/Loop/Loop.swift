/// One event loop, one thread: descriptors, timers, an inbox from other threads, an end of each turn.

import Glibc
import HostShim

/// A turn: ready descriptors → inbox → timers → turn end → wait. All [loop] unless marked.
public final class Loop: @unchecked Sendable {  // state is touched on its own thread; the rest is atomic
    public typealias Task = @convention(c) (UnsafeMutableRawPointer?) -> Void

    public let index: UInt32
    /// Monotonic nanoseconds, read once per turn.
    public private(set) var now: UInt64
    private var nowIsOld = false
    let uv = UVLoop()
    private let inbox = Inbox()
    private let turnEnd = TurnEnd()
    private var thread = pthread_t()

    public init(index: UInt32) {
        self.index = index
        now = Clock.monotonic()
        uv.attach(self)
    }

    /// The loop this thread runs, or nil. [any]
    public static var current: Loop? {
        guard let pointer = nself_shim_loop() else { return nil }
        return Unmanaged<Loop>.fromOpaque(pointer).takeUnretainedValue()
    }
    /// The index of the loop this thread runs, or nil; counts no reference. [any]
    @inline(__always) public static var currentIndex: Int? {
        guard let pointer = nself_shim_loop() else { return nil }
        return Unmanaged<Loop>.fromOpaque(pointer)._withUnsafeGuaranteedRef { Int($0.index) }
    }
    /// True when the calling thread runs this loop. [any]
    @inline(__always) public var isCurrent: Bool {
        nself_shim_loop() == Unmanaged.passUnretained(self).toOpaque()
    }
    /// Checks a [loop] tag in debug builds.
    @inline(__always) public func assertOn() {
        assert(isCurrent, "called off loop \(index): a function tagged [loop] runs on its own loop")
    }

    static func at(_ data: UnsafeMutableRawPointer?) -> Loop {
        guard let data else { preconditionFailure("a libuv handle lost its loop") }
        return Unmanaged<Loop>.fromOpaque(data).takeUnretainedValue()
    }

    // MARK: life

    /// Starts the thread. [control]
    public func start() {
        let context = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Loop>.fromOpaque(context).takeUnretainedValue().run()
                return nil
            }, context)
        precondition(status == 0, "no thread for loop \(index): the process limit is reached")
    }
    /// Runs on the calling thread until stop; for the thread of start, and for tests.
    public func run() {
        nself_shim_set_loop(Unmanaged.passUnretained(self).toOpaque())
        nself_shim_name_thread("loop-\(index)")
        now = Clock.monotonic()
        uv.run()
        nself_shim_set_loop(nil)
    }
    /// Ends run after this turn. [any]
    public func stop() { post { [self] in uv.stop() } }
    /// Waits for the thread of start. [control]
    public func join() { pthread_join(thread, nil) }

    // MARK: work from elsewhere

    /// Runs `task(context)` on this loop, never before this returns. [any]
    public func post(_ context: UnsafeMutableRawPointer?, _ task: @escaping Task) {
        if inbox.push(context, task) { uv.wakeUp() }
    }
    /// The same with a closure, for what is not hot. [any]
    public func post(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(body)).toOpaque()
        post(box) { context in
            guard let context else { return }
            Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
        }
    }
    private final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `task(context)` once, when all that is ready in this turn has been handled.
    public func atTurnEnd(_ context: UnsafeMutableRawPointer?, _ task: @escaping Task) {
        assertOn()
        turnEnd.add(context, task)
    }

    // MARK: timers

    /// Runs `body` after `after` nanoseconds, then every `every` unless that is 0.
    /// The timer keeps itself alive until it is cancelled or, without a period, has fired.
    @discardableResult
    public func schedule(after: UInt64, every: UInt64 = 0, _ body: @escaping () -> Void)
        -> LoopTimer
    {
        assertOn()
        return LoopTimer(self, after: after, every: every, body)
    }

    // MARK: called by UVLoop

    func drainInbox() { inbox.drain() }
    func endTurn() {
        if turnEnd.run() { uv.wakeUp() }
        nowIsOld = true
    }
    /// Before the first event of a turn is handled: the wait may have been long.
    @inline(__always) func turnBegan() {
        if nowIsOld {
            nowIsOld = false
            now = Clock.monotonic()
        }
    }
}
