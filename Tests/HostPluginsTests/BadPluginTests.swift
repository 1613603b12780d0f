/// Every way a plugin can be wrong before it serves: refused with a sentence, and the host goes on.

import Fixtures
import Glibc
import HostCore
import HostInterfaces
import HostManifest
import Testing

@testable import HostPlugins

/// A registry over some files, without HTTP. The runtime is one per process: its call tables are.
private enum Harness {
    static let runtime: Runtime = {
        let runtime = Runtime(
            loopCount: 2, log: Log(descriptor: 2, format: .text, level: .critical))
        for loop in runtime.loops { loop.start() }
        return runtime
    }()
    static let catalog = Interfaces.catalog(runtime) { route in
        route.pattern.contains("{") && !route.pattern.contains("}")
            ? "route pattern \(route.pattern) is open" : nil
    }

    /// Loads and starts one file as one instance, and stops it.
    static func run(_ file: String) throws -> Instance {
        let (registry, directory) = try start(file)
        let instance = registry.instances[0]
        withExtendedLifetime(directory) {
            instance.drain()
            instance.stop()
        }
        return instance
    }

    static func start(_ file: String, limit milliseconds: Int = 300) throws -> (
        Registry, TemporaryDirectory
    ) {
        let directory = try TemporaryDirectory()
        var settings = ResolvedConfig()
        settings.host.runDirectory = directory.path
        settings.host.dataDirectory = directory.path
        settings.limits.startMilliseconds = milliseconds
        settings.limits.stopMilliseconds = milliseconds
        settings.limits.drainMilliseconds = milliseconds
        mkdir(directory.path + "/plugins", 0o700)
        var config = ResolvedConfig.Instance(name: "tested", file: file)
        config.grants = ["core", "clock", "log", "metrics", "config", "routes"].map {
            ResolvedConfig.Grant($0)
        }
        settings.instances = [config]
        let registry = Registry(settings, runtime: runtime, catalog: catalog, version: "0.0.0")
        try registry.load()
        try registry.start()
        return (registry, directory)
    }
}

@Suite(.serialized) struct BadPluginTests {
    /// Name of the fixture, the state it ends in, and words of the reason.
    static let expected: [(name: String, state: String, words: [String])] = [
        ("fine", "stopped", []),
        ("optional_use", "stopped", []),
        ("start_twice", "stopped", []),
        ("no_entry", "rejected", ["nself_plugin_query"]),
        ("no_note", "rejected", ["note"]),
        ("note_broken_json", "rejected", ["JSON"]),
        ("note_not_object", "rejected", ["object"]),
        ("note_size_lies", "rejected", []),
        ("manifest_version", "rejected", ["1"]),
        ("abi_major_in_manifest", "rejected", ["2.0", "1.0"]),
        ("abi_major_in_table", "rejected", ["2", "1.0"]),
        ("struct_size", "rejected", ["144"]),
        ("query_null", "rejected", ["1.0"]),
        ("id_differs", "rejected", ["id"]),
        ("version_differs", "rejected", ["version"]),
        ("null_function", "rejected", ["null"]),
        ("undefined_symbol", "rejected", ["undefined symbol"]),
        ("schema_broken", "rejected", ["config_schema"]),
        ("unknown_role", "rejected", ["nself.role."]),
        ("unknown_use", "rejected", ["nself.host."]),
        ("create_fails", "rejected", []),
        ("role_missing", "rejected", ["nself.role."]),
        ("role_null", "rejected", ["handle", "null"]),
        ("role_size", "rejected", ["16"]),
        ("validate_fails", "failed", ["refused"]),
        ("apply_fails", "failed", ["not taken over"]),
        ("route_pattern", "failed", ["pattern"]),
        ("route_twice", "failed", ["already"]),
        ("start_fails", "failed", ["did not start"]),
        ("start_hangs", "stuck", ["300 ms"]),
        ("stop_hangs", "stuck", ["300 ms"]),
        ("drain_hangs", "stopped", []),
    ]

    @Test(
        "A bad plugin ends in its state with a sentence that names the fault", arguments: expected)
    func refused(_ fixture: (name: String, state: String, words: [String])) throws {
        let instance = try Harness.run(try BadPlugin.path(fixture.name))
        let state = instance.state
        #expect(state.name == fixture.state, "\(state.reason)")
        for word in fixture.words { #expect(state.reason.contains(word), "\(state.reason)") }
        if fixture.state == "rejected" {
            #expect(state.reason.count > 20, "a sentence: \(state.reason)")
        }
    }

    @Test("An instance that is restarted comes back as its next generation, the old one is gone")
    func restart() throws {
        let (registry, directory) = try Harness.start(try BadPlugin.path("fine"))
        let first = registry.instances[0]
        try registry.restart("tested")
        let second = registry.instances[0]
        #expect(first.state.name == "stopped")
        #expect(second !== first)
        #expect(second.state.name == "running")
        #expect(second.current?.number == 2)
        try registry.restart("nobody")
        second.drain()
        second.stop()
        #expect(second.state.name == "stopped")
        withExtendedLifetime(directory) {}
    }

    @Test("A file that is no plugin is refused with its name", arguments: BrokenFile.allCases)
    func brokenFile(_ kind: BrokenFile) throws {
        let directory = try TemporaryDirectory()
        let file = try kind.make(in: directory.path, from: try BadPlugin.path("fine"))
        // Root reads a file without read permission, and a plugin cut by one byte may still load.
        let mayLoad = (kind == .unreadable && geteuid() == 0) || kind == .truncatedLastByte
        let state = try Harness.run(file).state
        if !(mayLoad && state.name == "stopped") {
            #expect(state.name == "rejected")
            #expect(state.reason.contains(kind.rawValue), "\(state.reason)")
        }
        withExtendedLifetime(directory) {}
    }
}
