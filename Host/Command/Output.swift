/// What the command prints: text for people, one JSON value with `--json`.
import ArgumentParser
import Glibc
import HostManifest

enum Output {
    static func line(_ text: String) { print(text) }

    static func json(_ value: JSONValue) { print(value.prettyText, terminator: "") }

    /// To standard error, which is not buffered.
    static func error(_ text: String) {
        let bytes = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(STDERR_FILENO, $0.baseAddress! + written, bytes.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            // Nobody hears it: there is no better place to say so.
            guard count > 0 else { return }
            written += count
        }
    }

    /// Says why an operation failed, and ends with code 1.
    static func fail(_ message: String, json: Bool) -> ExitCode {
        if json {
            Self.json(["ok": false, "error": ["message": .string(message)]])
        } else {
            error(message)
        }
        return .failure
    }

    /// Columns as wide as their widest cell; the last one is not padded.
    static func table(_ rows: [[String]]) {
        guard let columns = rows.map(\.count).max() else { return }
        let widths = (0..<columns).map { column in
            rows.compactMap { $0.indices.contains(column) ? $0[column].count : nil }.max() ?? 0
        }
        for row in rows {
            var text = ""
            for (column, cell) in row.enumerated() {
                let isLast = column == row.count - 1
                text +=
                    isLast
                    ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
            }
            while text.hasSuffix(" ") { text.removeLast() }
            line(text)
        }
    }

    static func object(_ members: (String, JSONValue)...) -> JSONValue {
        .object(JSONObject(members))
    }
}

/// Options of every command.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The deployment's plugins.toml.", valueName: "file"))
    var config: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Override a key, for example host.listen=127.0.0.1:9000.", valueName: "key=value"))
    var settings: [String] = []

    @Flag(name: .long, help: "Print one JSON value instead of text.")
    var json = false

    /// Reads and checks the deployment; ends with code 2 when there is none.
    func check() throws -> Checked {
        do {
            return Check.run(try ManifestInput.read(option: config, settings: settings))
        } catch {
            Diagnostics.show([error], [], json: json)
            throw ExitCode.usage
        }
    }

    /// As `check`, and ends with code 2 when anything is wrong.
    func checkOrExit() throws -> Checked {
        let checked = try check()
        guard checked.problems.isEmpty else {
            Diagnostics.show(checked.problems, checked.warnings, json: json)
            throw ExitCode.usage
        }
        if !json { Diagnostics.showWarnings(checked.warnings) }
        return checked
    }
}

/// Prints problems and warnings.
enum Diagnostics {
    static func show(_ problems: [Problem], _ warnings: [Problem], json: Bool) {
        guard !json else {
            return Output.json(self.json(problems, warnings))
        }
        for problem in problems { Output.error(problem.text) }
        showWarnings(warnings)
        Output.error(
            problems.count == 1
                ? "1 problem, nothing was changed"
                : "\(problems.count) problems, nothing was changed")
    }

    static func showWarnings(_ warnings: [Problem]) {
        for warning in warnings { Output.error("warning: \(warning.text)") }
    }

    static func json(_ problems: [Problem], _ warnings: [Problem]) -> JSONValue {
        Output.object(
            ("ok", .bool(problems.isEmpty)), ("problems", .array(problems.map(\.json))),
            ("warnings", .array(warnings.map(\.json))))
    }
}
