/// The private cluster: PostgreSQL below a directory of the instance, on a Unix socket, for those
/// who give no url. Made once, started with the plugin, started again when it has crashed, and
/// stopped with the last instance that uses it.
///
///     <directory>/data  the cluster     run/  its socket     log/  a file per weekday
///     nself.conf  written at each start     own.conf  for the operator, read last

import Glibc
import Libpq
import PluginAPI
import Synchronization

/// `start` and `stop` block: on worker threads only.
final class Cluster: @unchecked Sendable {  // set in start, before anything else looks at it
    private let configuration: Configuration
    private let log: Log
    private let directory: String
    /// Shared while in use; whoever gets it alone at the end stops the server. A generation that is
    /// being replaced must not stop it under the new one.
    private var lock: Int32 = -1
    private var programs = ""
    private var program = Program(account: nil, output: "/dev/null")
    private let isReviving = Atomic<Bool>(false)
    private let isStopping = Atomic<Bool>(false)
    private let lastRevival = Atomic<UInt64>(0)

    /// Longest path of a Unix socket, less the name of the socket in its directory.
    private static let socketDirectoryMax = 107 - "/.s.PGSQL.5432".utf8.count
    /// Seconds pg_ctl waits for the server to come or to go.
    private static let waitSeconds = "25"
    /// Between two attempts to bring a crashed server back, in nanoseconds.
    private static let revivalInterval: UInt64 = 1_000_000_000

    init(_ configuration: Configuration, ownDirectory: String, _ log: Log) {
        self.configuration = configuration
        self.log = log
        let asked = configuration.dataDirectory
        directory = asked.isEmpty ? (ownDirectory.isEmpty ? "" : ownDirectory + "/postgres") : asked
    }
    deinit { if lock >= 0 { close(lock) } }

    private var data: String { directory + "/data" }
    private var run: String { directory + "/run" }

    /// Makes the cluster if need be, starts it unless it runs, and says where it is.
    func start() throws(PluginError) -> Target {
        try checkDirectory()
        let account = try Program.Account.needed()
        try account?.checkReach(directory)
        try Files.makeDirectory(directory, account)
        try Files.makeDirectory(run, account)
        try Files.makeDirectory(directory + "/log", account)
        // The file is made here and given to the server's user, whose program writes it.
        let output = directory + "/log/start.log"
        try Files.write("", to: output, account)
        program = Program(account: account, output: output)
        programs = try findPrograms()
        try takeLock()
        try initialize(account)
        try Files.write(settings, to: directory + "/nself.conf", account)
        try launch()
        try makeDatabase(account)
        log.info("private cluster: \(connection(user: "nself", database: "nself"))")
        return Target(url: connection(user: "nself", database: "nself"))
    }

    /// Stops the server, unless another instance uses it.
    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        guard lock >= 0 else { return }
        defer {
            close(lock)
            lock = -1
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return }
        do throws(PluginError) {
            try program.require(
                [
                    programs + "/pg_ctl", "-D", data, "-m", "fast", "-w", "-t", Self.waitSeconds,
                    "stop",
                ])
        } catch { log.error("private cluster: \(error.message)") }
    }

    /// [loop] A connection was lost or refused: starts the server again if it has gone.
    func revive(_ provider: Postgres) {
        let now = provider.timers.monotonic
        guard now &- lastRevival.load(ordering: .relaxed) > Self.revivalInterval,
            !isStopping.load(ordering: .sequentiallyConsistent),
            isReviving.compareExchange(
                expected: false, desired: true, ordering: .sequentiallyConsistent
            ).exchanged
        else { return }
        lastRevival.store(now, ordering: .relaxed)
        let accepted = provider.loops.post(blocking: { [self] in
            defer { isReviving.store(false, ordering: .sequentiallyConsistent) }
            guard !isRunning, !isStopping.load(ordering: .sequentiallyConsistent) else { return }
            log.warning("private cluster: the server is gone, starting it again")
            do throws(PluginError) { try launch() } catch {
                log.error("private cluster: \(error.message)")
            }
        })
        if !accepted { isReviving.store(false, ordering: .sequentiallyConsistent) }
    }

    // MARK: Steps

    private func checkDirectory() throws(PluginError) {
        guard directory.hasPrefix("/") else {
            throw PluginError(
                .NSELF_STATUS_INVALID_ARGUMENT,
                "data_directory: expected an absolute path, not \"\(directory)\"")
        }
        guard !directory.utf8.contains(where: { $0 < 0x20 || $0 == 0x27 || $0 == 0x5C }) else {
            throw PluginError(
                .NSELF_STATUS_INVALID_ARGUMENT,
                "data_directory: quotes, backslashes and control characters are not supported")
        }
        guard run.utf8.count <= Self.socketDirectoryMax else {
            throw PluginError(
                .NSELF_STATUS_INVALID_ARGUMENT,
                "data_directory: \(directory) is too long for a Unix socket in it: at most "
                    + "\(Self.socketDirectoryMax - 4) bytes")
        }
    }

    /// The directory with initdb and pg_ctl: of the version the data has, else the newest.
    private func findPrograms() throws(PluginError) -> String {
        if !configuration.binDirectory.isEmpty {
            guard Files.exists(configuration.binDirectory + "/pg_ctl") else {
                throw PluginError(
                    .NSELF_STATUS_INVALID_ARGUMENT,
                    "bin_directory: there is no pg_ctl in \(configuration.binDirectory)")
            }
            return configuration.binDirectory
        }
        let had = Int(Files.read(data + "/PG_VERSION").prefix { $0.isNumber })
        // From newer than what exists today down to the oldest with the settings below.
        for version in had.map({ [$0] }) ?? Array((14...40).reversed()) {
            let path = "/usr/lib/postgresql/\(version)/bin"
            if Files.exists(path + "/pg_ctl") { return path }
        }
        throw PluginError(
            .NSELF_STATUS_FAILED_PRECONDITION,
            "PostgreSQL\(had.map { " \($0)" } ?? "") is not installed: install the package "
                + "postgresql, set bin_directory, or set url")
    }

    private func takeLock() throws(PluginError) {
        lock = open(directory + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_SH) == 0 else {
            throw PluginError(
                .NSELF_STATUS_FAILED_PRECONDITION,
                "cannot lock \(directory)/lock: \(String(cString: strerror(errno)))")
        }
    }

    /// Made beside its place and renamed: half a cluster is never taken for a whole one.
    private func initialize(_ account: Program.Account?) throws(PluginError) {
        guard !Files.exists(data + "/PG_VERSION") else { return }
        log.info("private cluster: making one in \(data)")
        let new = directory + "/data.new"
        try program.require(["/bin/rm", "-rf", new])
        try program.require([
            programs + "/initdb", "-D", new, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8",
        ])
        let own = Files.read(new + "/postgresql.conf")
        try Files.write(
            own
                + "\ninclude '\(directory)/nself.conf'\ninclude_if_exists '\(directory)/own.conf'\n",
            to: new + "/postgresql.conf", account)
        guard rename(new, data) == 0 else {
            throw PluginError(
                .NSELF_STATUS_FAILED_PRECONDITION,
                "cannot rename \(new): \(String(cString: strerror(errno)))")
        }
    }

    /// For a small machine shared with the host. syncfs: after a crash of one backend the server
    /// makes sure that a thousand files are on the disk; one by one that took 2.3 s. Whoever can reach the socket is trusted: its
    /// directory has mode 0700.
    private var settings: String {
        """
        # Written by the postgres plugin at each start. Your own settings: own.conf beside this file.
        listen_addresses = ''
        unix_socket_directories = '\(run)'
        unix_socket_permissions = 0700
        max_connections = \(configuration.connectionsMax * 2 + 10)
        shared_buffers = 64MB
        max_wal_size = 512MB
        min_wal_size = 64MB
        recovery_init_sync_method = syncfs
        huge_pages = off
        jit = off
        logging_collector = on
        log_directory = '\(directory)/log'
        log_filename = 'postgresql-%a.log'
        log_rotation_age = 1d
        log_truncate_on_rotation = on
        log_min_messages = warning

        """
    }

    /// The process number in postmaster.pid, when that process is the server of this directory.
    private var runningServer: pid_t? {
        let line = Files.read(data + "/postmaster.pid").prefix { $0 != "\n" }
        guard let pid = pid_t(line) else { return nil }
        // "4711 (postgres) S ...": neither another program nor one that nobody has waited for yet.
        let state = Files.read("/proc/\(pid)/stat")
        return state.contains("(postgres) ") && !state.contains(") Z") ? pid : nil
    }
    private var isRunning: Bool { runningServer != nil }

    private func launch() throws(PluginError) {
        if isRunning { return }
        // After a power cut the number in the file may be another process by now, and the server
        // would refuse to start.
        if Files.exists(data + "/postmaster.pid") {
            log.info("private cluster: removing a stale postmaster.pid")
            unlink(data + "/postmaster.pid")
        }
        try program.require([
            programs + "/pg_ctl", "-D", data, "-w", "-t", Self.waitSeconds, "-l", program.output,
            "start",
        ])
    }

    /// An own database and a role that row-level security applies to. Once.
    private func makeDatabase(_ account: Program.Account?) throws(PluginError) {
        let marker = directory + "/made"
        guard !Files.exists(marker) else { return }
        let server = PQconnectdb(connection(user: "postgres", database: "postgres"))
        defer { PQfinish(server) }
        nself_postgres_quiet(server)
        let steps = [
            (
                "select 1 from pg_roles where rolname = 'nself'",
                "create role nself login createdb createrole nosuperuser nobypassrls"
            ),
            (
                "select 1 from pg_database where datname = 'nself'",
                "create database nself owner nself"
            ),
            // A crash in the next minutes would have all of the new database to write: 1 s.
            ("select 1 where false", "checkpoint"),
        ]
        for (question, statement) in steps {
            let found = PQexec(server, question)
            defer { PQclear(found) }
            guard PQresultStatus(found) == PGRES_TUPLES_OK else { throw failure(server) }
            if PQntuples(found) > 0 { continue }
            let done = PQexec(server, statement)
            defer { PQclear(done) }
            guard PQresultStatus(done) == PGRES_COMMAND_OK else { throw failure(server) }
        }
        try Files.write("role nself, database nself\n", to: marker, account)
    }
    private func failure(_ server: OpaquePointer?) -> PluginError {
        let text = PQerrorMessage(server).map { String(cString: $0) } ?? "out of memory"
        return PluginError(.NSELF_STATUS_UNAVAILABLE, "private cluster: \(text)")
    }

    private func connection(user: String, database: String) -> String {
        return "host='\(run)' user=\(user) dbname=\(database)"
    }
}
