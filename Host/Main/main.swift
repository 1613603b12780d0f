/// nself-host: the server. `nself run` checks the configuration and starts it.

import Glibc
import HostManifest

let usage = """
    usage: nself-host --config <config.json>
           nself-host --version

    Serves what config.json says; `nself run` writes that file from plugins.toml and starts this
    program. SIGTERM and SIGINT end it after the requests under way, SIGHUP reads config.json again.
    Exit codes: 0 ended as asked, 1 could not start or stop in order, 2 wrong use.

    """

func complain(_ text: String) { _ = write(STDERR_FILENO, text, text.utf8.count) }
func fail(_ code: Int32, _ message: String) -> Never {
    complain("nself-host: \(message)\n")
    exit(code)
}

switch Array(CommandLine.arguments.dropFirst()) {
case ["--help"], ["-h"]:
    print(usage, terminator: "")
case ["--version"]:
    print("nself-host \(Version.text)")
case let arguments where arguments.count == 2 && arguments[0] == "--config":
    let config: ResolvedConfig
    do {
        config = try ResolvedConfig.read(path: arguments[1])
    } catch { fail(1, "\(error)") }
    exit(Serve(config, path: arguments[1]).run())
default:
    complain(usage)
    exit(2)
}
