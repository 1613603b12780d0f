/// Typed reading of one table of plugins.toml; what is wrong goes to the report.
import HostManifest

struct TableReader {
    let source: ManifestSource
    let secrets: SecretStore
    let report: Report
    let path: ConfigPath
    let object: JSONObject
    private var known: [String] = []

    init(
        _ source: ManifestSource, _ secrets: SecretStore, _ report: Report, _ path: ConfigPath,
        _ object: JSONObject
    ) {
        self.source = source
        self.secrets = secrets
        self.report = report
        self.path = path
        self.object = object
    }

    mutating func value(_ key: String) -> JSONValue? {
        known.append(key)
        return object[key]
    }

    mutating func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = source.raw(path.appending(key)) ?? value.stringValue else {
            return fail(key, "must be a string and is \(value.text)", "put it in quotes")
        }
        return resolved(text, key)
    }

    mutating func bool(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        return value.boolValue ?? fail(key, "must be true or false and is \(value.text)")
    }

    mutating func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.integerValue, range.contains(number) else {
            return fail(
                key,
                "must be a whole number from \(range.lowerBound) to \(range.upperBound) and is \(value.text)"
            )
        }
        return number
    }

    /// In milliseconds.
    mutating func time(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        guard let text = value.stringValue, let nanoseconds = Quantity.nanoseconds(text),
            nanoseconds >= 1_000_000
        else {
            return fail(
                key, "must be a time of at least 1 ms and is \(value.text)",
                "write a number and one of ms, s, min, h, d: \(key) = \"30 s\"")
        }
        return nanoseconds / 1_000_000
    }

    /// In bytes.
    mutating func size(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        guard let bytes = value.stringValue.flatMap(Quantity.bytes) ?? value.integerValue, bytes > 0
        else {
            return fail(
                key, "must be a size and is \(value.text)",
                "write a number and one of B, kB, MB, GB, KiB, MiB, GiB: \(key) = \"10 MiB\"")
        }
        return bytes
    }

    /// Where a string is written instead of an array, it is split at commas.
    mutating func strings(_ key: String) -> [String]? {
        guard let value = value(key) else { return nil }
        if let text = source.raw(path.appending(key)), value.arrayValue == nil {
            return text.split(separator: ",").map { String($0.drop { $0 == " " }) }
        }
        guard let elements = value.arrayValue else {
            return fail(key, "must be an array and is \(value.text)", "write \(key) = [\"…\"]")
        }
        var texts: [String] = []
        for (number, element) in elements.enumerated() {
            guard let text = element.stringValue else {
                report.add(
                    source.place(of: path.appending(key).appending(number)),
                    "\(path.appending(key)) must hold strings and holds \(element.text)",
                    "put it in quotes")
                continue
            }
            texts.append(text)
        }
        return texts
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) -> Choice?
    {
        guard let text = string(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let near = Suggestion.nearest(to: text, among: words)
        return fail(
            key, "must be one of \(words.joined(separator: ", ")) and is \"\(text)\"",
            near.map { "write \(key) = \"\($0)\"" } ?? "")
    }

    mutating func table(_ key: String) -> TableReader? {
        guard let value = value(key) else { return nil }
        guard let object = value.objectValue else {
            return fail(
                key, "must be a table and is \(value.text)", "write [\(path.appending(key))]")
        }
        return TableReader(source, secrets, report, path.appending(key), object)
    }

    /// Reports the keys that nothing has asked for.
    func finish() {
        for key in object.keys where !known.contains(key) {
            let near = Suggestion.nearest(to: key, among: known)
            report.add(
                source.place(of: path.appending(key)), "\(path.appending(key)) is not known",
                near.map { "write \($0) instead, or remove it" }
                    ?? "remove it; known are \(known.joined(separator: ", "))")
        }
    }

    @discardableResult
    func fail<Result>(_ key: String, _ message: String, _ advice: String = "") -> Result? {
        report.add(
            source.place(of: path.appending(key)), "\(path.appending(key)) \(message)", advice)
        return nil
    }

    private func resolved(_ text: String, _ key: String) -> String? {
        guard text.hasPrefix("env:") else { return text }
        let name = String(text.dropFirst(4))
        return secrets.variable(name)
            ?? fail(
                key, "needs the environment variable \(name), which is not set",
                "set it, or add \(name)=… to .env")
    }
}
