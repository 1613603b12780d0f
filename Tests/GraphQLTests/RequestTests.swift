/// Request bodies: what is read, what is refused, and how variables are walked.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL request body")
struct RequestTests {
    private func read<Result>(
        _ body: String, _ check: (RequestBody, UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        let bytes = Array(body.utf8)
        return try bytes.withUnsafeBytes { try check(try RequestReader.read($0), $0) }
    }

    private func failure(_ body: String) -> RequestError? { failure(Array(body.utf8)) }

    private func failure(_ body: [UInt8]) -> RequestError? {
        body.withUnsafeBytes { buffer in
            do throws(RequestError) {
                _ = try RequestReader.read(buffer)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test("A request's members are slices of the body")
    func members() throws {
        try read(
            #" { "variables" : {"a":1} , "query":"{ a }","operationName":"Q", "extensions":{"x":[]}, "other":[{}]} "#
        ) { body, bytes in
            guard case .single(let request) = body else {
                Issue.record("a batch")
                return
            }
            #expect(request.query.string(in: bytes) == "{ a }")
            #expect(!request.query.hasEscapes)
            #expect(request.operationName?.string(in: bytes) == "Q")
            #expect(
                request.variables.map { String(decoding: bytes[$0.range], as: UTF8.self) }
                    == #"{"a":1}"#)
            #expect(
                request.extensions.map { String(decoding: bytes[$0.range], as: UTF8.self) }
                    == #"{"x":[]}"#)
        }
    }

    @Test("Absent, null and empty members are nil")
    func absent() throws {
        for body in [
            #"{"query":"{a}"}"#,
            #"{"query":"{a}","variables":null,"operationName":null,"extensions":null}"#,
            #"{"operationName":"","query":"{a}"}"#,
        ] {
            try read(body) { body, _ in
                guard case .single(let request) = body else {
                    Issue.record("a batch")
                    return
                }
                #expect(request.operationName == nil)
                #expect(request.variables == nil)
                #expect(request.extensions == nil)
            }
        }
    }

    @Test(
        "Escapes in the query are resolved on demand",
        arguments: [
            (#"{\n  a(b: \"c\")\t}"#, "{\n  a(b: \"c\")\t}"),
            (#"\/\\\b\f\r\u0041\u00e9"#, "/\\\u{8}\u{C}\rAé"),
            (#"\uD83D\uDE00x"#, "😀x"), (#"\uDBFF\uDFFF"#, "\u{10FFFF}"), ("é😀", "é😀"),
        ])
    func escapes(raw: String, expected: String) throws {
        try read(#"{"query":""# + raw + #""}"#) { body, bytes in
            guard case .single(let request) = body else { return }
            #expect(request.query.string(in: bytes) == expected)
            #expect(request.query.hasEscapes == raw.contains("\\"))
            var scratch: [UInt8] = [1]
            request.query.append(from: bytes, to: &scratch)
            #expect(Array(scratch.dropFirst()) == Array(expected.utf8))
        }
    }

    @Test("Keys with escapes are the keys they spell")
    func escapedKeys() throws {
        try read(#"{"qu\u0065ry":"{a}","\u0076ariables":{"\u0061":1}}"#) { body, bytes in
            guard case .single(let request) = body else { return }
            #expect(request.query.string(in: bytes) == "{a}")
            let names = request.variables(in: bytes).map { $0.name.equals("a", in: bytes) }
            #expect(names == [true])
        }
    }

    @Test("A batch is a list of requests in order")
    func batch() throws {
        try read(#"[{"query":"{a}"}, {"query":"{b}","operationName":"B"}]"#) { body, bytes in
            guard case .batch(let requests) = body else {
                Issue.record("no batch")
                return
            }
            #expect(requests.map { $0.query.string(in: bytes) } == ["{a}", "{b}"])
        }
    }

    @Test(
        "A body that is no request is refused with a reason",
        arguments: [
            (
                "", "invalid-json", "$",
                "the body is not valid JSON: expected an object or a list of objects, found the end of the body at byte 0"
            ),
            (
                "nonsense", "invalid-json", "$",
                "the body is not valid JSON: expected an object or a list of objects, found \"n\" at byte 0"
            ),
            (
                "\"text\"", "parse-failed", "$",
                "expected an object or a list of objects, but found a string"
            ),
            (
                "17", "parse-failed", "$",
                "expected an object or a list of objects, but found a number"
            ),
            ("{}", "parse-failed", "$", "key \"query\" not found"),
            (#"{"query":null}"#, "parse-failed", "$.query", "expected a string, but found null"),
            (#"{"query":1}"#, "parse-failed", "$.query", "expected a string, but found a number"),
            (
                #"{"query":"{a}","variables":[]}"#, "parse-failed", "$.variables",
                "expected an object, but found a list"
            ),
            (
                #"{"query":"{a}","variables":"{}"}"#, "parse-failed", "$.variables",
                "expected an object, but found a string"
            ),
            (
                #"{"query":"{a}","extensions":true}"#, "parse-failed", "$.extensions",
                "expected an object, but found a boolean"
            ),
            (
                #"{"query":"{a}","operationName":{}}"#, "parse-failed", "$.operationName",
                "expected a string, but found an object"
            ),
            (
                #"{"query":"{a}","query":"{b}"}"#, "parse-failed", "$",
                "the key \"query\" stands twice"
            ),
            (
                #"{"query":"{a}"} x"#, "invalid-json", "$",
                "the body is not valid JSON: expected the end of the body, found \"x\" at byte 16"
            ),
            (
                #"{"query":"{a}""#, "invalid-json", "$",
                "the body is not valid JSON: expected \"}\", found the end of the body at byte 14"
            ),
            (
                #"{"query":"{a}",}"#, "invalid-json", "$",
                "the body is not valid JSON: expected a member's name, found \"}\" at byte 15"
            ),
            (
                #"{"query" "{a}"}"#, "invalid-json", "$",
                "the body is not valid JSON: expected \":\", found \"\"\" at byte 9"
            ),
            (
                #"{query:"{a}"}"#, "invalid-json", "$",
                "the body is not valid JSON: expected a member's name, found \"q\" at byte 1"
            ),
            ("[]", "parse-failed", "$", "a batch must hold at least one request"),
            ("[1]", "parse-failed", "$[0]", "expected an object, but found a number"),
            (#"[{"query":"{a}"},{}]"#, "parse-failed", "$[1]", "key \"query\" not found"),
            (
                #"[{"query":"{a}"}"#, "invalid-json", "$",
                "the body is not valid JSON: expected \",\" or \"]\", found the end of the body at byte 16"
            ),
        ])
    func refused(body: String, code: String, path: String, message: String) {
        let error = failure(body)
        #expect(error?.code == code)
        #expect(error?.path == path)
        #expect(error?.message == message)
    }

    @Test(
        "JSON that is nearly right is wrong",
        arguments: [
            "01", "1.", ".5", "+1", "1e", "1e+", "-", "NaN", "tru", "nul", "True", "'a'", "[1,]",
            "[1 2]", "{\"a\":1,}",
            "{\"a\"}", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\uD800\"", "\"\\uDC00\"",
            "\"\\uD800\\u0041\"", "\"\\uD800\\uD800\"", "\"\u{1}\"",
            "\"\n\"", "\"a", "\"\\", "[", "{", "{\"a\":", "\"\\u\"", "/**/1", "",
        ])
    func strict(value: String) {
        #expect(
            failure(#"{"query":"{a}","variables":{"v":"# + value + "}}")?.code == "invalid-json")
    }

    @Test("A string that is not UTF-8 is refused")
    func notUTF8() {
        let body: [UInt8] =
            Array(#"{"query":"{a}","variables":{"v":""#.utf8) + [0xC3, 0x28] + Array(#""}}"#.utf8)
        let error = failure(body)
        #expect(
            error?.message == "the body is not valid JSON: a string is not valid UTF-8 at byte 33")
    }

    @Test("Depth and batch size are limited")
    func limits() {
        let deep = #"{"query":"{a}","variables":{"v":"# + String(repeating: "[", count: 200_000)
        #expect(failure(deep)?.message.contains("nested deeper than 128 levels") == true)
        let batch =
            "[" + Array(repeating: #"{"query":"{a}"}"#, count: 101).joined(separator: ",") + "]"
        #expect(failure(batch)?.message == "a batch must not hold more than 100 requests")
    }

    @Test("Variables are walked as slices with their kinds")
    func variables() throws {
        try read(
            #"{"query":"q","variables":{"i":-12,"f":1.50,"s":"a\nb","b":true,"n":null,"l":[1, [2]],"o":{"p":"\u0000"},"big":9223372036854775808}}"#
        ) { body, bytes in
            guard case .single(let request) = body else { return }
            let members = Array(request.variables(in: bytes))
            #expect(
                members.map { $0.name.string(in: bytes) } == [
                    "i", "f", "s", "b", "n", "l", "o", "big",
                ])
            #expect(
                members.map(\.value.kind) == [
                    .number, .number, .string, .boolean, .null, .array, .object, .number,
                ])
            #expect(members[0].value.integer(in: bytes) == -12)
            #expect(members[1].value.integer(in: bytes) == nil)
            #expect(members[1].value.double(in: bytes) == 1.5)
            #expect(members[2].value.text.string(in: bytes) == "a\nb")
            #expect(members[3].value.isTrue)
            #expect(members[7].value.integer(in: bytes) == nil)
            let elements = Array(JSONElements(members[5].value, in: bytes))
            #expect(elements.map(\.kind) == [.number, .array])
            let inner = Array(JSONMembers(members[6].value, in: bytes))
            #expect(inner.map(\.value.hasNull) == [true])
            #expect(Array(JSONMembers(members[5].value, in: bytes)).isEmpty)
            #expect(Array(JSONElements(members[6].value, in: bytes)).isEmpty)
        }
    }

    @Test(
        "Integers are exact up to 64 bits",
        arguments: [
            ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("0", 0),
            ("-0", 0),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1e2", nil), ("1.0", nil),
        ] as [(String, Int64?)])
    func integers(digits: String, expected: Int64?) throws {
        let bytes = Array(digits.utf8)
        try bytes.withUnsafeBytes { buffer in
            var scanner = JSONScanner(buffer)
            let value = try scanner.value()
            #expect(value.integer(in: buffer) == expected)
        }
    }

    @Test(
        "A value becomes a tree and the same JSON again",
        arguments: [
            "null", "true", "[]", "{}", "-1.50e+3", "\"a\"", #"{"a":[1,{"b":null},"c"],"d":{}}"#,
            #""\"\\\n\t\u0001""#,
        ])
    func tree(json: String) throws {
        let bytes = Array(json.utf8)
        let output = try bytes.withUnsafeBytes { buffer in
            var scanner = JSONScanner(buffer)
            var output: [UInt8] = []
            GraphQLValue(try scanner.value(), in: buffer).appendJSON(to: &output)
            return output
        }
        #expect(String(decoding: output, as: UTF8.self) == json)
    }

    @Test("A literal becomes JSON with its variables put in")
    func literal() throws {
        let document = try Parser.parse(
            #"{ a(b: {x: [{h: $header}, RED, 1.5], gone: $absent, list: [$absent]}) }"#)
        let value = GraphQLValue(
            document.nodes.arguments.last { document[$0.name] == "b" }!.value, in: document
        ) {
            $0 == "header" ? .string("X") : nil
        }
        var output: [UInt8] = []
        value.appendJSON(to: &output)
        #expect(
            String(decoding: output, as: UTF8.self) == #"{"x":[{"h":"X"},"RED",1.5],"list":[null]}"#
        )
        #expect(value["list"] == .list([.null]))
        #expect(value["none"] == nil)
    }
}
