/// One connection to the server, in pipeline mode, on one loop: connecting, watching, being lost.
///
/// Sending and receiving are in Connection+Pipeline.swift. The descriptor that is watched is a
/// duplicate of libpq's, because libpq closes its own without asking, and a descriptor must leave
/// the loop before it is closed.

import Glibc
import Libpq
import PluginAPI

/// [loop] The one that owns it.
final class Connection {
    enum Role { case pipeline, session, listen }
    enum Phase: Equatable {
        /// Waiting for the next attempt, or for nothing yet.
        case down
        /// A worker thread asks the name service.
        case lookingUp
        case connecting
        case ready
        /// Never comes back.
        case closed
    }

    /// Lives longer: it holds its connections, and after `close` none of them looks at it.
    unowned(unsafe) let owner: LoopState
    let role: Role
    private(set) var phase = Phase.down
    /// libpq's; null while down.
    private(set) var pg: OpaquePointer?
    private var descriptor: Int32 = -1
    private var poll = nself_poll()
    private var asked: nself_poll_events = []
    private var backoff = Backoff()
    private var retryTimer = nself_timer()
    private var connectDeadline: UInt64 = 0
    /// Distinguishes attempts: a late answer of the name service finds another number.
    private var attempt: UInt64 = 0

    /// What has been sent and not been answered, oldest first.
    let inFlight = Ring<SyncGroup>(capacity: 2 * Limits.pipelineDepthMax)
    /// By slot of the statement table: what is prepared here.
    let prepared: UnsafeMutablePointer<Prepared>
    /// By slot: the columns that prepared statement gives.
    let columns: UnsafeMutablePointer<ColumnSet?>
    private let slotCount: Int
    /// Names to DEALLOCATE, before the next request.
    var surplus: [String] = []
    /// libpq holds bytes that the socket did not take: nothing more is handed to it.
    var isBacklogged = false
    /// It is in the list of those to be flushed at the end of this turn.
    var isDirty = false
    /// Set when a call of libpq failed; the connection is given up at the end of the turn.
    var isBroken = false
    /// When the oldest group in flight became the oldest.
    var headSince: UInt64 = 0
    /// What the session pool or LISTEN keeps with it.
    var lease: Session?
    var isResetting = false
    var cancelsRunning = 0

    enum Prepared: UInt8 { case no, pending, yes }

    init(_ owner: LoopState, _ role: Role) {
        self.owner = owner
        self.role = role
        let count = owner.statements.slotCount
        prepared = .allocate(capacity: count)
        prepared.initialize(repeating: .no, count: count)
        columns = .allocate(capacity: count)
        columns.initialize(repeating: nil, count: count)
        slotCount = count
    }
    deinit {
        prepared.deallocate()
        columns.deinitialize(count: slotCount)
        columns.deallocate()
    }

    var isWaitingToRetry: Bool { retryTimer.id != 0 }
    var isReady: Bool { phase == .ready && !isBroken }
    /// Takes another request now.
    var hasRoom: Bool {
        phase == .ready && !isBroken && !isBacklogged && inFlight.count < Limits.pipelineDepthMax
    }

    // MARK: Connecting

    func open() {
        guard phase == .down else { return }
        let target = owner.provider.target
        guard target.needsLookup else { return begin(nil) }
        phase = .lookingUp
        attempt += 1
        let (this, number, loops) = (Retained(self), attempt, owner.provider.loops)
        let index = owner.index
        let accepted = loops.post(blocking: {
            let found = target.lookUp()
            loops.post(to: index) { this.take().lookedUp(found, number) }
        })
        if !accepted {
            this.drop()
            phase = .down
            failed("the pool of worker threads is full, so the server's name cannot be looked up")
        }
    }

    private func lookedUp(_ found: Target.Addresses, _ number: UInt64) {
        guard phase == .lookingUp, number == attempt else { return }
        phase = .down
        if found.hosts.isEmpty { return failed("the server's name is not known") }
        begin(found)
    }

    private func begin(_ found: Target.Addresses?) {
        pg = owner.provider.target.begin(found)
        guard pg != nil else { return failed("out of memory") }
        nself_postgres_quiet(pg)
        if PQstatus(pg) == CONNECTION_BAD { return failed(errorText) }
        phase = .connecting
        owner.provider.meters.connection(.connecting, 1)
        connectDeadline = owner.now + owner.provider.configuration.connectTimeout
        owner.startTicking()
        watch(.NSELF_POLL_WRITABLE)
    }

    /// One step of PQconnectPoll. It may close its socket and open another one.
    private func step() {
        unwatch()
        switch PQconnectPoll(pg) {
        case PGRES_POLLING_READING: watch(.NSELF_POLL_READABLE)
        case PGRES_POLLING_WRITING: watch(.NSELF_POLL_WRITABLE)
        case PGRES_POLLING_OK: connected()
        default: failed(errorText)
        }
    }

    private func connected() {
        guard PQsetnonblocking(pg, 1) == 0, PQenterPipelineMode(pg) == 1 else {
            return failed(errorText)
        }
        phase = .ready
        owner.provider.meters.connection(.connecting, -1)
        owner.provider.meters.connection(.ready, 1)
        isBroken = false
        isBacklogged = false
        watch(.NSELF_POLL_READABLE)
        backoff.succeeded()
        introduce { [unowned self] agreed in
            if agreed {
                owner.connected(self)
            } else if phase == .ready {
                isBroken = true
                owner.markDirty(self)
            }
        }
    }

    /// Settings for the whole connection; behind a pooler each request brings its own.
    func introduce(_ done: @escaping (Bool) -> Void) {
        let configuration = owner.provider.configuration
        guard configuration.pooler == .none, configuration.statementTimeout > 0 else {
            return done(true)
        }
        let milliseconds = (configuration.statementTimeout + 999_999) / 1_000_000
        housekeeping(
            ["select pg_catalog.set_config('statement_timeout', '\(milliseconds)', false)"], done)
    }

    // MARK: The clock

    /// An attempt that takes too long is given up; so is a server that does not answer, long after
    /// its own statement_timeout should have ended what it does.
    func check(_ now: UInt64) {
        let limit = owner.provider.configuration.connectTimeout
        if phase == .connecting, now >= connectDeadline {
            return failed("no connection within \(limit / 1_000_000) ms")
        }
        guard phase == .ready, let head = inFlight.first else { return }
        let began = max(headSince, head.sentAt)
        let allowed = head.timeout &* UInt64(max(head.partCount, 1)) &+ Limits.answerGrace
        if head.timeout != 0, now > began &+ allowed {
            head.ending = SyncGroup.Ending(
                status: .NSELF_STATUS_DEADLINE_EXCEEDED, message: "the database does not answer")
            return failed("no answer within \(allowed / 1_000_000) ms")
        }
        for at in 0..<inFlight.count {
            guard let group = inFlight[at], group.deadline != 0,
                now > group.deadline &+ Limits.answerGrace
            else { continue }
            owner.answer(group, .NSELF_STATUS_DEADLINE_EXCEEDED, "the time is over")
        }
    }

    /// Answers what is in flight, which goes on without anybody listening.
    func answerAll(_ status: nself_status, _ message: String) {
        for at in 0..<inFlight.count {
            if let group = inFlight[at] { owner.answer(group, status, message) }
        }
    }

    // MARK: Being lost

    /// What libpq says, one line.
    var errorText: String {
        guard let text = PQerrorMessage(pg) else { return "" }
        return String(cString: text).split(separator: "\n").joined(separator: " ")
    }

    /// The attempt failed, or an established connection was lost: everything in flight fails, and
    /// another attempt is made after a while.
    func failed(_ reason: String) {
        guard phase != .closed else { return }
        let wasReady = phase == .ready
        tearDown()
        phase = .down
        owner.lost(self, reason, wasReady: wasReady)
        guard owner.wants(self), phase == .down, retryTimer.id == 0 else { return }
        let wait = backoff.next(now: owner.now, random: .random(in: 0 ... .max))
        let this = Unmanaged.passRetained(self).toOpaque()
        retryTimer = owner.provider.timers.schedule(after: wait, this) { context in
            guard let context else { return }
            let connection = Unmanaged<Connection>.fromOpaque(context).takeRetainedValue()
            connection.retryTimer = nself_timer()
            if connection.phase == .down { connection.owner.reopen(connection) }
        }
    }

    /// For good.
    func close(_ status: nself_status, _ reason: String) {
        guard phase != .closed else { return }
        if retryTimer.id != 0 {
            owner.provider.timers.cancel(retryTimer) { context in
                if let context { Unmanaged<Connection>.fromOpaque(context).release() }
            }
            retryTimer = nself_timer()
        }
        tearDown(status, reason)
        phase = .closed
    }

    private func tearDown(
        _ status: nself_status = .NSELF_STATUS_UNAVAILABLE,
        _ reason: String = "the connection to the database was lost"
    ) {
        switch phase {
        case .ready: owner.provider.meters.connection(.ready, -1)
        case .connecting: owner.provider.meters.connection(.connecting, -1)
        default: break
        }
        phase = .down
        attempt += 1
        unwatch()
        if let pg { PQfinish(pg) }
        pg = nil
        isBroken = false
        isBacklogged = false
        isResetting = false
        prepared.update(repeating: .no, count: owner.statements.slotCount)
        forgetPrepared()
        while let group = inFlight.removeFirst() {
            // What the server said at the end (57P01, say) is the better reason.
            if group.ending == nil, group.failure == nil {
                group.ending = SyncGroup.Ending(status: status, message: reason)
            }
            owner.finish(group)
        }
    }

    // MARK: Watching

    func want(_ events: nself_poll_events) {
        guard events != asked, poll.id != 0 else { return }
        asked = events
        owner.provider.poll.change(poll, events)
    }

    private func watch(_ events: nself_poll_events) {
        unwatch()
        descriptor = fcntl(PQsocket(pg), F_DUPFD_CLOEXEC, 3)
        guard descriptor >= 0 else { return failed("no descriptor is left: \(errno)") }
        asked = events
        poll = owner.provider.poll.watch(
            descriptor, events, Unmanaged.passUnretained(self).toOpaque()
        ) { context, _, events in
            guard let context else { return }
            let connection = Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue()
            if connection.phase == .connecting {
                connection.step()
            } else {
                connection.becameReady(events)
            }
        }
        if poll.id == 0 { failed("the loop refused to watch the connection") }
    }

    private func unwatch() {
        if poll.id != 0 { owner.provider.poll.stop(poll) }
        poll = nself_poll()
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}

/// A reference on its way through another thread, which only passes it on.
struct Retained<Object: AnyObject>: @unchecked Sendable {
    private let reference: Unmanaged<Object>
    init(_ object: Object) { reference = .passRetained(object) }
    /// On the loop the object belongs to, once.
    func take() -> Object { reference.takeRetainedValue() }
    func drop() { reference.release() }
}
