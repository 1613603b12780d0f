/// The real programs: `nself run` in a directory of its own, until it is stopped.

import Fixtures
import Glibc
import HostManifest
import Synchronization

final class RunningHost {
    let directory: TemporaryDirectory
    let port: Int
    let adminPort: Int
    let process: pid_t
    private var status: Int32?

    /// From the start until /readyz answers 200. [seconds]
    static let startLimitSeconds = 60.0
    /// From SIGTERM until the process has ended. [seconds]
    static let stopLimitSeconds = 30.0
    static let command = "\(Repository.products)/nself"

    /// Writes plugins.toml and starts. `plugins` are copied from the build into the plugins
    /// directory, `files` are copied from where they are; `toml` is what follows the [host] table. `prepare` may add
    /// to the directory before the start.
    init(
        _ toml: String, plugins: [String] = [], files: [(name: String, path: String)] = [],
        host: String = "", environment: [String: String] = [:], waitUntilReady: Bool = true,
        prepare: (_ directory: String) throws -> Void = { _ in }
    ) throws {
        directory = try TemporaryDirectory()
        port = try RunningHost.freePort()
        adminPort = try RunningHost.freePort()
        // PostgreSQL does not run as root, and its user must get through to its data.
        chmod(directory.path, 0o755)
        guard mkdir("\(directory.path)/plugins", 0o755) == 0 else { throw SystemError("mkdir") }
        for name in plugins {
            try Self.copy(Repository.plugin(name), "\(directory.path)/plugins/\(name).so")
        }
        for file in files { try Self.copy(file.path, "\(directory.path)/plugins/\(file.name)") }
        try prepare(directory.path)
        let manifest = """
            [host]
            name = "test"
            listen = ["127.0.0.1:\(port)"]
            admin = "127.0.0.1:\(adminPort)"
            \(host)
            [log]
            level = "debug"
            \(toml)
            """
        try Repository.write(manifest.utf8, to: "\(directory.path)/plugins.toml")
        let log = open("\(directory.path)/log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard log >= 0 else { throw SystemError("create a log file") }
        defer { close(log) }
        process = try Program.spawn(
            [Self.command, "run", "--config", "\(directory.path)/plugins.toml"],
            environment: environment, directory: directory.path, output: log, errors: log)
        Leftovers.add(process)
        if waitUntilReady { try self.waitUntilReady() }
    }
    deinit {
        if ended == nil { Leftovers.end(process) }
        Leftovers.remove(process)
    }

    static func copy(_ from: String, _ to: String) throws {
        try Repository.write(try Repository.bytes(from), to: to, mode: 0o755)
    }

    /// A port nobody listens on, below those the kernel gives to clients (32768 and up on Linux):
    /// one of those could be taken by another test's connection before the host listens. Each call
    /// of a process gives another one, and processes begin at different places.
    static func freePort() throws -> Int {
        for _ in 0..<ports.count {
            let offset = nextPort.wrappingAdd(1, ordering: .relaxed).oldValue
            let port = ports.lowerBound + (Int(getpid()) * 97 + offset) % ports.count
            if isFree(port) { return port }
        }
        throw SystemError("find a free port", EADDRINUSE)
    }
    private static let ports = 20_000..<32_000
    private static let nextPort = Atomic<Int>(0)

    private static func isFree(_ port: Int) -> Bool {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { return false }
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(probe, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    // MARK: What it says

    /// What the programs have written so far.
    var log: String {
        do {
            return String(decoding: try Repository.bytes("\(directory.path)/log"), as: UTF8.self)
        } catch { return "the log cannot be read: \(error)" }
    }

    /// Waits until `condition` holds, and fails with the log when it does not.
    func wait(_ what: String, within seconds: Double = 20, until condition: () throws -> Bool)
        throws
    {
        let deadline = Program.monotonicSeconds() + seconds
        while try !condition() {
            if let code = ended {
                throw ClientError(
                    description: "the host ended with \(code) before \(what):\n\(log)")
            }
            guard Program.monotonicSeconds() < deadline else {
                throw ClientError(description: "not within \(seconds) s: \(what)\n\(log)")
            }
            usleep(10_000)  // between two looks, not instead of one
        }
    }
    func waitUntilReady() throws {
        try wait("it was ready", within: RunningHost.startLimitSeconds) {
            guard let client = try? Client(port: port),
                let answer = try? client.request("GET", "/readyz")
            else { return false }
            return answer.status == 200
        }
    }

    // MARK: Asking it

    func get(_ path: String, headers: [(String, String)] = []) throws -> Answer {
        try Client(port: port).request("GET", path, headers: headers)
    }
    func post(_ path: String, _ json: String, headers: [(String, String)] = []) throws -> Answer {
        try Client(port: port).request(
            "POST", path, headers: [("content-type", "application/json")] + headers, body: json)
    }
    /// From the admin listener.
    func admin(_ path: String, headers: [(String, String)] = []) throws -> Answer {
        try Client(port: adminPort).request("GET", path, headers: headers)
    }
    /// `nself <arguments>` for this deployment.
    func nself(_ arguments: String...) throws -> ProgramResult {
        try Program.run(
            [Self.command] + arguments + ["--config", "\(directory.path)/plugins.toml"],
            directory: directory.path)
    }
    /// Returns when that many calls into plugins are under way.
    func waitForCalls(_ count: Int) throws {
        try wait("\(count) calls were under way") {
            try nself("status", "--json").output.contains("\"calls_active\": \(count)")
        }
    }
    /// The instances by name, as `nself status --json` lists them.
    func instances() throws -> [String: InstanceStatus] {
        let result = try nself("status", "--json")
        let json = try JSONValue(parsing: Array(result.output.utf8))
        let list = (json["instances"]?.arrayValue ?? []).compactMap(InstanceStatus.init)
        return Dictionary(list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    /// One metric of the host, summed over its series; nil when there is none.
    func metric(_ name: String) throws -> Double? {
        var sum: Double?
        for line in try admin("/metrics").text.split(separator: "\n") where line.hasPrefix(name) {
            guard let next = line.dropFirst(name.count).first, next == " " || next == "{",
                let value = line.split(separator: " ").last.flatMap({ Double($0) })
            else { continue }
            sum = (sum ?? 0) + value
        }
        return sum
    }

    // MARK: Ending it

    /// The exit code when the process has ended.
    var ended: Int32? {
        if status == nil { status = Program.ended(process) }
        return status
    }
    /// Sends SIGTERM and waits; the exit code.
    @discardableResult
    func stop() throws -> Int32 {
        if let ended { return ended }
        kill(process, SIGTERM)
        return try waitForEnd()
    }
    @discardableResult
    func waitForEnd() throws -> Int32 {
        let deadline = Program.monotonicSeconds() + RunningHost.stopLimitSeconds
        while true {
            if let ended { return ended }
            guard Program.monotonicSeconds() < deadline else {
                throw ClientError(description: "still running after it was told to stop:\n\(log)")
            }
            usleep(10_000)
        }
    }
}

/// Hosts that nobody has stopped yet. A host that several tests share lives until the test program
/// ends, and its PostgreSQL must not outlive it.
private enum Leftovers {
    private static let processes = Mutex<Set<pid_t>>([])
    private static let atEnd: Void = {
        atexit { Leftovers.endAll() }
    }()

    static func add(_ process: pid_t) {
        _ = atEnd
        processes.withLock { _ = $0.insert(process) }
    }
    static func remove(_ process: pid_t) { processes.withLock { _ = $0.remove(process) } }
    private static func endAll() { for process in processes.withLock({ $0 }) { end(process) } }

    /// Asks first, so that a host stops what it has started. [seconds]
    private static let patienceSeconds = 10.0
    static func end(_ process: pid_t) {
        kill(process, SIGTERM)
        let deadline = Program.monotonicSeconds() + patienceSeconds
        while Program.monotonicSeconds() < deadline {
            if Program.ended(process) != nil { return }
            usleep(10_000)
        }
        kill(process, SIGKILL)
        _ = Program.wait(process)
    }
}
