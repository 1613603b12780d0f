/// Checks one value against a schema, collecting every violation and filling defaults in.
struct SchemaChecker {
    let schema: JSONSchema
    private(set) var violations: [JSONSchemaViolation] = []
    var steps = 0
    /// Where the check was given up; what was found elsewhere is not worth telling then.
    var gaveUpAt: ConfigPath?

    /// `$ref` to `$ref`; a longer chain is a circle.
    static let referencesMax = 32
    /// Schemas applied to values in one check: stops a schema whose branches multiply. A
    /// configuration of a thousand values takes a few thousand.
    static let stepsMax = 50_000
    /// Schemas in schemas at one value: stops `allOf` circles. Values nest at most 64 deep.
    private static let depthMax = 128
    private var depth = 0

    init(schema: JSONSchema) { self.schema = schema }

    /// Checks a whole value.
    mutating func check(_ value: JSONValue) -> JSONValue {
        let result = check(value, schema.root, at: ConfigPath())
        if let path = gaveUpAt {
            violations = []
            fail(path, "cannot be checked: the plugin's schema runs in circles", "tell its author")
        }
        return result
    }

    /// A checker that carries on from here, whose violations may be dropped.
    func attempt() -> SchemaChecker {
        var inner = SchemaChecker(schema: schema)
        (inner.depth, inner.steps, inner.gaveUpAt) = (depth, steps, gaveUpAt)
        return inner
    }

    mutating func takeOver(_ inner: SchemaChecker) {
        (steps, gaveUpAt) = (inner.steps, inner.gaveUpAt)
    }

    /// Returns `value` with defaults and converted units. `known` are keys that a schema around
    /// this one, on the same object, allows.
    mutating func check(
        _ value: JSONValue, _ unresolved: SchemaNode, at path: ConfigPath, known: Set<String> = []
    ) -> JSONValue {
        steps += 1
        depth += 1
        defer { depth -= 1 }
        guard gaveUpAt == nil, steps <= Self.stepsMax, depth <= Self.depthMax,
            let node = schema.resolve(unresolved)
        else {
            gaveUpAt = gaveUpAt ?? path
            return value
        }
        guard node.accepts else {
            fail(path, "is not allowed here", "remove it")
            return value
        }
        var value = convert(value, node, at: path)
        guard matchesType(value, node) else {
            failType(value, node, at: path)
            return value
        }
        if let constant = node.constant, !value.means(constant) {
            fail(path, "must be \(constant.text)\(isNow(value, node))")
        }
        if let allowed = node.enumeration, !allowed.contains(where: { value.means($0) }) {
            failChoice(value, node, allowed, at: path)
        }
        switch value {
        case .integer, .double: checkNumber(value, node, at: path)
        case .string(let text): checkText(text, node, at: path)
        case .array(let elements): value = .array(checkArray(elements, node, at: path))
        case .object(let object): value = .object(checkObject(object, node, at: path, known))
        case .null, .bool: break
        }
        return checkBranches(value, node, at: path, known)
    }

    // MARK: type

    private func matchesType(_ value: JSONValue, _ node: SchemaNode) -> Bool {
        node.types.isEmpty
            || node.types.contains {
                switch $0 {
                case .null: value.isNull
                case .boolean: value.boolValue != nil
                case .integer: value.integerValue != nil
                case .number: value.doubleValue != nil
                case .string: value.stringValue != nil
                case .array: value.arrayValue != nil
                case .object: value.objectValue != nil
                }
            }
    }

    private mutating func failType(_ value: JSONValue, _ node: SchemaNode, at path: ConfigPath) {
        if let unit = node.unit {
            let example = unit == .bytes ? "\"10 MiB\"" : "\"30 s\""
            let what = unit == .bytes ? "a size" : "a time"
            return fail(
                path, "must be \(what)\(isNow(value, node))", "write for example \(example)")
        }
        let words = node.types.map { Self.words[$0] ?? $0.rawValue }.joined(separator: " or ")
        fail(path, "must be \(words)\(isNow(value, node))")
    }

    private static let words: [SchemaNode.Kind: String] = [
        .null: "null", .boolean: "true or false", .integer: "a whole number", .number: "a number",
        .string: "a string", .array: "an array", .object: "a table",
    ]

    /// " and is 5": short values only, and never those of secrets.
    func isNow(_ value: JSONValue, _ node: SchemaNode) -> String {
        if node.isSecret { return "" }
        switch value {
        case .array: return " and is an array"
        case .object: return " and is a table"
        default:
            let text = value.text
            return text.count <= 60 ? " and is \(text)" : " and is another \(value.kind)"
        }
    }

    private func convert(_ value: JSONValue, _ node: SchemaNode, at path: ConfigPath) -> JSONValue {
        guard let unit = node.unit, let text = value.stringValue else { return value }
        let factors: [SchemaNode.Unit: Int] = [
            .nanoseconds: 1, .microseconds: 1_000, .milliseconds: 1_000_000,
            .seconds: 1_000_000_000,
            .bytes: 1,
        ]
        let amount = unit == .bytes ? Quantity.bytes(text) : Quantity.nanoseconds(text)
        guard let amount, let factor = factors[unit] else { return value }
        if amount % factor == 0 { return .integer(amount / factor) }
        return node.types.contains(.number) ? .double(Double(amount) / Double(factor)) : value
    }

    // MARK: branches

    private mutating func checkBranches(
        _ value: JSONValue, _ node: SchemaNode, at path: ConfigPath, _ known: Set<String>
    ) -> JSONValue {
        guard !(node.allOf.isEmpty && node.anyOf.isEmpty && node.oneOf.isEmpty) else {
            return value
        }
        let known = known.union(node.properties.map(\.name)).union(branchKeys(node))
        var value = value
        for branch in node.allOf { value = check(value, branch, at: path, known: known) }
        if !node.anyOf.isEmpty { value = checkOne(value, node.anyOf, at: path, known, only: false) }
        if !node.oneOf.isEmpty { value = checkOne(value, node.oneOf, at: path, known, only: true) }
        return value
    }

    private mutating func checkOne(
        _ value: JSONValue, _ branches: [SchemaNode], at path: ConfigPath, _ known: Set<String>,
        only: Bool
    ) -> JSONValue {
        // Keys of other branches are not allowed in this one; those of the schema around are.
        let outside = known.subtracting(keys(of: branches))
        var accepted: [JSONValue] = []
        var failures: [(branch: SchemaNode, violations: [JSONSchemaViolation])] = []
        for branch in branches {
            var inner = attempt()
            let result = inner.check(value, branch, at: path, known: outside)
            takeOver(inner)
            if inner.violations.isEmpty {
                accepted.append(result)
            } else {
                failures.append((branch, inner.violations))
            }
        }
        if accepted.count > 1 && only {
            fail(path, "fits \(accepted.count) of the forms it may have and must fit one")
        }
        if let first = accepted.first { return first }
        // Only the branches of the same type are what the writer meant.
        let meant = failures.filter { failure in
            schema.resolve(failure.branch).map { matchesType(value, $0) } ?? false
        }
        if meant.count == 1 {
            violations += meant[0].violations
        } else {
            let candidates = meant.isEmpty ? failures : meant
            let reasons = candidates.compactMap { $0.violations.first }.map { violation in
                violation.path == path
                    ? violation.message : "\(violation.path) \(violation.message)"
            }
            fail(path, "has none of the forms it may have: \(reasons.joined(separator: "; or "))")
        }
        return value
    }

    /// Keys that the branches of a schema know.
    func branchKeys(_ node: SchemaNode) -> Set<String> {
        keys(of: node.allOf + node.anyOf + node.oneOf)
    }

    private func keys(of branches: [SchemaNode]) -> Set<String> {
        var keys: Set<String> = []
        var followed: Set<String> = []
        var open = branches
        while let unresolved = open.popLast() {
            if let name = unresolved.reference, !followed.insert(name).inserted { continue }
            guard let node = schema.resolve(unresolved) else { continue }
            keys.formUnion(node.properties.map(\.name))
            open += node.allOf + node.anyOf + node.oneOf
        }
        return keys
    }

    mutating func fail(_ path: ConfigPath, _ message: String, _ advice: String = "") {
        violations.append(JSONSchemaViolation(path: path, message: message, advice: advice))
    }
}
