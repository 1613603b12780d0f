/// What a request does: values, batches, settings, errors.

import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Requests")
struct RequestTests {
    @Test("A statement with parameters answers with columns and rows")
    func select() throws {
        let setup = try Setup()
        let answer = setup.database.execute(
            "select $1::int + 1 as next, $2::text as word, null as nothing",
            ["41", "hello"])
        #expect(answer.status == .NSELF_STATUS_OK, "\(answer)")
        #expect(
            answer.results[0].columns == [
                .init("next", 23), .init("word", 25), .init("nothing", 25),
            ])
        #expect(answer.results[0].text(0, 0) == "42")
        #expect(answer.results[0].text(0, 1) == "hello")
        #expect(answer.results[0].text(0, 2) == nil)
        #expect(answer.results[0].affected == 0)
    }

    @Test("Null, empty, long and binary values keep their bytes; a cell of size -1 is null")
    func values() throws {
        let setup = try Setup()
        let long = String(repeating: "äb", count: 100_000)
        let bytes: [UInt8] = [0, 1, 255, 0, 92, 39]
        let answer = setup.database.execute(
            "select $1::text, $2::text, $3::text, $4::bytea, $5::int4",
            [nil, "", .text(long), .binary(bytes, type: 17), .binary([0, 0, 1, 2], type: 23)])
        let row = try #require(answer.results.first?.rows.first)
        #expect(row[0] == nil)
        #expect(row[1] == [])
        #expect(row[2] == Array(long.utf8))
        #expect(row[3] == Array("\\x0001ff005c27".utf8))
        #expect(row[4] == Array("258".utf8))
        let binary = setup.database.execute(
            "select $1::bytea, 258::int4", [.binary(bytes, type: 17)],
            statementFlags: .NSELF_DB_BINARY_RESULT)
        #expect(binary.results[0].format == .NSELF_DB_BINARY)
        #expect(binary.results[0].rows[0] == [bytes, [0, 0, 1, 2]])
    }

    @Test("A text parameter with a zero byte is refused by name before it reaches the server")
    func zeroByte() throws {
        let setup = try Setup()
        let answer = setup.database.execute("select $1::text, $2::text", ["a", "b\0c"])
        #expect(answer.status == .NSELF_STATUS_INVALID_ARGUMENT)
        #expect(answer.message.contains("$2"))
        #expect(answer.sqlstate == "22021")
        #expect(setup.database.execute("select 1\0").status == .NSELF_STATUS_INVALID_ARGUMENT)
        #expect(setup.database.execute("select 2").value == "2")
    }

    @Test("Several statements are one transaction: all of them, or none and the error of one")
    func batch() throws {
        let setup = try Setup()
        let table = "batch_\(UInt32.random(in: 0 ... .max))"
        #expect(setup.database.execute("create table \(table)(n int primary key)").isOK)
        var request = FakeDatabase.Request([
            .init("insert into \(table) values ($1), ($2)", ["1", "2"]),
            .init("select count(*) from \(table)"),
            .init("update \(table) set n = n + 10 returning n"),
        ])
        let answer = setup.database.execute(request)
        #expect(answer.results.count == 3, "\(answer)")
        #expect(answer.results[0].affected == 2)
        #expect(answer.results[1].text(0) == "2")
        #expect(answer.results[2].column() == ["11", "12"])
        #expect(answer.results[2].affected == 2)

        request.statements = [
            .init("insert into \(table) values ($1)", ["3"]),
            .init("insert into \(table) values ($1)", ["11"]),
            .init("insert into \(table) values ($1)", ["4"]),
        ]
        let failed = setup.database.execute(request)
        #expect(failed.status == .NSELF_STATUS_ALREADY_EXISTS)
        #expect(failed.results.isEmpty)
        #expect(failed.failure?.statement == 1)
        #expect(failed.failure?.table == table)
        #expect(failed.failure?.constraint == "\(table)_pkey")
        #expect(failed.failure?.detail == "Key (n)=(11) already exists.")
        #expect(setup.database.execute("select count(*) from \(table)").value == "2")
        #expect(setup.database.execute("drop table \(table)").isOK)
    }

    @Test(
        "SQLSTATE decides the status",
        arguments: [
            ("select 1/0", "22012", nself_status.NSELF_STATUS_INVALID_ARGUMENT),
            ("selec 1", "42601", .NSELF_STATUS_INVALID_ARGUMENT),
            ("select * from no_such_table", "42P01", .NSELF_STATUS_INVALID_ARGUMENT),
            (
                "do $$begin raise exception 'x' using errcode = '23502'; end$$", "23502",
                .NSELF_STATUS_FAILED_PRECONDITION
            ),
            (
                "do $$begin raise exception 'x' using errcode = '23505'; end$$", "23505",
                .NSELF_STATUS_ALREADY_EXISTS
            ),
            (
                "do $$begin raise exception 'x' using errcode = '42501'; end$$", "42501",
                .NSELF_STATUS_PERMISSION_DENIED
            ),
            (
                "do $$begin raise exception 'x' using errcode = '40001'; end$$", "40001",
                .NSELF_STATUS_ABORTED
            ),
            (
                "do $$begin raise exception 'x' using errcode = '40P01'; end$$", "40P01",
                .NSELF_STATUS_ABORTED
            ),
            (
                "do $$begin raise exception 'x' using errcode = '53300'; end$$", "53300",
                .NSELF_STATUS_UNAVAILABLE
            ),
            (
                "do $$begin raise exception 'x' using errcode = '57P03'; end$$", "57P03",
                .NSELF_STATUS_UNAVAILABLE
            ),
            (
                "do $$begin raise exception 'x' using errcode = 'P0001'; end$$", "P0001",
                .NSELF_STATUS_INTERNAL
            ),
        ])
    func statuses(_ sql: String, _ state: String, _ status: nself_status) throws {
        let setup = try Setup()
        let answer = setup.database.execute(sql)
        #expect(answer.status == status)
        #expect(answer.sqlstate == state)
        #expect(setup.database.execute("select 1").value == "1")
    }

    @Test("An error tells message, hint and the place in the text")
    func position() throws {
        let setup = try Setup()
        let answer = setup.database.execute("select naem from (select 1 as name) as x")
        #expect(answer.sqlstate == "42703")
        #expect(answer.failure?.position == 8)
        #expect(answer.message == answer.failure?.message)
        #expect(answer.failure?.hint.contains("name") == true)
    }

    @Test("Settings hold for the request and are gone after it: two users on one connection (G12)")
    func settings() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        let sql =
            "select current_setting('app.user', true), current_setting('role'), pg_backend_pid()"
        var backends: Set<String?> = []
        for round in 0..<20 {
            let user = round % 2 == 0 ? "alice" : "bob"
            let answer = setup.database.execute(
                sql, settings: [("app.user", user), ("role", "postgres")])
            #expect(answer.results[0].text(0, 0) == user)
            #expect(answer.results[0].text(0, 1) == "postgres")
            let after = setup.database.execute(sql)
            #expect(after.results[0].text(0, 0) ?? "" == "")
            #expect(after.results[0].text(0, 1) == "none")
            backends.insert(after.results[0].text(0, 2))
        }
        #expect(backends.count == 1)
    }

    @Test("The same in one turn: requests of two users interleaved in the pipeline never mix (G12)")
    func settingsInterleaved() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        var running: [(String, DatabaseRole.Running)] = []
        for round in 0..<30 {
            var request = FakeDatabase.Request([
                .init("select coalesce(current_setting('app.user', true), '')")
            ])
            let user = ["alice", "bob", ""][round % 3]
            if !user.isEmpty { request.settings = [("app.user", user), ("app.x", "\(round)")] }
            running.append((user, setup.database.begin(request)))
        }
        for (user, one) in running {
            #expect(setup.host.wait(one.answer)?.value == user)
        }
    }

    @Test("A failed setting fails the request, and nothing of it runs")
    func badSetting() throws {
        let setup = try Setup()
        let answer = setup.database.execute("select 1", settings: [("role", "nobody_of_that_name")])
        #expect(answer.status == .NSELF_STATUS_INVALID_ARGUMENT)
        #expect(answer.sqlstate == "22023")
        #expect(setup.database.execute("select 1", settings: [("role", "postgres")]).value == "1")
    }

    @Test("Row-level security applies to reads, with one prepared text per role (G12)")
    func rowSecurity() throws {
        let setup = try Setup(.shared, #""pipelines_per_loop":1"#)
        let tag = "rls\(UInt32.random(in: 0 ... .max))"
        try TestServer.shared.run(
            """
            create role \(tag)_a; create role \(tag)_b;
            create table \(tag)(owner text, n int);
            insert into \(tag) values ('\(tag)_a', 1), ('\(tag)_b', 2), ('\(tag)_b', 3);
            alter table \(tag) enable row level security;
            create policy own on \(tag) using (owner = current_user);
            grant select on \(tag) to \(tag)_a, \(tag)_b
            """)
        for _ in 0..<3 {
            for (role, rows) in [("\(tag)_a", ["1"]), ("\(tag)_b", ["2", "3"])] {
                let answer = setup.database.execute(
                    "select n from \(tag) order by n", settings: [("role", role)])
                #expect(answer.results.first?.column() == rows)
            }
        }
        let names = setup.database.execute(
            "select count(*) from pg_prepared_statements where statement like 'select n from \(tag)%'"
        )
        #expect(names.value == "2")
        try TestServer.shared.run("drop table \(tag); drop role \(tag)_a; drop role \(tag)_b")
    }

    @Test(
        "What would outlive its request is refused outside of sessions",
        arguments: [
            "begin", "  /* x /* y */ */ -- z\n COMMIT", "set search_path = x", "listen x",
            "discard all",
        ])
    func sessionOnly(_ sql: String) throws {
        let setup = try Setup()
        let answer = setup.database.execute(sql)
        #expect(answer.status == .NSELF_STATUS_INVALID_ARGUMENT)
        #expect(answer.message.contains("session"))
        #expect(setup.database.execute("set local search_path = public").isOK)
    }

    @Test("Limits are errors: no statement, too many statements, settings or parameters")
    func limits() throws {
        let setup = try Setup()
        #expect(
            setup.database.execute(FakeDatabase.Request([])).status
                == .NSELF_STATUS_INVALID_ARGUMENT)
        let many = FakeDatabase.Request(
            Array(repeating: .init("select 1"), count: Limits.statementsMax + 1))
        #expect(setup.database.execute(many).status == .NSELF_STATUS_INVALID_ARGUMENT)
        let settings = (0..<40).map { ("app.s\($0)", "x") }
        #expect(
            setup.database.execute("select 1", settings: settings).status
                == .NSELF_STATUS_INVALID_ARGUMENT)
        let full = FakeDatabase.Request(Array(repeating: .init("select 1"), count: 200))
        #expect(setup.database.execute(full).results.count == 200)
    }

    @Test("COPY to the client is refused, and the next request works")
    func copy() throws {
        let setup = try Setup()
        #expect(
            setup.database.execute("copy (select 1) to stdout").status
                == .NSELF_STATUS_UNIMPLEMENTED)
        #expect(setup.database.execute("select 1").value == "1")
    }

    @Test("Copied rows are the rows, where libpq's own layout is not known")
    func copiedRows() throws {
        #expect(RowLayout.isShared)
        let setup = try Setup()
        let answer = setup.database.execute(
            "select n, case when n % 3 = 0 then null else n::text end from generate_series(1, 1000) n"
        )
        #expect(answer.results[0].rows.count == 1000)
        #expect(answer.results[0].text(999, 1) == "1000")
        #expect(answer.results[0].text(998, 1) == nil)
    }
}
