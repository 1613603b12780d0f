/// A PostgreSQL server of the tests' own: in a temporary directory, on a Unix socket, as a user
/// that is not root, gone when the tests end.

import Glibc
import Libpq
import PluginAPI
import Synchronization
import TestKit

@testable import PluginPostgres

final class TestServer: @unchecked Sendable {  // immutable but for the process it runs
    let directory: String
    private let program: Program
    private var options = ""
    static let programs: String = {
        for version in (10...40).reversed() {
            let path = "/usr/lib/postgresql/\(version)/bin"
            if Files.exists(path + "/pg_ctl") { return path }
        }
        return "/usr/lib/postgresql/bin"
    }()

    /// For tests that leave the server as it is.
    static let shared: TestServer = {
        do { return try TestServer() } catch { fatalError("no PostgreSQL server: \(error)") }
    }()
    /// A cluster that the others are copies of: initdb takes a second, a copy a tenth.
    private static let template: Result<String, PluginError> = {
        do throws(PluginError) {
            let (directory, program) = try temporary("template")
            try program.require([
                programs + "/initdb", "-D", directory + "/data", "-U", "postgres", "--auth=trust",
                "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
            ])
            return .success(directory + "/data")
        } catch { return .failure(error) }
    }()
    private static let counter = Atomic<Int>(0)
    /// Removed at exit, their servers stopped.
    private static let made = Guarded<[TestServer]>([])
    private static let directories = Guarded<[String]>([])
    /// Servers of test runs that were killed; their directories are named after the process.
    private static func removeLeftovers() {
        guard let temporary = opendir("/tmp") else { return }
        defer { closedir(temporary) }
        while let entry = readdir(temporary) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            let prefix = "nself-postgres-tests-"
            guard name.hasPrefix(prefix), let owner = pid_t(name.dropFirst(prefix.count)),
                kill(owner, 0) != 0, errno == ESRCH
            else { continue }
            let find =
                "for p in /tmp/\(name)/*/data/postmaster.pid /tmp/\(name)/*/*/data/postmaster.pid; do "
                + "[ -e $p ] && grep -q postgres /proc/$(head -1 $p)/comm && kill -QUIT $(head -1 $p); done; rm -rf /tmp/\(name)"
            _ = try? Program(account: nil, output: "/dev/null").run(["/bin/sh", "-c", find])
        }
    }
    private static let atExit: Void = {
        removeLeftovers()
        atexit {
            for server in TestServer.made.with({ $0 }) { server.stop("immediate") }
            for path in TestServer.directories.with({ $0 }) {
                _ = try? Program(account: nil, output: "/dev/null").run(["/bin/rm", "-rf", path])
            }
        }
    }()

    /// `hba` replaces pg_hba.conf, `options` are added to the server's command line.
    init(
        options: String = "", hba: String? = nil,
        prepare: (String, Program) throws -> Void = { _, _ in }
    )
        throws
    {
        let template = try Self.template.get()
        let (directory, program) = try Self.temporary("server")
        self.directory = directory
        self.program = program
        self.options = options
        try program.require(["/bin/cp", "-r", template, directory + "/data"])
        if let hba { try Files.write(hba, to: directory + "/data/pg_hba.conf", program.account) }
        try prepare(directory, program)
        try start()
        Self.made.with { $0.append(self) }
    }

    static func temporary(_ name: String) throws(PluginError) -> (String, Program) {
        _ = atExit
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        let directory = "/tmp/nself-postgres-tests-\(getpid())/\(name)-\(number)"
        let account = try Program.Account.needed()
        try Files.makeDirectory("/tmp/nself-postgres-tests-\(getpid())", nil)
        chmod("/tmp/nself-postgres-tests-\(getpid())", 0o755)
        directories.with { $0 = ["/tmp/nself-postgres-tests-\(getpid())"] }
        try Files.makeDirectory(directory, account)
        let output = directory + "/output"
        try Files.write("", to: output, account)
        return (directory, Program(account: account, output: output))
    }

    func start() throws(PluginError) {
        try program.require([
            Self.programs + "/pg_ctl", "-D", directory + "/data", "-w", "-t", "30", "-l",
            directory + "/server.log", "-o",
            "-c listen_addresses='' -c unix_socket_directories='\(directory)' -c fsync=off "
                + "-c max_connections=60 -c shared_buffers=16MB -c jit=off \(options)", "start",
        ])
    }
    func stop(_ mode: String = "fast") {
        _ = try? program.run([
            Self.programs + "/pg_ctl", "-D", directory + "/data", "-m", mode, "-w", "stop",
        ])
    }
    /// The process number of the postmaster.
    var pid: pid_t? {
        pid_t(Files.read(directory + "/data/postmaster.pid").prefix { $0 != "\n" })
    }

    var url: String { "host=\(directory) user=postgres dbname=postgres" }
    var config: String { #"{"url":"\#(url)"}"# }
    func config(_ more: String) -> String { #"{"url":"\#(url)",\#(more)}"# }

    /// Runs a statement outside of the plugin, as somebody else would.
    @discardableResult
    func run(_ sql: String, url: String? = nil) throws -> String {
        struct Failed: Error { let message: String }
        let connection = PQconnectdb(url ?? self.url)
        defer { PQfinish(connection) }
        nself_postgres_quiet(connection)
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
            throw Failed(message: String(cString: PQerrorMessage(connection)))
        }
        return PQntuples(result) > 0 ? String(cString: PQgetvalue(result, 0, 0)) : ""
    }
}

/// A host with the plugin on a server.
struct Setup {
    let host: FakeHost
    let postgres: FakePlugin<Postgres>
    let database: DatabaseRole

    init(
        _ server: TestServer = .shared, _ more: String? = nil, loops: Int = 1, start: Bool = true
    ) throws {
        host = FakeHost(loops: loops)
        postgres = try host.load(
            Postgres.self, name: "postgres",
            config: more.map { server.config($0) } ?? server.config, start: start)
        database = postgres.database
    }
}

extension FakeDatabase.Answer {
    var sqlstate: String { failure?.sqlstate ?? "" }
}
