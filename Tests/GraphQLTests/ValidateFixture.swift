/// A schema from its text, as validation and introspection see one. Also compiled into the fuzzers.
#if canImport(PluginGraphQL)
    @testable import PluginGraphQL
#endif

final class TextSchema: SchemaView, Sendable {
    private let types: [String: SchemaType]
    let typeNames: [String]
    let directives: [SchemaDirective]
    private let roots: [String?]

    func type(named name: String) -> SchemaType? { types[name] }

    func rootType(_ kind: Syntax.OperationKind) -> SchemaType? {
        roots[Int(kind.rawValue)].flatMap { types[$0] }
    }

    init(_ source: String) throws(SyntaxError) {
        let document = try Parser.parse(source, as: .typeSystem)
        var implementers: [String: [String]] = [:]
        for type in document.typeSystem.types where type.kind == .object {
            for name in document[type.types] {
                implementers[document[name], default: []].append(document[type.name])
            }
        }
        let reader = Reader(document: document)
        let all = document.typeSystem.types.map { reader.type($0, implementers) }
        types = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
        typeNames = all.map(\.name)
        directives = document.typeSystem.directives.map { directive in
            SchemaDirective(
                name: document[directive.name],
                description: directive.description.map { document[text: $0] },
                arguments: reader.inputs(directive.arguments), locations: directive.locations,
                isRepeatable: directive.isRepeatable)
        }
        var roots: [String?] = [nil, nil, nil]
        for schema in document.typeSystem.schemas {
            for root in document[schema.roots] {
                roots[Int(root.kind.rawValue)] = document[root.type]
            }
        }
        self.roots = roots
    }

    private struct Reader {
        let document: Document

        func type(_ type: Syntax.TypeDefinition, _ implementers: [String: [String]]) -> SchemaType {
            let name = document[type.name]
            let kinds: [SchemaType.Kind] = [
                .scalar, .object, .interface, .union, .enumeration, .inputObject,
            ]
            let names = document[type.types].map { document[$0] }
            let scalarValues: ScalarValues =
                switch name {
                case "timestamptz": .string
                case "numeric": [.integer, .float, .string]
                default: .any
                }
            return SchemaType(
                kinds[Int(type.kind.rawValue)], name,
                description: type.description.map { document[text: $0] },
                fields: document[type.fields].map { field in
                    SchemaField(
                        name: document[field.name],
                        description: field.description.map { document[text: $0] },
                        arguments: inputs(field.arguments), type: reference(field.type),
                        deprecationReason: deprecation(field.directives))
                },
                interfaces: type.kind == .union ? [] : names,
                possibleTypes: type.kind == .union ? names : implementers[name] ?? [],
                enumValues: document[type.values].map { value in
                    SchemaEnumValue(
                        name: document[value.name],
                        description: value.description.map { document[text: $0] },
                        deprecationReason: deprecation(value.directives))
                },
                inputFields: inputs(type.inputFields),
                scalarValues: SchemaType.builtInScalars.first { $0.name == name }?.scalarValues
                    ?? scalarValues,
                specifiedByURL: string("specifiedBy", "url", type.directives))
        }

        func inputs(_ values: Syntax.Slice<Syntax.InputValueDefinition>) -> [SchemaInputValue] {
            document[values].map { value in
                var printer = Printer(document: document)
                if let literal = value.defaultValue { printer.append(literal) }
                return SchemaInputValue(
                    name: document[value.name],
                    description: value.description.map { document[text: $0] },
                    type: reference(value.type),
                    defaultValue: value.defaultValue == nil
                        ? nil : String(decoding: printer.output, as: UTF8.self),
                    deprecationReason: deprecation(value.directives),
                    isNonNegative: ["limit", "offset"].contains(document[value.name]))
            }
        }

        private func reference(_ type: Syntax.TypeReference) -> SchemaTypeReference {
            let node = document[type]
            let inner: SchemaTypeReference =
                switch node.shape {
                case .named(let name): .named(document[name])
                case .list(let element): .list(reference(element))
                }
            return node.isRequired ? .nonNull(inner) : inner
        }

        private func deprecation(_ directives: Syntax.Slice<Syntax.Directive>) -> String? {
            guard document[directives].contains(where: { document[$0.name] == "deprecated" }) else {
                return nil
            }
            return string("deprecated", "reason", directives) ?? "No longer supported"
        }

        private func string(
            _ name: String, _ argument: String, _ directives: Syntax.Slice<Syntax.Directive>
        ) -> String? {
            for directive in document[directives] where document[directive.name] == name {
                for value in document[directive.arguments] where document[value.name] == argument {
                    if case .string(let text, _) = value.value.shape { return document[text: text] }
                }
            }
            return nil
        }
    }
}

enum ValidateFixture {
    /// The shape of a Hasura schema with one interface and one union.
    static let source = #"""
        schema { query: query_root mutation: mutation_root subscription: subscription_root }
        type query_root {
          author(where: author_bool_exp, limit: Int, offset: Int, order_by: [author_order_by!], distinct_on: [author_column!]): [author!]!
          author_by_pk(id: Int!): author
          article(limit: Int): [article!]!
          search(text: String!, kind: Kind! = AUTHOR): [Result!]!
          node(id: ID!): Node
          measure(f: Float, when: timestamptz, amount: numeric, flag: Boolean, tags: [[String!]!]): Int
          unit: Int
        }
        type mutation_root {
          insert_author(objects: [author_insert_input!]!): author_mutation_response
          insert_author_one(object: author_insert_input!): author
          update_author(where: author_bool_exp!, _set: author_set_input): author_mutation_response
        }
        type subscription_root { author(limit: Int): [author!]! article: [article!]! }
        interface Node { id: ID! }
        type author implements Node { id: ID! name: String articles(limit: Int): [article!]! meta: jsonb old: Int @deprecated(reason: "use new") }
        type article implements Node { id: ID! title(path: String): String! author: author kind: Kind name: Int }
        type author_mutation_response { affected_rows: Int! returning: [author!]! }
        union Result = author | article
        enum Kind { AUTHOR ARTICLE OLD @deprecated }
        enum author_column { id name }
        input author_bool_exp { _and: [author_bool_exp!] id: Int_comparison_exp name: String_comparison_exp }
        input Int_comparison_exp { _eq: Int _in: [Int!] _gt: Int }
        input String_comparison_exp { _eq: String _in: [String!] }
        input author_insert_input { name: String! meta: jsonb kind: Kind rank: Int! = 1 }
        input author_set_input { name: String meta: jsonb }
        input author_order_by { id: order_by name: order_by }
        enum order_by { asc desc }
        scalar jsonb
        scalar timestamptz @specifiedBy(url: "https://example.org/time")
        scalar numeric
        scalar Int scalar Float scalar String scalar Boolean scalar ID
        directive @cached(ttl: Int! = 60, refresh: Boolean! = false) on QUERY
        directive @tag(name: String!) repeatable on FIELD | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
        """#
}
