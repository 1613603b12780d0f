/// Answers `__schema` and `__type` from a schema, as JSON. The document has passed validation.
struct Introspection<Schema: SchemaView> {
    private let schema: Schema
    private let planner: IntrospectionPlanner
    private var output: [UInt8] = []

    private init(
        _ document: Document, operation: Syntax.Operation, schema: Schema,
        variables: @escaping (String) -> GraphQLValue?
    ) throws(ValidationError) {
        self.schema = schema
        planner = IntrospectionPlanner(
            document: document, table: try FragmentTable(document), operation: operation,
            variables: variables)
    }

    /// The JSON value of a root field `__schema` or `__type`. `fields` are all the selections under
    /// its response name, usually one.
    static func answer(
        _ fields: [Syntax.Field], of document: Document, operation: Syntax.Operation,
        schema: Schema,
        variables: @escaping (String) -> GraphQLValue?
    ) throws(ValidationError) -> [UInt8] {
        var introspection = try Introspection(
            document, operation: operation, schema: schema, variables: variables)
        try introspection.write(fields)
        return introspection.output
    }

    private mutating func write(_ fields: [Syntax.Field]) throws(ValidationError) {
        guard let first = fields.first else { return }
        switch planner.document[first.name] {
        case "__schema": try writeSchema(try planner.plan(fields, typeName: "__Schema"))
        case "__type":
            let plan = try planner.plan(fields, typeName: "__Type")
            guard case .string(let name) = planner.argument("name", of: first),
                type(named: name) != nil
            else {
                return append("null")
            }
            try writeType(.named(name), plan)
        case let name:
            throw ValidationError(
                message: "'\(name)' is no introspection field", code: "unexpected", path: "$")
        }
    }

    // MARK: - Objects

    private mutating func writeSchema(_ plan: IntrospectionPlan) throws(ValidationError) {
        try writeObject(plan) { (writer, step, child) throws(ValidationError) in
            switch step.field {
            case .types:
                try writer.writeList(writer.typeNames) { (writer, name) throws(ValidationError) in
                    try writer.writeType(.named(name), child)
                }
            case .queryType: try writer.writeRoot(.query, child)
            case .mutationType: try writer.writeRoot(.mutation, child)
            case .subscriptionType: try writer.writeRoot(.subscription, child)
            case .directives:
                let all = BuiltInDirectives.listed + writer.schema.directives
                try writer.writeList(all) { (writer, directive) throws(ValidationError) in
                    try writer.writeDirective(directive, child)
                }
            default: writer.append("null")
            }
        }
    }

    private mutating func writeRoot(_ kind: Syntax.OperationKind, _ plan: IntrospectionPlan)
        throws(ValidationError)
    {
        guard let type = schema.rootType(kind) else { return append("null") }
        try writeType(.named(type.name), plan)
    }

    private mutating func writeType(_ reference: SchemaTypeReference, _ plan: IntrospectionPlan)
        throws(ValidationError)
    {
        switch reference {
        case .named(let name):
            guard let type = type(named: name) else {
                throw ValidationError(
                    message: "the schema refers to the type '\(name)' and does not have it",
                    code: "unexpected", path: "$")
            }
            try writeNamedType(type, plan)
        case .list(let inner): try writeWrapper("LIST", inner, plan)
        case .nonNull(let inner): try writeWrapper("NON_NULL", inner, plan)
        }
    }

    private mutating func writeWrapper(
        _ kind: String, _ inner: SchemaTypeReference, _ plan: IntrospectionPlan
    )
        throws(ValidationError)
    {
        try writeObject(plan) { (writer, step, child) throws(ValidationError) in
            switch step.field {
            case .kind: writer.appendQuoted(kind)
            case .ofType: try writer.writeType(inner, child)
            default: writer.append("null")
            }
        }
    }

    private mutating func writeNamedType(_ type: SchemaType, _ plan: IntrospectionPlan)
        throws(ValidationError)
    {
        let hasFields = type.kind == .object || type.kind == .interface
        try writeObject(plan) { (writer, step, child) throws(ValidationError) in
            switch step.field {
            case .kind: writer.appendQuoted(type.kind.word)
            case .name: writer.appendQuoted(type.name)
            case .description: writer.appendQuoted(type.description)
            case .specifiedByURL: writer.appendQuoted(type.specifiedByURL)
            case .fields where hasFields:
                try writer.writeList(type.fields) { (writer, field) throws(ValidationError) in
                    guard step.includesDeprecated || field.deprecationReason == nil else { return }
                    try writer.writeField(field, child)
                }
            case .interfaces where hasFields: try writer.writeTypes(type.interfaces, child)
            case .possibleTypes where type.kind == .interface || type.kind == .union:
                try writer.writeTypes(type.possibleTypes, child)
            case .enumValues where type.kind == .enumeration:
                try writer.writeList(type.enumValues) { (writer, value) throws(ValidationError) in
                    guard step.includesDeprecated || value.deprecationReason == nil else { return }
                    try writer.writeEnumValue(value, child)
                }
            case .inputFields where type.kind == .inputObject:
                try writer.writeInputValues(type.inputFields, step, child)
            default: writer.append("null")
            }
        }
    }

    private mutating func writeTypes(_ names: [String], _ plan: IntrospectionPlan)
        throws(ValidationError)
    {
        try writeList(names) { (writer, name) throws(ValidationError) in
            try writer.writeType(.named(name), plan)
        }
    }

    private mutating func writeField(_ field: SchemaField, _ plan: IntrospectionPlan)
        throws(ValidationError)
    {
        try writeObject(plan) { (writer, step, child) throws(ValidationError) in
            switch step.field {
            case .name: writer.appendQuoted(field.name)
            case .description: writer.appendQuoted(field.description)
            case .args: try writer.writeInputValues(field.arguments, step, child)
            case .type: try writer.writeType(field.type, child)
            case .isDeprecated: writer.append(field.deprecationReason == nil ? "false" : "true")
            case .deprecationReason: writer.appendQuoted(field.deprecationReason)
            default: writer.append("null")
            }
        }
    }

    private mutating func writeInputValues(
        _ values: [SchemaInputValue], _ step: IntrospectionPlan.Step, _ plan: IntrospectionPlan
    ) throws(ValidationError) {
        try writeList(values) { (writer, value) throws(ValidationError) in
            guard step.includesDeprecated || value.deprecationReason == nil else { return }
            try writer.writeObject(plan) { (writer, step, child) throws(ValidationError) in
                switch step.field {
                case .name: writer.appendQuoted(value.name)
                case .description: writer.appendQuoted(value.description)
                case .type: try writer.writeType(value.type, child)
                case .defaultValue: writer.appendQuoted(value.defaultValue)
                case .isDeprecated: writer.append(value.deprecationReason == nil ? "false" : "true")
                case .deprecationReason: writer.appendQuoted(value.deprecationReason)
                default: writer.append("null")
                }
            }
        }
    }

    private mutating func writeEnumValue(_ value: SchemaEnumValue, _ plan: IntrospectionPlan)
        throws(ValidationError)
    {
        try writeObject(plan) { (writer, step, _) throws(ValidationError) in
            switch step.field {
            case .name: writer.appendQuoted(value.name)
            case .description: writer.appendQuoted(value.description)
            case .isDeprecated: writer.append(value.deprecationReason == nil ? "false" : "true")
            case .deprecationReason: writer.appendQuoted(value.deprecationReason)
            default: writer.append("null")
            }
        }
    }

    private mutating func writeDirective(_ directive: SchemaDirective, _ plan: IntrospectionPlan)
        throws(ValidationError)
    {
        try writeObject(plan) { (writer, step, child) throws(ValidationError) in
            switch step.field {
            case .name: writer.appendQuoted(directive.name)
            case .description: writer.appendQuoted(directive.description)
            case .locations:
                try writer.writeList(directive.locations.words) {
                    (writer, word) throws(ValidationError) in
                    writer.appendQuoted(word)
                }
            case .args: try writer.writeInputValues(directive.arguments, step, child)
            case .isRepeatable: writer.append(directive.isRepeatable ? "true" : "false")
            default: writer.append("null")
            }
        }
    }

    // MARK: - Types

    /// The schema's types, then those that are always there.
    private var typeNames: [String] {
        let names = schema.typeNames
        let known = Set(names)
        return names + ["String", "Boolean"].filter { !known.contains($0) }
            + IntrospectionTypes.all.map(\.name)
    }

    private func type(named name: String) -> SchemaType? {
        IntrospectionTypes.type(named: name) ?? schema.type(named: name)
            ?? SchemaType.builtInScalars.first { $0.name == name }
    }

    // MARK: - JSON

    private typealias Write = (inout Introspection, IntrospectionPlan.Step, IntrospectionPlan)
        throws(ValidationError) -> Void

    private mutating func writeObject(_ plan: IntrospectionPlan, _ write: Write)
        throws(ValidationError)
    {
        append("{")
        var isFirst = true
        for step in plan.steps {
            if !isFirst { append(",") }
            isFirst = false
            output.append(contentsOf: step.key)
            if step.field == .typename {
                appendQuoted(plan.typeName)
            } else {
                try write(&self, step, step.child ?? plan)
            }
        }
        append("}")
        guard output.count <= IntrospectionLimit.outputSizeMax else {
            throw ValidationError(
                message:
                    "the answer to the introspection is larger than \(IntrospectionLimit.outputSizeMax >> 20) MiB",
                path: "$")
        }
    }

    /// An element that writes nothing is left out.
    private mutating func writeList<Element>(
        _ elements: [Element],
        _ write: (inout Introspection, Element) throws(ValidationError) -> Void
    ) throws(ValidationError) {
        append("[")
        let start = output.count
        for element in elements {
            let separator = output.count
            if separator > start { append(",") }
            let before = output.count
            try write(&self, element)
            if output.count == before { output.removeLast(before - separator) }
        }
        append("]")
    }

    private mutating func append(_ text: StaticString) {
        output.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func appendQuoted(_ text: String?) {
        guard let text else { return append("null") }
        JSONText.appendQuoted(text, to: &output)
    }
}

extension SchemaType.Kind {
    /// The word of `__TypeKind`.
    var word: String {
        switch self {
        case .scalar: "SCALAR"
        case .object: "OBJECT"
        case .interface: "INTERFACE"
        case .union: "UNION"
        case .enumeration: "ENUM"
        case .inputObject: "INPUT_OBJECT"
        }
    }
}
