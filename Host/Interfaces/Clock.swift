/// nself.host.clock/1: time and timers.

import CNself
import HostCore
import HostPlugins

/// A timer of a plugin. Its state belongs to its loop; `cancelled` to the lock below.
private final class PluginTimer: @unchecked Sendable {  // see above
    let loop: Loop
    let context: UnsafeMutableRawPointer?
    let task: nself_task
    /// [loop]
    var timer: LoopTimer?
    var id: UInt64 = 0

    init(_ loop: Loop, _ context: UnsafeMutableRawPointer?, _ task: @escaping nself_task) {
        self.loop = loop
        self.context = context
        self.task = task
    }
}

/// Timers are made from any thread and must give their number at once, so the table has a lock:
/// it is held for one look-up.
private struct Timers: @unchecked Sendable {  // behind the mutex
    var table = HandleTable<PluginTimer>(tag: 0xFC)
}
private let timers = Locked(Timers())

enum ClockInterface {
    static func table() -> UnsafeRawPointer {
        makeTable(nself_host_clock.self, nself_host_clock()) { table in
            table.pointee.monotonic = { _ in Clock.monotonic() }
            table.pointee.unix_time = { _ in Clock.unix() }
            table.pointee.schedule = { host, delay, period, context, task in
                guard let task else { return nself_timer() }
                let loop = Generation.of(host).runtime.nearestLoop
                return ClockInterface.schedule(loop, delay, period, context, task)
            }
            table.pointee.cancel = { _, timer, stopped in
                ClockInterface.cancel(timer, stopped)
            }
        }
    }

    private static func schedule(
        _ loop: Loop, _ delay: UInt64, _ period: UInt64, _ context: UnsafeMutableRawPointer?,
        _ task: @escaping nself_task
    ) -> nself_timer {
        let entry = PluginTimer(loop, context, task)
        let id = timers.withLock { $0.table.insert(entry) }
        guard id != 0 else { return nself_timer() }
        entry.id = id
        let start: @Sendable () -> Void = {
            // Cancelled on its way here: nothing to start.
            guard timers.withLock({ $0.table[id] }) != nil else { return }
            entry.timer = loop.schedule(after: delay, every: period) {
                if period == 0 {
                    guard timers.withLock({ $0.table.remove(id) }) != nil else { return }
                    entry.timer = nil
                }
                entry.task(entry.context)
            }
        }
        if loop.isCurrent { start() } else { loop.post(start) }
        return nself_timer(id: id)
    }

    /// [any] `stopped` gets the timer's context, on the timer's loop, when the task can run no more.
    private static func cancel(_ timer: nself_timer, _ stopped: nself_task?) {
        guard let entry = timers.withLock({ $0.table.remove(timer.id) }) else { return }
        entry.loop.post {
            entry.timer?.cancel()
            entry.timer = nil
            stopped?(entry.context)
        }
    }
}
