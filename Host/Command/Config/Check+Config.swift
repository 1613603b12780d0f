/// The configuration of an instance: secrets filled in, checked against the plugin's own schema.
import HostManifest

extension Check {
    mutating func checkConfig(_ index: Int) {
        let draft = drafts[index]
        guard let manifest = draft.instance.manifest, draft.instance.enabled,
            draft.instance.problem == nil
        else { return }
        let path = draft.path.appending("config")
        var filler = SecretFiller(check: self, schema: manifest.schema, root: path)
        let filled = filler.fill(.object(draft.config ?? JSONObject()), at: ConfigPath())
        let result = manifest.schema.check(filled)
        let violations = result.violations.filter { !filler.failed($0.path) }
        if draft.instance.autoloaded, let first = violations.first {
            refuse(
                &drafts[index], "it is not configured: \(path + first.path) \(first.message)",
                "add to \(source.input.name):\n\(Self.lines(for: draft.file, manifest, drafts))")
            return
        }
        for violation in violations {
            let full = path + violation.path
            // An absent key stands at the table that should have it.
            report.add(source.place(of: full), "\(full) \(violation.message)", violation.advice)
        }
        drafts[index].instance.config = result.value
        let marked = Self.secretPaths(result.value, manifest.schema)
        drafts[index].instance.secretPaths =
            (filler.secretPaths + marked.filter { !filler.secretPaths.contains($0) }).map(
                \.description)
    }

    private static func secretPaths(_ value: JSONValue, _ schema: JSONSchema) -> [ConfigPath] {
        var found: [ConfigPath] = []
        func walk(_ value: JSONValue, _ path: ConfigPath) {
            if !path.isEmpty, schema.isSecret(at: path) {
                found.append(path)
                return
            }
            switch value {
            case .object(let object):
                for member in object { walk(member.value, path.appending(member.key)) }
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    walk(element, path.appending(index))
                }
            default: break
            }
        }
        walk(value, ConfigPath())
        return found
    }
}

/// Replaces `{ secret = "NAME" }` and "env:NAME" in one configuration by what they name.
private struct SecretFiller {
    private let source: ManifestSource
    private let secrets: SecretStore
    private let report: Report
    let schema: JSONSchema
    let root: ConfigPath
    /// Where a secret was filled in.
    private(set) var secretPaths: [ConfigPath] = []
    /// Where one could not be; what the schema says there is no news.
    private var failures: [ConfigPath] = []

    init(check: Check, schema: JSONSchema, root: ConfigPath) {
        source = check.source
        secrets = check.secrets
        report = check.report
        self.schema = schema
        self.root = root
    }

    func failed(_ path: ConfigPath) -> Bool {
        failures.contains { path.steps.starts(with: $0.steps) }
    }

    mutating func fill(_ value: JSONValue, at path: ConfigPath) -> JSONValue {
        switch value {
        case .object(let object):
            if object.count == 1, let name = object["secret"]?.stringValue {
                return secret(name, at: path)
            }
            var result = object
            for member in object {
                result[member.key] = fill(member.value, at: path.appending(member.key))
            }
            return .object(result)
        case .array(let elements):
            return .array(
                elements.enumerated().map { fill($0.element, at: path.appending($0.offset)) })
        case .string(let text) where text.hasPrefix("env:"):
            return variable(String(text.dropFirst(4)), at: path)
        default:
            // `ACCESS=1` in the environment is the string "1" where a string is wanted.
            let types = schema.types(at: path)
            guard let raw = source.raw(root + path), types == ["string"], value.stringValue == nil
            else {
                return value
            }
            return .string(raw)
        }
    }

    private mutating func secret(_ name: String, at path: ConfigPath) -> JSONValue {
        secretPaths.append(path)
        let full = root + path
        do throws(SecretStore.Failure) {
            return typed(try secrets.value(name), name, at: path)
        } catch {
            switch error {
            case .notSet:
                fail(
                    path, "\(full) needs the secret \(name), which is not set", secrets.advice(name)
                )
            case .badName:
                fail(
                    path, "\(full) names the secret \"\(name)\", which is no name",
                    "use letters, digits, _, - and .")
            case .unreadable(let reason):
                fail(
                    path, "\(full) needs the secret \(name), which cannot be read: \(reason)",
                    "give the user of nself the right to read it")
            }
        }
        return .null
    }

    private mutating func variable(_ name: String, at path: ConfigPath) -> JSONValue {
        // What comes from outside the file is treated as secret: better masked once too often.
        secretPaths.append(path)
        if let value = secrets.variable(name) { return typed(value, name, at: path) }
        fail(
            path, "\(root + path) needs the environment variable \(name), which is not set",
            "set it, or add \(name)=… to .env")
        return .null
    }

    /// A secret is text. Where the schema wants something else, the text is read as JSON.
    private mutating func typed(_ text: String, _ name: String, at path: ConfigPath) -> JSONValue {
        let types = schema.types(at: path)
        if types.isEmpty || types.contains("string") { return .string(text) }
        if let value = try? JSONValue(parsing: text) { return value }
        // Units such as "30 s" are strings until the schema converts them.
        return .string(text)
    }

    private mutating func fail(_ path: ConfigPath, _ message: String, _ advice: String) {
        failures.append(path)
        report.add(source.place(of: root + path), message, advice)
    }
}
