/// Waiting for a plugin to complete start, drain or stop, with a time limit.

import CNself
import HostCore

/// Found by its number, so that a plugin that completes late or twice reaches nothing.
final class ControlCall: Sendable {
    private let latch = Latch(1)
    private let outcome = Locked<Outcome?>(nil)
    let id: nself_call

    enum Outcome: Equatable, Sendable {
        case ok
        case failed(String)
        case timedOut
    }
    private struct Table {
        var calls: [UInt64: ControlCall] = [:]
        var next: UInt64 = 1
    }
    private static let table = Locked(Table())
    /// The tag of control calls; loops have 0...63.
    private static let tag: UInt64 = 0xFF

    init() {
        let number = ControlCall.table.withLock { table -> UInt64 in
            table.next += 1
            return table.next << 32 | ControlCall.tag << 24
        }
        id = nself_call(id: number)
        ControlCall.table.withLock { $0.calls[number] = self }
    }

    /// nself_done: what the plugin completes with. [any]
    static let done: nself_done = { call, status, message in
        guard let waiting = table.withLock({ $0.calls.removeValue(forKey: call.id) }) else {
            return Calls.countStale()
        }
        let text = String(message)
        waiting.outcome.withLock {
            $0 = status == .NSELF_STATUS_OK ? .ok : .failed(text.isEmpty ? status.name : text)
        }
        waiting.latch.countDown()
    }

    /// Blocks the control thread until the plugin has completed or `nanoseconds` are over. [control]
    func wait(nanoseconds: UInt64) -> Outcome {
        guard latch.wait(nanoseconds: nanoseconds) else { return .timedOut }
        return outcome.withLock { $0 } ?? .timedOut
    }
}
