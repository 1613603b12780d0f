/// Connections that one caller has for itself: BEGIN ... COMMIT with thinking in between, cursors,
/// temporary tables; and those that run slow statements, which would hold up a pipeline.

import Libpq
import PluginAPI

/// What one caller has opened. [loop]
final class Session {
    let id: UInt64
    /// Nil: lost, or taken away; `reason` says why.
    var connection: Connection?
    var reason = ""
    let pending = Ring<SyncGroup>(capacity: Limits.pipelineDepthMax)
    var lastUse: UInt64
    var isClosing = false

    init(_ id: UInt64, _ connection: Connection, _ now: UInt64) {
        self.id = id
        self.connection = connection
        lastUse = now
    }
}

/// [loop]
final class SessionPool {
    /// Someone who needs a connection: to open a session, or for one slow request.
    private final class Waiter {
        let call: SessionCall?
        let group: SyncGroup?
        let since: UInt64
        init(_ call: SessionCall?, _ group: SyncGroup?, _ since: UInt64) {
            self.call = call
            self.group = group
            self.since = since
        }
    }

    private unowned let owner: LoopState
    private var connections: [Connection] = []
    private let waiters = Ring<Waiter>(capacity: Limits.sessionWaitersMax)
    private var sessions: [UInt64: Session] = [:]
    /// Upper half of the next number: none is ever used twice.
    private var lastNumber: UInt64 = 0

    init(_ owner: LoopState) { self.owner = owner }

    private var connectionsMax: Int { owner.provider.plan.sessions }
    var isWaiting: Bool { !waiters.isEmpty }
    var waitingCount: Int { waiters.count }
    var inFlightCount: Int { connections.reduce(0) { $0 + $1.inFlight.count } }
    var isQuiet: Bool {
        waiters.isEmpty && sessions.values.allSatisfy { $0.connection == nil }
            && connections.allSatisfy { $0.inFlight.isEmpty }
    }
    /// The loop a session belongs to.
    static func loop(of session: UInt64) -> Int { Int(session & 0xFFFF) }

    // MARK: Opening and closing

    func open(_ call: SessionCall) {
        if owner.isClosing {
            return Self.fail(call, .NSELF_STATUS_UNAVAILABLE, "the database plugin is stopping")
        }
        guard connectionsMax > 0 else {
            return Self.fail(
                call, .NSELF_STATUS_FAILED_PRECONDITION,
                "there are no sessions: raise sessions_per_loop or connections_max")
        }
        guard sessions.count < Limits.sessionsMax,
            waiters.append(Waiter(call, nil, owner.now))
        else {
            return Self.fail(
                call, .NSELF_STATUS_RESOURCE_EXHAUSTED,
                "\(waiters.count) callers wait for a session already")
        }
        owner.startTicking()
        assign()
    }

    func close(_ id: UInt64) {
        guard let session = sessions.removeValue(forKey: id) else { return }
        session.isClosing = true
        for group in session.pending.remove(where: { _ in true }) {
            owner.end(group, .NSELF_STATUS_CANCELLED, "the session was closed")
        }
        guard let connection = session.connection else { return }
        if let head = connection.inFlight.first {
            head.cancelled = true
            requestCancel(connection, head)
        }
        progressed(connection)
        owner.startTicking()
    }

    /// True when the pool has taken the group; a text that was merely found to be slow goes to the
    /// pipelines when nothing here is free.
    func takes(_ group: SyncGroup) -> Bool {
        guard connectionsMax > 0 else { return false }
        let asked = group.flags.contains(.NSELF_DB_SLOW)
        let free = connections.contains { isFree($0) } || connections.count < connectionsMax
        guard asked || (waiters.isEmpty && free) else { return false }
        if waiters.append(Waiter(nil, group, owner.now)) {
            assign()
        } else {
            owner.end(
                group, .NSELF_STATUS_RESOURCE_EXHAUSTED,
                "\(waiters.count) callers wait for a session already")
        }
        return true
    }

    // MARK: Requests

    func execute(_ id: UInt64, _ group: SyncGroup) {
        guard let session = sessions[id] else {
            return owner.end(group, .NSELF_STATUS_ABORTED, "this session is closed")
        }
        guard let connection = session.connection else {
            return owner.end(group, .NSELF_STATUS_ABORTED, session.reason)
        }
        session.lastUse = owner.now
        guard session.pending.append(group) else {
            return owner.end(
                group, .NSELF_STATUS_RESOURCE_EXHAUSTED,
                "\(session.pending.count) requests wait in this session already")
        }
        sendPending(session, connection)
    }

    private func sendPending(_ session: Session, _ connection: Connection) {
        // While a cancel request is on its way it might hit what is sent now.
        while connection.hasRoom, connection.cancelsRunning == 0,
            let group = session.pending.removeFirst()
        { connection.send(group) }
    }

    /// A group has ended on that connection, a cancel request has arrived, or it has become free.
    func progressed(_ connection: Connection) {
        guard !connection.isResetting else { return }
        guard let session = connection.lease else { return assign() }
        session.lastUse = owner.now
        if !session.isClosing {
            sendPending(session, connection)
        } else if connection.inFlight.isEmpty, connection.cancelsRunning == 0 {
            reset(connection)
        }
    }

    /// Makes the connection as good as new for the next caller.
    private func reset(_ connection: Connection) {
        connection.lease = nil
        guard connection.isReady else { return }
        connection.isResetting = true
        connection.housekeeping(["rollback"])
        let finished: (Bool) -> Void = { [unowned self, unowned connection] agreed in
            guard agreed else {
                // Lost meanwhile, or a server that cannot even discard: then it is not used again.
                guard connection.phase == .ready else { return }
                connection.isBroken = true
                return owner.markDirty(connection)
            }
            connection.isResetting = false
            assign()
            owner.checkQuiet()
        }
        // Behind a pooler the backend is somebody else's after the transaction.
        guard owner.statements.prepares else {
            return connection.housekeeping(["select 1"], finished)
        }
        connection.housekeeping(["discard all"]) { [unowned connection] agreed in
            connection.forgetPrepared()
            if agreed { connection.introduce(finished) } else { finished(false) }
        }
    }

    // MARK: Giving connections to waiters

    private func isFree(_ connection: Connection) -> Bool {
        connection.isReady && connection.lease == nil && !connection.isResetting
            && connection.inFlight.isEmpty && connection.cancelsRunning == 0
    }

    func assign() {
        while let waiter = waiters.first {
            guard let connection = connections.first(where: { isFree($0) }) else { return grow() }
            _ = waiters.removeFirst()
            if let call = waiter.call {
                lastNumber += 1
                let id = lastNumber << 16 | UInt64(owner.index)
                let session = Session(id, connection, owner.now)
                sessions[id] = session
                connection.lease = session
                call.succeed(id)
            } else if let group = waiter.group {
                connection.send(group)
            }
        }
    }

    /// One more connection, if there may be one and none is on its way.
    private func grow() {
        let coming = connections.contains { $0.phase == .connecting || $0.phase == .lookingUp }
        if coming { return }
        if let down = connections.first(where: { $0.phase == .down }) {
            if !down.isWaitingToRetry { down.open() }
        } else if connections.count < connectionsMax {
            let connection = Connection(owner, .session)
            connections.append(connection)
            connection.open()
        }
    }

    // MARK: Losing them

    func lost(_ connection: Connection) {
        guard let session = connection.lease else { return }
        connection.lease = nil
        session.connection = nil
        session.reason = "the session's connection was lost, and its transaction with it"
        for group in session.pending.remove(where: { _ in true }) {
            owner.end(group, .NSELF_STATUS_UNAVAILABLE, session.reason)
        }
    }

    func forget(_ statement: Statement) {
        for connection in connections { connection.forget(statement) }
    }

    /// Ends every session; their connections are made free.
    func abort(_ reason: String) {
        for waiter in waiters.remove(where: { _ in true }) {
            refuse(waiter, .NSELF_STATUS_ABORTED, reason)
        }
        for session in sessions.values { takeAway(session, reason) }
        for connection in connections {
            connection.answerAll(.NSELF_STATUS_ABORTED, reason)
        }
    }

    private func takeAway(_ session: Session, _ reason: String) {
        guard let connection = session.connection else { return }
        session.connection = nil
        session.reason = reason
        session.isClosing = true
        for group in session.pending.remove(where: { _ in true }) {
            owner.end(group, .NSELF_STATUS_ABORTED, reason)
        }
        progressed(connection)
    }

    func close(_ reason: String) {
        for waiter in waiters.remove(where: { _ in true }) {
            refuse(waiter, .NSELF_STATUS_UNAVAILABLE, reason)
        }
        for session in sessions.values {
            session.connection = nil
            session.reason = reason
            for group in session.pending.remove(where: { _ in true }) {
                owner.end(group, .NSELF_STATUS_ABORTED, reason)
            }
        }
        for connection in connections {
            connection.lease = nil
            connection.close(.NSELF_STATUS_ABORTED, reason)
        }
    }

    private func refuse(_ waiter: Waiter, _ status: nself_status, _ message: String) {
        if let call = waiter.call { Self.fail(call, status, message) }
        if let group = waiter.group { owner.end(group, status, message) }
    }
    private static func fail(_ call: SessionCall, _ status: nself_status, _ message: String) {
        message.withText { call.fail(status, $0) }
    }

    // MARK: Time and cancelling

    /// True while there is something whose time may come.
    func tick(_ now: UInt64) -> Bool {
        for connection in connections {
            connection.check(now)
            if let head = connection.inFlight.first, head.deadline != 0, now >= head.deadline,
                head.done != nil, !head.cancelRequested
            {
                requestCancel(connection, head)
            }
        }
        let late = waiters.remove { waiter in
            if let group = waiter.group, group.deadline != 0, now >= group.deadline { return true }
            let isDown = !connections.contains { $0.isReady }
            return now >= waiter.since + (isDown ? Limits.unavailableWait : Limits.sessionWait)
        }
        for waiter in late {
            if connections.contains(where: { $0.isReady }) {
                refuse(waiter, .NSELF_STATUS_RESOURCE_EXHAUSTED, "no session became free in time")
            } else {
                refuse(
                    waiter, .NSELF_STATUS_UNAVAILABLE,
                    "no connection to the database: \(owner.lastError)")
            }
        }
        for session in sessions.values where session.connection?.inFlight.isEmpty == true {
            if now > session.lastUse + Limits.sessionIdleMax {
                takeAway(session, "the session was idle for too long, and has been rolled back")
            }
        }
        return !waiters.isEmpty || !sessions.isEmpty
            || connections.contains { !$0.inFlight.isEmpty || $0.phase == .connecting }
    }

    /// False when the call is not here.
    func cancel(_ call: UInt64) -> Bool {
        let waiting = waiters.remove { $0.call?.id.id == call || $0.group?.call == call }
        for waiter in waiting { refuse(waiter, .NSELF_STATUS_CANCELLED, "cancelled") }
        if !waiting.isEmpty { return true }
        for session in sessions.values {
            let pending = session.pending.remove { $0.call == call }
            for group in pending { owner.end(group, .NSELF_STATUS_CANCELLED, "cancelled") }
            if !pending.isEmpty { return true }
        }
        for connection in connections {
            for at in 0..<connection.inFlight.count {
                guard let group = connection.inFlight[at], group.call == call else { continue }
                group.cancelled = true
                // One behind the head has to wait: the request would hit the head.
                if at == 0 { requestCancel(connection, group) }
                return true
            }
        }
        return false
    }

    /// Asks the server to stop what it does on that connection: PQcancel blocks, so from a worker.
    private func requestCancel(_ connection: Connection, _ group: SyncGroup) {
        guard connection.isReady, !group.cancelRequested, let request = PQgetCancel(connection.pg)
        else { return }
        group.cancelRequested = true
        connection.cancelsRunning += 1
        let (this, loops, index) = (Retained(connection), owner.provider.loops, owner.index)
        nonisolated(unsafe) let handle = request
        let accepted = loops.post(blocking: {
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { room in
                _ = PQcancel(handle, room.baseAddress, Int32(room.count))
            }
            PQfreeCancel(handle)
            loops.post(to: index) {
                let connection = this.take()
                connection.cancelsRunning -= 1
                connection.owner.sessions.progressed(connection)
            }
        })
        if !accepted {
            this.drop()
            PQfreeCancel(handle)
            connection.cancelsRunning -= 1
            group.cancelRequested = false  // the next tick tries again
        }
    }
}
