/// Printing a tree and reading it again: canonical text is a fixed point.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL printer")
struct LanguagePrinterTests {
    @Test(
        "An operation is printed canonically",
        arguments: [
            ("{a,b}", "{\n  a\n  b\n}"),
            ("query{a}", "{\n  a\n}"),
            ("query Q{a}", "query Q {\n  a\n}"),
            (
                "query($a:Int=1@b,$c:[D!]!){a(x:$a,y:{z:[1 2.5,RED null true]})@skip(if:$a)}",
                "query ($a: Int = 1 @b, $c: [D!]!) {\n  a(x: $a, y: {z: [1, 2.5, RED, null, true]}) @skip(if: $a)\n}"
            ),
            (
                "subscription S@x{...F ...on T@y{z:a{b}} ...{c}} fragment F on T@z{d}",
                "subscription S @x {\n  ...F\n  ... on T @y {\n    z: a {\n      b\n    }\n  }\n  ... {\n    c\n  }\n}\n\nfragment F on T @z {\n  d\n}"
            ),
            ("mutation@a{b}", "mutation @a {\n  b\n}"),
            (
                "{a(s:\"q\\\"\\\\\\n\\u0001é\\u{1F600}\")}",
                "{\n  a(s: \"q\\\"\\\\\\n\\u0001é😀\")\n}"
            ),
            (
                "{a(s:\"\"\"\n  x\n   y \\\"\"\"\n\n  z\n\"\"\")}",
                "{\n  a(s: \"\"\"\n  x\n   y \\\"\"\"\n\n  z\n  \"\"\")\n}"
            ),
            ("{a(s:\"\"\"  lead\"\"\")}", "{\n  a(s: \"  lead\")\n}"),
            ("{a(s:\"\"\"\"\"\")}", "{\n  a(s: \"\")\n}"),
        ])
    func operations(source: String, expected: String) throws {
        let printed = Printer.print(try Parser.parse(source))
        #expect(printed == expected)
        #expect(Printer.print(try Parser.parse(printed)) == printed)
    }

    @Test("A schema survives printing")
    func schema() throws {
        let first = try Parser.parse(LanguageFixture.schema, as: .typeSystem)
        let printed = Printer.print(first)
        let second = try Parser.parse(printed, as: .typeSystem)
        #expect(Printer.print(second) == printed)
        #expect(first.typeSystem.types.count == second.typeSystem.types.count)
        #expect(printed.contains("type User implements Node & Entity @key(fields: \"id\") {"))
        #expect(
            printed.contains(
                "  friends(\n    \"How many.\"\n    first: Int = 10 @d\n    after: Cursor\n  ): [User!]!"
            ))
        #expect(printed.contains("\"\"\"\nA person.\n  Indented.\n\"\"\"\ntype User"))
        #expect(
            printed.contains(
                "directive @key(\n  \"which\"\n  fields: String!\n  other: Int\n) repeatable on FIELD | INLINE_FRAGMENT | OBJECT"
            ))
    }

    @Test(
        "Every string value survives, quoted and as a block",
        arguments: [
            "", " ", "\n", "a", "a\n", "\na", " a\nb", "a\n b", "a\n\n\nb", "a\n  \nb", "\"\"\"",
            "\"", "\\", "a\\\"\"\"b",
            "\"\"\"\"\"\"\"", "a\rb", "tab\t", "\t", "a\n\t", "\u{1}", "\u{7F}\u{85}é😀", "x\"",
            "x\\", "\\u0041",
        ])
    func strings(value: String) throws {
        for isBlock in [false, true] {
            var bytes: [UInt8] = []
            JSONText.appendQuoted(value, to: &bytes)
            let source = "{a(b:" + String(decoding: bytes, as: UTF8.self) + ")}"
            let document = try Parser.parse(source)
            guard case .string(let text, _) = document.nodes.arguments[0].value.shape else {
                Issue.record("no string in \(source)")
                return
            }
            var printer = Printer(document: document)
            printer.append("{a(b:")
            printer.level = 2
            printer.append(text, asBlock: isBlock)
            printer.append(")}")
            let again = try Parser.parse(String(decoding: printer.output, as: UTF8.self))
            guard case .string(let copy, _) = again.nodes.arguments[0].value.shape else {
                Issue.record("no string in \(String(decoding: printer.output, as: UTF8.self))")
                return
            }
            #expect(again[text: copy] == value)
        }
    }
}
