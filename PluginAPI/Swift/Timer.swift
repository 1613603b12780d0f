/// Time and timers (nself.host.clock/1). All times are nanoseconds.

/// [any]
public struct Timers: @unchecked Sendable {  // immutable pointers
    private let host: Host
    private let table: UnsafePointer<nself_host_clock>

    public init(_ host: Host) throws(PluginError) {
        self.host = host
        table = try host.table("nself.host.clock/1", nself_host_clock.self)
    }

    /// Nanoseconds of a clock that never goes back; deadlines are given on it.
    public var monotonic: UInt64 { table.pointee.monotonic(host.raw) }
    /// Nanoseconds since 1970.
    public var unixTime: UInt64 { table.pointee.unix_time(host.raw) }

    /// Runs `task` on the calling loop (elsewhere: loop 0) after `delay` nanoseconds, then every
    /// `period` unless that is 0. `context` lives until the task has run, or until `cancel` says so.
    public func schedule(
        after delay: UInt64, every period: UInt64 = 0, _ context: UnsafeMutableRawPointer?,
        _ task: @escaping nself_task
    ) -> nself_timer {
        table.pointee.schedule(host.raw, delay, period, context, task)
    }
    /// Stops a timer. `stopped` runs when the task can run no more: only then free its context.
    public func cancel(_ timer: nself_timer, _ stopped: nself_task? = nil) {
        table.pointee.cancel(host.raw, timer, stopped)
    }
}
