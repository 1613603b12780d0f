/// Introspection of a small schema, as tools ask for it.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL introspection")
struct IntrospectionTests {
    /// The answer to the root field at `index` of the operation, as a tree.
    private func answer(
        _ source: String, variables: [String: GraphQLValue] = [:]
    ) throws -> (json: String, value: GraphQLValue) {
        let document = try Parser.parse(source)
        let schema = try ValidateFixture.schema.get()
        try Validator.validate(document, operation: 0, schema: schema, rules: .specification)
        let operation = document.operations[0]
        let fields = document[operation.selections].compactMap { selection -> Syntax.Field? in
            if case .field(let field) = selection { field } else { nil }
        }
        let bytes = try Introspection.answer(
            fields, of: document, operation: operation, schema: schema
        ) { variables[$0] }
        let value = try bytes.withUnsafeBytes { buffer in
            var scanner = JSONScanner(buffer)
            let slice = try scanner.value()
            let isWhole = scanner.isAtEnd
            #expect(isWhole)
            return GraphQLValue(slice, in: buffer)
        }
        return (String(decoding: bytes, as: UTF8.self), value)
    }

    @Test(
        "A type is described in selection order, with aliases and __typename",
        arguments: [
            (
                "{ __type(name: \"Kind\") { name k: kind __typename enumValues { name } } }",
                #"{"name":"Kind","k":"ENUM","__typename":"__Type","enumValues":[{"name":"AUTHOR"},{"name":"ARTICLE"}]}"#
            ),
            (
                "{ __type(name: \"Kind\") { enumValues(includeDeprecated: true) { name isDeprecated deprecationReason } } }",
                #"{"enumValues":[{"name":"AUTHOR","isDeprecated":false,"deprecationReason":null},{"name":"ARTICLE","isDeprecated":false,"deprecationReason":null},{"name":"OLD","isDeprecated":true,"deprecationReason":"No longer supported"}]}"#
            ),
            (
                "{ __type(name: \"author\") { kind fields { name } interfaces { name } possibleTypes { name } inputFields { name } enumValues { name } ofType { name } } }",
                #"{"kind":"OBJECT","fields":[{"name":"id"},{"name":"name"},{"name":"articles"},{"name":"meta"}],"interfaces":[{"name":"Node"}],"possibleTypes":null,"inputFields":null,"enumValues":null,"ofType":null}"#
            ),
            (
                "{ __type(name: \"Result\") { kind possibleTypes { name kind } fields { name } } }",
                #"{"kind":"UNION","possibleTypes":[{"name":"author","kind":"OBJECT"},{"name":"article","kind":"OBJECT"}],"fields":null}"#
            ),
            (
                "{ __type(name: \"Node\") { kind possibleTypes { name } interfaces { name } } }",
                #"{"kind":"INTERFACE","possibleTypes":[{"name":"author"},{"name":"article"}],"interfaces":[]}"#
            ),
            (
                "{ __type(name: \"author_insert_input\") { kind inputFields { name defaultValue type { kind name ofType { name } } isDeprecated } } }",
                #"{"kind":"INPUT_OBJECT","inputFields":[{"name":"name","defaultValue":null,"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"String"}},"isDeprecated":false},{"name":"meta","defaultValue":null,"type":{"kind":"SCALAR","name":"jsonb","ofType":null},"isDeprecated":false},{"name":"kind","defaultValue":null,"type":{"kind":"ENUM","name":"Kind","ofType":null},"isDeprecated":false},{"name":"rank","defaultValue":"1","type":{"kind":"NON_NULL","name":null,"ofType":{"name":"Int"}},"isDeprecated":false}]}"#
            ),
            (
                "{ __type(name: \"timestamptz\") { kind specifiedByURL } }",
                #"{"kind":"SCALAR","specifiedByURL":"https://example.org/time"}"#
            ),
            (
                "{ __type(name: \"__Directive\") { kind fields { name } } }",
                #"{"kind":"OBJECT","fields":[{"name":"name"},{"name":"description"},{"name":"locations"},{"name":"args"},{"name":"isRepeatable"}]}"#
            ),
            ("{ __type(name: \"nope\") { name } }", "null"),
            (
                "{ __schema { queryType { name } m: mutationType { name } subscriptionType { kind } __typename } }",
                #"{"queryType":{"name":"query_root"},"m":{"name":"mutation_root"},"subscriptionType":{"kind":"OBJECT"},"__typename":"__Schema"}"#
            ),
        ])
    func types(source: String, expected: String) throws {
        #expect(try answer(source).json == expected)
    }

    @Test("Fields selected twice are merged, also through fragments")
    func merged() throws {
        let (json, _) = try answer(
            """
            { __schema { queryType { ...T } queryType { kind ... on __Type { d: description } } } __schema { queryType { name } } }
            fragment T on __Type { name }
            """)
        #expect(json == #"{"queryType":{"name":"query_root","kind":"OBJECT","d":null}}"#)
    }

    @Test("Skipped and not included parts are left out, by variables and their defaults")
    func inclusion() throws {
        let source = """
            query ($yes: Boolean!, $no: Boolean! = false, $name: String!, $old: Boolean = true) {
              __type(name: $name) { kind @skip(if: $yes) name @include(if: $yes) ...F @include(if: $no)
                ... @skip(if: $no) { fields(includeDeprecated: $old) { name } } }
            }
            fragment F on __Type { description }
            """
        let (json, _) = try answer(
            source, variables: ["yes": .boolean(true), "name": .string("author")])
        #expect(
            json
                == #"{"name":"author","fields":[{"name":"id"},{"name":"name"},{"name":"articles"},{"name":"meta"},{"name":"old"}]}"#
        )
    }

    @Test("Directives are listed with places and arguments")
    func directives() throws {
        let (_, value) = try answer(
            "{ __schema { directives { name locations isRepeatable args { name defaultValue } } } }"
        )
        guard case .list(let directives) = value["directives"] else {
            Issue.record("no directives")
            return
        }
        #expect(
            directives.map { $0["name"] } == [
                .string("include"), .string("skip"), .string("deprecated"), .string("specifiedBy"),
                .string("cached"),
                .string("tag"),
            ])
        #expect(
            directives[0]["locations"]
                == .list(["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"].map { .string($0) }))
        #expect(directives[5]["isRepeatable"] == .boolean(true))
        guard case .list(let arguments) = directives[4]["args"] else { return }
        #expect(arguments.map { $0["defaultValue"] } == [.string("60"), .string("false")])
    }

    @Test("The standard introspection query describes the whole schema (G2)")
    func standardQuery() throws {
        let (_, value) = try answer(Self.standard)
        guard case .list(let types) = value["types"] else {
            Issue.record("no types")
            return
        }
        let names = Set(types.compactMap { $0["name"] })
        #expect(names.count == types.count)
        for name in [
            "query_root", "author", "Kind", "jsonb", "Int", "String", "Boolean", "__Schema",
            "__TypeKind",
        ] {
            #expect(names.contains(.string(name)), "\(name)")
        }
        // Whatever is referred to is listed, so that a client can build the schema.
        for type in types { expectNamesListed(type, names) }
        let author = types.first { $0["name"] == .string("author") }
        guard case .list(let fields) = author?["fields"] else { return }
        let articles = fields.first { $0["name"] == .string("articles") }
        #expect(articles?["type"]?["kind"] == .string("NON_NULL"))
        #expect(articles?["type"]?["ofType"]?["kind"] == .string("LIST"))
        #expect(articles?["type"]?["ofType"]?["ofType"]?["ofType"]?["name"] == .string("article"))
        #expect(fields.last?["deprecationReason"] == .string("use new"))
    }

    private func expectNamesListed(_ value: GraphQLValue, _ names: Set<GraphQLValue>) {
        switch value {
        case .list(let elements): for element in elements { expectNamesListed(element, names) }
        case .object(let members):
            if value["ofType"] != nil, let name = value["name"], name != .null {
                #expect(names.contains(name))
            }
            for member in members { expectNamesListed(member.value, names) }
        default: break
        }
    }

    @Test("Lists of types within lists of types are limited")
    func nesting() throws {
        let three =
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
        #expect(try answer(three).json.hasPrefix(#"{"types":[{"fields":[{"type":{"#))
        let four =
            "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
        let error = #expect(throws: ValidationError.self) { try answer(four) }
        #expect(error?.message == "introspection nests more than 3 lists of types and fields")
    }

    /// What graphql-js asks for with all options on; GraphiQL and code generators send it.
    private static let standard = """
        query IntrospectionQuery {
          __schema {
            description
            queryType { name kind }
            mutationType { name kind }
            subscriptionType { name kind }
            types { ...FullType }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
          }
        }
        fragment FullType on __Type {
          kind name description specifiedByURL
          fields(includeDeprecated: true) {
            name description
            args(includeDeprecated: true) { ...InputValue }
            type { ...TypeRef }
            isDeprecated deprecationReason
          }
          inputFields(includeDeprecated: true) { ...InputValue }
          interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...TypeRef }
        }
        fragment InputValue on __InputValue {
          name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
        }
        fragment TypeRef on __Type {
          kind name
          ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
            ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
        }
        """
}
