/// Reading and writing JSON: what is accepted, what is refused and where.

import Testing

@testable import PluginAPI

@Suite("JSON reader and writer")
struct JSONTests {
    private func withReader<Result>(
        _ text: String, _ body: (inout JSONReader) throws -> Result
    ) rethrows -> Result {
        var text = text
        return try text.withUTF8 { utf8 in
            var reader = JSONReader(UnsafeRawBufferPointer(utf8))
            return try body(&reader)
        }
    }
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(capacity: 1)
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("An object is read key by key and values are slices of the text")
    func object() throws {
        try withReader(#" {"query": "{ a }", "n" : -12.5e3, "v":{"x":[1,true,null]}} "#) { reader in
            var first = true
            try reader.beginObject()
            #expect(try reader.nextKey(&first).map { String($0) } == "query")
            #expect(String(try reader.readString()) == "{ a }")
            #expect(try reader.nextKey(&first).map { $0 == "n" } == true)
            #expect(try reader.readNumber().double == -12500)
            #expect(try reader.nextKey(&first) != nil)
            #expect(
                String(decoding: try reader.skipValue(), as: UTF8.self) == #"{"x":[1,true,null]}"#)
            #expect(try reader.nextKey(&first) == nil)
            try reader.finish()
        }
    }

    @Test(
        "Text that is not JSON is refused, never read past its end",
        arguments: [
            "", "{", "[1,]", "{,}", #"{"a":1,}"#, "01", "1.", "-", "1e", "tru", #""abc"#,
            "\"a\u{1}\"",
            #""\x""#, #""\u12g4""#, #""\u12"#, "[1 2]", #"{"a" 1}"#, "nul", "+1", ".5", "'a'",
            "{1:2}",
            "[1] x", "\"\\",
        ])
    func refused(_ text: String) {
        #expect(throws: JSONProblem.self) {
            try withReader(text) { reader in
                _ = try reader.skipValue()
                try reader.finish()
            }
        }
    }

    @Test("Nesting is followed to its limit and no further")
    func depth() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        try withReader(nested(JSONReader.depthMax)) { _ = try $0.skipValue() }
        #expect(throws: JSONProblem.self) {
            try withReader(nested(JSONReader.depthMax + 1)) { _ = try $0.skipValue() }
        }
        #expect(throws: JSONProblem.self) {
            try withReader(String(repeating: #"{"a":"#, count: 100_000)) { _ = try $0.skipValue() }
        }
    }

    @Test("Escapes are resolved, surrogate pairs joined, lone surrogates replaced")
    func escapes() throws {
        let text = #""\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00\ud800x\udc00""#
        let value = try withReader(text) { String(try $0.readString()) }
        #expect(value == "\"\\/\u{8}\u{c}\n\r\téé😀\u{fffd}x\u{fffd}")
    }

    @Test("Strings are escaped as PostgreSQL does it, wherever the special byte stands")
    func writtenStrings() throws {
        for length in 0..<40 {
            for position in 0...length {
                for (special, escape) in [
                    ("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\u{1}", "\\u0001"),
                    ("\u{1f}", "\\u001f"), ("\u{7f}", "\u{7f}"), ("é", "é"), ("/", "/"),
                ] {
                    let before = String(repeating: "a", count: position)
                    let after = String(repeating: "b", count: length - position)
                    let text = before + special + after
                    let json = written { $0.writeString(text) }
                    #expect(json == "\"" + before + escape + after + "\"")
                    #expect(try withReader(json) { String(try $0.readString()) } == text)
                }
            }
        }
        let hostile = String(repeating: "\u{1}", count: 1000)
        #expect(
            written { $0.writeString(hostile) } == "\""
                + String(repeating: "\\u0001", count: 1000) + "\"")
    }

    @Test(
        "Whole numbers are written in full",
        arguments: [0, 9, 10, -1, 99, 100, 12345, Int64.max, Int64.min, 999_999_999_999_999_999])
    func numbers(_ value: Int64) throws {
        #expect(written { $0.write(value) } == String(value))
        #expect(try withReader(String(value)) { try $0.readNumber().integer } == value)
    }

    @Test("A whole number beyond 64 bits has no integer value")
    func overflow() throws {
        #expect(try withReader("9223372036854775808") { try $0.readNumber().integer } == nil)
        #expect(try withReader("-9223372036854775809") { try $0.readNumber().integer } == nil)
    }
}
