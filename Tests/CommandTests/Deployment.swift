/// A directory with plugin files, and checks of manifests as if they lay in it.
import Fixtures
import Foundation
import HostManifest

@testable import Command

/// [any] Made once for all tests, which only read it.
final class Deployment: Sendable {
    private let temporary: TemporaryDirectory
    var directory: String { temporary.path }

    static let shared = Result { try Deployment() }

    /// name, roles, uses, further members of the manifest, schema
    private static let plugins: [(String, [String], [String], JSONObject, String)] = [
        (
            "pg", ["database"], ["poll/1", "log/1"], JSONObject(),
            """
            {"properties":{"url":{"type":"string"},"connections":{"type":"integer","minimum":1,"maximum":1000,"default":32},
             "pooler":{"enum":["none","transaction"],"default":"none"}}}
            """
        ),
        (
            "app", ["http_handler"], ["database/1", "events/1?"], JSONObject(),
            """
            {"required":["key"],"properties":{"key":{"type":"string","minLength":8,"writeOnly":true},
             "size":{"type":"integer","unit":"bytes","default":"1 MiB"},
             "live":{"type":"object","properties":{"refetch":{"type":"string","format":"duration","default":"10 ms"}}},
             "list":{"items":{"properties":{"at":{"type":"string"},"token":{"type":"string"}}}},
             "jwt":{"type":"object","additionalProperties":true}}}
            """
        ),
        (
            "hello", ["http_handler"], [], JSONObject(),
            "{\"properties\":{\"greeting\":{\"type\":\"string\",\"default\":\"hello\"}}}"
        ),
        (
            "fetch", [], ["http_client/1", "objects/1", "process/1", "secrets/1"],
            JSONObject([("network", ["example.org"]), ("programs", ["node"])]), "{}"
        ),
        ("store", ["objects"], [], JSONObject(), "{}"),
        ("limit", ["rate_limiter", "http_middleware", "auth_provider"], [], JSONObject(), "{}"),
        ("left", ["database"], ["kv/1"], JSONObject(), "{}"),
        ("right", ["kv"], ["database/1"], JSONObject(), "{}"),
        ("future", [], ["kv/9"], JSONObject(), "{}"),
        ("asks", [], ["capabilities/1"], JSONObject([("requires", ["auth.identity/1"])]), "{}"),
        ("answers", ["capability"], [], JSONObject([("provides", ["auth.identity/1"])]), "{}"),
    ]

    private init() throws {
        temporary = try TemporaryDirectory()
        try Self.makePlugins(temporary.path, Self.plugins.map(\.0))
        mkdir(temporary.path + "/secrets", 0o700)
        try Repository.write(
            "from a file\n".utf8, to: temporary.path + "/secrets/FILE_SECRET", mode: 0o600)
        try Repository.write(
            "{\"alg\":\"HS256\"}".utf8, to: temporary.path + "/secrets/JSON_SECRET", mode: 0o600)
        try Repository.write(
            "open to all".utf8, to: temporary.path + "/secrets/OPEN_SECRET", mode: 0o644)
    }

    /// Compiles the named plugins into `<directory>/plugins`, and a file that is none.
    static func makePlugins(_ directory: String, _ names: [String]) throws {
        mkdir(directory + "/plugins", 0o755)
        for (name, roles, uses, more, schema) in plugins where names.contains(name) {
            var manifest: JSONValue = [
                "manifest": 1, "id": .string("dev.nself.\(name)"), "version": "0.1.0", "abi": "1.0",
                "roles": .array(roles.map { .string("nself.role.\($0)/1") }),
                "uses": .array(uses.map { .string("nself.host.\($0)") }),
                "config_schema": try JSONValue(parsing: schema),
            ]
            if case .object(var object) = manifest {
                for member in more { object[member.key] = member.value }
                manifest = .object(object)
            }
            let source = "\(directory)/\(name).c"
            let text =
                "#include \"nself/manifest.h\"\nNSELF_PLUGIN_MANIFEST(\(JSONValue.string(manifest.text).text));\n"
            try Repository.write(text.utf8, to: source)
            try BadPlugin.compile(source, to: "\(directory)/plugins/\(name).so")
        }
        try Repository.write("no plugin".utf8, to: "\(directory)/plugins/text.so")
    }

    /// Checks `text` as the plugins.toml of the shared deployment.
    static func check(
        _ text: String, environment: [String: String] = [:], dotEnv: String? = nil,
        settings: [String] = []
    ) throws -> Checked {
        let directory = try shared.get().directory
        return Check.run(
            ManifestInput(
                path: directory + "/plugins.toml", name: "plugins.toml", text: text,
                environment: environment, dotEnv: dotEnv, settings: settings))
    }

    static func problems(
        _ text: String, environment: [String: String] = [:], dotEnv: String? = nil,
        settings: [String] = []
    ) throws -> [String] {
        try check(text, environment: environment, dotEnv: dotEnv, settings: settings).problems.map(
            \.text)
    }
}
