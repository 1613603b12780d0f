/// Tokens one by one: kinds, spans, string values and each way a character can be wrong.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL lexer")
struct LanguageLexerTests {
    /// The kinds of all tokens of `source`.
    private func kinds(_ source: String) throws -> [Token.Kind] {
        let bytes = Array(source.utf8)
        return try bytes.withUnsafeBytes { buffer in
            var lexer = Lexer(buffer)
            var kinds: [Token.Kind] = []
            while true {
                let token = try lexer.next()
                if token.kind == .endOfFile { return kinds }
                kinds.append(token.kind)
            }
        }
    }

    /// The value of the one string in `source`.
    private func string(_ source: String) throws -> String {
        let document = try Parser.parse("{a(b:\(source))}")
        guard case .string(let text, _) = document.nodes.arguments[0].value.shape else {
            return "no string"
        }
        return document[text: text]
    }

    private func failure(_ source: String) -> SyntaxError? {
        do {
            _ = try kinds(source)
            return nil
        } catch let error as SyntaxError {
            return error
        } catch {
            return nil
        }
    }

    @Test("Every punctuator is a token of its own")
    func punctuators() throws {
        #expect(
            try kinds("! $ & ( ) ... : = @ [ ] { | }") == [
                .exclamation, .dollar, .ampersand, .parenthesisOpen, .parenthesisClose, .spread,
                .colon, .equals, .at,
                .bracketOpen, .bracketClose, .braceOpen, .pipe, .braceClose,
            ])
    }

    @Test("White space, commas, comments, line ends and byte order marks are ignored")
    func ignored() throws {
        #expect(
            try kinds("\u{FEFF} ,,\ta # comment \u{1F600} {\r\nb\u{FEFF}\rc#end") == [
                .name, .name, .name,
            ])
        #expect(try kinds("") == [])
    }

    @Test(
        "Names and numbers end where they must",
        arguments: [
            ("_a9B", [Token.Kind.name]), ("0", [.integer]), ("-0", [.integer]), ("-12", [.integer]),
            ("1.5", [.float]),
            ("1e3", [.float]), ("1E-3", [.float]), ("-1.5e+30", [.float]),
            ("1 a", [.integer, .name]),
            ("[1,2]", [.bracketOpen, .integer, .integer, .bracketClose]),
        ])
    func namesAndNumbers(source: String, expected: [Token.Kind]) throws {
        #expect(try kinds(source) == expected)
    }

    @Test(
        "A bad token is refused with a reason and a place",
        arguments: [
            ("00", "a number must not begin with 0 and more digits", 1, 1),
            ("-", "expected a digit, found the end of the document", 1, 2),
            ("1.", "expected a digit, found the end of the document", 1, 3),
            ("1.x", "expected a digit, found \"x\"", 1, 3),
            ("1e", "expected a digit, found the end of the document", 1, 3),
            ("12a", "a number must not be followed by \"a\"", 1, 3),
            ("1.5.", "a number must not be followed by \".\"", 1, 4),
            ("a\n  ..", "unexpected \".\": a spread is written \"...\"", 2, 3),
            ("a ?", "unexpected character \"?\"", 1, 3),
            ("\u{7}", "unexpected character U+0007", 1, 1),
            ("# a\u{0}", "unexpected character U+0000", 1, 4),
            ("é", "unexpected character U+00E9", 1, 1),
            ("\"abc", "a string is not closed", 1, 1),
            ("a\r\n\"abc\n\"", "a string must end on its line", 2, 1),
            ("\"a\\n\r\"", "a string must end on its line", 1, 1),
            ("\"a\u{1}\"", "unexpected character U+0001 in a string", 1, 3),
            ("\"\\t\u{1}\"", "unexpected character U+0001 in a string", 1, 4),
            ("\"\\x\"", "unknown escape in a string: \"\\\" before \"x\"", 1, 2),
            ("\"\\u12G4\"", "\"\\u\" takes four hexadecimal digits", 1, 2),
            ("\"\\uD83D\"", "a surrogate stands alone in a string escape", 1, 2),
            ("\"\\uDE00\"", "a surrogate stands alone in a string escape", 1, 2),
            ("\"\\uD83D\\uD83D\"", "a surrogate stands alone in a string escape", 1, 2),
            ("\"\\uD83D\\u0041\"", "a surrogate stands alone in a string escape", 1, 2),
            (
                "\"é\\u{}\"",
                "not a Unicode scalar value: \"\\u{...}\" takes 0 to 10FFFF without D800 to DFFF",
                1, 3
            ),
            (
                "\"\\u{D800}\"",
                "not a Unicode scalar value: \"\\u{...}\" takes 0 to 10FFFF without D800 to DFFF",
                1, 2
            ),
            (
                "\"\\u{110000}\"",
                "not a Unicode scalar value: \"\\u{...}\" takes 0 to 10FFFF without D800 to DFFF",
                1, 2
            ),
            (
                "\"\\u{FFFFFFFFFFFFFFFFFF}\"",
                "not a Unicode scalar value: \"\\u{...}\" takes 0 to 10FFFF without D800 to DFFF",
                1, 2
            ),
            ("\"\"\"abc\"\"", "a block string is not closed", 1, 1),
            ("\"\"\"a\u{2}\"\"\"", "unexpected character U+0002 in a string", 1, 5),
        ])
    func badTokens(source: String, reason: String, line: Int, column: Int) {
        let error = failure(source)
        #expect(error?.reason == reason)
        #expect(error?.position == SourcePosition(line: line, column: column))
    }

    @Test(
        "Escapes give their characters",
        arguments: [
            ("\"\"", ""), ("\"plain\"", "plain"),
            ("\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\"", "\" \\ / \u{8} \u{C} \n \r \t"),
            ("\"\\u0041\\u00e9\"", "Aé"), ("\"\\uD83D\\uDE00!\"", "😀!"),
            ("\"\\u{1F600}\\u{41}\"", "😀A"),
            ("\"\\u{10FFFF}\"", "\u{10FFFF}"), ("\"a é 漢 😀\"", "a é 漢 😀"), ("\"é\\n\"", "é\n"),
            ("\"\\u{0000000041}\"", "A"), ("\"tab\there # no comment\"", "tab\there # no comment"),
        ])
    func escapes(source: String, expected: String) throws {
        #expect(try string(source) == expected)
    }

    @Test(
        "Block strings lose common indentation and blank outer lines",
        arguments: [
            ("\"\"\"\"\"\"", ""),
            ("\"\"\"abc\"\"\"", "abc"),
            (
                "\"\"\"\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  \"\"\"",
                "Hello,\n  World!\n\nYours,\n  GraphQL."
            ),
            ("\"\"\"  first\n    second\n  third\"\"\"", "  first\n  second\nthird"),
            ("\"\"\"\r\n  a\r  b\n\t\n\"\"\"", "a\nb"),
            ("\"\"\"\n\ta\n\t\tb\n\"\"\"", "a\n\tb"),
            ("\"\"\" \\\"\"\" \\n \" \"\" \"\"\"", " \"\"\" \\n \" \"\" "),
            ("\"\"\"\n\n \n\"\"\"", ""),
            ("\"\"\"\n  a\n\n   \n  b\"\"\"", "a\n\n \nb"),
            ("\"\"\"\n    a\n  b\n      \n  c\n\"\"\"", "  a\nb\n    \nc"),
        ])
    func blockStrings(source: String, expected: String) throws {
        #expect(try string(source) == expected)
    }

    @Test(
        "Bytes that are not UTF-8 are refused where they stand",
        arguments: [
            ([0x7B, 0x61, 0x80], 3), ([0x22, 0xC0, 0x80, 0x22], 2), ([0x23, 0xED, 0xA0, 0x80], 2),
            ([0x23, 0xF4, 0x90, 0x80, 0x80], 2), ([0x22, 0xE2, 0x82], 2),
            ([0x23, 0xF5, 0x80, 0x80, 0x80], 2),
            ([0x23, 0xE0, 0x9F, 0xBF], 2), ([0x23, 0xF0, 0x8F, 0xBF, 0xBF], 2),
        ] as [([UInt8], Int)])
    func notUTF8(bytes: [UInt8], column: Int) {
        var error: SyntaxError?
        bytes.withUnsafeBytes { buffer in
            do throws(SyntaxError) { _ = try Parser.parse(buffer) } catch let thrown {
                error = thrown
            }
        }
        #expect(error?.reason == "the document is not valid UTF-8")
        #expect(error?.position == SourcePosition(line: 1, column: column))
    }
}
