/// The built program `nself`: help, exit codes, and what it does with and without a host.
import Fixtures
import Glibc
import HostManifest
import Testing

@testable import Command

/// A deployment of its own, for tests that write into it.
private final class Place {
    private let temporary: TemporaryDirectory
    var path: String { temporary.path }
    var socket: String { path + "/run/control.sock" }

    init(_ manifest: String?, plugins: [String] = ["hello"]) throws {
        temporary = try TemporaryDirectory()
        try Deployment.makePlugins(path, plugins)
        if let manifest { try write(manifest) }
    }

    func write(_ manifest: String) throws {
        try Repository.write(manifest.utf8, to: path + "/plugins.toml")
    }

    /// Runs nself in the deployment's directory.
    func nself(_ arguments: String..., environment: [String: String] = [:], below: String = "")
        throws -> ProgramResult
    {
        try Program.run(
            [Repository.products + "/nself"] + arguments, environment: environment,
            directory: path + below)
    }

    func host(_ answer: @escaping FakeHost.Answer) throws -> FakeHost {
        mkdir(path + "/run", 0o700)
        return try FakeHost(socket, answer)
    }

    func config() throws -> ResolvedConfig {
        try ResolvedConfig.read(path: path + "/run/config.json")
    }
}

private let hello = "[plugins.hello]\nfile = \"hello.so\"\n"

@Suite struct ProgramTests {
    @Test("Every command has help with examples")
    func help() throws {
        let place = try Place(nil, plugins: [])
        let commands: [[String]] = [
            [], ["run"], ["reload"], ["status"], ["logs"], ["level"], ["stop"], ["plugin"],
            ["plugin", "list"],
            ["plugin", "inspect"], ["plugin", "schema"], ["config"], ["config", "check"],
            ["config", "show"],
        ]
        for command in commands {
            let result = try Program.run(
                [Repository.products + "/nself"] + command + ["--help"], directory: place.path)
            #expect(result.status == 0, "\(command)")
            #expect(result.output.contains("Examples:"), "\(command)")
            #expect(result.output.contains("nself \(command.joined(separator: " "))"), "\(command)")
            #expect(result.errors == "")
        }
        let whole = try place.nself("--help").output
        #expect(
            whole.contains(
                "Exit codes: 0 success, 1 the operation failed, 2 wrong usage or configuration."))
        #expect(try place.nself("--version").output == "0.1.0\n")
    }

    @Test(
        "Wrong usage ends with code 2 and says what is wrong",
        arguments: [
            ["dance"], ["plugin", "inspect"], ["level", "loud"], ["logs", "--last", "-1"],
            ["run", "--nonsense"],
            ["logs", "--last=99999999"], ["status", "--config"],
        ])
    func usage(arguments: [String]) throws {
        let result = try Program.run(
            [Repository.products + "/nself"] + arguments, directory: "/tmp")
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.contains("Usage:"))
    }

    @Test("Without plugins.toml every command says so and ends with code 2")
    func noManifest() throws {
        let place = try Place(nil, plugins: [])
        for arguments in [["run"], ["config", "check"], ["plugin", "list"], ["status"]] {
            let result = try Program.run(
                [Repository.products + "/nself"] + arguments, directory: place.path)
            #expect(result.status == 2)
            #expect(
                result.errors.hasPrefix(
                    "plugins.toml: there is no such file here or in a directory above\n  change to")
            )
        }
        let named = try place.nself("config", "check", "--config", "x/y.toml")
        #expect(named.status == 2)
        #expect(
            named.errors.hasPrefix(
                "x/y.toml: the file cannot be opened: No such file or directory\n"))
    }

    @Test("config check tells what is wrong, ends with 0 or 2, and finds the file above")
    func check() throws {
        let place = try Place(hello)
        let good = try place.nself("config", "check")
        #expect(good.status == 0)
        #expect(good.output == "plugins.toml is correct: 1 plugin would be loaded\n")
        mkdir(place.path + "/deep", 0o755)
        #expect(
            try place.nself("config", "check", below: "/deep").output.hasPrefix(
                "../plugins.toml is correct"))
        try place.write(hello + "greting = 1\n")
        let bad = try place.nself("config", "check")
        #expect(bad.status == 2)
        #expect(bad.errors.hasPrefix("plugins.toml:3: plugins.hello.greting is not known\n  "))
        #expect(bad.errors.hasSuffix("1 problem, nothing was changed\n"))
        let json = try place.nself("config", "check", "--json")
        #expect(json.status == 2)
        let value = try JSONValue(parsing: json.output)
        #expect(value["ok"] == false)
        #expect(value["problems"]?.arrayValue?.first?["line"] == 3)
        #expect(
            value["problems"]?.arrayValue?.first?["message"] == "plugins.hello.greting is not known"
        )
        #expect(json.errors == "")
    }

    @Test("A file that is not UTF-8 is told with its line")
    func notUTF8() throws {
        let place = try Place(nil, plugins: [])
        try Repository.write(
            Array("[host]\nname = \"".utf8) + [0xFF, 0x22], to: place.path + "/plugins.toml")
        #expect(
            try place.nself("config", "check").errors.hasPrefix(
                "plugins.toml:2: the file is not UTF-8\n  save it as UTF-8\n"))
    }

    @Test("run writes config.json for its owner alone and becomes the host beside it")
    func run() throws {
        let place = try Place(hello)
        let program = place.path + "/nself"
        try Repository.write(
            try Repository.bytes(Repository.products + "/nself"), to: program, mode: 0o755)
        let lone = try Program.run(
            [program, "run"], environment: ["PATH": "/usr/bin:/bin"], directory: place.path)
        #expect(lone.status == 1)
        #expect(lone.errors.hasPrefix("nself-host is neither beside nself nor in PATH"))
        try Repository.write(
            "#!/bin/sh\necho \"$@\"\nexit 7\n".utf8, to: program + "-host", mode: 0o755)
        let result = try Program.run(
            [program, "run", "--set", "host.loops=3"], directory: place.path)
        #expect(result.status == 7)
        #expect(result.output == "--config \(place.path)/run/config.json\n")
        let config = try place.config()
        #expect(config.host.loops == 3)
        #expect(
            try config.instance("hello")?.digest
                == FileDigest.sha256(path: place.path + "/plugins/hello.so"))
        var status = stat()
        stat(place.path + "/run/config.json", &status)
        #expect(status.st_mode & 0o777 == 0o600)
        stat(place.path + "/run", &status)
        #expect(status.st_mode & 0o777 == 0o700)
    }

    @Test("run writes nothing when anything is wrong, or when a host runs already")
    func runRefused() throws {
        let place = try Place("[host]\nx = 1\n")
        #expect(try place.nself("run").status == 2)
        #expect(!FileAccess.exists(place.path + "/run"))
        try place.write(hello)
        let host = try place.host { _ in FakeHost.ok([:]) }
        defer { host.stop() }
        let result = try place.nself("run")
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("a host is running already with \(place.path)/run; "))
        #expect(!FileAccess.exists(place.path + "/run/config.json"))
    }

    @Test("Without a host, status, reload, logs, level and stop end with code 1 and say so")
    func notRunning() throws {
        let place = try Place(hello)
        for arguments in [["status"], ["reload"], ["logs"], ["level", "debug"], ["stop"]] {
            let result = try Program.run(
                [Repository.products + "/nself"] + arguments, directory: place.path)
            #expect(result.status == 1, "\(arguments)")
            #expect(
                result.errors
                    == "no host is running (nobody listens at \(place.socket)); start it with nself run\n"
            )
        }
        let json = try place.nself("status", "--json")
        #expect(json.status == 1)
        #expect(try JSONValue(parsing: json.output) == ["ok": true, "running": false])
    }

    @Test("status and plugin list show what the host says")
    func running() throws {
        let place = try Place(hello, plugins: ["hello", "store"])
        let host = try place.host { request in
            switch request {
            case .status:
                FakeHost.ok([
                    "name": "shop", "uptime_seconds": 5.0437, "listen": ["a", "b"],
                    "plugins": ["running": 3, "failed": 1],
                ])
            case .instances:
                FakeHost.ok([
                    InstanceStatus(
                        name: "hello", version: "9.9.9", file: "/x/hello.so", generation: 1,
                        state: "running", calls: 12
                    ).json
                ])
            default: FakeHost.failed("no")
            }
        }
        defer { host.stop() }
        let status = try place.nself("status")
        #expect(status.status == 0)
        #expect(
            status.output.hasPrefix(
                "name: shop\nuptime seconds: 5.0\nlisten: a, b\nplugins: running 3, failed 1\n\nNAME   STATE    VERSION  FILE      CALLS  ERRORS  REASON\nhello  running  9.9.9    hello.so  12     0\n"
            ))
        let json = try JSONValue(parsing: place.nself("status", "--json").output)
        #expect(json["running"] == true)
        #expect(json["instances"]?.arrayValue?.first?["calls"] == 12)
        let list = try place.nself("plugin", "list").output
        #expect(list.contains("hello  running         9.9.9"))
        #expect(list.contains("store  not configured  0.1.0"))
        #expect(
            list.contains(
                "store.so is not configured; to load it, add to plugins.toml:\n\n[plugins.store]\nfile = \"store.so\"\n"
            ))
    }

    @Test("plugin list works from the files when no host runs, also with a broken plugins.toml")
    func listFromFiles() throws {
        let place = try Place(
            hello
                + "[plugins.bad]\nfile = \"text.so\"\n[plugins.off]\nfile = \"hello.so\"\nenabled = false\n"
        )
        let text = try place.nself("plugin", "list")
        #expect(text.status == 0)
        #expect(text.output.contains("hello  not running  0.1.0    hello.so  0      0\n"))
        #expect(
            text.output.contains(
                "bad    refused               text.so   0      0       plugins/text.so: it is not a shared object"
            ))
        #expect(text.output.contains("off    disabled     0.1.0"))
        try place.write(hello + "oops = 1\n")
        let broken = try place.nself("plugin", "list", "--json")
        #expect(broken.status == 0)
        let value = try JSONValue(parsing: broken.output)
        #expect(value["running"] == false)
        #expect(
            value["instances"]?.arrayValue?.map { $0["state"] } == ["not running", "not a plugin"])
        #expect(
            try place.nself("plugin", "list").errors
                == "plugins.toml has 1 problem; see nself config check\n")
    }

    @Test("inspect and schema show a plugin by instance, by file and by path")
    func inspect() throws {
        let place = try Place("[plugins.greeter]\nfile = \"hello.so\"\n")
        for name in ["greeter", "hello", "hello.so", "plugins/hello.so"] {
            let result = try place.nself("plugin", "inspect", name)
            #expect(result.status == 0, "\(name)")
            #expect(result.output.contains("id           dev.nself.hello\n"), "\(name)")
        }
        let json = try JSONValue(
            parsing: place.nself("plugin", "inspect", "greeter", "--json").output)
        #expect(json["instance"] == "greeter")
        #expect(
            json["digest"]?.stringValue
                == (try FileDigest.sha256(path: place.path + "/plugins/hello.so")))
        let schema = try JSONValue(parsing: place.nself("plugin", "schema", "greeter").output)
        #expect(schema["properties"]?["greeting"]?["default"] == "hello")
        let unknown = try place.nself("plugin", "inspect", "greter")
        #expect(unknown.status == 1)
        #expect(
            unknown.errors == "there is no instance and no file greter; did you mean greeter?\n")
        let bad = try place.nself("plugin", "inspect", "plugins/text.so")
        #expect(bad.status == 1)
        #expect(bad.errors.hasPrefix("plugins/text.so: it is not a shared object"))
    }

    @Test(
        "reload writes the new configuration and tells the host; when that fails the old one is back"
    )
    func reload() throws {
        let place = try Place(hello)
        let works = Flag()
        let host = try place.host { request in
            guard request == .reload else { return FakeHost.ok([:]) }
            return works.isSet
                ? FakeHost.ok(["changed": ["hello"], "added": []])
                : FakeHost.failed("hello does not start: no")
        }
        defer { host.stop() }
        try Repository.write("old".utf8, to: place.path + "/run/config.json", mode: 0o600)
        let refused = try place.nself("reload")
        #expect(refused.status == 1)
        #expect(refused.errors == "hello does not start: no\n")
        #expect(try Repository.bytes(place.path + "/run/config.json") == Array("old".utf8))
        works.set()
        let done = try place.nself("reload")
        #expect(done.status == 0)
        #expect(done.output == "reloaded; changed: hello\n")
        #expect(try place.config().instance("hello")?.isLoadable == true)
        try place.write("[host]\nx = 1\n")
        let before = host.requests.count
        #expect(try place.nself("reload").status == 2)
        #expect(host.requests.count == before)
        #expect(try place.config().instance("hello")?.isLoadable == true)
    }

    @Test("logs are shown readable or as JSON lines, of one plugin when asked")
    func logs() throws {
        let place = try Place(hello)
        let record = Array(
            #"{"time":"12:00:00","level":"info","plugin":"hello","message":"started","ms":3}"#.utf8)
        let host = try place.host { request in
            FakeHost.ok(.null) + [record, Array("no json".utf8)]
        }
        defer { host.stop() }
        let text = try place.nself("logs", "-f", "--plugin", "hello", "--last", "5")
        #expect(text.status == 0)
        #expect(text.output == "12:00:00 INFO     hello: started ms=3\nno json\n")
        #expect(host.requests == [.logs(plugin: "hello", last: 5, follow: true)])
        let json = try place.nself("logs", "--json")
        #expect(json.output == String(decoding: record, as: UTF8.self) + "\nno json\n")
        #expect(host.requests.last == .logs(plugin: nil, last: 100, follow: false))
    }

    @Test("level and stop reach the host, and its refusal is told")
    func others() throws {
        let place = try Place(hello)
        let host = try place.host { request in
            request == .stop ? FakeHost.ok(.null) : FakeHost.failed("there is no instance x")
        }
        defer { host.stop() }
        #expect(try place.nself("stop").output == "the host is stopping\n")
        try place.write("[host\n")
        #expect(try place.nself("stop").output == "the host is stopping\n")
        let level = try place.nself("level", "debug", "--plugin", "x", "--json")
        #expect(level.status == 1)
        #expect(
            try JSONValue(parsing: level.output) == [
                "ok": false, "error": ["message": "there is no instance x"],
            ])
        #expect(host.requests == [.stop, .stop, .level(plugin: "x", .debug)])
    }

    @Test("A host that answers nonsense or nothing is told of, not waited for")
    func brokenHost() throws {
        let place = try Place(hello)
        let host = try place.host { $0 == .status ? [] : [Array("hm".utf8)] }
        defer { host.stop() }
        let nothing = try place.nself("status")
        #expect(nothing.status == 1)
        #expect(
            nothing.errors
                == "the host cannot be asked: the host closed the connection without an answer\n")
        #expect(
            try place.nself("stop").errors
                == "the host cannot be asked: the host's answer is not understood: hm\n")
    }

    @Test("A check of the configuration takes less than a tenth of a second")
    func quick() throws {
        let place = try Place(hello)
        var best = Double.infinity
        // The best of several: other programs run on the same machine.
        for _ in 0..<10 {
            let start = Program.monotonicSeconds()
            #expect(try place.nself("config", "check").status == 0)
            best = min(best, Program.monotonicSeconds() - start)
        }
        #expect(best < 0.1)
    }
}

private final class Flag: @unchecked Sendable {
    // Set by the test between two runs of the program, read by the host's thread during one.
    private(set) var isSet = false
    func set() { isSet = true }
}
