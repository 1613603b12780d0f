/// `nself plugin list|inspect|schema`: plugin files and instances, with or without a host.
import ArgumentParser
import HostManifest

struct Plugin: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List and inspect plugins.",
        discussion: """
            Examples:
              nself plugin list
              nself plugin inspect graphql
              nself plugin inspect plugins/hello.so --json
              nself plugin schema postgres
            """,
        subcommands: [PluginList.self, PluginInspect.self, PluginSchema.self])
}

struct PluginList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Every instance with its state, and files that are not configured.",
        discussion: """
            Works without a running host: then the state is "not running", or what keeps the \
            plugin from being loaded. For a file that no instance uses it prints the lines to add.

            Examples:
              nself plugin list
              nself plugin list --json
            """)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let checked = try options.check()
        let control = HostControl(
            socketPath: checked.config.host.controlSocketPath, json: options.json)
        let running = try control.askIfRunning(.instances)
        let instances =
            running.map { ($0.arrayValue ?? []).compactMap(InstanceStatus.init) }
            ?? Self.fromFiles(checked)
        let others = checked.unconfigured.map(Self.status)
        if options.json {
            let lines = checked.unconfigured.filter { !$0.lines.isEmpty }
                .map { ($0.file, JSONValue.string($0.lines)) }
            Output.json(
                Output.object(
                    ("ok", true), ("running", .bool(running != nil)),
                    ("instances", .array((instances + others).map(\.json))),
                    ("lines_to_add", .object(JSONObject(lines)))))
            return
        }
        InstanceTable.show(instances + others)
        for file in checked.unconfigured where !file.lines.isEmpty {
            Output.line(
                "\n\(file.file) is not configured; to load it, add to \(checked.input.name):\n")
            Output.line(file.lines)
        }
        if !checked.problems.isEmpty {
            Output.error(
                "\(checked.input.name) has \(checked.problems.count == 1 ? "1 problem" : "\(checked.problems.count) problems"); see nself config check"
            )
        }
    }

    private static func fromFiles(_ checked: Checked) -> [InstanceStatus] {
        checked.config.instances.map { instance in
            let state =
                !instance.enabled ? "disabled" : instance.problem != nil ? "refused" : "not running"
            return InstanceStatus(
                name: instance.name, id: instance.manifest?.id ?? "",
                version: instance.manifest?.version ?? "", file: instance.file, state: state,
                reason: instance.enabled ? instance.problem ?? "" : "",
                isolation: instance.isolation.rawValue)
        }
    }

    private static func status(_ file: UnconfiguredFile) -> InstanceStatus {
        let name = Check.instanceName(of: file.file)
        switch file.manifest {
        case .success(let manifest):
            return InstanceStatus(
                name: name, id: manifest.id, version: manifest.version, file: file.file,
                state: "not configured")
        case .failure(let error):
            return InstanceStatus(
                name: name, file: file.file, state: "not a plugin",
                reason: "\(error.reason); \(error.advice)")
        }
    }
}

/// An instance of plugins.toml or a file, by what the user typed.
private struct PluginTarget {
    let instance: ResolvedConfig.Instance?
    let path: String
    let manifest: PluginManifest

    init(_ name: String, _ options: CommonOptions) throws {
        // A path needs no deployment: a file can be inspected where it was built.
        if name.contains("/") || (name.hasSuffix(".so") && FileAccess.exists(name)) {
            instance = nil
            path = name
        } else {
            let checked = try options.check()
            instance = checked.config.instance(name)
            let file = checked.files.path(name.hasSuffix(".so") ? name : name + ".so")
            path = instance?.file ?? file
            guard instance != nil || FileAccess.exists(file) else {
                let known = checked.config.instances.map(\.name) + checked.files.names()
                let near = Suggestion.nearest(to: name, among: known)
                throw Output.fail(
                    "there is no instance and no file \(name)"
                        + (near.map { "; did you mean \($0)?" } ?? "; see nself plugin list"),
                    json: options.json)
            }
        }
        do {
            manifest = try PluginNote.read(path: path)
        } catch {
            throw Output.fail("\(error)", json: options.json)
        }
    }
}

struct PluginInspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "What a plugin file says about itself; runs none of its code.",
        discussion: """
            Examples:
              nself plugin inspect graphql
              nself plugin inspect ./hello.so
            """)

    @OptionGroup var options: CommonOptions

    @Argument(help: "An instance, a file in the plugins directory, or a path.")
    var name: String

    func run() throws {
        let target = try PluginTarget(name, options)
        let manifest = target.manifest
        let digest: String
        do {
            digest = try FileDigest.sha256(path: target.path)
        } catch {
            throw Output.fail("\(error)", json: options.json)
        }
        if options.json {
            var object = manifest.json.objectValue ?? JSONObject()
            object["file"] = .string(target.path)
            object["digest"] = .string(digest)
            if let instance = target.instance {
                object["instance"] = .string(instance.name)
                object["grants"] = .array(instance.grants.map { .string($0.description) })
                object["problem"] = instance.problem.map { .string($0) } ?? .null
            }
            return Output.json(.object(object))
        }
        show(target, digest)
    }

    private func show(_ target: PluginTarget, _ digest: String) {
        let manifest = target.manifest
        var rows = [
            ["id", manifest.id], ["version", manifest.version],
            ["interface", "\(manifest.abiMajor).\(manifest.abiMinor)"],
            ["file", target.path], ["sha256", digest],
        ]
        func add(_ name: String, _ values: [String]) {
            if !values.isEmpty { rows.append([name, values.joined(separator: ", ")]) }
        }
        add("license", manifest.license.isEmpty ? [] : [manifest.license])
        add("roles", manifest.roles)
        add("uses", manifest.uses.map { $0.id + ($0.optional ? " (optional)" : "") })
        add("provides", manifest.provides)
        add("requires", manifest.requires.map(\.id))
        add("network", manifest.network)
        add("programs", manifest.programs)
        rows.append(["concurrency", manifest.concurrency.rawValue])
        rows.append(["handover", manifest.handover.rawValue])
        if let instance = target.instance {
            rows.append(["instance", instance.name])
            add("grants", instance.grants.map(\.description))
            add("problem", instance.problem.map { [$0] } ?? [])
        }
        Output.table(rows)
    }
}

struct PluginSchema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "The JSON Schema of a plugin's configuration.",
        discussion: """
            Examples:
              nself plugin schema postgres
              nself plugin schema ./hello.so --json
            """)

    @OptionGroup var options: CommonOptions

    @Argument(help: "An instance, a file in the plugins directory, or a path.")
    var name: String

    func run() throws {
        // It is JSON for people, too: `--json` changes nothing.
        Output.json(try PluginTarget(name, options).manifest.schema.json)
    }
}
