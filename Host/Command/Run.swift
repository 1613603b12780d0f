/// `nself run`: check, write run/config.json, become the host.
import ArgumentParser
import Glibc
import HostManifest

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the deployment and start its host.",
        discussion: """
            Checks plugins.toml and every plugin file it names, tells everything that is wrong at \
            once, writes run/config.json (mode 0600: it holds secrets) and replaces itself by \
            nself-host, which is looked for beside nself and then in PATH.

            Examples:
              nself run
              nself run --config /etc/shop/plugins.toml
              nself run --set host.listen=127.0.0.1:9000 --set plugins.echo.enabled=true
            """)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let checked = try options.checkOrExit()
        let control = HostControl(
            socketPath: checked.config.host.controlSocketPath, json: options.json)
        guard try control.askIfRunning(.status) == nil else {
            throw Output.fail(
                "a host is running already with \(checked.config.host.runDirectory); stop it with nself stop, or apply changes with nself reload",
                json: options.json)
        }
        guard let host = HostProgram.find() else {
            throw Output.fail(
                "nself-host is neither beside nself nor in PATH; build it, or copy it beside nself",
                json: options.json)
        }
        try ConfigFile.write(checked.config, json: options.json)
        fflush(nil)
        let code = HostProgram.become(host, ["--config", ConfigFile.path(checked.config)])
        throw Output.fail("\(host) cannot be started: \(systemErrorText(code))", json: options.json)
    }
}

enum HostProgram {
    static let name = "nself-host"

    static func find() -> String? {
        var own = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &own, own.count - 1)
        if count > 0 {
            let path = String(decoding: own[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let beside = path[...(path.lastIndex(of: "/") ?? path.startIndex)] + name
            if access(String(beside), X_OK) == 0 { return String(beside) }
        }
        let directories = getenv("PATH").map { String(cString: $0) } ?? ""
        return directories.split(separator: ":").map { "\($0)/\(name)" }.first {
            access($0, X_OK) == 0
        }
    }

    /// Returns only when it fails, with the errno.
    static func become(_ path: String, _ arguments: [String]) -> Int32 {
        var pointers = ([name] + arguments).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        execv(path, pointers)
        return errno
    }
}
