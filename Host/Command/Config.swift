/// `nself config check|show`: what is wrong with plugins.toml, and what it amounts to.
import ArgumentParser
import HostManifest

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check and show the configuration.",
        discussion: """
            Examples:
              nself config check
              nself config show --json
            """,
        subcommands: [ConfigCheck.self, ConfigShow.self])
}

struct ConfigCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell everything that is wrong with plugins.toml; change nothing.",
        discussion: """
            Ends with code 2 when there is a problem. Warnings do not count.

            Examples:
              nself config check
              nself config check --config deploy/plugins.toml --json
            """)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let checked = try options.check()
        if options.json {
            Output.json(Diagnostics.json(checked.problems, checked.warnings))
        } else if checked.problems.isEmpty {
            Diagnostics.showWarnings(checked.warnings)
            let count = checked.config.instances.filter(\.isLoadable).count
            Output.line(
                "\(checked.input.name) is correct: \(count == 1 ? "1 plugin" : "\(count) plugins") would be loaded"
            )
        } else {
            Diagnostics.show(checked.problems, checked.warnings, json: false)
        }
        if !checked.problems.isEmpty { throw ExitCode.usage }
    }
}

struct ConfigShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "The whole configuration as the host gets it, with secrets masked.",
        discussion: """
            Overrides are applied and defaults filled in. One line per value, or with --json the \
            content of run/config.json.

            Examples:
              nself config show
              nself config show --json
            """)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let checked = try options.checkOrExit()
        let masked = Mask.apply(checked.config)
        if options.json {
            Output.json(masked.json)
        } else {
            for line in FlatText.lines(masked) { Output.line(line) }
        }
    }
}

/// Replaces what is secret.
enum Mask {
    static let text = "********"

    static func apply(_ config: ResolvedConfig) -> ResolvedConfig {
        var config = config
        for name in config.secrets.values.keys { config.secrets.values[name] = text }
        for index in config.instances.indices {
            let paths = Set(config.instances[index].secretPaths)
            config.instances[index].config = mask(
                config.instances[index].config, ConfigPath(), paths)
        }
        return config
    }

    private static func mask(_ value: JSONValue, _ path: ConfigPath, _ secret: Set<String>)
        -> JSONValue
    {
        if !path.isEmpty, secret.contains(path.description) { return .string(text) }
        switch value {
        case .object(var object):
            for member in object {
                object[member.key] = mask(member.value, path.appending(member.key), secret)
            }
            return .object(object)
        case .array(let elements):
            return .array(
                elements.enumerated().map { mask($0.element, path.appending($0.offset), secret) })
        default: return value
        }
    }
}

/// One `path = value` per line, the instances by their names.
enum FlatText {
    static func lines(_ config: ResolvedConfig) -> [String] {
        var lines: [String] = []
        for member in config.json.objectValue ?? JSONObject() where member.key != "instances" {
            add(member.value, ConfigPath(member.key), &lines)
        }
        for instance in config.json["instances"]?.arrayValue ?? [] {
            guard let name = instance["name"]?.stringValue, var object = instance.objectValue else {
                continue
            }
            let id = object["manifest"]?["id"]
            let version = object["manifest"]?["version"]
            object["manifest"] = nil
            object["name"] = nil
            if let id, let version {
                object["id"] = id
                object["version"] = version
            }
            add(.object(object), ConfigPath("instances", name), &lines)
        }
        return lines
    }

    private static func add(_ value: JSONValue, _ path: ConfigPath, _ lines: inout [String]) {
        switch value {
        case .object(let object) where !object.isEmpty:
            for member in object { add(member.value, path.appending(member.key), &lines) }
        case .null, .object: break
        default: lines.append("\(path) = \(value.text)")
        }
    }
}
