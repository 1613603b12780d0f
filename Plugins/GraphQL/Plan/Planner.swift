/// Turns a validated operation, with the shape of its variables, into queries.

/// Names have been checked: what is not found here is an error of the schema, not of the client.
struct Planner {
    let schema: RoleSchema
    let document: Document
    let fragments: FragmentTable
    let values: [Syntax.Name: InputValue]
    var path = ValidationPath()

    init(_ operation: PreparedOperation, values: [Syntax.Name: InputValue], schema: RoleSchema) {
        self.schema = schema
        document = operation.document
        fragments = operation.fragments
        self.values = values
    }
    var source: SourceSchema { schema.source }

    /// All fields of a selection set under one key of the answer.
    struct Collected {
        let key: String
        let name: String
        let fields: [Syntax.Field]
        var field: Syntax.Field { fields[0] }
        var selections: [Syntax.Slice<Syntax.Selection>] { fields.map(\.selections) }
    }

    /// The fields of selection sets on type `typeName`, fragments expanded, in order of first mention.
    func collect(_ selections: [Syntax.Slice<Syntax.Selection>], of typeName: String) -> [Collected]
    {
        var order: [Syntax.Name] = []
        var fields: [Syntax.Name: [Syntax.Field]] = [:]
        for slice in selections { collect(slice, typeName, &order, &fields) }
        return order.compactMap { key in
            guard let same = fields[key], let first = same.first else { return nil }
            return Collected(key: document[key], name: document[first.name], fields: same)
        }
    }
    private func collect(
        _ selections: Syntax.Slice<Syntax.Selection>, _ typeName: String,
        _ order: inout [Syntax.Name],
        _ fields: inout [Syntax.Name: [Syntax.Field]]
    ) {
        for selection in document[selections] {
            switch selection {
            case .field(let field):
                guard isIncluded(field.directives) else { continue }
                if fields[field.responseKey] == nil { order.append(field.responseKey) }
                fields[field.responseKey, default: []].append(field)
            case .inline(let fragment):
                guard isIncluded(fragment.directives) else { continue }
                // A condition on another type selects nothing of this one.
                if let condition = fragment.typeCondition, document[condition] != typeName {
                    continue
                }
                collect(fragment.selections, typeName, &order, &fields)
            case .spread(let spread):
                guard isIncluded(spread.directives), let index = fragments[spread.name] else {
                    continue
                }
                let fragment = document.fragments[index]
                guard document[fragment.typeCondition] == typeName else { continue }
                collect(fragment.selections, typeName, &order, &fields)
            }
        }
    }

    private func isIncluded(_ directives: Syntax.Slice<Syntax.Directive>) -> Bool {
        for directive in document[directives] {
            let name = document[directive.name]
            guard name == "include" || name == "skip",
                let condition = argument("if", of: directive.arguments)?.bool
            else { continue }
            if condition != (name == "include") { return false }
        }
        return true
    }

    /// The value of an argument, nil when it is absent.
    func argument(_ name: String, of arguments: Syntax.Slice<Syntax.Argument>) -> InputValue? {
        guard let argument = document[arguments].first(where: { document[$0.name] == name }) else {
            return nil
        }
        return InputValue(argument.value, in: document, variables: values)
    }
    /// The same, and null counts as absent.
    func present(_ name: String, of field: Syntax.Field) -> InputValue? {
        guard let value = argument(name, of: field.arguments), !value.isNull else { return nil }
        return value
    }

    func error(_ message: String, code: String = "validation-failed") -> QueryError {
        QueryError(message, code: code, path: path.text)
    }
    /// What validation should have refused.
    func unexpected(_ what: String) -> QueryError { error(what, code: "unexpected") }

    /// Runs `body` one step deeper in the path that messages show.
    mutating func at<Result>(
        _ components: ValidationPath.Component...,
        body: (inout Planner) throws(QueryError) -> Result
    ) throws(QueryError) -> Result {
        for component in components { path.push(component) }
        let result = try body(&self)
        path.pop(components.count)
        return result
    }
}
