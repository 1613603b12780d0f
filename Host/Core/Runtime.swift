/// What the whole process shares: loops, worker threads, log, metrics.

import Glibc

/// Made once by Main, before any thread. Immutable afterwards. [any]
public final class Runtime: Sendable {
    public let loops: [Loop]
    public let workers: WorkPool
    public let log: Log
    public let metrics: Metrics

    /// `loopCount` 0: one per core.
    public init(loopCount: Int, log: Log) {
        let cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let count = min(max(loopCount == 0 ? cores : loopCount, 1), Limits.loopsMax)
        loops = (0..<count).map { Loop(index: UInt32($0)) }
        workers = WorkPool()
        self.log = log
        metrics = Metrics(loopCount: count)
    }

    /// The loop that work from `thread` belongs to: its own, elsewhere loop 0. [any]
    public var nearestLoop: Loop { Loop.current ?? loops[0] }
}
