/// The command `nself`: reads plugins.toml, checks it, starts the host and talks to it.
import ArgumentParser
import Glibc

@main
struct Nself: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nself",
        abstract: "Runs and inspects a deployment of plugins.",
        discussion: """
            The deployment is described by plugins.toml, found in the working directory or above.

            Examples:
              nself config check              check plugins.toml, change nothing
              nself run                       start the host
              nself plugin list               what is loaded, and what could be
              nself logs -f --plugin graphql  follow one plugin
              nself reload                    apply a changed plugins.toml

            Exit codes: 0 success, 1 the operation failed, 2 wrong usage or configuration.
            """,
        version: Version.text,
        subcommands: [
            Run.self, Reload.self, Status.self, Logs.self, Level.self, Stop.self, Plugin.self,
            Config.self,
        ])

    /// The parser's own codes are 64 for usage; ours are documented above.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if !text.isEmpty { code == .success ? Output.line(text) : Output.error(text) }
            fflush(nil)
            Glibc.exit(code == .validationFailure ? ExitCode.usage.rawValue : code.rawValue)
        }
    }
}

enum Version {
    static let text = "0.1.0"
}

extension ExitCode {
    /// Wrong usage or a wrong configuration: nothing was done.
    static let usage = ExitCode(2)
}
