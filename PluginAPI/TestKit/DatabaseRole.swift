/// A provider of nself.role.database/1 as a test calls it.

import CNself
import PluginAPI

/// Calls on the loop that is named, and pumps the host where a function waits.
public final class DatabaseRole {
    public let host: FakeHost
    let instance: UnsafeMutableRawPointer
    let table: UnsafePointer<nself_role_database>
    private let keepAlive: AnyObject

    init(
        _ host: FakeHost, _ instance: UnsafeMutableRawPointer,
        _ table: UnsafePointer<nself_role_database>, _ owner: AnyObject
    ) {
        self.host = host
        self.instance = instance
        self.table = table
        keepAlive = owner
    }

    /// A request under way: its call number, and the answer to come.
    public struct Running {
        public let call: nself_call
        public let answer: Pending<FakeDatabase.Answer>
    }

    /// One statement; waits for the answer.
    public func execute(
        _ sql: String, _ parameters: [FakeDatabase.Parameter] = [],
        settings: [(String, String)] = [], session: UInt64 = 0,
        flags: nself_db_request_flags = [], statementFlags: nself_db_statement_flags = [],
        timeout seconds: Double = 0, on loop: Int = 0
    ) -> FakeDatabase.Answer {
        var request = FakeDatabase.Request([.init(sql, parameters, statementFlags)])
        request.settings = settings
        request.session = session
        request.flags = flags
        request.timeout = UInt64(seconds * 1e9)
        return execute(request, on: loop)
    }
    /// Waits for the answer.
    public func execute(
        _ request: FakeDatabase.Request, within seconds: Double = 20, on loop: Int = 0
    ) -> FakeDatabase.Answer {
        host.wait(begin(request, on: loop).answer, within: seconds)
            ?? FakeDatabase.Answer(.NSELF_STATUS_UNKNOWN, "no answer within \(seconds) s")
    }
    /// Starts it; pump the host for its answer.
    public func begin(_ request: FakeDatabase.Request, on loop: Int = 0) -> Running {
        let pending = Pending<FakeDatabase.Answer>()
        let call = FakeCalls.begin(
            loop,
            .database { status, message, results, count, error in
                pending.complete(FakeDatabase.Answer(status, message, results, count, error))
            })
        host.on(loop: loop) {
            request.lend { table.pointee.execute(instance, $0, call, FakeCalls.databaseDone) }
        }
        return Running(call: call, answer: pending)
    }
    public func begin(
        _ sql: String, _ parameters: [FakeDatabase.Parameter] = [], on loop: Int = 0
    ) -> Running {
        begin(FakeDatabase.Request([.init(sql, parameters)]), on: loop)
    }

    /// A session under way of being opened: its number, or why not.
    public struct Opening {
        public let call: nself_call
        public let answer: Pending<Result<UInt64, PluginError>>
    }
    public func beginSession(_ flags: nself_db_request_flags = [], on loop: Int = 0) -> Opening {
        let pending = Pending<Result<UInt64, PluginError>>()
        let call = FakeCalls.begin(
            loop,
            .session { status, message, session in
                pending.complete(
                    status == .NSELF_STATUS_OK
                        ? .success(session) : .failure(PluginError(status, message)))
            })
        host.on(loop: loop) {
            table.pointee.open_session(instance, flags, call, FakeCalls.sessionDone)
        }
        return Opening(call: call, answer: pending)
    }
    public func openSession(on loop: Int = 0) throws(PluginError) -> UInt64 {
        guard let result = host.wait(beginSession(on: loop).answer) else {
            throw PluginError(.NSELF_STATUS_UNKNOWN, "no session within 10 s")
        }
        return try result.get()
    }
    public func closeSession(_ session: UInt64, on loop: Int = 0) {
        host.on(loop: loop) { table.pointee.close_session(instance, session) }
    }

    /// What one subscription has heard so far.
    public final class Subscription {
        public let id: nself_subscription
        let heard = Guarded<[FakeDatabase.Notice]>([])
        public var notices: [FakeDatabase.Notice] { heard.with { $0 } }
        init(_ id: UInt64) { self.id = nself_subscription(id: id) }
    }
    private static let subscriptions = Guarded<[UInt64: Subscription]>([:])

    public func listen(_ channel: String, on loop: Int = 0) -> Subscription {
        let subscription = Subscription(FakeCalls.nextID())
        Self.subscriptions.with { $0[subscription.id.id] = subscription }
        host.on(loop: loop) {
            channel.withText {
                table.pointee.listen(instance, $0.raw, subscription.id) {
                    id, notice, channel, payload in
                    let heard: FakeDatabase.Notice =
                        switch notice {
                        case .NSELF_NOTICE_LISTENING: .listening
                        case .NSELF_NOTICE_MESSAGE:
                            .message(
                                channel: String(channel),
                                payload: String(
                                    decoding: UnsafeRawBufferPointer(
                                        start: payload.data, count: payload.size), as: UTF8.self))
                        default: .ended
                        }
                    DatabaseRole.subscriptions.with { $0[id.id] }?.heard.with { $0.append(heard) }
                }
            }
        }
        return subscription
    }
    public func unlisten(_ subscription: Subscription, on loop: Int = 0) {
        host.on(loop: loop) { table.pointee.unlisten(instance, subscription.id) }
    }
}

extension FakePlugin {
    /// Its database role. Traps when the plugin does not have it.
    public var database: DatabaseRole {
        guard let role = role(NSELF_ROLE_DATABASE_ID) else {
            preconditionFailure("\(P.id) has no \(NSELF_ROLE_DATABASE_ID)")
        }
        return DatabaseRole(
            host, instance, role.assumingMemoryBound(to: nself_role_database.self), self)
    }
}
