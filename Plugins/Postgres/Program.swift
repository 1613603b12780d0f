/// Running PostgreSQL's own programs, as a user it accepts, and waiting for them.

import Glibc
import Libpq
import PluginAPI

/// Blocks: on worker threads only.
struct Program {
    /// Whom the server runs as: PostgreSQL refuses root.
    struct Account {
        let user: uid_t
        let group: gid_t

        /// Nil: we are not root, and the server runs as we do.
        static func needed() throws(PluginError) -> Account? {
            guard geteuid() == 0 else { return nil }
            var (entry, found) = (passwd(), UnsafeMutablePointer<passwd>?.none)
            let account = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) {
                room -> Account? in
                guard let base = room.baseAddress,
                    getpwnam_r("postgres", &entry, base, room.count, &found) == 0, let found
                else { return nil }
                return Account(user: found.pointee.pw_uid, group: found.pointee.pw_gid)
            }
            guard let account else {
                throw PluginError(
                    .NSELF_STATUS_FAILED_PRECONDITION,
                    "PostgreSQL does not run as root and there is no user postgres: install the "
                        + "package postgresql, run as another user, or set url")
            }
            return account
        }

        /// Whether this user gets to `directory`: every folder above it must let others through.
        func checkReach(_ directory: String) throws(PluginError) {
            var folder = ""
            for part in directory.split(separator: "/").dropLast() {
                folder += "/" + part
                var status = stat()
                guard stat(folder, &status) == 0 else { return }  // the rest is made by us
                let passes =
                    status.st_uid == user
                    ? status.st_mode & S_IXUSR
                    : status.st_gid == group ? status.st_mode & S_IXGRP : status.st_mode & S_IXOTH
                guard passes == 0 else { continue }
                throw PluginError(
                    .NSELF_STATUS_FAILED_PRECONDITION,
                    "the server runs as the user postgres, which may not pass through \(folder) to "
                        + "its data in \(directory): chmod o+x \(folder), or set data_directory (or "
                        + "data in [host]) to a place such as /var/lib/nself")
            }
        }
    }

    let account: Account?
    /// What it prints goes here; each run starts the file anew.
    let output: String

    /// The exit code, or 128 + signal.
    func run(_ arguments: [String]) throws(PluginError) -> Int32 {
        var all = arguments
        if let account {
            all =
                [
                    "/usr/bin/setpriv", "--reuid=\(account.user)", "--regid=\(account.group)",
                    "--init-groups", "--",
                ] + arguments
        }
        var child = pid_t()
        let problem = Self.withPointers(all) { arguments in
            Self.withPointers(["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]) { environment in
                nself_postgres_spawn(&child, arguments, environment, output)
            }
        }
        guard problem == 0 else {
            throw PluginError(
                .NSELF_STATUS_FAILED_PRECONDITION,
                "cannot run \(all[0]): \(String(cString: strerror(problem)))")
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else {
                throw PluginError(
                    .NSELF_STATUS_INTERNAL, "waitpid: \(String(cString: strerror(errno)))")
            }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// The same; anything but 0 throws with the last lines of what it printed.
    func require(_ arguments: [String]) throws(PluginError) {
        let code = try run(arguments)
        guard code != 0 else { return }
        let said = Files.read(output).split(separator: "\n").suffix(4).joined(separator: " | ")
        throw PluginError(
            .NSELF_STATUS_FAILED_PRECONDITION, "\(arguments[0]) ended with \(code): \(said)")
    }

    private static func withPointers<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var copies = texts.map { strdup($0) }
        copies.append(nil)
        defer { for copy in copies { free(copy) } }
        return copies.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                preconditionFailure("an empty array has a base")
            }
            return body(base)
        }
    }
}

/// The few things done to files.
enum Files {
    /// At most 64 KiB; empty when there is no such file.
    static func read(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { room in
            let count = Glibc.read(file, room.baseAddress, room.count)
            return String(
                decoding: UnsafeRawBufferPointer(rebasing: room[..<max(count, 0)]), as: UTF8.self)
        }
    }
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Replaces the file in one step.
    static func write(_ text: String, to path: String, _ account: Program.Account?)
        throws(PluginError)
    {
        let new = path + ".new"
        let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("write", new) }
        defer { close(file) }
        var copy = text
        let whole = copy.withUTF8 { bytes in
            Glibc.write(file, bytes.baseAddress, bytes.count) == bytes.count
        }
        if let account { _ = fchown(file, account.user, account.group) }
        guard whole, fsync(file) == 0, rename(new, path) == 0 else { throw failure("write", path) }
    }

    /// Makes the directory and those above it, mode 0700, the last one owned by `account`.
    static func makeDirectory(_ path: String, _ account: Program.Account?) throws(PluginError) {
        var at = ""
        for part in path.split(separator: "/") {
            at += "/" + part
            // Those above it may be passed by the server's user as well.
            let mode: mode_t = at == path || account == nil ? 0o700 : 0o711
            if mkdir(at, mode) != 0, errno != EEXIST { throw failure("make the directory", at) }
        }
        if let account, chown(path, account.user, account.group) != 0 {
            throw failure("give away", path)
        }
    }
    private static func failure(_ what: String, _ path: String) -> PluginError {
        PluginError(
            .NSELF_STATUS_FAILED_PRECONDITION,
            "cannot \(what) \(path): \(String(cString: strerror(errno)))")
    }
}
