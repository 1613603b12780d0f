/// A document that has been parsed and validated, with the operation a request chose: what all plans
/// for its shapes of variables share.

final class PreparedOperation {
    struct Variable {
        let name: String
        let symbol: Syntax.Name
        let type: SchemaTypeReference
        /// Set for a plain scalar: its value needs no walk.
        let scalar: SchemaType?
        let defaultValue: Syntax.Value?
        /// Must be sent.
        let isRequired: Bool
        /// Where a message about its value points: `$.selectionSet.track_by_pk.args.track_id`.
        let firstUse: String
    }

    let document: Document
    let fragments: FragmentTable
    let operation: Syntax.Operation
    let variables: [Variable]
    /// Variables may stand in introspection, which is answered while planning: such plans are not kept.
    let isPlannedEachTime: Bool
    /// Names as bytes, one after the other, to compare with a request's.
    private let names: [[UInt8]]

    /// Parses and validates `text` against the role's schema.
    init(text: [UInt8], operationName: String?, schema: RoleSchema) throws(QueryError) {
        do throws(SyntaxError) {
            document = try text.withUnsafeBufferPointer { (bytes) throws(SyntaxError) -> Document in
                try Parser.parse(UnsafeRawBufferPointer(bytes))
            }
        } catch { throw QueryError(error) }
        do throws(ValidationError) {
            let index = try OperationChoice.choose(document, name: operationName)
            operation = document.operations[index]
            if operation.kind == .subscription {
                throw ValidationError(
                    message: "subscriptions are not supported over HTTP, use websockets instead",
                    code: "unexpected-payload", path: "$")
            }
            try Validator.validate(document, operation: index, schema: schema)
            fragments = try FragmentTable(document)
        } catch { throw QueryError(error) }

        var variables: [Variable] = []
        for definition in document[operation.variables] {
            let name = document[definition.name]
            let type = SchemaTypeReference(definition.type, in: document)
            let named = schema.type(named: type.name)
            var isPlain = false
            if case .named = type.nullable { isPlain = named?.kind == .scalar }
            variables.append(
                Variable(
                    name: name, symbol: definition.name, type: type, scalar: isPlain ? named : nil,
                    defaultValue: definition.defaultValue,
                    isRequired: type.isNonNull && definition.defaultValue == nil,
                    firstUse: VariableUse.path(
                        of: definition.name, in: operation, document, fragments)))
        }
        self.variables = variables
        names = variables.map { Array($0.name.utf8) }
        isPlannedEachTime =
            !variables.isEmpty && document.names.contains { $0 == "__type" || $0 == "__schema" }
    }

    /// Which variable a request means. [loop] hot
    func variableIndex(_ name: JSONText, in body: UnsafeRawBufferPointer) -> Int? {
        for index in names.indices {
            let isEqual = names[index].withUnsafeBytes { name.equals($0, in: body) }
            if isEqual { return index }
        }
        return nil
    }
}

extension SchemaTypeReference {
    init(_ type: Syntax.TypeReference, in document: Document) {
        let node = document[type]
        let inner: SchemaTypeReference
        switch node.shape {
        case .named(let name): inner = .named(document[name])
        case .list(let element): inner = .list(SchemaTypeReference(element, in: document))
        }
        self = node.isRequired ? .nonNull(inner) : inner
    }
}
