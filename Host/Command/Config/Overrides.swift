/// Keys of plugins.toml that are set from outside it.
///
/// `NSELF_PLUGINS__AUTH__CONFIG__ACCESS_TOKEN=5min` in the environment or in `.env`, and
/// `--set plugins.auth.config.access_token=5min`. The environment wins over `.env`, options over
/// both. A value that reads as TOML (`true`, `5`, `["a"]`, `{ secret = "NAME" }`) is that,
/// everything else is a string.
import HostManifest

enum Overrides {
    struct Item {
        let keys: [String]
        let raw: String
        let value: JSONValue
        let place: Problem.Place
    }

    static let prefix = "NSELF_"
    static let separator = "__"
    static let sections = ["host", "log", "trust", "providers", "chain", "plugins", "services"]

    /// In the order in which they apply.
    static func all(_ input: ManifestInput, _ dotEnv: DotEnv, _ report: Report) -> [Item] {
        var items: [Item] = []
        for entry in dotEnv.entries where input.environment[entry.name] == nil {
            let place = Problem.Place.line(file: input.beside(".env"), entry.line)
            items += variable(entry.name, entry.value, place, report)
        }
        for (name, value) in input.environment.sorted(by: { $0.key < $1.key }) {
            items += variable(name, value, .setting(name), report)
        }
        for setting in input.settings { items += option(setting, report) }
        return items
    }

    /// Upper case, with - as _: what an environment variable can say.
    static func fold(_ key: String) -> String {
        String(key.uppercased().map { $0 == "-" ? "_" : $0 })
    }

    private static func variable(
        _ name: String, _ value: String, _ place: Problem.Place, _ report: Report
    ) -> [Item] {
        // Names without the separator are variables of other purposes, as NSELF_START_MODE.
        guard name.hasPrefix(prefix), name.contains(separator) else { return [] }
        let keys = split(String(name.dropFirst(prefix.count)))
        guard let section = keys.first?.lowercased(), keys.allSatisfy({ !$0.isEmpty }),
            keys.count > 1,
            sections.contains(section)
        else {
            report.add(
                place, "\(name) names no key of \(ManifestInput.fileName)",
                "write \(prefix)<SECTION>\(separator)<KEY>, with one of \(sections.map { $0.uppercased() }.joined(separator: ", "))"
            )
            return []
        }
        return [Item(keys: keys, raw: value, value: read(value), place: place)]
    }

    private static func option(_ text: String, _ report: Report) -> [Item] {
        let place = Problem.Place.setting("--set \(text.prefix { $0 != "=" })")
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let keys = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, keys.count > 1, keys.allSatisfy({ !$0.isEmpty }),
            sections.contains(keys[0])
        else {
            report.add(
                place, "this sets no key of \(ManifestInput.fileName)",
                "write --set section.key=value, for example --set host.listen=127.0.0.1:9000")
            return []
        }
        return [
            Item(keys: keys, raw: String(parts[1]), value: read(String(parts[1])), place: place)
        ]
    }

    private static func split(_ name: String) -> [String] {
        var keys: [String] = [""]
        var rest = name[...]
        while let character = rest.first {
            if rest.hasPrefix(separator) {
                keys.append("")
                rest = rest.dropFirst(separator.count)
            } else {
                keys[keys.count - 1].append(character)
                rest = rest.dropFirst()
            }
        }
        return keys
    }

    private static func read(_ text: String) -> JSONValue {
        switch TOML.value(text) {
        // A bare date is text for JSON anyway; and words such as inf are meant as words.
        case let value?
        where value.stringValue == nil || text.hasPrefix("\"") || text.hasPrefix("'"):
            if case .double(let number) = value, !number.isFinite { return .string(text) }
            return value
        default: return .string(text)
        }
    }
}
