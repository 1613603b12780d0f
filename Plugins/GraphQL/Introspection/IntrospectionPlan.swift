/// A selection on the introspection types, prepared once: fragments expanded, fields merged, skipped
/// ones left out. A large schema is then written without looking at the document again.
final class IntrospectionPlan {
    struct Step {
        /// `"alias":`
        let key: [UInt8]
        let field: Field
        let includesDeprecated: Bool
        /// What is selected of the field's value; nil for a leaf.
        let child: IntrospectionPlan?
    }

    /// Every field of every introspection type.
    enum Field: String {
        case typename = "__typename"
        case description, types, queryType, mutationType, subscriptionType, directives
        case kind, name, fields, interfaces, possibleTypes, enumValues, inputFields, ofType,
            specifiedByURL
        case args, type, isDeprecated, deprecationReason, defaultValue, locations, isRepeatable

        /// Lists that lead from a type to types again, so that nesting them multiplies.
        var isRecursive: Bool {
            switch self {
            case .fields, .interfaces, .possibleTypes, .inputFields: true
            default: false
            }
        }
    }

    let typeName: String
    let steps: [Step]

    init(typeName: String, steps: [Step]) {
        self.typeName = typeName
        self.steps = steps
    }
}

/// The limits of introspection, each with its reason.
enum IntrospectionLimit {
    /// Recursive lists within one another. Tools need one; each level multiplies by the schema's width.
    static let nestingMax = 3

    /// Bytes of one answer. A schema of a thousand tables takes about 20 MB.
    static let outputSizeMax = 32 << 20
}

/// Makes plans from a validated document.
struct IntrospectionPlanner {
    let document: Document
    let table: FragmentTable
    let operation: Syntax.Operation
    /// The request's value of a variable, nil when it has none.
    let variables: (String) -> GraphQLValue?

    /// The plan for the merged selections of `fields` on `typeName`.
    func plan(_ fields: [Syntax.Field], typeName: String, nesting: Int = 0) throws(ValidationError)
        -> IntrospectionPlan
    {
        var positions: [Syntax.Name: Int] = [:]
        var groups: [[Syntax.Field]] = []
        var seen = Set<Syntax.Name>()
        for field in fields { collect(field.selections, typeName, &positions, &groups, &seen) }
        var steps: [IntrospectionPlan.Step] = []
        steps.reserveCapacity(groups.count)
        for group in groups {
            let name = document[group[0].name]
            guard let field = IntrospectionPlan.Field(rawValue: name) else {
                throw unknown(name, typeName, group[0])
            }
            steps.append(
                try step(field, group, on: typeName, nesting: nesting + (field.isRecursive ? 1 : 0))
            )
        }
        return IntrospectionPlan(typeName: typeName, steps: steps)
    }

    private func step(
        _ field: IntrospectionPlan.Field, _ group: [Syntax.Field], on typeName: String, nesting: Int
    )
        throws(ValidationError) -> IntrospectionPlan.Step
    {
        guard nesting <= IntrospectionLimit.nestingMax else {
            throw ValidationError(
                message:
                    "introspection nests more than \(IntrospectionLimit.nestingMax) lists of types and fields",
                path: "$", offset: group[0].offset)
        }
        let name = document[group[0].name]
        var child: IntrospectionPlan?
        if field != .typename {
            guard let definition = IntrospectionTypes.type(named: typeName)?.field(named: name)
            else {
                throw unknown(name, typeName, group[0])
            }
            if IntrospectionTypes.type(named: definition.type.name)?.kind == .object {
                child = try plan(group, typeName: definition.type.name, nesting: nesting)
            }
        }
        return IntrospectionPlan.Step(
            key: Array("\"\(document[group[0].responseKey])\":".utf8), field: field,
            includesDeprecated: argument("includeDeprecated", of: group[0]) == .boolean(true),
            child: child)
    }

    private func unknown(_ name: String, _ typeName: String, _ field: Syntax.Field)
        -> ValidationError
    {
        ValidationError(
            message: "field '\(name)' not found in type: '\(typeName)'", path: "$.selectionSet",
            offset: field.offset)
    }

    private func collect(
        _ selections: Syntax.Slice<Syntax.Selection>, _ typeName: String,
        _ positions: inout [Syntax.Name: Int],
        _ groups: inout [[Syntax.Field]], _ seen: inout Set<Syntax.Name>
    ) {
        for selection in document[selections] {
            switch selection {
            case .field(let field):
                guard isIncluded(field.directives) else { continue }
                if let position = positions[field.responseKey] {
                    groups[position].append(field)
                } else {
                    positions[field.responseKey] = groups.count
                    groups.append([field])
                }
            case .inline(let fragment):
                guard isIncluded(fragment.directives), applies(fragment.typeCondition, typeName)
                else { continue }
                collect(fragment.selections, typeName, &positions, &groups, &seen)
            case .spread(let spread):
                guard isIncluded(spread.directives), seen.insert(spread.name).inserted,
                    let index = table[spread.name]
                else { continue }
                let fragment = document.fragments[index]
                guard applies(fragment.typeCondition, typeName) else { continue }
                collect(fragment.selections, typeName, &positions, &groups, &seen)
            }
        }
    }

    private func applies(_ condition: Syntax.Name?, _ typeName: String) -> Bool {
        condition.map { document[$0] == typeName } ?? true
    }

    /// What `@skip` and `@include` say.
    func isIncluded(_ directives: Syntax.Slice<Syntax.Directive>) -> Bool {
        document[directives].allSatisfy { directive in
            let condition = value(of: "if", in: directive.arguments)
            switch document[directive.name] {
            case "skip": return condition != .boolean(true)
            case "include": return condition != .boolean(false)
            default: return true
            }
        }
    }

    /// The value of a field's argument, with variables and their defaults put in.
    func argument(_ name: String, of field: Syntax.Field) -> GraphQLValue? {
        value(of: name, in: field.arguments)
    }

    private func value(of name: String, in arguments: Syntax.Slice<Syntax.Argument>)
        -> GraphQLValue?
    {
        guard let argument = document[arguments].first(where: { document[$0.name] == name }) else {
            return nil
        }
        if case .variable(let variable) = argument.value.shape { return value(of: variable) }
        return GraphQLValue(argument.value, in: document, variables: variables)
    }

    private func value(of variable: Syntax.Name) -> GraphQLValue? {
        if let value = variables(document[variable]) { return value }
        let definition = document[operation.variables].first { $0.name == variable }
        return definition?.defaultValue.map { GraphQLValue($0, in: document, variables: variables) }
    }
}
