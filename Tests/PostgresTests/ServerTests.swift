/// Other ways to the server: TLS over TCP (G9), and a pooler in between (G7).

import Glibc
import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Ways to the server")
struct ServerTests {
    /// A server with a certificate for localhost, by an authority of its own, that wants TLS.
    private func tlsServer(port: Int) throws -> TestServer {
        try TestServer(
            options: "-c listen_addresses='127.0.0.1' -c port=\(port) -c ssl=on",
            hba: "local all all trust\nhostssl all all 127.0.0.1/32 trust\n"
        ) { directory, program in
            let data = directory + "/data"
            try program.require([
                "/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                "-subj", "/CN=test authority", "-keyout", directory + "/ca.key", "-out",
                directory + "/ca.crt",
            ])
            try program.require([
                "/usr/bin/openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj",
                "/CN=localhost",
                "-keyout", data + "/server.key", "-out", directory + "/server.csr",
            ])
            try program.require([
                "/usr/bin/openssl", "x509", "-req", "-in", directory + "/server.csr", "-CA",
                directory + "/ca.crt", "-CAkey", directory + "/ca.key", "-CAcreateserial", "-days",
                "2", "-out", data + "/server.crt",
            ])
        }
    }

    @Test("sslmode is honoured from disable to verify-full, in the url and as a key (G9)")
    func tls() throws {
        let server = try tlsServer(port: 18320)
        let base = "postgres://postgres@localhost:18320/postgres"
        let sql = "select ssl from pg_stat_ssl where pid = pg_backend_pid()"
        func connects(_ config: String) throws -> String {
            let host = FakeHost()
            let plugin = try host.load(Postgres.self, config: config, start: false)
            do throws(PluginError) { try plugin.start() } catch { return error.message }
            return plugin.database.execute(sql).value ?? ""
        }
        let authority = server.directory + "/ca.crt"
        #expect(try connects(#"{"url":"\#(base)?sslmode=require"}"#) == "t")
        #expect(
            try connects(
                #"{"url":"\#(base)?sslmode=disable","sslmode":"verify-full","sslrootcert":"\#(authority)"}"#
            )
                == "t")
        #expect(
            try connects(
                #"{"url":"\#(base)?sslmode=disable","start_timeout":"300 ms"}"#
            ).contains("no pg_hba.conf entry"))
        // The name in the certificate is localhost, not the address.
        let byAddress = "postgres://postgres@127.0.0.1:18320/postgres?sslrootcert=\(authority)"
        #expect(try connects(#"{"url":"\#(byAddress)&sslmode=verify-ca"}"#) == "t")
        #expect(
            try connects(#"{"url":"\#(byAddress)&sslmode=verify-full","start_timeout":"300 ms"}"#)
                .contains("does not match"))
        // Large values through TLS: libpq's buffers and OpenSSL's, both ways.
        let host = FakeHost()
        let plugin = try host.load(Postgres.self, config: #"{"url":"\#(base)?sslmode=require"}"#)
        let large = String(repeating: "z", count: 3 << 20)
        let running = (0..<6).map { _ in
            plugin.database.begin("select $1::text || 'end'", [.text(large)])
        }
        for one in running {
            #expect(host.wait(one.answer)?.results.first?.rows[0][0]?.count == (3 << 20) + 3)
        }
        server.stop()
    }

    @Test("Two hosts in a url: the one that answers is used")
    func twoHosts() throws {
        let server = try TestServer(options: "-c listen_addresses='127.0.0.1' -c port=18321")
        let host = FakeHost()
        let plugin = try host.load(
            Postgres.self,
            config: #"{"url":"postgres://postgres@localhost:18322,localhost:18321/postgres"}"#)
        #expect(plugin.database.execute("select 1").value == "1")
        server.stop()
    }

    @Test(
        "Behind PgBouncer in transaction mode requests, batches, settings and sessions work (G7)",
        .enabled(if: Files.exists("/usr/sbin/pgbouncer")))
    func pgBouncer() throws {
        let server = try TestServer()
        let (directory, program) = try TestServer.temporary("bouncer")
        try Files.write(
            """
            [databases]
            postgres = host=\(server.directory) dbname=postgres user=postgres
            [pgbouncer]
            listen_addr =
            unix_socket_dir = \(directory)
            listen_port = 18323
            pool_mode = transaction
            default_pool_size = 2
            auth_type = any
            logfile = \(directory)/log
            pidfile = \(directory)/pid
            """, to: directory + "/bouncer.ini", program.account)
        try program.require(["/usr/sbin/pgbouncer", "-d", directory + "/bouncer.ini"])
        defer {
            if let pid = pid_t(Files.read(directory + "/pid").prefix { $0 != "\n" }) {
                kill(pid, SIGTERM)
            }
            server.stop()
        }
        let host = FakeHost()
        let plugin = try host.load(
            Postgres.self,
            config: #"""
                {"url":"host=\#(directory) port=18323 user=postgres dbname=postgres",
                 "pooler":"transaction","pipelines_per_loop":4}
                """#)
        let database = plugin.database
        #expect(database.execute("create table bounced(n int primary key)").isOK)
        var running: [(String, DatabaseRole.Running)] = []
        for round in 0..<200 {
            var request = FakeDatabase.Request([
                .init("select current_setting('app.user', true) || $1::text", [.text("\(round)")])
            ])
            request.settings = [("app.user", "user\(round % 7)")]
            running.append(("user\(round % 7)\(round)", database.begin(request)))
        }
        for (expected, one) in running { #expect(host.wait(one.answer)?.value == expected) }
        let failed = database.execute(
            FakeDatabase.Request([
                .init("insert into bounced values (1)"), .init("insert into bounced values (1)"),
            ]))
        #expect(failed.sqlstate == "23505")
        #expect(database.execute("select count(*) from bounced").value == "0")
        let session = try database.openSession()
        #expect(database.execute("begin", session: session).isOK)
        #expect(database.execute("insert into bounced values (7)", session: session).isOK)
        #expect(database.execute("select count(*) from bounced", session: session).value == "1")
        database.closeSession(session)
        #expect(database.execute("select count(*) from bounced").value == "0")
        let again = try database.openSession()
        #expect(database.execute("select 1", session: again).value == "1")
        database.closeSession(again)
        #expect(
            database.execute("select pg_sleep(5)", timeout: 0.2).status
                == .NSELF_STATUS_DEADLINE_EXCEEDED)
        #expect(try server.run("select count(*) from pg_prepared_statements") == "0")
    }
}
