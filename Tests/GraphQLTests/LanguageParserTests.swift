/// Each production of the grammar, each way it can be wrong, and the limits.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL parser")
struct LanguageParserTests {
    private func failure(_ source: String, as content: Parser.Content = .executable) -> SyntaxError?
    {
        do throws(SyntaxError) {
            _ = try Parser.parse(source, as: content)
            return nil
        } catch {
            return error
        }
    }

    private func field(_ document: Document, _ index: Int) -> Syntax.Field? {
        if case .field(let field) = document.nodes.selections[index] { field } else { nil }
    }

    @Test("An operation has a kind, a name, variables, directives and selections")
    func operation() throws {
        let document = try Parser.parse(
            "mutation Save($id: Int!, $tags: [String!]! = [\"a\"] @note(x: 1)) @cached(ttl: 5) { save }"
        )
        let operation = document.operations[0]
        #expect(operation.kind == .mutation)
        #expect(operation.name.map { document[$0] } == "Save")
        let variables = Array(document[operation.variables])
        #expect(variables.map { document[$0.name] } == ["id", "tags"])
        #expect(variables.map { document.typeText($0.type) } == ["Int!", "[String!]!"])
        #expect(variables.map { $0.defaultValue != nil } == [false, true])
        #expect(document[variables[1].directives].map { document[$0.name] } == ["note"])
        #expect(document[operation.directives].map { document[$0.name] } == ["cached"])
        #expect(document[operation.selections].count == 1)
    }

    @Test("A document may hold many operations and fragments, in any order")
    func manyDefinitions() throws {
        let document = try Parser.parse(
            "fragment F on T { a } query A { b } subscription B { ...F } mutation { c } { d }")
        #expect(document.fragments.map { document[$0.name] } == ["F"])
        #expect(document.operations.map(\.kind) == [.query, .subscription, .mutation, .query])
        #expect(document.operations.map { $0.name.map { document[$0] } } == ["A", "B", nil, nil])
        #expect(document.definitions.count == 5)
    }

    @Test("Selections of one set are contiguous, whatever they contain")
    func contiguousSelections() throws {
        let document = try Parser.parse(
            "{ a { b { c } d } e ... on T { f } ... { g } ... @skip(if: true) { h } ...F i: j }")
        let root = document[document.operations[0].selections]
        let kinds = root.map { selection -> String in
            switch selection {
            case .field(let field): document[field.responseKey] + "=" + document[field.name]
            case .inline(let fragment): "on " + (fragment.typeCondition.map { document[$0] } ?? "-")
            case .spread(let spread): "..." + document[spread.name]
            }
        }
        #expect(kinds == ["a=a", "e=e", "on T", "on -", "on -", "...F", "i=j"])
    }

    @Test("Values of every kind are read")
    func values() throws {
        let document = try Parser.parse(
            "{ f(a: 1, b: -1.5e3, c: \"x\", d: true, e: false, g: null, h: RED, i: [1 [2]], j: {k: $v l: []}, m: \"\"\"b\"\"\", n: {}) }"
        )
        let arguments = document[field(document, 0)?.arguments ?? .empty]
        let values = arguments.map { argument -> String in
            switch argument.value.shape {
            case .variable(let name): "$" + document[name]
            case .integer(let text): "int " + document[text: text]
            case .float(let text): "float " + document[text: text]
            case .string(let text, let isBlock):
                (isBlock ? "block " : "string ") + document[text: text]
            case .boolean(let flag): "\(flag)"
            case .null: "null"
            case .enumeration(let name): "enum " + document[name]
            case .list(let elements): "list \(elements.count)"
            case .object(let members):
                "object " + document[members].map { document[$0.name] }.joined(separator: " ")
            }
        }
        #expect(
            values == [
                "int 1", "float -1.5e3", "string x", "true", "false", "null", "enum RED", "list 2",
                "object k l",
                "block b", "object ",
            ])
    }

    @Test("Words of the language are names where a name is expected")
    func keywordsAsNames() throws {
        let document = try Parser.parse(
            "query query($fragment: on) { query mutation: subscription fragment(on: null type: true) on ...query } fragment query on on { true null }"
        )
        #expect(document.operations[0].name.map { document[$0] } == "query")
        #expect(document.fragments.map { document[$0.typeCondition] } == ["on"])
    }

    @Test("Equal names have equal numbers, also when there are many")
    func interning() throws {
        let names = (0..<1000).map { "name\($0)" }
        let document = try Parser.parse(
            "{ \(names.joined(separator: " ")) \(names.joined(separator: " ")) }")
        #expect(document.names == names)
        let keys = document.nodes.selections.indices.compactMap { field(document, $0)?.name }
        #expect(Array(keys.prefix(1000)) == Array(keys.suffix(1000)))
    }

    @Test("The type system language is read in full")
    func typeSystem() throws {
        let document = try Parser.parse(LanguageFixture.schema, as: .typeSystem)
        let types = document.typeSystem.types
        #expect(types.map { document[$0.name] }.prefix(4) == ["Query", "Node", "User", "Date"])
        #expect(types.map(\.isExtension).filter { $0 }.count == 6)
        #expect(document.typeSystem.schemas.map(\.isExtension) == [false, true])
        let user = types[2]
        #expect(user.description.map { document[text: $0] } == "A person.\n  Indented.")
        #expect(document[user.types].map { document[$0] } == ["Node", "Entity"])
        #expect(
            document[user.fields].map { document.typeText($0.type) } == [
                "ID!", "String", "[User!]!",
            ])
        #expect(
            document[document[user.fields].last?.arguments ?? .empty].map { $0.defaultValue != nil }
                == [true, false])
        let directive = document.typeSystem.directives[0]
        #expect(directive.isRepeatable)
        #expect(directive.locations == [.field, .object, .inlineFragment])
    }

    @Test("A request may not define types, a schema may not query")
    func contents() {
        #expect(failure("type A { b: C }")?.position == SourcePosition(line: 1, column: 1))
        #expect(failure("{ a } scalar Date")?.position == SourcePosition(line: 1, column: 7))
        #expect(
            failure("scalar Date { a }", as: .typeSystem)?.reason
                == "expected a definition, found \"{\"")
        #expect(failure("scalar Date query { a }", as: .any) == nil)
        #expect(
            failure("\"text\" query { a }", as: .any)?.reason.hasPrefix("expected \"schema\"")
                == true)
    }

    @Test(
        "A syntax error says what was expected, what is there and where",
        arguments: [
            (
                "",
                "expected \"query\", \"mutation\", \"subscription\", \"fragment\" or \"{\", found the end of the document",
                1, 1
            ),
            (
                "  \n # only\n",
                "expected \"query\", \"mutation\", \"subscription\", \"fragment\" or \"{\", found the end of the document",
                3, 1
            ),
            ("{", "expected a name, found the end of the document", 1, 2),
            ("{}", "expected a name, found \"}\"", 1, 2),
            ("{ a", "expected a name, found the end of the document", 1, 4),
            ("{ a { } }", "expected a name, found \"}\"", 1, 7),
            ("{ a: }", "expected a name, found \"}\"", 1, 6),
            ("{ a() }", "expected a name, found \")\"", 1, 5),
            ("{ a(b) }", "expected \":\", found \")\"", 1, 6),
            ("{ a(b:) }", "expected a value, found \")\"", 1, 7),
            ("{ a(b: [1) }", "expected a value, found \")\"", 1, 10),
            ("{ a(b: {c}) }", "expected \":\", found \"}\"", 1, 10),
            ("{ a(b: $) }", "expected a name, found \")\"", 1, 9),
            ("{ a @ }", "expected a name, found \"}\"", 1, 7),
            ("{ ... }", "expected \"{\", found \"}\"", 1, 7),
            ("{ ... on }", "expected a name, found \"}\"", 1, 10),
            ("query ($a) { b }", "expected \":\", found \")\"", 1, 10),
            ("query () { b }", "expected \"$\", found \")\"", 1, 8),
            ("query ($a: ) { b }", "expected a name, found \")\"", 1, 12),
            ("query ($a: [Int) { b }", "expected \"]\", found \")\"", 1, 16),
            ("query ($a: Int = $b) { b }", "a variable must not stand in a constant value", 1, 18),
            (
                "query ($a: [Int] = [1, $b]) { b }",
                "a variable must not stand in a constant value", 1, 24
            ),
            (
                "query ($a: Int @d(e: $b)) { b }", "a variable must not stand in a constant value",
                1, 22
            ),
            ("query A", "expected \"{\", found the end of the document", 1, 8),
            (
                "fragment on on A { b }",
                "expected a fragment's name, which is not \"on\", found \"on\"", 1, 10
            ),
            ("fragment F { b }", "expected \"on\", found \"{\"", 1, 12),
            ("fragment F on { b }", "expected a name, found \"{\"", 1, 15),
            ("fragment F on A", "expected \"{\", found the end of the document", 1, 16),
            (
                "{ a } }",
                "expected \"query\", \"mutation\", \"subscription\", \"fragment\" or \"{\", found \"}\"",
                1, 7
            ),
            (
                "{ a }\nfoo",
                "expected \"query\", \"mutation\", \"subscription\", \"fragment\" or \"{\", found \"foo\"",
                2, 1
            ),
            ("{ \"a\" }", "expected a name, found a string", 1, 3),
            ("{ é }", "unexpected character U+00E9", 1, 3),
        ])
    func syntaxErrors(source: String, reason: String, line: Int, column: Int) {
        let error = failure(source)
        #expect(error?.reason == reason)
        #expect(error?.position == SourcePosition(line: line, column: column))
    }

    @Test(
        "A schema's syntax errors are found",
        arguments: [
            ("type", "expected a name, found the end of the document"),
            ("type A { }", "expected a name, found \"}\""),
            ("type A { b }", "expected \":\", found \"}\""),
            ("type A { b: }", "expected a name, found \"}\""),
            ("type A { b(): C }", "expected a name, found \")\""),
            ("type A { b(c: D = $e): C }", "a variable must not stand in a constant value"),
            ("type A implements { b: C }", "expected a name, found \"{\""),
            ("type A implements B & { b: C }", "expected a name, found \"{\""),
            ("union A =", "expected a name, found the end of the document"),
            ("union A = B |", "expected a name, found the end of the document"),
            (
                "enum A { true }",
                "expected an enum value, which is not true, false or null, found \"true\""
            ),
            ("enum A { }", "expected a name, found \"}\""),
            ("input A { b: C = }", "expected a value, found \"}\""),
            ("schema { }", "expected \"query\", \"mutation\" or \"subscription\", found \"}\""),
            ("schema { query }", "expected \":\", found \"}\""),
            ("schema", "expected \"{\", found the end of the document"),
            ("extend schema", "expected \"{\" or a directive, found the end of the document"),
            (
                "extend type A",
                "expected something that extends the type, found the end of the document"
            ),
            (
                "extend scalar A",
                "expected something that extends the type, found the end of the document"
            ),
            (
                "extend directive @a on FIELD",
                "expected \"schema\", \"scalar\", \"type\", \"interface\", \"union\", \"enum\", \"input\" or \"directive\", found \"directive\""
            ),
            (
                "\"d\" extend type A @b",
                "expected a definition: an extension has no description, found \"extend\""
            ),
            (
                "\"d\"",
                "expected \"schema\", \"scalar\", \"type\", \"interface\", \"union\", \"enum\", \"input\" or \"directive\", found the end of the document"
            ),
            ("directive a on FIELD", "expected \"@\", found \"a\""),
            ("directive @a FIELD", "expected \"on\", found \"FIELD\""),
            (
                "directive @a on FELD",
                "expected a directive location such as FIELD or OBJECT, found \"FELD\""
            ),
            (
                "directive @a on FIELD |",
                "expected a directive location such as FIELD or OBJECT, found the end of the document"
            ),
        ])
    func schemaErrors(source: String, reason: String) {
        #expect(failure(source, as: .typeSystem)?.reason == reason)
    }

    @Test("Nesting is limited, in selections, values and types alike")
    func depth() {
        // Made here, because arguments of a test are printed.
        for (start, repeated, count) in [
            ("", "{a", 201), ("{a(b:", "[", 201), ("{a(b:", "{c:", 201), ("query($a:", "[", 201),
            ("", "{a", 500_000),
        ] {
            let error = failure(start + String(repeating: repeated, count: count))
            #expect(
                error?.reason == "the document is nested deeper than 200 levels",
                "\(start)\(repeated)...")
        }
    }

    @Test("The deepest allowed document is accepted")
    func deepest() {
        #expect(
            failure(String(repeating: "{a", count: 200) + String(repeating: "}", count: 200)) == nil
        )
        #expect(
            failure(
                "{a(b:" + String(repeating: "[", count: 199) + String(repeating: "]", count: 199)
                    + ")}") == nil)
    }

    @Test("Tokens and bytes are limited")
    func size() {
        #expect(
            failure("{" + String(repeating: "a ", count: LanguageLimit.tokenCountMax) + "}")?.reason
                == "the document has more than 100000 tokens")
        #expect(
            failure("{" + String(repeating: "a ", count: LanguageLimit.tokenCountMax - 3) + "}")
                == nil)
        #expect(
            failure("{a}" + String(repeating: " ", count: LanguageLimit.sourceSizeMax))?.reason
                == "the document has 1048579 bytes, at most 1048576 are allowed")
        #expect(
            failure("{a}" + String(repeating: " ", count: LanguageLimit.sourceSizeMax - 3)) == nil)
    }

    @Test("Hasura's words for a syntax error are kept")
    func words() {
        #expect(SyntaxError.message == "not a valid graphql query")
        #expect(SyntaxError.path == "$.query")
        #expect(SyntaxError.code == "validation-failed")
    }
}
