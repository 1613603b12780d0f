/// nself.host.core/1: calls, loops and worker threads.

import CNself
import HostCore
import HostPlugins

enum CoreInterface {
    static func table() -> UnsafeRawPointer {
        makeTable(nself_host_core.self, nself_host_core()) { table in
            table.pointee.cancel = { _, operation in CoreInterface.cancel(operation) }
            table.pointee.loop_count = { host in UInt32(Generation.of(host).runtime.loops.count) }
            table.pointee.current_loop = { _ in Loop.current?.index ?? UInt32.max }
            table.pointee.loop_of = { _, call in Calls.loop(of: call.id)?.index ?? UInt32.max }
            table.pointee.run_on_loop = { host, index, context, task in
                guard let task else { return }
                let loops = Generation.of(host).runtime.loops
                // An index that is none of ours, such as that of no loop: loop 0 (header, THREADS).
                loops[Int(index) < loops.count ? Int(index) : 0].post(context, task)
            }
            table.pointee.run_at_turn_end = { host, context, task in
                guard let task else { return }
                guard let loop = Loop.current else {
                    return Generation.of(host).runtime.loops[0].post(context, task)
                }
                loop.atTurnEnd(context, task)
            }
            table.pointee.run_blocking = { host, context, task in
                guard let task else { return .NSELF_STATUS_INVALID_ARGUMENT }
                return Generation.of(host).runtime.workers.run(context, task)
                    ? .NSELF_STATUS_OK : .NSELF_STATUS_RESOURCE_EXHAUSTED
            }
            table.pointee.request_restart = { host, reason in
                RestartRequests.shared.ask(
                    Generation.of(host).config.name, String(borrowed: reason))
            }
        }
    }

    /// Passes the wish on to whoever serves the operation. [any]
    private static func cancel(_ operation: nself_operation) {
        guard let loop = Calls.loop(of: operation.id) else { return }
        loop.post {
            guard let generation = Calls.table(of: loop).find(operation.id)?.generation else {
                return
            }
            generation.cancel(nself_call(id: operation.id), from: loop)
        }
    }
}
