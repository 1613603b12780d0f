/// The subset of JSON Schema 2020-12 that plugins describe their configuration with.
///
/// `type properties required additionalProperties patternProperties enum const minimum maximum
/// exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern items minItems
/// maxItems uniqueItems minProperties maxProperties propertyNames allOf anyOf oneOf default $ref
/// (to # and #/$defs/…) $defs`, and annotations. Any other keyword is an error when the schema is
/// read, because not to check it would be silent. It differs from the standard in this:
///
/// * An object with `properties`, and the outermost one, refuses other keys unless
///   `additionalProperties` says otherwise: a misspelt key is an error.
/// * Defaults are filled in, also inside absent objects that have nothing required.
/// * `"format": "duration"` ("30 s") and `"format": "size"` ("10 MiB") are checked on strings.
/// * `"unit"` on a number (`nanoseconds microseconds milliseconds seconds bytes`) lets it be
///   written as such a string; the plugin gets the number.
/// * `"writeOnly": true` marks a secret, which is never shown.
public struct JSONSchema: Sendable, Equatable {
    /// The schema as it was written.
    public let json: JSONValue
    let root: SchemaNode
    let definitions: [String: SchemaNode]

    /// Accepts only the empty object.
    public static let empty = JSONSchema(
        json: .object(JSONObject()), root: SchemaNode.emptyObject, definitions: [:])

    private init(json: JSONValue, root: SchemaNode, definitions: [String: SchemaNode]) {
        self.json = json
        self.root = root
        self.definitions = definitions
    }

    /// Fails with every problem of the schema itself.
    public init(_ json: JSONValue) throws(JSONSchemaError) {
        var compiler = SchemaCompiler()
        var root = compiler.node(json, at: "#")
        var definitions: [String: SchemaNode] = [:]
        for member in json["$defs"]?.objectValue ?? JSONObject() {
            definitions[member.key] = compiler.node(member.value, at: "#/$defs/\(member.key)")
        }
        for reference in compiler.references where reference.name != "" {
            if definitions[reference.name] == nil {
                compiler.problems.append("\(reference.at): $ref to unknown $defs/\(reference.name)")
            }
        }
        guard compiler.problems.isEmpty else {
            throw JSONSchemaError(problems: compiler.problems)
        }
        root.isOutermost = true
        if root.types.isEmpty { root.types = [.object] }
        self.json = json
        self.root = root
        self.definitions = definitions
    }

    public static func == (a: JSONSchema, b: JSONSchema) -> Bool { a.json == b.json }

    /// Checks `value`, fills defaults in and converts written units. [any]
    public func check(_ value: JSONValue) -> JSONSchemaResult {
        var checker = SchemaChecker(schema: self)
        let result = checker.check(value)
        return JSONSchemaResult(value: result, violations: checker.violations)
    }

    /// The types a value at `path` may have, by the names of JSON Schema; empty when the schema
    /// does not say.
    public func types(at path: ConfigPath) -> [String] {
        node(at: path)?.types.map(\.rawValue) ?? []
    }

    /// Whether the value at `path` is marked as a secret.
    public func isSecret(at path: ConfigPath) -> Bool { node(at: path)?.isSecret ?? false }

    func resolve(_ node: SchemaNode) -> SchemaNode? {
        var node = node
        for _ in 0..<SchemaChecker.referencesMax {
            guard let name = node.reference else { return node }
            guard let target = name.isEmpty ? root : definitions[name] else { return nil }
            node = target
        }
        return nil
    }

    private func node(at path: ConfigPath) -> SchemaNode? {
        var current = resolve(root)
        for step in path.steps {
            guard let node = current else { return nil }
            let next: SchemaNode? =
                switch step {
                case .index: node.items.first
                case .key(let key): child(node, key)
                }
            current = next.flatMap(resolve)
        }
        return current
    }

    private func child(_ node: SchemaNode, _ key: String) -> SchemaNode? {
        if let property = node.property(key) { return property }
        for branch in node.allOf + node.anyOf + node.oneOf {
            if let found = resolve(branch).flatMap({ child($0, key) }) { return found }
        }
        return node.additional.first
    }
}

/// What is wrong with a schema itself.
public struct JSONSchemaError: Error, Equatable {
    public let problems: [String]
}

public struct JSONSchemaResult: Sendable {
    /// The value with defaults; meaningful when there are no violations.
    public let value: JSONValue
    public let violations: [JSONSchemaViolation]
}

/// One thing in a value that the schema forbids.
public struct JSONSchemaViolation: Sendable, Equatable {
    /// Where; for an absent key the object that should have it.
    public let path: ConfigPath
    /// What is wrong, to be put behind the name of the place: "must be at least 1 and is 0".
    public let message: String
    /// What to write instead; empty when the message says it.
    public let advice: String

    public init(path: ConfigPath, message: String, advice: String = "") {
        self.path = path
        self.message = message
        self.advice = advice
    }
}

extension JSONSchema {
    /// The keys that a configuration must have, each with an example of its value in TOML.
    public var requiredKeys: [(key: String, example: String)] {
        guard let node = resolve(root) else { return [] }
        return node.required.compactMap { name in
            guard let property = node.property(name).flatMap(resolve) else {
                return (name, "\"…\"")
            }
            return property.fallback == nil ? (name, example(property)) : nil
        }
    }

    /// A value of the right form, to be put into an advice.
    func example(_ unresolved: SchemaNode?) -> String {
        guard let node = unresolved.flatMap(resolve) else { return "\"…\"" }
        if let first = node.enumeration?.first { return first.text }
        if node.isSecret { return "{ secret = \"NAME\" }" }
        if node.unit == .bytes || node.format == "size" { return "\"10 MiB\"" }
        if node.unit != nil || node.format == "duration" { return "\"30 s\"" }
        switch node.types.first {
        case .boolean: return "true"
        case .integer, .number: return Self.text(node.minimum ?? 1)
        case .array: return "[]"
        case .object: return "{}"
        default: return "\"…\""
        }
    }

    static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? number.description
    }
}
