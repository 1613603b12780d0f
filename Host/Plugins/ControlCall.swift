/// Waiting for a plugin to complete start, drain or stop, with a time limit.

import CNself
import Glibc
import HostCore
import Synchronization

/// One at a time is made per step and never freed: a plugin that completes late must not reach
/// freed memory. Steps are rare.
public final class ControlCall: @unchecked Sendable {  // state is behind the mutex
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var status: nself_status?
    private var message = ""
    let id: nself_call

    private struct Table {
        var calls: [UInt64: ControlCall] = [:]
        var next: UInt64 = 1
    }
    private static let table = Mutex(Table())
    /// The tag of control calls; loops have 0...63.
    private static let tag: UInt64 = 0xFF

    init() {
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        let number = ControlCall.table.withLock { table -> UInt64 in
            let number = table.next << 32 | ControlCall.tag << 24
            table.next += 1
            return number
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
        pthread_mutex_lock(waiting.mutex)
        waiting.status = status
        waiting.message = text
        pthread_cond_broadcast(waiting.changed)
        pthread_mutex_unlock(waiting.mutex)
    }

    enum Outcome: Equatable {
        case ok
        case failed(String)
        case timedOut
    }
    /// Blocks the control thread until the plugin has completed or `nanoseconds` are over. [control]
    func wait(nanoseconds: UInt64) -> Outcome {
        let deadline = Clock.monotonic() + nanoseconds
        var time = timespec(
            tv_sec: time_t(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while status == nil {
            if pthread_cond_timedwait(changed, mutex, &time) == ETIMEDOUT, status == nil {
                return .timedOut
            }
        }
        if status == .NSELF_STATUS_OK { return .ok }
        return .failed(message.isEmpty ? status?.name ?? "" : message)
    }
}
