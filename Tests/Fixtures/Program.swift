/// Runs another program to its end and keeps what it said.

import Glibc
import Synchronization

public struct ProgramResult: Sendable {
    /// 0…255, or 128 plus the signal that ended it, as a shell says it.
    public let status: Int32
    public let output: String
    public let errors: String
}

public enum Program {
    /// How long a program may run before it is killed and the test fails. [seconds]
    public static let timeLimitSeconds = 120

    /// Finds `command[0]` in PATH. Standard input is empty.
    public static func run(
        _ command: [String], environment: [String: String] = [:], directory: String? = nil,
        timeLimitSeconds: Int = timeLimitSeconds
    ) throws -> ProgramResult {
        let output = try Pipe()
        let errors = try Pipe()
        let process = try spawn(
            command, environment: environment, directory: directory,
            output: output.write, errors: errors.write)
        output.closeWrite()
        errors.closeWrite()

        var collected: [[UInt8]] = [[], []]
        var open = [true, true]
        let deadline = monotonicSeconds() + Double(timeLimitSeconds)
        while open[0] || open[1] {
            let left = deadline - monotonicSeconds()
            if left <= 0 {
                kill(process, SIGKILL)
                _ = wait(process)
                throw SystemError(
                    "\(command.joined(separator: " ")) after \(timeLimitSeconds) s", ETIMEDOUT)
            }
            var polls = [
                pollfd(fd: open[0] ? output.read : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: open[1] ? errors.read : -1, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&polls, 2, Int32(min(left, 60) * 1000) + 1)
            for index in 0..<2 where open[index] && polls[index].revents != 0 {
                var chunk = [UInt8](repeating: 0, count: 65536)
                let count = read(polls[index].fd, &chunk, chunk.count)
                if count <= 0 { open[index] = false } else { collected[index] += chunk[..<count] }
            }
        }
        return ProgramResult(
            status: wait(process), output: String(decoding: collected[0], as: UTF8.self),
            errors: String(decoding: collected[1], as: UTF8.self))
    }

    /// Starts `command` in a process group of its own. The descriptors stay the caller's.
    public static func spawn(
        _ command: [String], environment: [String: String], directory: String?,
        output: Int32, errors: Int32
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own, and no blocked signals: a test runner may block some.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))

        let command = directory.map { ["env", "-C", $0] + command } ?? command
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables = merged(environment).map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process: pid_t = 0
        let code = inheritance.withLock { _ in
            posix_spawnp(&process, command[0], &actions, &attributes, &arguments, &variables)
        }
        guard code == 0 else { throw SystemError("start \(command[0])", code) }
        return process
    }

    /// Waits for the end of a process that was spawned here.
    public static func wait(_ process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// True and the status when the process has ended.
    public static func ended(_ process: pid_t) -> Int32? {
        var status: Int32 = 0
        guard waitpid(process, &status, WNOHANG) == process else { return nil }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    public static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Where a program is, or nil: for tests of what may not be installed.
    public static func find(_ name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        for directory in "\(path):/usr/sbin:/usr/local/bin".split(separator: ":") {
            let candidate = "\(directory)/\(name)"
            if access(candidate, X_OK) == 0 { return candidate }
        }
        return nil
    }

    /// Held while a pipe is made and while a process starts: without pipe2 there is a moment in which
    /// a descriptor would be inherited by what another test starts.
    fileprivate static let inheritance = Mutex<Void>(())

    private static func merged(_ changes: [String: String]) -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables.merging(changes) { _, new in new }
    }
}

/// Two descriptors that close themselves and are not inherited.
final class Pipe {
    let read: Int32
    private(set) var write: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        let made = Program.inheritance.withLock { _ in
            guard pipe(&ends) == 0 else { return false }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return true
        }
        guard made else { throw SystemError("pipe") }
        (read, write) = (ends[0], ends[1])
    }
    deinit {
        close(read)
        closeWrite()
    }
    func closeWrite() {
        if write >= 0 { close(write) }
        write = -1
    }
}
