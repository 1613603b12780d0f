/// A host for tests: real descriptors, timers and worker threads, but every loop is run by the
/// thread of the test, so that nothing happens between two lines of it.
///
///     let host = FakeHost()
///     let hello = try host.load(Hello.self)
///     #expect(hello.get("/hello").status == 200)

import CNself
import Glibc
import PluginAPI
import Synchronization

public final class FakeHost: @unchecked Sendable {  // see each member
    /// One line a plugin has logged.
    public struct Record: Sendable {
        public let instance: String
        public let level: UInt32
        public let message: String
        public let fields: [String: String]
    }

    public let clock = FakeClock()
    public let loops: [FakeLoop]
    public let metrics = FakeMetrics()
    /// What nself.host.telemetry/1 answers with.
    public let telemetry = FakeTelemetry()
    /// What stands behind nself.host.database/1. Set it before a plugin asks for the table.
    public var database: DatabaseSource? = nil
    /// Log records of this level and above are kept.
    public var level = nself_log_level.NSELF_LOG_DEBUG
    /// True: run_blocking answers RESOURCE_EXHAUSTED.
    public var refusesBlocking = false
    /// True: a descriptor that has failed is reported once, as epoll libraries like to do, and not
    /// in every turn.
    public var reportsHangupOnce = false
    /// Reasons of the restarts that plugins asked for.
    public let restarts = Guarded<[String]>([])
    let sides = Guarded<[HostSide]>([])
    let written = Guarded<[Record]>([])
    let interfaces = Guarded<[String: UnsafeRawPointer]>([:])
    private let workers = Atomic<Int>(0)
    /// A pipe that ends the wait in poll(2).
    private let wake: (read: Int32, write: Int32)
    private let pump = Atomic<UInt>(0)
    private var current: Int?

    /// Worker threads at once: more than any test needs, few enough to notice a leak.
    static let workersMax = 64

    public init(loops count: Int = 1) {
        loops = (0..<count).map(FakeLoop.init(index:))
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "pipe failed: \(errno)")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wake = (ends[0], ends[1])
    }
    deinit {
        close(wake.read)
        close(wake.write)
    }

    public var records: [Record] { written.with { $0 } }
    /// True when a record contains `text`.
    public func logged(_ text: String) -> Bool { records.contains { $0.message.contains(text) } }
    /// Completions that came twice or too late, of all hosts in this process.
    public static var lateCompletions: Int { FakeCalls.lateCount }

    /// Serves a table of one's own under `id`, also in place of a built-in one. `table` lives as
    /// long as the process.
    public func serve(_ id: String, _ table: UnsafeRawPointer) {
        interfaces.with { $0[id] = table }
    }

    // MARK: The pump

    /// Runs the loops until `condition` holds; false when it does not within `seconds` of real time.
    @discardableResult
    public func run(within seconds: Double = 10, until condition: () -> Bool) -> Bool {
        pump.store(UInt(pthread_self()), ordering: .relaxed)
        let limit = FakeClock()
        let end = limit.monotonic + UInt64(seconds * 1e9)
        while !condition() {
            let now = limit.monotonic
            if now >= end { return false }
            turn(waitAtMost: min(end - now, 50_000_000))
        }
        return true
    }
    /// Runs the loops for that long: for showing that something does not happen.
    public func run(seconds: Double) {
        let limit = FakeClock()
        let end = limit.monotonic + UInt64(seconds * 1e9)
        run(within: seconds + 1) { limit.monotonic >= end }
    }
    /// Runs the loops until `pending` is answered; nil when it is not.
    public func wait<Answer>(_ pending: Pending<Answer>, within seconds: Double = 10) -> Answer? {
        run(within: seconds) { pending.isDone }
        return pending.answer
    }

    /// Runs `body` as if on loop `index`; what it starts goes on when the host is pumped.
    public func on<Result>(loop index: Int, _ body: () throws -> Result) rethrows -> Result {
        pump.store(UInt(pthread_self()), ordering: .relaxed)
        let before = current
        current = index
        defer { current = before }
        return try body()
    }

    /// The loop the calling thread runs.
    var currentLoop: FakeLoop? {
        guard pump.load(ordering: .relaxed) == UInt(pthread_self()), let current else { return nil }
        return loops[current]
    }

    /// One turn of every loop.
    public func turn(waitAtMost nanoseconds: UInt64 = 0) {
        var asked: [pollfd] = [pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)]
        var owners: [(loop: Int, id: UInt64)] = [(-1, 0)]
        for loop in loops {
            for watch in loop.watches.values where !watch.events.isEmpty {
                var events: Int32 = 0
                if watch.events.contains(.NSELF_POLL_READABLE) { events |= POLLIN }
                if watch.events.contains(.NSELF_POLL_WRITABLE) { events |= POLLOUT }
                asked.append(pollfd(fd: watch.descriptor, events: Int16(events), revents: 0))
                owners.append((loop.index, watch.id))
            }
        }
        var wait = loops.contains(where: \.hasWork) ? 0 : nanoseconds
        let now = clock.monotonic
        for due in loops.compactMap(\.nextTimer) { wait = min(wait, due > now ? due - now : 0) }
        poll(&asked, nfds_t(asked.count), Int32((wait + 999_999) / 1_000_000))
        if asked[0].revents != 0 {
            withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) {
                _ = read(wake.read, $0.baseAddress, $0.count)
            }
        }
        for loop in loops {
            var ready: [(id: UInt64, events: nself_poll_events)] = []
            for (slot, owner) in zip(asked, owners)
            where owner.loop == loop.index && slot.revents != 0 {
                ready.append((owner.id, Self.events(slot.revents)))
            }
            if reportsHangupOnce {
                for (id, events) in ready where events.contains(.NSELF_POLL_HANGUP) {
                    loop.change(id, [])
                }
            }
            on(loop: loop.index) { loop.turn(now: clock.monotonic, ready) }
        }
    }

    private static func events(_ bits: Int16) -> nself_poll_events {
        let bits = Int32(bits)
        var events: nself_poll_events = []
        if bits & POLLIN != 0 { events.insert(.NSELF_POLL_READABLE) }
        if bits & POLLOUT != 0 { events.insert(.NSELF_POLL_WRITABLE) }
        if bits & (POLLHUP | POLLERR | POLLNVAL) != 0 {
            events.insert([.NSELF_POLL_HANGUP, .NSELF_POLL_READABLE])
        }
        return events
    }

    // MARK: What the tables call

    /// [any]
    func post(_ loop: Int, _ task: FakeLoop.Task) {
        loops[loop].post(task)
        var one: UInt8 = 1  // a full pipe wakes as well
        _ = write(wake.write, &one, 1)
    }
    /// Runs `body` on a thread of its own while the test pumps: for what somebody else does.
    public func runElsewhere(_ body: @escaping @Sendable () -> Void) -> Pending<Void> {
        final class Elsewhere {
            let body: @Sendable () -> Void
            let done = Pending<Void>()
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        let work = Elsewhere(body)
        let started = runBlocking(
            FakeLoop.Task(context: Unmanaged.passRetained(work).toOpaque()) { context in
                guard let context else { return }
                let work = Unmanaged<Elsewhere>.fromOpaque(context).takeRetainedValue()
                work.body()
                work.done.complete(())
            })
        precondition(started == .NSELF_STATUS_OK, "no thread for the test")
        return work.done
    }

    /// [any] Runs the task on a thread of its own.
    func runBlocking(_ task: FakeLoop.Task) -> nself_status {
        if refusesBlocking || workers.wrappingAdd(1, ordering: .relaxed).newValue > Self.workersMax
        {
            if !refusesBlocking { workers.wrappingSubtract(1, ordering: .relaxed) }
            return .NSELF_STATUS_RESOURCE_EXHAUSTED
        }
        final class Work {
            let host: FakeHost
            let task: FakeLoop.Task
            init(_ host: FakeHost, _ task: FakeLoop.Task) {
                self.host = host
                self.task = task
            }
        }
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(self, task)).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                work.task.run(work.task.context)
                work.host.workers.wrappingSubtract(1, ordering: .relaxed)
                return nil
            }, work)
        if result != 0 {
            Unmanaged<Work>.fromOpaque(work).release()
            return .NSELF_STATUS_RESOURCE_EXHAUSTED
        }
        pthread_detach(thread)
        return .NSELF_STATUS_OK
    }
}
