/// The cache of prepared statements, and doing without it behind a pooler (G7).

import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Prepared statements")
struct PreparedTests {
    private let count =
        "select count(*) from pg_prepared_statements where statement like '/* own */%'"

    @Test("A text is prepared once, a text that will not come again never (G7)")
    func once() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        for round in 0..<5 {
            #expect(
                setup.database.execute("/* own */ select $1::int", [.text("\(round)")]).value
                    == "\(round)")
        }
        for _ in 0..<3 {
            #expect(
                setup.database.execute("/* own */ select 'once'", statementFlags: .NSELF_DB_ONCE)
                    .value == "once")
        }
        #expect(setup.database.execute(count).value == "1")
        #expect(setup.postgres.plugin.states[0].preparedHits == 4)
    }

    @Test("The same text with other parameter types is another statement")
    func types() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        let sql = "/* own */ select pg_typeof($1)::text"
        for _ in 0..<2 {
            #expect(setup.database.execute(sql, [.text("1", type: 23)]).value == "integer")
            #expect(setup.database.execute(sql, [.text("1", type: 25)]).value == "text")
        }
        #expect(setup.database.execute(count).value == "2")
    }

    @Test("The least recently used goes when the cache is full, here and on the server")
    func eviction() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1,"prepared_max":8"#)
        for round in 0..<40 {
            #expect(setup.database.execute("/* own */ select \(round)").value == "\(round)")
            #expect(setup.database.execute("/* own */ select 'kept'").value == "kept")
        }
        #expect(setup.postgres.plugin.states[0].statements.evictions >= 32)
        let left = try #require(setup.database.execute(count).value.flatMap(Int.init))
        #expect(left <= 8)
        let kept = setup.database.execute(
            "select count(*) from pg_prepared_statements where statement like '%''kept''%' and "
                + "statement like '/* own */%'")
        #expect(kept.value == "1")
    }

    @Test("A failed text does not poison the cache, also when others wait for it in the pipeline")
    func failedPrepare() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        let table = "late_\(UInt32.random(in: 0 ... .max))"
        let sql = "select count(*) from \(table)"
        let running = (0..<10).map { _ in setup.database.begin(sql) }
        for one in running {
            let answer = try #require(setup.host.wait(one.answer))
            #expect(answer.sqlstate == "42P01")
            #expect(answer.status == .NSELF_STATUS_INVALID_ARGUMENT)
        }
        try TestServer.shared.run("create table \(table)(n int)")
        #expect(setup.database.execute(sql).value == "0")
        #expect(setup.database.execute(sql).value == "0")
        try TestServer.shared.run("drop table \(table)")
    }

    @Test("A failure before the statement in the same request does not poison the cache")
    func abortedPrepare() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        for _ in 0..<2 {
            let failed = setup.database.execute(
                FakeDatabase.Request([
                    .init("select 1/0"), .init("/* own */ select 'second'"),
                ]))
            #expect(failed.failure?.statement == 0)
        }
        #expect(setup.database.execute("/* own */ select 'second'").value == "second")
    }

    @Test(
        "After a change of the schema a statement is prepared anew and the request runs once more")
    func stalePlan() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":2"#)
        let table = "stale_\(UInt32.random(in: 0 ... .max))"
        try TestServer.shared.run("create table \(table)(a int); insert into \(table) values (1)")
        let sql = "select * from \(table)"
        for _ in 0..<4 {
            let running = (0..<4).map { _ in setup.database.begin(sql) }
            for one in running {
                #expect(setup.host.wait(one.answer)?.results[0].columns.count == 1)
            }
        }
        try TestServer.shared.run("alter table \(table) add column b text default 'new'")
        let running = (0..<20).map { _ in setup.database.begin(sql) }
        for one in running {
            let answer = try #require(setup.host.wait(one.answer))
            #expect(answer.status == .NSELF_STATUS_OK, "\(answer)")
            #expect(answer.results.first?.columns.map(\.name) == ["a", "b"])
            #expect(answer.results.first?.text(0, 1) == "new")
        }
        try TestServer.shared.run("alter table \(table) rename column b to c")
        #expect(setup.database.execute(sql).results.first?.columns.last?.name == "c")
        try TestServer.shared.run("drop table \(table)")
    }

    @Test("Statements that somebody has discarded are prepared again")
    func discarded() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        #expect(setup.database.execute("/* own */ select 7").value == "7")
        #expect(setup.database.execute("do $$begin execute 'deallocate all'; end$$").isOK)
        #expect(setup.database.execute("/* own */ select 7").value == "7")
        #expect(setup.database.execute("/* own */ select 7").value == "7")
    }

    @Test("Behind a pooler in transaction mode nothing is prepared, and settings hold (G7, G12)")
    func poolerMode() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1,"pooler":"transaction""#)
        for _ in 0..<3 {
            let answer = setup.database.execute(
                "/* own */ select current_setting('app.user'), current_setting('statement_timeout')",
                settings: [("app.user", "alice")])
            #expect(answer.results.first?.text(0, 0) == "alice")
            #expect(answer.results.first?.text(0, 1) == "30s")
        }
        #expect(setup.database.execute("select count(*) from pg_prepared_statements").value == "0")
    }
}
