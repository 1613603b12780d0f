/// What the provider keeps on one loop: pipelines, the queue before them, sessions, statements.

import Libpq
import PluginAPI

/// [loop] Its own; nothing in it is reached from elsewhere.
final class LoopState: @unchecked Sendable {
    /// Lives longer: it is destroyed after `stop`, and after `close` nothing here looks at it.
    unowned(unsafe) let provider: Postgres
    let index: Int
    let statements: StatementTable
    private(set) var pipelines: [Connection] = []
    private(set) lazy var sessions = SessionPool(self)
    private(set) lazy var listener = Listener(self)

    let queue = Ring<SyncGroup>(capacity: Limits.queueMax)
    var queueBytes = 0
    /// Finished groups, the last one first.
    private var freeGroup: SyncGroup?
    private var freeCount = 0
    private var dirty: [Connection] = []
    private var turnEndScheduled = false
    var isTicking = false
    var ticker = nself_timer()
    /// Where the results of one answer are laid out for the caller.
    var results: UnsafeMutablePointer<nself_db_result>
    var resultCapacity = 8

    /// Why the last connection failed or was lost, for those who wait.
    private(set) var lastError = "not connected yet"
    private var isOutage = false
    /// When the last pipeline went down; 0: one is up.
    var downSince: UInt64
    private(set) var isClosing = false
    /// Runs once, when the first pipeline is up.
    var whenReady: (() -> Void)?
    /// Runs once, when nothing is under way any more.
    var whenQuiet: (() -> Void)?
    var quietDeadline: UInt64 = 0

    var preparedHits = 0
    var preparedMisses = 0
    var reported = Meters.Reported()

    init(_ provider: Postgres, _ index: Int) {
        self.provider = provider
        self.index = index
        let configuration = provider.configuration
        statements = StatementTable(
            capacity: configuration.preparedMax, prepares: configuration.pooler == .none)
        results = .allocate(capacity: resultCapacity)
        downSince = provider.timers.monotonic
    }
    deinit { results.deallocate() }

    var now: UInt64 { provider.timers.monotonic }
    /// The clock as it was last read: at the start of each call, event and turn end.
    private(set) var time: UInt64 = 0
    func readClock() { time = now }
    var upCount: Int { pipelines.reduce(0) { $0 + ($1.isReady ? 1 : 0) } }

    // MARK: Life

    func open() {
        for _ in 0..<provider.plan.pipelines { pipelines.append(Connection(self, .pipeline)) }
        for connection in pipelines { connection.open() }
    }

    /// Ends everything at once; what is under way fails.
    func close(_ reason: String) {
        isClosing = true
        let status = nself_status.NSELF_STATUS_UNAVAILABLE
        for group in queue.remove(where: { _ in true }) { end(group, status, reason) }
        queueBytes = 0
        sessions.close(reason)
        listener.close()
        for connection in pipelines { connection.close(status, reason) }
        report()
        checkQuiet()
        guard isTicking else { return }
        isTicking = false
        provider.timers.cancel(ticker) { context in
            if let context { Unmanaged<LoopState>.fromOpaque(context).release() }
        }
    }

    /// Calls `done` when nothing is under way; at `deadline` what is left is ended with ABORTED.
    func drain(deadline: UInt64, _ done: @escaping () -> Void) {
        whenQuiet = done
        quietDeadline = deadline
        startTicking()
        checkQuiet()
    }

    private var isQuiet: Bool {
        queue.isEmpty && sessions.isQuiet && pipelines.allSatisfy { $0.inFlight.isEmpty }
    }
    func checkQuiet() {
        guard let done = whenQuiet, isQuiet else { return }
        whenQuiet = nil
        done()
    }

    // MARK: Requests

    /// hot. Borrows the request until it returns.
    func execute(_ request: UnsafePointer<nself_db_request>, _ call: DatabaseCall) {
        readClock()
        let group = takeGroup()
        group.call = call.id.id
        group.done = call.done
        let inSession = request.pointee.session.id != 0
        let configuration = provider.configuration
        let asked = request.pointee.timeout
        // A session's time is kept here, by cancelling: the setting would outlive the statement.
        let sent =
            inSession
            ? 0 : asked != 0 ? asked : statements.prepares ? 0 : configuration.statementTimeout
        let refusal = group.fill(request, statements, timeout: sent) { [unowned self] statement in
            forget(statement)
        }
        group.timeout = asked != 0 ? asked : configuration.statementTimeout
        if group.timeout != 0 { group.deadline = time &+ group.timeout }
        if let refusal { return refuse(group, refusal) }
        if isClosing {
            return end(group, .NSELF_STATUS_UNAVAILABLE, "the database plugin is stopping")
        }
        startTicking()
        if inSession { return sessions.execute(request.pointee.session.id, group) }
        if let part = group.sessionOnlyPart {
            return refuse(
                group,
                .invalid(
                    "statement \(part) would outlive its request: run it in a session", part,
                    "25001"))
        }
        if group.isSlow, sessions.takes(group) { return }
        submit(group)
    }

    /// hot
    func submit(_ group: SyncGroup) {
        if queue.isEmpty, let connection = leastBusy { return connection.send(group) }
        enqueue(group)
    }
    private func enqueue(_ group: SyncGroup) {
        guard queueBytes + group.arenaUsed <= Limits.queueBytesMax, queue.append(group) else {
            return end(
                group, .NSELF_STATUS_RESOURCE_EXHAUSTED,
                "\(queue.count) requests wait for the database already")
        }
        group.queuedAt = now
        queueBytes += group.arenaUsed
    }

    /// Sends a group whose plan had gone stale once more.
    func again(_ group: SyncGroup) {
        group.clearResults()
        submit(group)
    }

    private var leastBusy: Connection? {
        var best: Connection?
        var least = Int.max
        for connection in pipelines where connection.hasRoom {
            let count = connection.inFlight.count
            if count < least { (best, least) = (connection, count) }
        }
        return best
    }

    /// Answers have come: those that wait may have room now.
    func madeRoom() {
        if !queue.isEmpty || whenQuiet != nil { scheduleTurnEnd() }
    }

    private func pump() {
        while !queue.isEmpty, let connection = leastBusy, let group = queue.removeFirst() {
            queueBytes -= group.arenaUsed
            connection.send(group)
        }
    }

    /// A statement left the table, or its plan is stale.
    func forget(_ statement: Statement) {
        for connection in pipelines { connection.forget(statement) }
        sessions.forget(statement)
    }

    // MARK: Turn end

    func markDirty(_ connection: Connection) {
        if !connection.isDirty {
            connection.isDirty = true
            dirty.append(connection)
        }
        scheduleTurnEnd()
    }
    private func scheduleTurnEnd() {
        guard !turnEndScheduled else { return }
        turnEndScheduled = true
        // Retained: the instance may be destroyed by another thread before this turn ends.
        provider.loops.runAtTurnEnd(Unmanaged.passRetained(self).toOpaque()) { context in
            guard let context else { return }
            Unmanaged<LoopState>.fromOpaque(context).takeRetainedValue().turnEnd()
        }
    }
    private func turnEnd() {
        turnEndScheduled = false
        guard !isClosing else { return dirty.removeAll() }
        readClock()
        pump()
        var at = 0
        while at < dirty.count {
            let connection = dirty[at]
            connection.flush()
            if connection.isBroken { giveUp(connection) }
            at += 1
        }
        dirty.removeAll(keepingCapacity: true)
        checkQuiet()
    }

    // MARK: Connections come and go

    func giveUp(_ connection: Connection) {
        if connection.phase == .ready { connection.failed(connection.errorText) }
    }

    func connected(_ connection: Connection) {
        switch connection.role {
        case .pipeline:
            downSince = 0
            if isOutage {
                isOutage = false
                provider.log.info("loop \(index): connected to the database again")
            }
            whenReady?()
            whenReady = nil
            scheduleTurnEnd()
        case .session: sessions.assign()
        case .listen: listener.connected()
        }
    }

    func lost(_ connection: Connection, _ reason: String, wasReady: Bool) {
        lastError = reason
        if wasReady { provider.meters.reconnected() }
        switch connection.role {
        case .pipeline:
            if downSince == 0, upCount == 0 { downSince = now }
            if !isOutage, !isClosing {
                isOutage = true
                provider.log.warning("loop \(index): no connection to the database: \(reason)")
            }
        case .session: sessions.lost(connection)
        case .listen: listener.lost()
        }
    }

    /// Whether a lost connection is to come back.
    func wants(_ connection: Connection) -> Bool {
        if isClosing { return false }
        switch connection.role {
        case .pipeline: return true
        case .session: return sessions.isWaiting
        case .listen: return listener.isWanted
        }
    }
    func reopen(_ connection: Connection) {
        guard wants(connection) else { return }
        provider.cluster?.revive(provider)
        connection.open()
    }

    // MARK: Groups

    func takeGroup() -> SyncGroup {
        guard let group = freeGroup else { return SyncGroup() }
        freeGroup = group.next
        group.next = nil
        freeCount -= 1
        return group
    }
    func giveBack(_ group: SyncGroup) {
        group.reset()
        guard freeCount < Limits.groupsKeptMax else { return }
        group.next = freeGroup
        freeGroup = group
        freeCount += 1
    }
}
