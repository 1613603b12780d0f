/// Sharing connections: loops, bounds, order, draining, stopping.

import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Pool")
struct PoolTests {
    @Test(
        "Connections are shared out so that connections_max holds",
        arguments: [
            // pipelines, sessions, max, loops: loops with connections, pipelines, sessions
            ([2, 1, 32, 4], [4, 2, 1]), ([2, 1, 32, 16], [10, 2, 1]), ([2, 1, 4, 2], [1, 2, 1]),
            ([2, 1, 2, 4], [1, 1, 1]), ([2, 1, 1, 4], [1, 1, 0]), ([4, 0, 10, 2], [2, 4, 0]),
            ([16, 8, 8, 2], [1, 6, 1]),
        ])
    func plan(_ asked: [Int], _ expected: [Int]) {
        var configuration = Configuration()
        configuration.pipelinesPerLoop = asked[0]
        configuration.sessionsPerLoop = asked[1]
        configuration.connectionsMax = asked[2]
        let plan = Plan(configuration, loopCount: asked[3])
        #expect([plan.loops, plan.pipelines, plan.sessions] == expected)
        #expect(plan.loops * (plan.pipelines + plan.sessions) <= asked[2])
    }

    @Test("Each loop has connections of its own and answers on them")
    func loops() throws {
        let setup = try Setup(.shared, nil, loops: 2)
        let pids = (0..<2).map { setup.database.execute("select pg_backend_pid()", on: $0).value }
        #expect(pids[0] != pids[1])
        #expect(setup.postgres.plugin.states.count == 2)
    }

    @Test("A loop without connections uses those of another, sessions included")
    func neighbour() throws {
        let setup = try Setup(.shared, #""connections_max":3"#, loops: 2)
        #expect(setup.postgres.plugin.states.count == 1)
        var request = FakeDatabase.Request([
            .init("select $1::text, $2::text, current_setting('app.x')", ["a", nil]),
            .init("select 2"),
        ])
        request.settings = [("app.x", "y")]
        let answer = setup.database.execute(request, on: 1)
        #expect(answer.results.count == 2, "\(answer)")
        #expect(answer.results[0].text(0, 2) == "y")
        let session = try setup.database.openSession(on: 1)
        #expect(setup.database.execute("begin", session: session, on: 1).isOK)
        #expect(setup.database.execute("select 3", session: session, on: 0).value == "3")
        setup.database.closeSession(session, on: 1)
        setup.host.run(seconds: 0.05)
        #expect(
            setup.database.execute("select 4", session: session, on: 1).status
                == .NSELF_STATUS_ABORTED)
    }

    @Test("A connection takes 32 at once; those behind wait, in order, up to a bound, then 503")
    func bound() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        let total = Limits.pipelineDepthMax + Limits.queueMax
        let running = (0..<total + 5).map { number in
            setup.database.begin("select $1::int", [.text("\(number)")])
        }
        let state = setup.postgres.plugin.states[0]
        #expect(state.pipelines[0].inFlight.count == Limits.pipelineDepthMax)
        for one in running.suffix(5) {
            #expect(one.answer.answer?.status == .NSELF_STATUS_RESOURCE_EXHAUSTED)
        }
        for (number, one) in running.prefix(total).enumerated() {
            let answer = try #require(setup.host.wait(one.answer))
            try #require(answer.value == "\(number)", "\(answer)")
        }
        setup.host.clock.advance(seconds: 1)
        setup.host.turn()
        #expect(setup.host.metrics.value("db_requests_waiting") == 0)
        #expect(setup.host.metrics.value("db_requests_in_flight") == 0)
        #expect(setup.host.metrics.count("db_client_operation_duration_seconds") == total)
        #expect(setup.host.metrics.value("db_connections", ["state": "ready"]) == 1)
    }

    @Test("Large requests count by their bytes, and a large answer and request pass whole")
    func bytes() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        let large = String(repeating: "x", count: 8 << 20)
        let running = (0..<8).map { _ in
            setup.database.begin("select length($1::text)", [.text(large)])
        }
        let refused = running.filter {
            $0.answer.answer?.status == .NSELF_STATUS_RESOURCE_EXHAUSTED
        }
        #expect(!refused.isEmpty)
        for one in running where !one.answer.isDone {
            let answer = try #require(setup.host.wait(one.answer))
            #expect(answer.value == "\(8 << 20)", "\(answer.status) \(answer.message)")
        }
        let answer = setup.database.execute("select repeat('y', \(20 << 20))")
        #expect(answer.results[0].rows[0][0]?.count == 20 << 20)
    }

    @Test("Requests go to the connection with least in flight")
    func leastBusy() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":2"#)
        let state = setup.postgres.plugin.states[0]
        setup.host.run { state.upCount == 2 && state.pipelines.allSatisfy { $0.inFlight.isEmpty } }
        let running = (0..<10).map { _ in setup.database.begin("select pg_sleep(0.05)") }
        #expect(state.pipelines.map(\.inFlight.count) == [5, 5])
        for one in running { #expect(setup.host.wait(one.answer)?.isOK == true) }
    }

    @Test("Draining waits for what is under way; past the deadline it is ended with ABORTED")
    func drain() throws {
        let setup = try Setup()
        let running = setup.database.begin("select pg_sleep(0.3)")
        #expect(setup.postgres.drain() == nil)
        #expect(running.answer.answer?.isOK == true)
        setup.postgres.resume()
        let session = try setup.database.openSession()
        #expect(setup.database.execute("begin", session: session).isOK)
        let late = setup.database.begin("select pg_sleep(5)")
        #expect(setup.postgres.drain(within: 0.3) == nil)
        #expect(late.answer.answer?.status == .NSELF_STATUS_ABORTED)
        #expect(
            setup.database.execute("select 1", session: session).status == .NSELF_STATUS_ABORTED)
    }

    @Test("Stopping answers what is under way, closes every connection, and starting again works")
    func stop() throws {
        let setup = try Setup(
            .shared,
            #""url":"host=\#(TestServer.shared.directory) user=postgres dbname=postgres application_name=stop_test""#
        )
        let session = try setup.database.openSession()
        let running = setup.database.begin("select pg_sleep(5)")
        let late = FakeHost.lateCompletions
        #expect(setup.postgres.stop() == nil)
        #expect(running.answer.answer?.status == .NSELF_STATUS_UNAVAILABLE)
        #expect(setup.host.loops[0].watchCount == 0)
        #expect(setup.database.execute("select 1").status == .NSELF_STATUS_UNAVAILABLE)
        let inSession = setup.database.execute("select 1", session: session)
        #expect(inSession.status == .NSELF_STATUS_UNAVAILABLE)
        #expect(FakeHost.lateCompletions == late)
        setup.postgres.destroy()
    }

    @Test("A pool of worker threads that is full fails an attempt, and the next one works")
    func noWorkers() throws {
        let server = try TestServer(options: "-c listen_addresses='127.0.0.1' -c port=18310")
        let host = FakeHost()
        host.refusesBlocking = true
        let plugin = try host.load(
            Postgres.self,
            config:
                #"{"url":"host=localhost port=18310 user=postgres dbname=postgres","start_timeout":5}"#,
            start: false)
        // Two turns after the start the first attempt has failed.
        host.later(0) {
            host.later(0) {
                #expect(host.logged("worker threads"))
                host.refusesBlocking = false
            }
        }
        try plugin.start()
        #expect(plugin.database.execute("select 1").value == "1")
        server.stop()
    }
}
