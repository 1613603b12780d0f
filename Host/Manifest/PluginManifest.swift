/// What a plugin says about itself in plugin.json: identity, roles, needs, configuration schema.
public struct PluginManifest: Sendable, Equatable {
    /// An interface or capability that a plugin calls, "nself.host.events/1?" with its mark.
    public struct Use: Sendable, Equatable {
        public let id: String
        /// The plugin works without it.
        public let optional: Bool

        init(_ text: String) {
            optional = text.hasSuffix("?")
            id = optional ? String(text.dropLast()) : text
        }

        var text: String { optional ? id + "?" : id }
    }

    public enum Concurrency: String, Sendable, CaseIterable { case serial, parallel }
    public enum Handover: String, Sendable, CaseIterable { case none, overlap, exclusive }

    /// "dev.nself.storage"
    public let id: String
    /// A semantic version: "1.3.0"
    public let version: String
    public let abiMajor: Int
    public let abiMinor: Int
    public let license: String
    public let description: String
    /// Full ids: "nself.role.http_handler/1"
    public let roles: [String]
    /// Full ids: "nself.host.database/1"
    public let uses: [Use]
    /// Capabilities it serves and calls: "auth.identity/1"
    public let provides: [String]
    public let requires: [Use]
    /// Hosts it means to reach and programs it means to start, for the reader of a grant.
    public let network: [String]
    public let programs: [String]
    public let concurrency: Concurrency
    public let handover: Handover
    /// What its configuration must satisfy.
    public let schema: JSONSchema
    /// The whole manifest as it was written.
    public let json: JSONValue

    public static let formatVersion = 1

    public func hasRole(_ id: String) -> Bool { roles.contains(id) }

    /// Whether it serves HTTP or WebSocket routes and so has a mount point.
    public var servesRoutes: Bool {
        hasRole("nself.role.http_handler/1") || hasRole("nself.role.websocket_handler/1")
    }

    /// Reads a manifest; `path` is the plugin's file, for messages. All problems are reported
    /// in one error, except that of another format or interface version, which comes first.
    public init(_ json: JSONValue, path: String) throws(PluginFileError) {
        guard let object = json.objectValue else {
            throw Self.failure(.badManifest, path, ["it is no object but \(json.kind)"])
        }
        var fields = ManifestFields(object)
        guard object["manifest"]?.integerValue == Self.formatVersion else {
            throw Self.failure(
                .badManifest, path,
                ["\"manifest\" must be \(Self.formatVersion), the only format this program reads"])
        }
        let abi = fields.abi()
        id = fields.id()
        version = fields.version()
        license = fields.optionalText("license")
        description = fields.optionalText("description")
        roles = fields.list("roles", form: "nself.role.<name>/<number>")
        uses = fields.list("uses", form: "nself.host.<name>/<number>").map(Use.init)
        provides = fields.list("provides", form: "<name>/<number>")
        requires = fields.list("requires", form: "<name>/<number>").map(Use.init)
        network = fields.list("network", form: nil)
        programs = fields.list("programs", form: nil)
        concurrency = fields.choice("concurrency", .serial)
        handover = fields.choice("handover", .none)
        schema = fields.schema()
        self.json = json
        if let abi, abi.major != PluginNote.abiMajor || abi.minor > PluginNote.abiMinor {
            let ours = "\(PluginNote.abiMajor).\(PluginNote.abiMinor)"
            throw PluginFileError(
                kind: .wrongABI, path: path,
                reason:
                    "it is built for interface \(abi.major).\(abi.minor) and this host serves \(ours)",
                advice: "build it with the headers of \(ours)")
        }
        guard fields.problems.isEmpty, let abi else {
            throw Self.failure(.badManifest, path, fields.problems)
        }
        abiMajor = abi.major
        abiMinor = abi.minor
    }

    private static func failure(_ kind: PluginFileError.Kind, _ path: String, _ problems: [String])
        -> PluginFileError
    {
        PluginFileError(
            kind: kind, path: path,
            reason: "its manifest is wrong: \(problems.joined(separator: ", "))",
            advice: "correct plugin.json and build it again")
    }
}

/// Reads typed members of a manifest and collects what is wrong with them.
private struct ManifestFields {
    let object: JSONObject
    var problems: [String] = []

    init(_ object: JSONObject) { self.object = object }

    mutating func abi() -> (major: Int, minor: Int)? {
        let parts = (object["abi"]?.stringValue ?? "").split(
            separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]),
            major >= 0, minor >= 0
        else {
            problems.append("\"abi\" must be the interface version as \"1.0\"")
            return nil
        }
        return (major, minor)
    }

    mutating func id() -> String {
        let text = object["id"]?.stringValue ?? ""
        let allowed = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D
                || $0 == 0x5F
        }
        if text.isEmpty || !allowed || text.utf8.count > 128 {
            problems.append(
                "\"id\" must be 1 to 128 of a-z 0-9 . - _, for example \"dev.nself.storage\"")
        }
        return text
    }

    mutating func version() -> String {
        let text = object["version"]?.stringValue ?? ""
        let core = text.prefix { $0 != "-" && $0 != "+" }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false)
        if numbers.count != 3 || !numbers.allSatisfy({ UInt32($0) != nil }) {
            problems.append("\"version\" must be a semantic version, for example \"1.3.0\"")
        }
        return text
    }

    mutating func optionalText(_ key: String) -> String {
        guard let value = object[key] else { return "" }
        guard let text = value.stringValue else {
            problems.append("\"\(key)\" must be a string and is \(value.kind)")
            return ""
        }
        return text
    }

    /// `form` is the shape of an id with a version number, or nil for free text.
    mutating func list(_ key: String, form: String?) -> [String] {
        guard let value = object[key] else { return [] }
        guard let elements = value.arrayValue else {
            problems.append("\"\(key)\" must be an array of strings and is \(value.kind)")
            return []
        }
        var texts: [String] = []
        for element in elements {
            guard let text = element.stringValue, !text.isEmpty else {
                problems.append("\"\(key)\" must hold strings and holds \(element.text)")
                continue
            }
            if let form, !matches(text, form: form) {
                problems.append("\"\(key)\" holds \"\(text)\", which is not of the form \(form)")
            }
            if texts.contains(text) { problems.append("\"\(key)\" holds \"\(text)\" twice") }
            texts.append(text)
        }
        return texts
    }

    private func matches(_ text: String, form: String) -> Bool {
        let prefix = form.prefix { $0 != "<" }
        let body = text.hasSuffix("?") ? text.dropLast() : text[...]
        let parts = body.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].hasPrefix(prefix) && parts[0].count > prefix.count
            && UInt16(parts[1]) != nil
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ fallback: Choice
    ) -> Choice {
        guard let value = object[key] else { return fallback }
        if let text = value.stringValue, let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
        problems.append("\"\(key)\" must be \(words)")
        return fallback
    }

    mutating func schema() -> JSONSchema {
        do {
            return try JSONSchema(object["config_schema"] ?? .object(JSONObject()))
        } catch {
            problems.append(contentsOf: error.problems.map { "config_schema \($0)" })
            return .empty
        }
    }
}
