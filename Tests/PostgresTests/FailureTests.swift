/// The server goes away in every way it can; the host lives (G8).

import Glibc
import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Failures")
struct FailureTests {
    /// Keeps requests under way for `seconds`; how many ended with which status, and when the last
    /// failure came.
    private func load(_ setup: Setup, _ seconds: Double, during: () throws -> Void) rethrows
        -> (counts: [Int32: Int], lastFailure: Double, atEnd: Int)
    {
        var counts: [Int32: Int] = [:]
        var running: [DatabaseRole.Running] = []
        var (lastFailure, atEnd) = (0.0, 0)
        let clock = ContinuousClock()
        let start = clock.now
        var happened = false
        while true {
            let age =
                Double((clock.now - start).components.attoseconds) / 1e18
                + Double((clock.now - start).components.seconds)
            if age > seconds { break }
            if age > 0.2, !happened {
                happened = true
                try during()
            }
            while running.count < 16 {
                running.append(setup.database.begin("select $1::int, pg_sleep(0.0005)", ["1"]))
            }
            setup.host.turn(waitAtMost: 5_000_000)
            running.removeAll { one in
                guard let answer = one.answer.answer else { return false }
                counts[answer.status.rawValue, default: 0] += 1
                if !answer.isOK { lastFailure = age }
                if answer.isOK, age > seconds - 0.3 { atEnd += 1 }
                return true
            }
        }
        for one in running { #expect(setup.host.wait(one.answer) != nil) }
        return (counts, lastFailure, atEnd)
    }

    @Test("pg_terminate_backend of one: only requests on it fail, with UNAVAILABLE")
    func terminated() throws {
        let server = try TestServer()
        let setup = try Setup(server)
        let outcome = try load(setup, 1.5) {
            try server.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'nself' limit 1"
            )
        }
        let failed = outcome.counts[nself_status.NSELF_STATUS_UNAVAILABLE.rawValue] ?? 0
        #expect(failed >= 1 && failed <= 16, "\(outcome)")
        #expect(Set(outcome.counts.keys).isSubset(of: [0, 14]))
        #expect(outcome.lastFailure < 0.6)
        #expect(outcome.atEnd > 20)
        server.stop()
    }

    @Test(
        "kill -9 of one backend: the server restarts, and full throughput is back within 2 s",
        arguments: [false, true])
    func killed(hangupOnce: Bool) throws {
        let server = try TestServer()
        let setup = try Setup(server)
        setup.host.reportsHangupOnce = hangupOnce
        let outcome = try load(setup, 3) {
            let pid = try server.run(
                "select pid from pg_stat_activity where application_name = 'nself' limit 1")
            kill(try #require(pid_t(pid)), SIGKILL)
        }
        #expect(Set(outcome.counts.keys).isSubset(of: [0, 14]), "\(outcome)")
        let failed = outcome.counts[14] ?? 0
        #expect(failed >= 1 && failed <= 2 * 16, "\(outcome)")
        #expect(outcome.lastFailure < 2.2, "\(outcome)")
        #expect(outcome.atEnd > 20, "\(outcome)")
        server.stop()
    }

    @Test("A last message and the end of the connection may come in one event that is not repeated")
    func lastWords() throws {
        let server = try TestServer()
        let setup = try Setup(server, #""pipelines_per_loop":1"#)
        setup.host.reportsHangupOnce = true
        let running = (0..<8).map { _ in setup.database.begin("/* last */ select pg_sleep(5)") }
        setup.host.run(seconds: 0.1)
        try server.run(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like '/* last */%'")
        usleep(300_000)  // both are there before the loop looks
        for (number, one) in running.enumerated() {
            let answer = try #require(setup.host.wait(one.answer, within: 3))
            #expect(answer.status == .NSELF_STATUS_UNAVAILABLE)
            if number == 0 { #expect(answer.sqlstate == "57P01", "\(answer)") }
        }
        #expect(setup.database.execute("select 1").value == "1")
        server.stop()
    }

    @Test("While the server is down requests wait, at most 5 s, and are answered UNAVAILABLE (G8)")
    func down() throws {
        let server = try TestServer()
        let setup = try Setup(server)
        server.stop("fast")
        setup.host.run(seconds: 0.2)
        let waiting = setup.database.begin("select 1")
        setup.host.run(seconds: 0.3)
        #expect(!waiting.answer.isDone)
        setup.host.clock.advance(seconds: 5.2)
        let answer = try #require(setup.host.wait(waiting.answer, within: 2))
        #expect(answer.status == .NSELF_STATUS_UNAVAILABLE)
        #expect(answer.message.contains("connection"))
        let session = setup.database.beginSession()
        setup.host.run(seconds: 0.1)
        setup.host.clock.advance(seconds: 5.2)
        let refused = try #require(setup.host.wait(session.answer, within: 2))
        #expect(throws: PluginError.self) { try refused.get() }
        // Those that wait when it comes back are served.
        let patient = setup.database.begin("select 'patient'")
        try server.start()
        #expect(setup.host.wait(patient.answer, within: 5)?.value == "patient")
        #expect(setup.host.logged("connected to the database again"))
        server.stop()
    }

    @Test("A restart of the server loses sessions with a reason, and nothing else")
    func restart() throws {
        let server = try TestServer()
        let setup = try Setup(server)
        let session = try setup.database.openSession()
        #expect(setup.database.execute("begin", session: session).isOK)
        var request = FakeDatabase.Request([.init("select pg_sleep(10)")])
        request.session = session
        let running = setup.database.begin(request)
        setup.host.run(seconds: 0.1)
        server.stop("fast")
        #expect(setup.host.wait(running.answer)?.status == .NSELF_STATUS_UNAVAILABLE)
        try server.start()
        #expect(setup.database.execute("select 1").value == "1")
        let late = setup.database.execute("select 1", session: session)
        #expect(late.status == .NSELF_STATUS_ABORTED)
        #expect(late.message.contains("lost"))
        setup.database.closeSession(session)
        let next = try setup.database.openSession()
        #expect(setup.database.execute("select 1", session: next).value == "1")
        setup.database.closeSession(next)
        server.stop()
    }

    @Test(
        "A server that has stopped answering is given up: DEADLINE_EXCEEDED, then a new connection")
    func hangs() throws {
        let server = try TestServer()
        let setup = try Setup(server, #""pipelines_per_loop":1,"statement_timeout":"1 s""#)
        let pid = try #require(pid_t(setup.database.execute("select pg_backend_pid()").value ?? ""))
        kill(pid, SIGSTOP)
        let running = setup.database.begin("select 1")
        let behind = setup.database.begin("select 2")
        setup.host.run(seconds: 0.2)
        setup.host.clock.advance(seconds: 5)
        #expect(
            setup.host.wait(running.answer, within: 2)?.status == .NSELF_STATUS_DEADLINE_EXCEEDED)
        #expect(setup.host.wait(behind.answer, within: 2)?.status == .NSELF_STATUS_UNAVAILABLE)
        #expect(setup.database.execute("select 3").value == "3")
        kill(pid, SIGCONT)
        server.stop()
    }

    @Test("A wrong password or database fails the start with the server's sentence")
    func wrongDatabase() throws {
        let host = FakeHost()
        let url = "host=\(TestServer.shared.directory) user=postgres dbname=nowhere"
        let started = Pending<PluginError?>()
        let plugin = try host.load(
            Postgres.self, config: #"{"url":"\#(url)","start_timeout":"300 ms"}"#, start: false)
        do throws(PluginError) {
            try plugin.start()
            started.complete(nil)
        } catch { started.complete(error) }
        let error = try #require(started.answer ?? nil)
        #expect(error.status == .NSELF_STATUS_UNAVAILABLE)
        #expect(error.message.contains("\"nowhere\" does not exist"))
        #expect(!error.message.contains("user=postgres"))
    }

    @Test("A server that comes while the plugin starts is found")
    func lateServer() throws {
        let server = try TestServer()
        server.stop()
        let setup = try Setup(server, start: false)
        // The start pumps the host, so the server is started by another thread meanwhile.
        let begun = setup.host.runElsewhere { try? server.start() }
        try setup.postgres.start()
        #expect(setup.database.execute("select 1").value == "1")
        #expect(setup.host.run { begun.isDone })
        server.stop()
    }

    @Test("A name that nobody knows is a failed attempt, not a blocked loop")
    func unknownHost() throws {
        let host = FakeHost()
        let plugin = try host.load(
            Postgres.self,
            config: #"{"url":"postgres://nobody@no-such-host.invalid/x","start_timeout":0.3}"#,
            start: false)
        #expect(throws: PluginError.self) { try plugin.start() }
        #expect(host.logged("name is not known"))
    }
}
