/// What must hold for any bytes at all. The fuzzers try it on what they make, the corpus test on
/// what they once found; each function gives the sentence that does not hold, or nil.
#if canImport(PluginGraphQL)
    @testable import PluginGraphQL
#endif

enum LanguageProperties {
    /// A document is refused, or printed text reads back as the same text; validation and
    /// introspection of it end in an answer or an error.
    static func failure(ofDocument bytes: UnsafeRawBufferPointer, schema: TextSchema) -> String? {
        guard let document = try? Parser.parse(bytes, as: .any) else { return nil }
        let printed = Printer.print(document)
        // Indentation may carry a document over the size limit.
        guard printed.utf8.count <= LanguageLimit.sourceSizeMax else { return nil }
        guard let again = try? Parser.parse(printed, as: .any) else {
            return "printed text is not read: \(printed)"
        }
        guard Printer.print(again) == printed else { return "printed text changes: \(printed)" }
        for (index, operation) in document.operations.enumerated() {
            for rules in [ValidationRules.hasura, .specification] {
                guard
                    let facts = try? Validator.validate(
                        document, operation: index, schema: schema, rules: rules)
                else {
                    continue
                }
                guard facts.fieldCount <= ValidateLimit.fieldCountMax else {
                    return "too many fields pass: \(printed)"
                }
                if let failure = failure(ofIntrospection: operation, document, schema) {
                    return failure
                }
            }
        }
        return nil
    }

    private static func failure(
        ofIntrospection operation: Syntax.Operation, _ document: Document, _ schema: TextSchema
    ) -> String? {
        for selection in document[operation.selections] {
            guard case .field(let field) = selection,
                ["__schema", "__type"].contains(document[field.name]),
                let answer = try? Introspection.answer(
                    [field], of: document, operation: operation, schema: schema,
                    variables: { _ in nil })
            else { continue }
            let isJSON = answer.withUnsafeBytes { buffer in
                var scanner = JSONScanner(buffer)
                return (try? scanner.value()) != nil && scanner.isAtEnd
            }
            if !isJSON {
                return "introspection is not JSON: \(String(decoding: answer, as: UTF8.self))"
            }
        }
        return nil
    }

    /// A body is refused, or its variables can be walked, made a tree and written as the same JSON.
    static func failure(ofRequest bytes: UnsafeRawBufferPointer) -> String? {
        guard let body = try? RequestReader.read(bytes) else { return nil }
        let requests: [GraphQLRequest]
        switch body {
        case .single(let request): requests = [request]
        case .batch(let batch): requests = batch
        }
        for request in requests {
            let query = request.query.string(in: bytes)
            _ = try? Parser.parse(query)
            guard let variables = request.variables else { continue }
            let tree = GraphQLValue(variables, in: bytes)
            guard case .object(let members) = tree else { return "variables are no object" }
            let walked = request.variables(in: bytes).map { $0.name.string(in: bytes) }
            guard walked == members.map(\.name) else { return "walk and tree differ: \(walked)" }
            for member in request.variables(in: bytes) {
                _ = member.value.integer(in: bytes)
                _ = member.value.double(in: bytes)
            }
            var json: [UInt8] = []
            tree.appendJSON(to: &json)
            let again = json.withUnsafeBytes { buffer -> GraphQLValue? in
                var scanner = JSONScanner(buffer)
                guard let slice = try? scanner.value(), scanner.isAtEnd else { return nil }
                return GraphQLValue(slice, in: buffer)
            }
            guard again == tree else {
                return "JSON changes: \(String(decoding: json, as: UTF8.self))"
            }
        }
        return nil
    }
}
