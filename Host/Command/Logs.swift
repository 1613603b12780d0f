/// `nself logs` and `nself level`: the host's log, and how much goes into it.
import ArgumentParser
import Glibc
import HostManifest

struct Logs: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the log of the running host.",
        discussion: """
            Examples:
              nself logs                       the last 100 records
              nself logs --last 1000 --json    as JSON lines
              nself logs -f --plugin graphql   follow one plugin until Ctrl-C
            """)

    @OptionGroup var options: CommonOptions

    @Flag(name: .shortAndLong, help: "Go on with new records until Ctrl-C.")
    var follow = false

    @Option(name: .long, help: "Only records of this plugin instance.")
    var plugin: String?

    @Option(name: .long, help: "Old records to show first.")
    var last = 100

    func validate() throws {
        guard (0...ControlRequest.logsLastMax).contains(last) else {
            throw ValidationError("--last must be from 0 to \(ControlRequest.logsLastMax)")
        }
    }

    func run() throws {
        let control = try HostControl(options)
        do {
            var client = try ControlClient(path: control.socketPath)
            if case .failed(let error) = try client.ask(
                .logs(plugin: plugin, last: last, follow: follow))
            {
                throw Output.fail(error.message, json: options.json)
            }
            while let line = try client.next() {
                let text = String(decoding: line, as: UTF8.self)
                Output.line(options.json ? text : LogLine.readable(line) ?? text)
                if follow { fflush(nil) }
            }
        } catch ControlClient.Failure.notRunning {
            throw control.notRunning()
        } catch ControlClient.Failure.broken(let reason) {
            throw Output.fail("the log cannot be read: \(reason)", json: options.json)
        }
    }
}

enum LogLine {
    /// "12:00:01.5 INFO  graphql: plan made  query=… ms=3"; nil when it is no JSON object.
    static func readable(_ line: [UInt8]) -> String? {
        guard let record = (try? JSONValue(parsing: line))?.objectValue else { return nil }
        let shown = ["time", "level", "plugin", "message"]
        func text(_ key: String) -> String { record[key]?.stringValue ?? "" }
        let level = text("level").uppercased()
        var result =
            "\(text("time")) \(level)\(String(repeating: " ", count: max(0, 8 - level.count)))"
        if !text("plugin").isEmpty { result += " \(text("plugin")):" }
        result += " \(text("message"))"
        for member in record where !shown.contains(member.key) {
            result += " \(member.key)=\(member.value.stringValue ?? member.value.text)"
        }
        return result
    }
}

struct Level: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Change the log level of the running host, until it ends.",
        discussion: """
            Examples:
              nself level debug
              nself level trace --plugin postgres
            """)

    @OptionGroup var options: CommonOptions

    @Argument(help: "trace, debug, info, notice, warning, error or critical.")
    var level: ResolvedConfig.LogLevel

    @Option(name: .long, help: "Only of this plugin instance.")
    var plugin: String?

    func run() throws {
        let result = try HostControl(options).ask(.level(plugin: plugin, level))
        if options.json {
            Output.json(Output.object(("ok", true), ("result", result)))
        } else {
            Output.line("\(plugin ?? "all"): \(level.rawValue)")
        }
    }
}

extension ResolvedConfig.LogLevel: ExpressibleByArgument {}
