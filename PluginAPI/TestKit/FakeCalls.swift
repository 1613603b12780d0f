/// The calls a FakeHost has made into plugins: numbers that are completed exactly once.

import CNself
import PluginAPI
import Synchronization

/// C completions carry nothing but the number, so the table of open calls is one per process. [any]
enum FakeCalls {
    private static let counter = Atomic<UInt64>(0)
    private static let open = Guarded<[UInt64: Entry]>([:])
    private static let late = Atomic<Int>(0)

    private struct Entry {
        let loop: Int
        let finish: Completion
    }
    enum Completion {
        case plain((nself_status, String) -> Void)
        case http((nself_status, String, UnsafeMutablePointer<nself_http_response>?) -> Void)
        case session((nself_status, String, UInt64) -> Void)
        case database(
            (
                nself_status, nself_string, UnsafeMutablePointer<nself_db_result>?, Int,
                UnsafePointer<nself_db_error>?
            ) -> Void)
    }

    /// Numbers are never used twice in a process.
    static func nextID() -> UInt64 { counter.wrappingAdd(1, ordering: .relaxed).newValue }

    static func begin(_ loop: Int, _ finish: Completion) -> nself_call {
        let id = nextID()
        open.with { $0[id] = Entry(loop: loop, finish: finish) }
        return nself_call(id: id)
    }
    static func loop(of call: nself_call) -> Int { open.with { $0[call.id]?.loop ?? 0 } }
    /// Completions that came twice or for a number that is not open, in this process.
    static var lateCount: Int { late.load(ordering: .relaxed) }

    private static func take(_ call: nself_call) -> Completion? {
        let entry = open.with { $0.removeValue(forKey: call.id) }
        if entry == nil { late.wrappingAdd(1, ordering: .relaxed) }
        return entry?.finish
    }

    static let done: nself_done = { call, status, message in
        guard case .plain(let finish) = FakeCalls.take(call) else { return }
        finish(status, String(message))
    }
    static let httpDone: nself_http_done = { call, status, message, response in
        guard case .http(let finish) = FakeCalls.take(call) else { return }
        finish(status, String(message), response)
    }
    static let sessionDone: nself_db_session_call_done = { call, status, message, session in
        guard case .session(let finish) = FakeCalls.take(call) else { return }
        finish(status, String(message), session)
    }
    static let databaseDone: nself_db_call_done = { call, status, message, results, count, error in
        guard case .database(let finish) = FakeCalls.take(call) else { return }
        finish(status, message, results, Int(count), error)
    }
}
