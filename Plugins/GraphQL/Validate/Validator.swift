/// Checks one operation of a document against a role's schema, before anything is planned.
/// Linear in the document's size; the first error is thrown, in Hasura's words and with its path.
struct Validator<Schema: SchemaView> {
    let document: Document
    let schema: Schema
    let rules: ValidationRules
    let table: FragmentTable
    var reachability: Reachability
    var path = ValidationPath()

    /// The operation's variables by name number.
    var variables: [Syntax.Name: Syntax.VariableDefinition] = [:]
    /// Fragments are checked where they are spread first.
    var isFragmentChecked: [Bool]

    /// What was learnt on the way.
    struct Facts: Sendable {
        /// The variables that the operation uses; others that a request sends are refused.
        let usedVariables: [Syntax.Name]
        /// Fields with fragments expanded.
        let fieldCount: Int
        /// Nested selection sets and spreads.
        let depth: Int
    }

    @discardableResult
    static func validate(
        _ document: Document, operation index: Int, schema: Schema, rules: ValidationRules = .hasura
    ) throws(ValidationError) -> Facts {
        var validator = try Validator(document, schema, rules)
        return try validator.check(document.operations[index])
    }

    private init(_ document: Document, _ schema: Schema, _ rules: ValidationRules)
        throws(ValidationError)
    {
        self.document = document
        self.schema = schema
        self.rules = rules
        table = try FragmentTable(document)
        reachability = Reachability(document, table)
        isFragmentChecked = [Bool](repeating: false, count: document.fragments.count)
    }

    private mutating func check(_ operation: Syntax.Operation) throws(ValidationError) -> Facts {
        try checkOperationNames()
        let extent = try reachability.walk(operation)
        try checkVariables(of: operation)
        guard let root = schema.rootType(operation.kind) else {
            throw ValidationError(
                message: operation.kind == .query
                    ? "no queries exist" : "no \(operation.kind.keyword)s exist", path: "$",
                offset: operation.offset)
        }
        try check(operation.directives, at: operation.kind.directiveLocation)
        path.push(.selectionSet)
        try check(operation.selections, of: root, isQueryRoot: operation.kind == .query)
        path.pop()
        if operation.kind == .subscription { try checkSingleRoot(operation) }
        var merge = MergeCheck(self)
        try merge.check(operation, root)
        try checkUnused(operation)
        return Facts(
            usedVariables: document[operation.variables].map(\.name).filter {
                reachability.isUsed(variable: $0)
            },
            fieldCount: extent.fieldCount, depth: extent.depth)
    }

    private func checkOperationNames() throws(ValidationError) {
        guard document.operations.count > 1 else { return }
        var seen = Set<Syntax.Name>()
        for operation in document.operations {
            guard let name = operation.name else {
                throw ValidationError(
                    message: "an anonymous operation must be the only one in the document",
                    path: "$",
                    offset: operation.offset)
            }
            guard seen.insert(name).inserted else {
                throw ValidationError(
                    message: "multiple definitions for operation \"\(document[name])\"",
                    code: "parse-failed", path: "$",
                    offset: operation.offset)
            }
        }
    }

    /// A subscription has one root field, however it is spread over fragments.
    private func checkSingleRoot(_ operation: Syntax.Operation) throws(ValidationError) {
        let exemption = BuiltInDirectives.multipleTopLevelFields.name
        if document[operation.directives].contains(where: { document[$0.name] == exemption }) {
            return
        }
        var keys = Set<Syntax.Name>()
        var seen = Set<Syntax.Name>()
        collectKeys(operation.selections, &keys, &seen)
        guard keys.count == 1 else {
            throw ValidationError(
                message: "subscriptions must select one top level field", path: "$",
                offset: operation.offset)
        }
    }

    private func collectKeys(
        _ selections: Syntax.Slice<Syntax.Selection>, _ keys: inout Set<Syntax.Name>,
        _ seen: inout Set<Syntax.Name>
    ) {
        for selection in document[selections] {
            switch selection {
            case .field(let field): keys.insert(field.responseKey)
            case .inline(let fragment): collectKeys(fragment.selections, &keys, &seen)
            case .spread(let spread):
                guard seen.insert(spread.name).inserted, let index = table[spread.name] else {
                    continue
                }
                collectKeys(document.fragments[index].selections, &keys, &seen)
            }
        }
    }

    private func checkUnused(_ operation: Syntax.Operation) throws(ValidationError) {
        if rules.contains(.unusedVariables) {
            for variable in document[operation.variables]
            where !reachability.isUsed(variable: variable.name) {
                throw ValidationError(
                    message:
                        "following variable(s) have been defined, but have not been used in the query - "
                        + document[variable.name], path: "$", offset: variable.offset)
            }
        }
        if rules.contains(.unusedFragments) {
            // Another operation of the document may use it.
            var others = reachability
            for other in document.operations { _ = try others.walk(other) }
            for (index, fragment) in document.fragments.enumerated()
            where !others.isFragmentUsed(index) {
                throw ValidationError(
                    message:
                        "following fragment(s) have been defined, but have not been used in the query - "
                        + document[fragment.name], path: "$", offset: fragment.offset)
            }
        }
    }

    // MARK: - Shared

    /// Also the types that every schema has.
    func type(named name: String) -> SchemaType? {
        if name.utf8.starts(with: "__".utf8) { return IntrospectionTypes.type(named: name) }
        return schema.type(named: name) ?? SchemaType.builtInScalars.first { $0.name == name }
    }

    func error(_ message: String, code: String = "validation-failed", at offset: UInt32)
        -> ValidationError
    {
        ValidationError(message: message, code: code, path: path.text, offset: offset)
    }
}

extension Syntax.OperationKind {
    var directiveLocation: DirectiveLocations {
        switch self {
        case .query: .query
        case .mutation: .mutation
        case .subscription: .subscription
        }
    }
}
