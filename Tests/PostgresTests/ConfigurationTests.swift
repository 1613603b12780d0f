/// The configuration, and the values that decide without I/O.

import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Configuration")
struct ConfigurationTests {
    private func parse(_ json: String) throws(PluginError) -> Configuration {
        try json.withText { text throws(PluginError) in try Configuration(json: text.bytes) }
    }

    @Test("Every key is read; durations are seconds or texts with a unit")
    func keys() throws {
        let configuration = try parse(
            #"""
            {"url":"postgres://u@h/d","sslmode":"require","sslrootcert":"/c","sslcert":"","sslkey":"/k",
             "data_directory":"/d","bin_directory":"/b","pipelines_per_loop":3,"sessions_per_loop":2,
             "connections_max":9,"pooler":"transaction","statement_timeout":"500 ms",
             "connect_timeout":2.5,"start_timeout":"1 min","prepared_max":10}
            """#)
        #expect(configuration.url == "postgres://u@h/d")
        #expect(configuration.tls == ["sslmode": "require", "sslrootcert": "/c", "sslkey": "/k"])
        #expect(configuration.dataDirectory == "/d" && configuration.binDirectory == "/b")
        #expect(configuration.pipelinesPerLoop == 3 && configuration.sessionsPerLoop == 2)
        #expect(configuration.connectionsMax == 9 && configuration.preparedMax == 10)
        #expect(configuration.pooler == .transaction)
        #expect(configuration.statementTimeout == 500_000_000)
        #expect(configuration.connectTimeout == 2_500_000_000)
        #expect(configuration.startTimeout == 60_000_000_000)
        #expect(try parse("{}") == Configuration())
    }

    @Test(
        "What is wrong names the key",
        arguments: [
            (#"{"pipelines_per_loop":0}"#, "pipelines_per_loop"),
            (#"{"connections_max":1.5}"#, "connections_max"),
            (#"{"statement_timeout":"soon"}"#, "statement_timeout"),
            (#"{"statement_timeout":-1}"#, "statement_timeout"),
            (#"{"connect_timeout":0}"#, "connect_timeout"), (#"{"pooler":"session"}"#, "pooler"),
            (#"{"url":"postgres://u:secret@h/d?colour=1"}"#, "url"), (#"{"colour":1}"#, "colour"),
            (#"{"url":7}"#, "configuration"), ("[", "configuration"),
        ])
    func wrong(_ json: String, _ key: String) throws {
        let error = #expect(throws: PluginError.self) { try parse(json) }
        #expect(error?.message.hasPrefix(key) == true)
        #expect(error?.message.contains("secret") == false)
    }

    @Test("A bad configuration is refused before and after the start, and changes nothing")
    func validate() throws {
        let setup = try Setup()
        #expect(throws: PluginError.self) { try setup.postgres.configure(#"{"pooler":"x"}"#) }
        #expect(setup.database.execute("select 1").value == "1")
        #expect(setup.host.restarts.with { $0 }.isEmpty)
        try setup.postgres.configure(TestServer.shared.config(#""prepared_max":9"#))
        #expect(setup.host.restarts.with { $0 }.count == 1)
        #expect(setup.postgres.plugin.configuration.preparedMax == 256)
    }

    @Test(
        "The wait before the next attempt grows, with jitter, up to 2 s, and stays brisk at first")
    func backoff() {
        var backoff = Backoff()
        var now: UInt64 = 1
        var waits: [UInt64] = []
        for attempt in 0..<60 {
            let wait = backoff.next(now: now, random: attempt % 2 == 0 ? 0 : .max)
            waits.append(wait)
            #expect(wait <= Limits.reconnectMax)
            if now < Limits.reconnectBrisk { #expect(wait <= Limits.reconnectBriskMax) }
            now += wait
        }
        #expect(waits[0] <= Limits.reconnectFirst)
        #expect(waits.max() ?? 0 > Limits.reconnectMax / 2)
        backoff.succeeded()
        #expect(backoff.next(now: now, random: 0) <= Limits.reconnectFirst)
    }

    @Test("Statements are told apart by their first words, past space and comments")
    func words() {
        for (sql, isSession) in [
            ("select 1", false), ("BEGIN", true), ("-- begin\nselect", false),
            ("/*a*/Commit;", true),
            ("set local x = 1", false), ("SET CONSTRAINTS ALL DEFERRED", false),
            ("set x to 1", true),
            ("with set as (select 1) select", false), ("", false), ("/*", false), ("setup", false),
            ("  \t\r\nDISCARD ALL", true), ("beginning", false), ("1", false),
        ] {
            sql.withText { #expect((StatementText.kind($0) == .session) == isSession, "\(sql)") }
        }
    }

    @Test("The table of statements finds, inserts and evicts like a dictionary with a clock")
    func table() {
        let table = StatementTable(capacity: 8, prepares: true)
        var (evicted, names): ([Int], Set<String>) = ([], [])
        func find(_ number: Int) -> Statement? {
            "select \(number)".withText { text in
                table.find(StatementKey(text, .empty, nil, 0)) { statement in
                    evicted.append(Int(String(cString: statement.sql).dropFirst(7)) ?? -1)
                }
            }
        }
        var order: [Int] = []
        var seed: UInt64 = 1
        for _ in 0..<5000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Int(seed >> 33) % 20
            evicted = []
            let statement = find(number)
            #expect(statement.map { String(cString: $0.sql) } == "select \(number)")
            if let at = order.firstIndex(of: number) {
                order.remove(at: at)
                #expect(evicted.isEmpty)
            } else {
                #expect(statement.map { names.insert(String(cString: $0.name)).inserted } == true)
                if order.count == 8 { #expect(evicted == [order.removeFirst()]) }
            }
            order.append(number)
        }
        // What a request holds is not evicted; with everything held nothing is found.
        for number in order { find(number)?.holders += 1 }
        #expect(find(1000) == nil)
    }
}
