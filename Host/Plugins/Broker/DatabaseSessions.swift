/// Sessions of the database interface: they belong to the generation that opened them, and to a loop.

import CNself
import HostCore

/// [loop] the one that opened it
final class DatabaseSession {
    let provider: Generation
    /// The provider's own number.
    let number: UInt64

    init(_ provider: Generation, _ number: UInt64) {
        self.provider = provider
        self.number = number
    }
}

/// A session that is being opened. [loop] the caller's
private final class SessionCall: PendingCall {
    let context: UnsafeMutableRawPointer?
    let done: nself_db_session_done
    init(_ context: UnsafeMutableRawPointer?, _ done: @escaping nself_db_session_done) {
        self.context = context
        self.done = done
    }
}

extension DatabaseBroker {
    /// [any]
    static func openSession(
        _ caller: Generation, _ source: nself_string, _ flags: nself_db_request_flags,
        _ context: UnsafeMutableRawPointer?, _ done: @escaping nself_db_session_done
    ) -> nself_operation {
        let loop = caller.runtime.nearestLoop
        nonisolated(unsafe) let context = context
        guard let provider = provider(caller, source), let role = provider.database else {
            loop.post {
                withString("no database: name one in [providers] of plugins.toml") {
                    done(context, .NSELF_STATUS_UNAVAILABLE, $0, nself_db_session())
                }
            }
            return nself_operation()
        }
        nonisolated(unsafe) let roleTable = role
        // Posted in every case, so that the answer cannot come before this returns.
        loop.post {
            let call = SessionCall(context, done)
            guard Calls.table(of: loop).arm(call, provider, at: loop.now) else {
                return withString("too many calls are under way on this loop") {
                    done(context, .NSELF_STATUS_RESOURCE_EXHAUSTED, $0, nself_db_session())
                }
            }
            let number = nself_call(id: call.id)
            onLoop(of: provider, from: loop) {
                roleTable.pointee.open_session(provider.pointer, flags, number, opened)
            }
        }
        return nself_operation()
    }

    /// nself_db_session_call_done. [any]
    private static let opened: nself_db_session_call_done = { number, status, message, session in
        guard let loop = Calls.loop(of: number.id) else { return }
        let text = String(message)
        loop.post {
            guard let found = Calls.table(of: loop).find(number.id) as? SessionCall,
                let provider = found.generation
            else { return Calls.countStale() }
            let failed = status != .NSELF_STATUS_OK
            _ = Calls.table(of: loop).retire(number.id, failed: failed, at: loop.now)
            var handle: UInt64 = 0
            if !failed {
                handle = perLoop[Int(loop.index)].sessions.insert(
                    DatabaseSession(provider, session))
            }
            withString(text) {
                found.done(found.context, status, $0, nself_db_session(id: handle))
            }
        }
    }

    /// [loop] the caller's, which must be the session's.
    static func executeInSession(
        _ call: DatabaseCall, _ request: UnsafePointer<nself_db_request>, _ here: PerLoop
    ) -> nself_operation {
        guard let session = here.sessions[request.pointee.session.id],
            let role = session.provider.database
        else {
            return refuse(
                call, here, .NSELF_STATUS_ABORTED,
                "this session is closed, or was opened on another loop")
        }
        guard Calls.table(of: here.loop).arm(call, session.provider, at: here.loop.now) else {
            return refuse(
                call, here, .NSELF_STATUS_RESOURCE_EXHAUSTED,
                "too many calls are under way on this loop")
        }
        let number = nself_call(id: call.id)
        let provider = session.provider
        if provider.parallel || provider.homeLoop === here.loop {
            var inner = request.pointee
            inner.session = nself_db_session(id: session.number)
            call.inside = true
            role.pointee.execute(provider.pointer, &inner, number, executed)
            call.inside = false
        } else {
            let copy = DatabaseRequestCopy(request)
            copy.request.session = nself_db_session(id: session.number)
            nonisolated(unsafe) let role = role
            provider.homeLoop.post {
                withUnsafePointer(to: copy.request) {
                    role.pointee.execute(provider.pointer, $0, number, executed)
                }
            }
        }
        return nself_operation(id: number.id)
    }

    /// [any]
    static func closeSession(_ session: nself_db_session) {
        let tag = Int(HandleTable<DatabaseSession>.tag(of: session.id))
        guard tag < perLoop.count else { return }
        let loop = perLoop[tag].loop
        guard loop.isCurrent else { return loop.post { closeSession(session) } }
        guard let closed = perLoop[tag].sessions.remove(session.id) else { return }
        let (provider, number) = (closed.provider, closed.number)
        onLoop(of: provider, from: loop) {
            provider.database?.pointee.close_session(provider.pointer, number)
        }
    }

    /// Runs `body` where the provider may be called: here, or on its own loop.
    static func onLoop(
        of provider: Generation, from loop: Loop, _ body: @escaping @Sendable () -> Void
    ) {
        if provider.parallel || provider.homeLoop === loop {
            body()
        } else {
            provider.homeLoop.post(body)
        }
    }
}
