/// `nself reload`: check again, and let the running host apply the difference.
import ArgumentParser
import Glibc
import HostManifest

struct Reload: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Apply a changed plugins.toml to the running host.",
        discussion: """
            When anything is wrong, all of it is told and nothing changes. When the host refuses \
            the new configuration, the old run/config.json is put back.

            Examples:
              nself reload
              nself reload --json
            """)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let checked = try options.checkOrExit()
        let control = HostControl(
            socketPath: checked.config.host.controlSocketPath, json: options.json)
        guard try control.askIfRunning(.status) != nil else { throw control.notRunning() }
        let path = ConfigFile.path(checked.config)
        let before = try? FileAccess.read(path, sizeMax: ResolvedConfig.sizeMax)
        try ConfigFile.write(checked.config, json: options.json)
        do {
            let result = try control.ask(.reload)
            if options.json {
                Output.json(Output.object(("ok", true), ("result", result)))
            } else {
                show(result)
            }
        } catch {
            if let before {
                do {
                    try FileAccess.replace(path, with: before, mode: 0o600)
                } catch {
                    Output.error(
                        "and \(path) could not be put back: \(error); write it again with nself reload"
                    )
                }
            }
            throw error
        }
    }

    /// Lists of names under "added", "removed", "changed", "swapped", as the host gives them.
    private func show(_ result: JSONValue) {
        let parts = (result.objectValue ?? JSONObject()).compactMap { member -> String? in
            let names = member.value.arrayValue?.compactMap(\.stringValue) ?? []
            return names.isEmpty ? nil : "\(member.key): \(names.joined(separator: ", "))"
        }
        Output.line(
            parts.isEmpty
                ? "reloaded, nothing changed" : "reloaded; \(parts.joined(separator: "; "))")
    }
}

struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Stop the running host: requests under way are finished first.",
        discussion: """
            Examples:
              nself stop
            """)

    @OptionGroup var options: CommonOptions

    func run() throws {
        let result = try HostControl(options).ask(.stop)
        if options.json {
            Output.json(Output.object(("ok", true), ("result", result)))
        } else {
            Output.line("the host is stopping")
        }
    }
}
