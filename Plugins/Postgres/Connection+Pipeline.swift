/// Sending groups into the pipeline and taking their results out of it.

import Libpq
import PluginAPI

extension Connection {
    // MARK: Sending

    /// hot. One sync group. The connection has room, or the caller accepts more depth.
    func send(_ group: SyncGroup) {
        if !surplus.isEmpty { deallocateSurplus() }
        group.clearResults()
        group.sentAt = owner.time
        if inFlight.isEmpty { headSince = group.sentAt }
        guard inFlight.append(group) else {
            group.ending = SyncGroup.Ending(
                status: .NSELF_STATUS_RESOURCE_EXHAUSTED, message: "the pipeline is full")
            return owner.finish(group)
        }
        var sent = true
        if let settings = group.settings {
            let named = name(settings)
            if named == .prepareFirst { group.append(command: SyncGroup.Command.settingsPrepare) }
            group.append(command: SyncGroup.Command.settings)
            group.settingsAreNamed = named != .no
            sent = execute(
                group, settings, named, settings.sql, 0, group.settingsCount, 0)
        }
        var index = 0
        while sent, index < group.partCount {
            let part = group.parts + index
            let named = name(part.pointee.statement)
            if named == .prepareFirst { group.append(command: SyncGroup.Command.prepare(index)) }
            group.append(command: SyncGroup.Command.execute(index))
            part.pointee.isNamed = named != .no
            sent = execute(
                group, part.pointee.statement, named, part.pointee.sql, part.pointee.first,
                part.pointee.count, part.pointee.binaryResult ? 1 : 0)
            index += 1
        }
        if !sent || PipelineSync.send(pg) == 0 { isBroken = true }
        // A large one may have filled the socket: the next is not to pile up in libpq.
        if group.arenaUsed > Limits.arenaKeptMax { push() }
        owner.markDirty(self)
    }

    private enum Named { case no, prepareFirst, yes }

    /// How a statement is run here. One that is being prepared may fail to be, so until that is
    /// known the others go without: each gets its own error, none "statement does not exist".
    @inline(__always)
    private func name(_ statement: Statement?) -> Named {
        guard let statement, owner.statements.prepares else { return .no }
        switch prepared[statement.slot] {
        case .yes: return .yes
        case .no: return .prepareFirst
        case .pending: return .no
        }
    }

    @inline(__always)
    private func execute(
        _ group: SyncGroup, _ statement: Statement?, _ named: Named, _ sql: UnsafePointer<CChar>,
        _ first: Int, _ count: Int, _ format: Int32
    ) -> Bool {
        guard let statement, named != .no else {
            return PQsendQueryParams(
                pg, sql, Int32(count), group.types + first, group.values + first,
                group.lengths + first, group.formats + first, format) == 1
        }
        if named == .prepareFirst {
            owner.preparedMisses += 1
            guard
                PQsendPrepare(pg, statement.name, sql, Int32(statement.typeCount), statement.types)
                    == 1
            else { return false }
            prepared[statement.slot] = .pending
        } else {
            owner.preparedHits += 1
        }
        return PQsendQueryPrepared(
            pg, statement.name, Int32(count), group.values + first, group.lengths + first,
            group.formats + first, format) == 1
    }

    /// Runs texts of the plugin's own as one group; `done` hears whether all of them worked.
    func housekeeping(_ texts: [String], _ done: ((Bool) -> Void)? = nil) {
        owner.readClock()
        let group = owner.takeGroup()
        group.fill(texts)
        group.ended = done
        group.timeout = Limits.housekeepingTime
        send(group)
    }

    /// Each is a group of its own, because one that fails must not undo the others; a few at a
    /// time, because the pipeline is bounded.
    private func deallocateSurplus() {
        let names = surplus.prefix(8)
        surplus.removeFirst(names.count)
        let rest = surplus
        surplus = []
        for name in names { housekeeping(["deallocate \(name)"]) }
        surplus = rest
    }

    /// The statement has left the table or gone stale: its name goes before the next request. One
    /// that is just being prepared is new enough.
    func forget(_ statement: Statement) {
        guard prepared[statement.slot] == .yes else { return }
        prepared[statement.slot] = .no
        columns[statement.slot] = nil
        surplus.append(String(cString: statement.name))
    }

    /// At the end of a turn: what libpq holds goes out, and what did not fit waits for the socket.
    func flush() {
        isDirty = false
        push()
        // Where the socket was full libpq has read, so as not to wait for a server that waits for
        // it; no event tells of what has arrived that way.
        drain()
    }
    private func push() {
        guard phase == .ready, !isBroken else { return }
        switch PQflush(pg) {
        case 0:
            isBacklogged = false
            want(.NSELF_POLL_READABLE)
        case 1:
            isBacklogged = true
            want([.NSELF_POLL_READABLE, .NSELF_POLL_WRITABLE])
        default: isBroken = true
        }
    }

    // MARK: Receiving

    func becameReady(_ events: nself_poll_events) {
        owner.readClock()
        if events.contains(.NSELF_POLL_WRITABLE) { owner.markDirty(self) }
        if events.contains(.NSELF_POLL_READABLE) || events.contains(.NSELF_POLL_HANGUP) {
            var isAlive = PQconsumeInput(pg) != 0
            drain()  // also what came before the end
            // The other end has gone. Reading on finds the end behind what was said last; the loop
            // need not report it twice. Not before the drain: past the end libpq forgets results.
            if events.contains(.NSELF_POLL_HANGUP), isAlive, phase == .ready, !isBroken {
                readToEnd()
                isAlive = false
            }
            if !isAlive { isBroken = true }
            if role == .listen { notifications() }
            owner.madeRoom()
        }
        if isBroken { owner.giveUp(self) }
    }

    private func readToEnd() {
        for _ in 0..<Limits.lastReadsMax where phase == .ready && !isBroken {
            if PQconsumeInput(pg) == 0 { return }
            drain()
        }
    }

    /// hot. Takes every result that has arrived completely.
    private func drain() {
        var empty = 0
        while phase == .ready, !isBroken, let group = inFlight.first, PQisBusy(pg) == 0 {
            guard let result = PQgetResult(pg) else {
                // One null ends each command; two in a row mean that libpq has nothing.
                empty += 1
                if empty > 1 { return }
                continue
            }
            empty = 0
            let status = PQresultStatus(result)
            if status == PGRES_PIPELINE_SYNC {
                PQclear(result)
                synced(group)
            } else {
                accept(group, result, status)
                // Once the connection has failed libpq repeats the same error for ever.
                if PQstatus(pg) == CONNECTION_BAD {
                    isBroken = true
                    return
                }
            }
        }
    }

    private func accept(_ group: SyncGroup, _ result: OpaquePointer, _ status: ExecStatusType) {
        guard group.cursor < group.commandCount else {
            PQclear(result)
            isBroken = true
            return
        }
        let command = group.commands[group.cursor]
        group.cursor += 1
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            if command < 0 || command & 1 == 1 {
                if let statement = preparedBy(group, command) { prepared[statement.slot] = .yes }
                PQclear(result)
            } else {
                keep(result, group.parts + Int(command) / 2)
            }
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            // There is no way out of COPY in a pipeline but to close the connection.
            PQclear(result)
            group.ending = SyncGroup.Ending(
                status: .NSELF_STATUS_UNIMPLEMENTED,
                message: "COPY to or from the client is not part of nself.host.database/1")
            isBroken = true
        default:
            if let statement = preparedBy(group, command) { prepared[statement.slot] = .no }
            if group.failure == nil, status != PGRES_PIPELINE_ABORTED {
                group.failure = result
                group.failedCommand = command
            } else {
                PQclear(result)
            }
        }
    }

    /// The columns of a prepared statement are read once per connection: its plan cannot give
    /// others without an error (0A000), which makes us forget them.
    @inline(__always)
    private func keep(_ result: OpaquePointer, _ part: UnsafeMutablePointer<SyncGroup.Part>) {
        part.pointee.result = result
        guard part.pointee.isNamed, let slot = part.pointee.statement?.slot else { return }
        if columns[slot] == nil, PQnfields(result) > 0 { columns[slot] = ColumnSet(result) }
        part.pointee.columns = columns[slot]
    }

    /// The statement that this command was to prepare.
    private func preparedBy(_ group: SyncGroup, _ command: Int32) -> Statement? {
        if command == SyncGroup.Command.settingsPrepare { return group.settings }
        return command >= 0 && command & 1 == 1 ? group.parts[Int(command) / 2].statement : nil
    }

    /// The group is complete: its transaction is over.
    private func synced(_ group: SyncGroup) {
        let now = owner.time
        let began = max(headSince, group.sentAt)
        _ = inFlight.removeFirst()
        headSince = now
        if group.failure == nil, group.partCount == 1, let statement = group.parts[0].statement {
            statement.measured(now &- began)
        }
        if role == .pipeline, inFlight.isEmpty, PQtransactionStatus(pg) == PQTRANS_INTRANS {
            // A function or an unforeseen statement left a transaction open: nobody may inherit it.
            isBroken = true
        }
        if let code = group.failure.flatMap({ PQresultErrorField($0, ErrorField.sqlstate) }),
            isStalePlan(group, code)
        {
            if !group.isRetry, role == .pipeline, !isBroken {
                group.isRetry = true
                return owner.again(group)
            }
        }
        owner.finish(group)
        if role == .session { owner.sessions.progressed(self) }
    }

    /// The server's plan no longer fits (a column was added), or its statement is gone (DISCARD by
    /// someone, a pooler): forgets it here and says so.
    private func isStalePlan(_ group: SyncGroup, _ code: UnsafePointer<CChar>) -> Bool {
        let command = group.failedCommand
        let isSettings = command == SyncGroup.Command.settings && group.settingsAreNamed
        guard isSettings || (command >= 0 && command & 1 == 0) else { return false }
        guard isSettings || group.parts[group.failedPart].isNamed,
            let statement = isSettings ? group.settings : group.parts[group.failedPart].statement
        else { return false }
        if SQLState.equal(code, "0A000") {
            // The other connections have the same old plan, and the request may go to one of them.
            owner.forget(statement)
            return true
        }
        guard SQLState.equal(code, "26000") else { return false }
        // Whatever took this one took the others too.
        forgetPrepared()
        return true
    }

    /// Nothing is prepared here any more.
    func forgetPrepared() {
        for slot in 0..<owner.statements.slotCount {
            if prepared[slot] == .yes { prepared[slot] = .no }
            columns[slot] = nil
        }
        surplus = []
    }

    // MARK: Notifications

    private func notifications() {
        while phase == .ready, let notice = PQnotifies(pg) {
            owner.listener.heard(
                nself_text(notice.pointee.relname), nself_text(notice.pointee.extra))
            PQfreemem(notice)
        }
    }
}
