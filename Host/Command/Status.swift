/// `nself status`: the running host and its instances.
import ArgumentParser
import HostManifest

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the running host and its plugins.",
        discussion: """
            Ends with code 1 when no host is running.

            Examples:
              nself status
              nself status --json
            """)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let control = try HostControl(options)
        guard let status = try control.askIfRunning(.status) else {
            if options.json {
                Output.json(Output.object(("ok", true), ("running", false)))
                throw ExitCode.failure
            }
            throw control.notRunning()
        }
        let instances = try control.ask(.instances)
        if options.json {
            Output.json(
                Output.object(
                    ("ok", true), ("running", true), ("status", status), ("instances", instances)))
            return
        }
        for member in status.objectValue ?? JSONObject() {
            Output.line("\(member.key.replacing("_", with: " ")): \(Self.text(member.value))")
        }
        Output.line("")
        InstanceTable.show((instances.arrayValue ?? []).compactMap(InstanceStatus.init))
    }

    /// For people: "a, b" for a list, "running 3, configured 6" for an object, tenths of seconds.
    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .double(let number): "\((number * 10).rounded() / 10)"
        case .array(let elements): elements.map(text).joined(separator: ", ")
        case .object(let object):
            object.map { "\($0.key) \(text($0.value))" }.joined(separator: ", ")
        default: value.text
        }
    }
}

enum InstanceTable {
    static func show(_ instances: [InstanceStatus]) {
        var rows = [["NAME", "STATE", "VERSION", "FILE", "CALLS", "ERRORS", "REASON"]]
        for instance in instances {
            rows.append([
                instance.name, instance.state, instance.version, fileName(instance.file),
                String(instance.calls), String(instance.errors), instance.reason,
            ])
        }
        Output.table(rows)
    }

    static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
