/// What stands behind nself.host.database/1 of a FakeHost: a provider plugin, or a closure.
///
///     host.database = .answering { request in .rows(.init([.init("n")], [["1"]])) }
///     host.database = .provider(postgres.database)

import CNself
import PluginAPI

/// Completions never come before the function that started the operation has returned, and on the
/// loop that started it.
public final class DatabaseSource: @unchecked Sendable {  // the state is behind locks
    private enum Kind {
        case answering((FakeDatabase.Request) -> FakeDatabase.Answer)
        case provider(DatabaseRole)
    }
    private let kind: Kind
    private let open = Guarded<[UInt64: nself_call]>([:])
    /// What was asked, in order.
    private let asked = Guarded<[FakeDatabase.Request]>([])
    public var requests: [FakeDatabase.Request] { asked.with { $0 } }

    private init(_ kind: Kind) { self.kind = kind }

    public static func answering(
        _ answer: @escaping (FakeDatabase.Request) -> FakeDatabase.Answer
    ) -> DatabaseSource { DatabaseSource(.answering(answer)) }
    public static func provider(_ role: DatabaseRole) -> DatabaseSource {
        DatabaseSource(.provider(role))
    }

    func cancel(_ operation: nself_operation) {
        guard case .provider(let role) = kind, let call = open.with({ $0[operation.id] }) else {
            return
        }
        let plugin = Unmanaged<Instance>.fromOpaque(role.instance).takeUnretainedValue().plugin
        role.host.on(loop: FakeCalls.loop(of: call)) { plugin.cancel(call) }
    }

    func execute(
        _ host: FakeHost, _ request: UnsafePointer<nself_db_request>,
        _ context: UnsafeMutableRawPointer?, _ done: @escaping nself_db_done
    ) -> nself_operation {
        let loop = host.currentLoop?.index ?? 0
        let operation = nself_operation(id: FakeCalls.nextID())
        let copy = FakeDatabase.Request(request.pointee)
        asked.with { $0.append(copy) }
        let deliver = { (answer: FakeDatabase.Answer) in
            host.later(loop) { answer.deliver(context, done) }
        }
        switch kind {
        case .answering(let closure): deliver(closure(copy))
        case .provider(let role):
            let call = FakeCalls.begin(
                loop,
                .database { [open] status, message, results, count, error in
                    _ = open.with { $0.removeValue(forKey: operation.id) }
                    deliver(FakeDatabase.Answer(status, message, results, count, error))
                })
            open.with { $0[operation.id] = call }
            host.on(loop: loop) {
                role.table.pointee.execute(role.instance, request, call, FakeCalls.databaseDone)
            }
        }
        return operation
    }

    func openSession(
        _ host: FakeHost, _ flags: nself_db_request_flags, _ context: UnsafeMutableRawPointer?,
        _ done: @escaping nself_db_session_done
    ) -> nself_operation {
        let loop = host.currentLoop?.index ?? 0
        let operation = nself_operation(id: FakeCalls.nextID())
        let deliver = { (status: nself_status, message: String, session: UInt64) in
            host.later(loop) {
                message.withText { done(context, status, $0.raw, nself_db_session(id: session)) }
            }
        }
        switch kind {
        case .answering: deliver(.NSELF_STATUS_OK, "", operation.id)
        case .provider(let role):
            let call = FakeCalls.begin(loop, .session(deliver))
            host.on(loop: loop) {
                role.table.pointee.open_session(role.instance, flags, call, FakeCalls.sessionDone)
            }
        }
        return operation
    }

    func closeSession(_ host: FakeHost, _ session: UInt64) {
        if case .provider(let role) = kind {
            role.closeSession(session, on: host.currentLoop?.index ?? 0)
        }
    }
}

extension FakeHost {
    /// Runs `body` in a later turn of that loop.
    public func later(_ loop: Int, _ body: @escaping () -> Void) {
        final class Later {
            let body: () -> Void
            init(_ body: @escaping () -> Void) { self.body = body }
        }
        post(
            loop,
            FakeLoop.Task(context: Unmanaged.passRetained(Later(body)).toOpaque()) { context in
                if let context { Unmanaged<Later>.fromOpaque(context).takeRetainedValue().body() }
            })
    }
}

extension FakeDatabase.Answer {
    /// Gives a copy to a caller.
    func deliver(_ context: UnsafeMutableRawPointer?, _ done: @escaping nself_db_done) {
        message.withText { message in
            if let failure {
                failure.lend { done(context, status, message.raw, nil, 0, $0) }
            } else {
                let array = UnsafeMutablePointer<nself_db_result>.allocate(
                    capacity: max(results.count, 1))
                for (index, result) in results.enumerated() {
                    (array + index).initialize(to: result.give())
                }
                done(
                    context, status, message.raw, results.isEmpty ? nil : array,
                    UInt32(results.count), nil)
                array.deallocate()
            }
        }
    }
}

extension FakeTables {
    nonisolated(unsafe) static let database = {
        let table = UnsafeMutablePointer<nself_host_database>.allocate(capacity: 1)
        table.initialize(to: nself_host_database())
        table.pointee.struct_size = UInt32(MemoryLayout<nself_host_database>.size)
        table.pointee.execute = { host, request, context, done in
            let host = HostSide.of(host).host
            guard let source = host.database, let request, let done else {
                return nself_operation()
            }
            return source.execute(host, request, context, done)
        }
        table.pointee.open_session = { host, _, flags, context, done in
            let host = HostSide.of(host).host
            guard let source = host.database, let done else { return nself_operation() }
            return source.openSession(host, flags, context, done)
        }
        table.pointee.close_session = { host, session in
            let host = HostSide.of(host).host
            host.database?.closeSession(host, session.id)
        }
        // A caller hears LISTENING once; notifications are for tests of the provider itself.
        table.pointee.listen = { host, _, _, context, noticed in
            let id = FakeCalls.nextID()
            let host = HostSide.of(host).host
            host.later(host.currentLoop?.index ?? 0) {
                noticed?(context, .NSELF_NOTICE_LISTENING, nself_string(), nself_bytes())
            }
            return nself_subscription(id: id)
        }
        table.pointee.unlisten = { _, _ in }
        return table
    }()
}
