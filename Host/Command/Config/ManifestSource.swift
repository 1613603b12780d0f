/// The values of plugins.toml after overrides, each with the place that it comes from.
import HostManifest

struct ManifestSource {
    struct Override {
        /// As it was given, before it was read as a TOML value.
        let raw: String
        let place: Problem.Place
    }

    let input: ManifestInput
    private let lines: Lines
    private(set) var root: JSONObject
    private var overrides: [ConfigPath: Override] = [:]
    /// From the environment, or from `.env` where the environment has none.
    let variables: [String: String]

    init(_ input: ManifestInput, _ report: Report) {
        self.input = input
        lines = Lines(input.text)
        do {
            root = try TOML.parse(input.text, lines: lines)
        } catch {
            report.add(
                .line(file: input.name, error.line), "this is not TOML: \(error.message)",
                "correct the line; strings stand in quotes, tables in [brackets]")
            root = JSONObject()
        }
        let dotEnv = DotEnv(input.dotEnv ?? "", file: input.beside(".env"))
        report.add(dotEnv.problems)
        variables = dotEnv.values.merging(input.environment) { file, own in own.isEmpty ? file : own
        }
        for override in Overrides.all(input, dotEnv, report) { apply(override, report) }
    }

    func place(of path: ConfigPath) -> Problem.Place {
        var path = path
        while !path.isEmpty {
            if let override = overrides[path] { return override.place }
            if let line = lines[path] { return .line(file: input.name, line) }
            path.steps.removeLast()
        }
        return .file(input.name)
    }

    /// The text of an override, where a string is wanted and it was read as something else.
    func raw(_ path: ConfigPath) -> String? { overrides[path]?.raw }

    private mutating func apply(_ override: Overrides.Item, _ report: Report) {
        var value = JSONValue.object(root)
        var path = ConfigPath()
        guard set(override.keys[...], override.value, in: &value, &path) else {
            return report.add(
                override.place, "\(path) is no table, so nothing can be set in it",
                "name another key, or make it a table in \(input.name)")
        }
        root = value.objectValue ?? root
        overrides[path] = Override(raw: override.raw, place: override.place)
    }

    /// Follows keys that are there by any case and with - for _; new ones are lower case.
    private func set(
        _ keys: ArraySlice<String>, _ new: JSONValue, in value: inout JSONValue,
        _ path: inout ConfigPath
    ) -> Bool {
        guard let first = keys.first else {
            value = new
            return true
        }
        switch value {
        case .array(var elements):
            guard let index = Int(first), elements.indices.contains(index) else { return false }
            path = path.appending(index)
            guard set(keys.dropFirst(), new, in: &elements[index], &path) else { return false }
            value = .array(elements)
        case .object(var object):
            let folded = Overrides.fold(first)
            let key =
                object.keys.first { $0 == first }
                ?? object.keys.first { Overrides.fold($0) == folded } ?? first.lowercased()
            path = path.appending(key)
            var member = object[key] ?? .object(JSONObject())
            guard set(keys.dropFirst(), new, in: &member, &path) else { return false }
            object[key] = member
            value = .object(object)
        default: return false
        }
        return true
    }
}
