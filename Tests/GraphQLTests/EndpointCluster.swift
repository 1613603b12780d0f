/// A PostgreSQL of the tests' own: made once per run in a temporary directory, gone afterwards.

import Glibc
import Testing

/// NSELF_TEST_DATABASE_URL, when set, names a server to use instead.
enum EndpointCluster {
    /// A connection string without a database name.
    static let address: String = {
        if let given = getenv("NSELF_TEST_DATABASE_URL").map({ String(cString: $0) }) {
            return given
        }
        let directory = "/tmp/nself-graphql-\(getpid())"
        let data = directory + "/data"
        run(["mkdir", "-p", directory], asServer: false)
        if geteuid() == 0 { run(["chown", "postgres", directory], asServer: false) }
        run([
            programs + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8",
        ])
        run([
            programs + "/pg_ctl", "-D", data, "-w", "-l", directory + "/log", "-o",
            "-c listen_addresses='' -c unix_socket_directories='\(directory)' -c fsync=off -c jit=off "
                + "-c log_statement=none -c timezone=UTC",
            "start",
        ])
        // Ends the server when this process has gone, however it went.
        let watch =
            "while [ -d /proc/\(getpid()) ]; do sleep 0.5; done; "
            + "\(programs)/pg_ctl -D \(data) -m immediate stop; rm -rf \(directory)"
        run(["setsid", "sh", "-c", watch], waits: false)
        return "host=\(directory) user=postgres"
    }()

    private static let programs: String = {
        let versions = (9...30).reversed().map { "/usr/lib/postgresql/\($0)/bin" }
        return versions.first { access($0 + "/initdb", X_OK) == 0 } ?? "/usr/local/pgsql/bin"
    }()

    /// Runs a program, unless told otherwise to its end; PostgreSQL's refuse to be root.
    private static func run(_ command: [String], asServer: Bool = true, waits: Bool = true) {
        let prefix =
            asServer && geteuid() == 0
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        var arguments: [UnsafeMutablePointer<CChar>?] = (prefix + command).map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in [0, 1, 2] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var child: pid_t = 0
        guard posix_spawnp(&child, (prefix + command)[0], &actions, nil, &arguments, environ) == 0
        else {
            Issue.record("\(command[0]) cannot be run")
            return
        }
        guard waits else { return }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        if status != 0 { Issue.record("\(command[0]) failed: \(status)") }
    }
}
