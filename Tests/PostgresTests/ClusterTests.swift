/// The private cluster: made, started, survived, shared, stopped.

import Glibc
import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Private cluster", .serialized)
struct ClusterTests {
    private func start(_ directory: String) throws -> (FakeHost, FakePlugin<Postgres>) {
        let host = FakeHost()
        return (host, try host.load(Postgres.self, config: "{}", directory: directory))
    }
    private func pid(_ directory: String) -> pid_t? {
        pid_t(Files.read(directory + "/postgres/data/postmaster.pid").prefix { $0 != "\n" })
    }
    private func isAlive(_ pid: pid_t?) -> Bool {
        guard let pid else { return false }
        let state = Files.read("/proc/\(pid)/stat")
        return !state.isEmpty && !state.contains(") Z")
    }

    @Test("Without a url a cluster is made below the data directory, and goes with the plugin")
    func life() throws {
        let (directory, _) = try TestServer.temporary("cluster")
        let (host, plugin) = try start(directory)
        let database = plugin.database
        let who = database.execute(
            "select current_user, current_database(), usesuper, usebypassrls from pg_user where usename = current_user"
        )
        #expect(
            who.results.first?.rows[0].compactMap { $0.map { String(decoding: $0, as: UTF8.self) } }
                == ["nself", "nself", "f", "f"])
        #expect(database.execute("show listen_addresses").value == "")
        #expect(database.execute("create table kept(n int)").isOK)
        #expect(database.execute("insert into kept values (5)").isOK)
        #expect(host.logged("private cluster"))

        // A crash of the whole server is survived.
        let first = pid(directory)
        #expect(isAlive(first))
        if let first { kill(first, SIGKILL) }
        // Backends without a postmaster may answer for a moment.
        #expect(host.run(within: 20) { pid(directory) != first && isAlive(pid(directory)) })
        #expect(host.run(within: 20) { database.execute("select n from kept").value == "5" })
        let second = pid(directory)

        // Another generation shares it; it lives as long as one of them does.
        let (_, other) = try start(directory)
        #expect(other.database.execute("select n from kept").value == "5")
        #expect(plugin.stop() == nil)
        #expect(isAlive(second))
        #expect(other.database.execute("select n from kept").value == "5")
        #expect(other.stop() == nil)
        #expect(!isAlive(second))

        // A stale postmaster.pid that names a living process is not believed.
        let account = try Program.Account.needed()
        try Files.write(
            "\(getpid())\n", to: directory + "/postgres/data/postmaster.pid", account)
        let clock = ContinuousClock()
        let began = clock.now
        let (_, third) = try start(directory)
        #expect(clock.now - began < .seconds(2))
        #expect(third.database.execute("select n from kept").value == "5")
        third.close()
    }

    @Test("What cannot work is refused with a sentence")
    func refused() throws {
        let host = FakeHost()
        func message(_ config: String, _ directory: String = "") throws -> String {
            let plugin = try host.load(
                Postgres.self, config: config, directory: directory, start: false)
            do throws(PluginError) { try plugin.start() } catch { return error.message }
            return "started"
        }
        #expect(try message("{}").contains("absolute path"))
        #expect(try message(#"{"data_directory":"relative"}"#).contains("absolute path"))
        #expect(
            try message(#"{"data_directory":"/tmp/\#(String(repeating: "x", count: 120))"}"#)
                .contains("too long"))
        let (directory, _) = try TestServer.temporary("refused")
        #expect(
            try message(#"{"data_directory":"\#(directory)/d","bin_directory":"/nowhere"}"#)
                .contains("no pg_ctl in /nowhere"))
        // Only root gives the server a user of its own, who must get to its data.
        if geteuid() == 0 {
            let closed = directory + "/closed"
            #expect(mkdir(closed, 0o700) == 0)
            let reason = try message(#"{"data_directory":"\#(closed)/data"}"#)
            #expect(reason.contains("chmod o+x \(closed)"), "\(reason)")
        }
    }
}
