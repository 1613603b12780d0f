/// Loops, the end of a turn and worker threads (nself.host.core/1).

/// [any] unless a function says otherwise.
public struct Loops: @unchecked Sendable {  // immutable pointers
    private let host: Host
    private let table: UnsafePointer<nself_host_core>

    public init(_ host: Host) throws(PluginError) {
        self.host = host
        table = try host.table("nself.host.core/1", nself_host_core.self)
    }

    /// The same for the life of the process.
    public var count: Int { Int(table.pointee.loop_count(host.raw)) }
    /// The loop this thread runs, or nil elsewhere.
    public var current: Int? {
        let index = table.pointee.current_loop(host.raw)
        return index == UInt32.max ? nil : Int(index)
    }
    /// The loop that serves `call`.
    public func loop(of call: nself_call) -> Int { Int(table.pointee.loop_of(host.raw, call)) }

    /// Runs `task` on a loop, never before this returns.
    public func run(
        on loop: Int, _ context: UnsafeMutableRawPointer?, _ task: @escaping nself_task
    ) {
        table.pointee.run_on_loop(host.raw, UInt32(loop), context, task)
    }
    /// Runs `task` once before this loop waits: the place to flush what was queued. [loop]
    public func runAtTurnEnd(
        _ context: UnsafeMutableRawPointer?, _ task: @escaping nself_task
    ) {
        table.pointee.run_at_turn_end(host.raw, context, task)
    }
    /// Runs `task` on a worker thread. RESOURCE_EXHAUSTED: it does not run.
    public func runBlocking(
        _ context: UnsafeMutableRawPointer?, _ task: @escaping nself_task
    ) -> nself_status {
        table.pointee.run_blocking(host.raw, context, task)
    }
    /// Asks the host to stop, destroy and create this instance again.
    public func requestRestart(_ reason: String) {
        reason.withText { table.pointee.request_restart(host.raw, $0.raw) }
    }

    /// The same with a closure; it allocates, so not on a hot path.
    public func post(to loop: Int, _ body: @escaping @Sendable () -> Void) {
        run(on: loop, Job(body).retained, Job.run)
    }
    /// The same with a closure. False: the pool of worker threads is full, and it does not run.
    public func post(blocking body: @escaping @Sendable () -> Void) -> Bool {
        let job = Job(body).retained
        if runBlocking(job, Job.run) == .NSELF_STATUS_OK { return true }
        Unmanaged<Job>.fromOpaque(job).release()
        return false
    }
}

/// A closure on its way to another thread.
private final class Job {
    private let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    var retained: UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }
    static let run: nself_task = { context in
        if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
    }
}
