/// Sessions: transactions with thinking in between, cancelling, deadlines, slow statements.

import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Sessions")
struct SessionTests {
    @Test("BEGIN, work, COMMIT on one connection; others do not see it before the end")
    func transaction() throws {
        let setup = try Setup()
        let table = "session_\(UInt32.random(in: 0 ... .max))"
        try TestServer.shared.run("create table \(table)(n int)")
        let session = try setup.database.openSession()
        #expect(setup.database.execute("begin", session: session).isOK)
        #expect(setup.database.execute("insert into \(table) values (1)", session: session).isOK)
        #expect(setup.database.execute("select count(*) from \(table)").value == "0")
        setup.host.run(seconds: 0.05)
        #expect(
            setup.database.execute("select count(*) from \(table)", session: session).value == "1")
        #expect(setup.database.execute("commit", session: session).isOK)
        #expect(setup.database.execute("select count(*) from \(table)").value == "1")
        setup.database.closeSession(session)
        try TestServer.shared.run("drop table \(table)")
    }

    @Test("Settings of a session's request hold to the end of its transaction")
    func settings() throws {
        let setup = try Setup()
        let session = try setup.database.openSession()
        let sql = "select current_setting('app.user', true)"
        #expect(
            setup.database.execute("begin", settings: [("app.user", "eve")], session: session).isOK)
        #expect(setup.database.execute(sql, session: session).value == "eve")
        #expect(setup.database.execute("rollback", session: session).isOK)
        #expect(setup.database.execute(sql, session: session).value ?? "" == "")
        setup.database.closeSession(session)
    }

    @Test("Closing rolls back and discards: the next session finds nothing of the one before")
    func close() throws {
        let setup = try Setup()
        let first = try setup.database.openSession()
        #expect(setup.database.execute("set application_name = 'mine'", session: first).isOK)
        #expect(setup.database.execute("create temp table left_over(n int)", session: first).isOK)
        #expect(setup.database.execute("begin", session: first).isOK)
        #expect(setup.database.execute("select pg_advisory_lock(4711)", session: first).isOK)
        let pid = setup.database.execute("select pg_backend_pid()", session: first).value
        setup.database.closeSession(first)
        let second = try setup.database.openSession()
        #expect(second != first)
        #expect(setup.database.execute("select pg_backend_pid()", session: second).value == pid)
        #expect(setup.database.execute("show application_name", session: second).value == "nself")
        #expect(setup.database.execute("show statement_timeout", session: second).value == "30s")
        #expect(
            setup.database.execute("select to_regclass('left_over')", session: second).value == nil)
        #expect(
            setup.database.execute(
                "select count(*) from pg_locks where locktype='advisory' and pid=pg_backend_pid()",
                session: second
            ).value == "0")
        setup.database.closeSession(second)
    }

    @Test("A closed session's number is refused, also after its connection has been given on")
    func reuse() throws {
        let setup = try Setup()
        let first = try setup.database.openSession()
        setup.database.closeSession(first)
        #expect(setup.database.execute("select 1", session: first).status == .NSELF_STATUS_ABORTED)
        let second = try setup.database.openSession()
        #expect(setup.database.execute("select 1", session: first).status == .NSELF_STATUS_ABORTED)
        setup.database.closeSession(first)
        #expect(setup.database.execute("select 1", session: second).value == "1")
        #expect(
            setup.database.execute("select 1", session: 0xFFFF).status == .NSELF_STATUS_UNAVAILABLE)
        setup.database.closeSession(second)
    }

    @Test("Who opens one too many waits, and gets the next that is closed; the wait is bounded")
    func waiting() throws {
        let setup = try Setup()
        let first = try setup.database.openSession()
        let second = setup.database.beginSession()
        setup.host.run(seconds: 0.05)
        #expect(!second.answer.isDone)
        setup.database.closeSession(first)
        let given = try #require(setup.host.wait(second.answer)).get()
        let third = setup.database.beginSession()
        setup.host.clock.advance(seconds: 11)
        let refused = try #require(setup.host.wait(third.answer))
        #expect(throws: PluginError.self) { try refused.get() }
        let crowd = (0..<Limits.sessionWaitersMax + 1).map { _ in setup.database.beginSession() }
        let last = try #require(crowd.last?.answer.answer)
        #expect(throws: PluginError.self) { try last.get() }
        setup.database.closeSession(given)
    }

    @Test("Requests of a session run one after the other, in order, without waiting for each")
    func order() throws {
        let setup = try Setup()
        let session = try setup.database.openSession()
        let running = (0..<100).map { number in
            var request = FakeDatabase.Request([.init("select $1::int", [.text("\(number)")])])
            request.session = session
            return setup.database.begin(request)
        }
        let refused = running.filter { $0.answer.isDone }
        #expect(refused.count == 100 - 2 * Limits.pipelineDepthMax)
        for (number, one) in running.enumerated()
        where !refused.contains(where: { $0.call.id == one.call.id }) {
            #expect(setup.host.wait(one.answer)?.value == "\(number)")
        }
        setup.database.closeSession(session)
    }

    @Test("An error aborts the session's transaction, not the session")
    func error() throws {
        let setup = try Setup()
        let session = try setup.database.openSession()
        #expect(setup.database.execute("begin", session: session).isOK)
        #expect(setup.database.execute("select 1/0", session: session).sqlstate == "22012")
        #expect(setup.database.execute("select 1", session: session).sqlstate == "25P02")
        #expect(setup.database.execute("rollback", session: session).isOK)
        #expect(setup.database.execute("select 1", session: session).value == "1")
        setup.database.closeSession(session)
    }

    @Test("Cancelling a session's statement ends it with CANCELLED; the session goes on")
    func cancel() throws {
        let setup = try Setup()
        let session = try setup.database.openSession()
        var request = FakeDatabase.Request([.init("select pg_sleep(20)")])
        request.session = session
        let running = setup.database.begin(request)
        setup.host.run(seconds: 0.1)
        setup.postgres.cancel(running.call)
        let answer = try #require(setup.host.wait(running.answer, within: 5))
        #expect(answer.status == .NSELF_STATUS_CANCELLED)
        #expect(answer.sqlstate == "57014")
        #expect(setup.database.execute("select 1", session: session).value == "1")
        setup.database.closeSession(session)
    }

    @Test("A session's statement past its time is cancelled: DEADLINE_EXCEEDED")
    func deadline() throws {
        let setup = try Setup()
        let session = try setup.database.openSession()
        let answer = setup.database.execute("select pg_sleep(20)", session: session, timeout: 0.2)
        #expect(answer.status == .NSELF_STATUS_DEADLINE_EXCEEDED)
        #expect(setup.database.execute("show statement_timeout", session: session).value == "30s")
        setup.database.closeSession(session)
    }

    @Test(
        "A statement past its time on a pipeline ends with DEADLINE_EXCEEDED, those behind it run")
    func pipelineDeadline() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        var request = FakeDatabase.Request([.init("select pg_sleep(20)")])
        request.timeout = 200_000_000
        let running = setup.database.begin(request)
        let behind = setup.database.begin("select 2")
        let answer = try #require(setup.host.wait(running.answer, within: 5))
        #expect(answer.status == .NSELF_STATUS_DEADLINE_EXCEEDED)
        #expect(answer.sqlstate == "57014")
        #expect(setup.host.wait(behind.answer)?.value == "2")
    }

    @Test("Somebody else's pg_cancel_backend is CANCELLED")
    func cancelledByOthers() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        let running = setup.database.begin("/* victim */ select pg_sleep(20)")
        setup.host.run(seconds: 0.1)
        try TestServer.shared.run(
            "select pg_cancel_backend(pid) from pg_stat_activity where query like '/* victim */%'")
        #expect(setup.host.wait(running.answer, within: 5)?.status == .NSELF_STATUS_CANCELLED)
    }

    @Test("Cancelling what still waits answers at once; SLOW keeps off the pipelines")
    func slow() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        var request = FakeDatabase.Request([.init("select pg_sleep(0.5)")])
        request.flags = .NSELF_DB_SLOW
        let running = setup.database.begin(request)
        let waiting = setup.database.begin(request)
        #expect(setup.database.execute("select 1").value == "1")
        #expect(!running.answer.isDone)
        setup.postgres.cancel(waiting.call)
        #expect(waiting.answer.answer?.status == .NSELF_STATUS_CANCELLED)
        #expect(setup.host.wait(running.answer)?.isOK == true)
    }

    @Test("A text that was slow several times moves to the session pool by itself")
    func learned() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        let sql = "select pg_sleep(0.03)"
        for _ in 0..<5 { #expect(setup.database.execute(sql).isOK) }
        let running = setup.database.begin(sql)
        #expect(setup.postgres.plugin.states[0].pipelines[0].inFlight.isEmpty)
        #expect(setup.host.wait(running.answer)?.isOK == true)
    }

    @Test("A session that nobody uses for minutes is rolled back")
    func idle() throws {
        let setup = try Setup()
        let session = try setup.database.openSession()
        #expect(setup.database.execute("begin", session: session).isOK)
        setup.host.clock.advance(seconds: 301)
        setup.host.run(seconds: 0.2)
        let answer = setup.database.execute("select 1", session: session)
        #expect(answer.status == .NSELF_STATUS_ABORTED)
        #expect(answer.message.contains("idle"))
        let next = try setup.database.openSession()
        #expect(setup.database.execute("select 1", session: next).value == "1")
        setup.database.closeSession(next)
        setup.database.closeSession(session)
    }
}
