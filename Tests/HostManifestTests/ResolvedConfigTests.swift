/// config.json, the start order and the control messages: what both programs agree on.
import Fixtures
import Glibc
import HostManifest
import Testing

private func manifest(
    _ id: String, uses: [String] = [], provides: [String] = [], requires: [String] = [],
    roles: [String] = []
) throws -> PluginManifest {
    try PluginManifest(
        [
            "manifest": 1, "id": .string(id), "version": "1.0.0", "abi": "1.0",
            "roles": .array(roles.map { .string($0) }), "uses": .array(uses.map { .string($0) }),
            "provides": .array(provides.map { .string($0) }),
            "requires": .array(requires.map { .string($0) }),
        ], path: "\(id).so")
}

private func instance(_ name: String, _ manifest: PluginManifest, _ grants: [String] = [])
    -> ResolvedConfig.Instance
{
    var instance = ResolvedConfig.Instance(name: name, file: "/p/\(name).so")
    instance.manifest = manifest
    instance.grants = grants.map { ResolvedConfig.Grant($0) }
    return instance
}

@Suite struct ResolvedConfigTests {
    private func full() throws -> ResolvedConfig {
        var config = ResolvedConfig()
        config.manifestPath = "/srv/plugins.toml"
        config.host.name = "shop"
        config.host.listen = [
            .init(address: "::", port: 443, tls: true), .init(address: "0.0.0.0", port: 80),
        ]
        config.host.admin = nil
        config.host.loops = 3
        config.host.pluginsDirectory = "/srv/plugins"
        config.host.runDirectory = "/srv/run"
        config.host.dataDirectory = "/srv/data"
        config.host.autoload = true
        config.host.trustedKeys = ["ed25519:x"]
        config.limits.bodyBytes = 1
        config.limits.drainMilliseconds = 2
        config.log.level = .debug
        config.log.format = .json
        config.log.access = false
        config.providers = .init(["database": "pg"])
        config.chain.middleware = ["cors"]
        config.chain.rateLimiter = "limit"
        config.chain.auth = ["auth"]
        config.secrets = .init(["AUTH_KEY": "ä\n\""])
        var good = instance(
            "pg",
            try manifest("dev.nself.pg", uses: ["nself.host.poll/1", "nself.host.events/1?"]),
            ["core", "http_client:a.org,b.org"])
        good.digest = "abc"
        good.isolation = .process
        good.required = true
        good.hostName = "db.example.org"
        good.mount = "/x"
        good.ratePolicy = "general"
        good.config = ["url": "postgres://", "n": 5, "list": [1.5, nil]]
        good.secretPaths = ["url"]
        good.providers = .init(["kv": "redis"])
        good.memoryBytes = 5
        good.logLevel = .trace
        good.startsAfter = ["redis"]
        var bad = ResolvedConfig.Instance(name: "bad", file: "/p/bad.so")
        bad.problem = "bad.so: it is cut off"
        bad.autoloaded = true
        bad.enabled = false
        config.instances = [good, bad]
        return config
    }

    @Test("What is written to config.json is what is read, and only its owner can read it")
    func roundTrip() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/config.json"
        let config = try full()
        try Repository.write("old".utf8, to: path, mode: 0o644)
        try config.write(path: path)
        #expect(try ResolvedConfig.read(path: path) == config)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o600)
        #expect(config.instance("pg")?.isLoadable == true)
        #expect(config.instance("bad")?.isLoadable == false)
    }

    @Test("Every member of config.json that is missing or of another type is named")
    func damaged() throws {
        let json = try full().json
        func walk(_ value: JSONValue, _ path: [String], _ visit: ([String]) -> Void) {
            guard case .object(let object) = value else { return }
            for member in object where member.key != "config" && member.key != "manifest" {
                visit(path + [member.key])
                if path.isEmpty { walk(member.value, path + [member.key], visit) }
            }
        }
        func without(_ value: JSONValue, _ path: ArraySlice<String>, _ new: JSONValue?) -> JSONValue
        {
            guard var object = value.objectValue, let first = path.first else { return value }
            object[first] =
                path.count == 1 ? new : object[first].map { without($0, path.dropFirst(), new) }
            return .object(object)
        }
        var count = 0
        walk(json, []) { path in
            // Members of these two are free.
            guard !["providers", "secrets"].contains(path[0]) || path.count == 1 else { return }
            count += 1
            for new: JSONValue? in [nil, .array([5])] {
                let error = #expect(throws: ResolvedConfigError.self, "\(path)") {
                    try ResolvedConfig(without(json, path[...], new), path: "run/config.json")
                }
                #expect(error?.description.contains("run/config.json") == true)
            }
        }
        #expect(count > 30)
    }

    @Test("A missing, broken or newer config.json says what to do")
    func unreadable() throws {
        func says(_ text: String?) throws -> String {
            let directory = try TemporaryDirectory()
            let path = directory.path + "/config.json"
            if let text { try Repository.write(text.utf8, to: path) }
            let error = #expect(throws: ResolvedConfigError.self) {
                try ResolvedConfig.read(path: path)
            }
            return (error?.description ?? "").replacing(path, with: "config.json")
        }
        #expect(
            try says(nil)
                == "config.json cannot be opened: No such file or directory; `nself run` writes it from plugins.toml"
        )
        #expect(
            try says("{")
                == "config.json is not JSON: line 1, column 2: a key in quotes is expected; write it again with `nself run`"
        )
        #expect(
            try says("{\"version\":99}")
                == "config.json was written by another version of nself; write it again with `nself run`"
        )
        #expect(
            try says("{\"version\":1}")
                == "config.json: manifest is not there; write it again with `nself run`")
    }

    @Test("A grant names an interface and, behind the colon, what it may reach")
    func grants() {
        let grant = ResolvedConfig.Grant("http_client:github.com,*.google.com")
        #expect(grant.interface == "http_client")
        #expect(grant.allows("accounts.google.com"))
        #expect(!grant.allows("google.org"))
        #expect(grant.description == "http_client:github.com,*.google.com")
        #expect(ResolvedConfig.Grant("kv") == ResolvedConfig.Grant(interface: "kv"))
        #expect(ResolvedConfig.Grant("http_client:otel:4318").targets == ["otel:4318"])
    }
}

@Suite struct DependencyOrderTests {
    private typealias Need = DependencyOrder.Need

    private func node(_ name: String, _ needs: String...) -> DependencyOrder.Node {
        DependencyOrder.Node(
            name: name,
            needs: needs.map {
                Need(
                    name: String($0.drop { $0 == "?" }), optional: $0.hasPrefix("?"),
                    interface: "i/1")
            })
    }

    @Test("Providers start first, and the written order is kept otherwise")
    func order() throws {
        let steps = try DependencyOrder.sort([
            node("a", "c"), node("b"), node("c", "d"), node("d"), node("e", "gone", "e"),
        ])
        #expect(steps.map(\.name) == ["b", "d", "c", "a", "e"])
        #expect(steps.map(\.after) == [[], [], ["d"], ["c"], []])
    }

    @Test("Optional needs order the start where they can, and never stop it")
    func optional() throws {
        #expect(try DependencyOrder.sort([node("a", "?b"), node("b")]).map(\.name) == ["b", "a"])
        let circle = try DependencyOrder.sort([node("a", "b"), node("b", "?a"), node("c", "?a")])
        #expect(circle.map(\.name) == ["b", "a", "c"])
        #expect(circle.map(\.after) == [[], ["b"], ["a"]])
    }

    @Test("A circle is named with what each uses")
    func cycle() {
        let error = #expect(throws: DependencyOrder.Cycle.self) {
            try DependencyOrder.sort([
                node("x", "a"), node("a", "?z", "b"), node("b", "c"), node("c", "a"),
                node("z", "x"),
            ])
        }
        #expect(error?.names == ["a", "b", "c"])
        #expect(error?.description == "a uses i/1 of b, b uses i/1 of c, c uses i/1 of a")
    }

    @Test("Needs come from uses that are granted, from providers, targets and capabilities")
    func nodes() throws {
        var config = ResolvedConfig()
        config.providers = .init(["database": "pg"])
        var own = instance(
            "reports", try manifest("dev.reports", uses: ["nself.host.database/1"]), ["database"])
        own.providers = .init(["database": "warehouse"])
        config.instances = [
            instance(
                "app",
                try manifest(
                    "dev.app",
                    uses: ["nself.host.database/1", "nself.host.kv/1?", "nself.host.events/1"],
                    requires: ["auth.identity/1"]), ["database", "events"]),
            own,
            instance(
                "storage", try manifest("dev.storage", uses: ["nself.host.objects/1"]),
                ["objects:fs,app"]),
            instance("fs", try manifest("dev.fs", roles: ["nself.role.objects/1"])),
            instance(
                "auth",
                try manifest(
                    "dev.auth", uses: ["nself.host.database/1"], provides: ["auth.identity/1"])),
            instance("pg", try manifest("dev.pg")), instance("warehouse", try manifest("dev.pg")),
        ]
        let nodes = DependencyOrder.nodes(of: config)
        #expect(
            nodes.map { $0.needs.map(\.name) } == [
                ["pg", "auth"], ["warehouse"], ["fs"], [], [], [], [],
            ])
        #expect(
            try DependencyOrder.sort(nodes).map(\.name) == [
                "fs", "storage", "auth", "pg", "app", "warehouse", "reports",
            ])
    }
}

@Suite struct ControlMessageTests {
    @Test(
        "Requests read back as they were sent",
        arguments: [
            ControlRequest.status, .instances, .reload, .stop,
            .logs(plugin: nil, last: 5, follow: true),
            .logs(plugin: "a", last: 0, follow: false), .level(plugin: nil, .debug),
            .level(plugin: "x", .critical),
        ])
    func requests(request: ControlRequest) throws {
        #expect(request.line.last == 0x0A)
        #expect(request.line.count { $0 == 0x0A } == 1)
        #expect(try ControlRequest(line: request.line) == request)
    }

    @Test(
        "A request that makes no sense is refused with a reason",
        arguments: [
            ("x", "the request is not JSON: line 1, column 1: this is not the start of a value"),
            ("{}", "the request has no \"command\""),
            ("{\"command\":\"dance\"}", "there is no command \"dance\""),
            (
                "{\"command\":\"level\",\"level\":\"loud\"}",
                "level must be one of trace, debug, info, notice, warning, error, critical"
            ),
        ])
    func refused(line: String, expected: String) {
        let error = #expect(throws: ControlError.self) {
            try ControlRequest(line: Array(line.utf8))
        }
        #expect(error?.message == expected)
    }

    @Test("Limits of a request hold: size, and the number of old records")
    func limits() throws {
        let long = Array("{\"command\":\"\(String(repeating: "x", count: 70_000))\"}".utf8)
        #expect(throws: ControlError.self) { try ControlRequest(line: long) }
        let many = try ControlRequest(line: Array("{\"command\":\"logs\",\"last\":99999999}".utf8))
        #expect(many == .logs(plugin: nil, last: ControlRequest.logsLastMax, follow: false))
    }

    @Test("Answers read back, and a line that is none is none")
    func answers() {
        let ok = ControlAnswer.ok(["a": [1]])
        let failed = ControlAnswer.failed(ControlError(code: .notFound, message: "no \"x\"\nhere"))
        #expect(ControlAnswer(line: ok.line) == ok)
        #expect(ControlAnswer(line: failed.line) == failed)
        #expect(failed.line.count { $0 == 0x0A } == 1)
        #expect(ControlAnswer(line: Array("{}".utf8)) == nil)
        #expect(ControlAnswer(line: []) == nil)
    }

    @Test("The state of an instance reads back")
    func status() {
        let status = InstanceStatus(
            name: "a", id: "dev.a", version: "1.0.0", file: "/a.so", generation: 2,
            state: "running", reason: "",
            calls: 5, errors: 1, seconds: 0.25, bytes: 9, isolation: "process")
        #expect(InstanceStatus(status.json) == status)
        #expect(InstanceStatus(["state": "running"]) == nil)
    }
}
