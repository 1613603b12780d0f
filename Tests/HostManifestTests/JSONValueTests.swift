/// JSON: what is read, what is refused and where, and that writing gives it back.
import HostManifest
import Testing

@Suite struct JSONValueTests {
    @Test(
        "Valid text is read into the value it means",
        arguments: [
            ("null", .null), ("true", true), (" false ", false), ("0", 0), ("-0", 0),
            ("-12", -12), ("1.5", 1.5), ("1e2", 100.0), ("1E-2", 0.01),
            ("9223372036854775807", .integer(.max)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("\"\"", ""),
            ("\"a\\n\\\"\\u00e4\"", "a\n\"ä"),
            ("\"\\ud83d\\ude00\"", "😀"), ("[]", []), ("[1, [2]]", [1, [2]]), ("{}", [:]),
            ("{\"b\": 1, \"a\": {\"c\": null}}", ["b": 1, "a": ["c": nil]]), ("\t\r\n1\n", 1),
        ] as [(String, JSONValue)])
    func reads(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test(
        "What is not JSON is refused with line, column and reason",
        arguments: [
            ("", "line 1, column 1: the text ends where a value is expected"),
            ("{\n  \"a\": 1,\n}", "line 3, column 1: a key in quotes is expected"),
            ("{\"a\" 1}", "line 1, column 6: a colon is expected"),
            ("{\"a\":1 \"b\":2}", "line 1, column 8: a comma or } is expected"),
            ("[1 2]", "line 1, column 4: a comma or ] is expected"),
            ("[1,]", "line 1, column 4: this is not the start of a value"),
            ("{\"a\":1,\"a\":2}", "line 1, column 8: the key \"a\" is there twice"),
            ("nul", "line 1, column 1: this is not the start of a value"),
            ("True", "line 1, column 1: this is not the start of a value"),
            ("1 2", "line 1, column 3: text after the end of the value"),
            ("01", "line 1, column 2: text after the end of the value"),
            ("-", "line 1, column 2: a digit is expected"),
            ("1.", "line 1, column 3: a digit is expected"),
            ("1e", "line 1, column 3: a digit is expected"),
            ("+1", "line 1, column 1: this is not the start of a value"),
            ("1e999", "line 1, column 1: the number 1e999 is too large"),
            ("\"a", "line 1, column 1: the string does not end"),
            ("\"\\x\"", "line 1, column 2: an unknown escape"),
            ("\"\\u12g4\"", "line 1, column 6: four hexadecimal digits are expected"),
            ("\"\\ud800\"", "line 1, column 2: half of a surrogate pair"),
            ("\"\\ud800\\u0041\"", "line 1, column 2: half of a surrogate pair"),
            ("\"\\udc00\"", "line 1, column 2: half of a surrogate pair"),
            ("\"a\nb\"", "line 1, column 3: a control character in a string must be escaped"),
            ("NaN", "line 1, column 1: this is not the start of a value"),
        ])
    func refuses(text: String, expected: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.description == expected)
    }

    @Test("Bytes that are not UTF-8 are refused, in strings and outside")
    func refusesBadUTF8() {
        for bytes: [UInt8] in [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF],
        ] {
            #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
        }
    }

    @Test("64 levels are read, 65 are refused, and a million open brackets end at once")
    func bounds() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONValue(parsing: nested(64))
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(65)) }
        #expect(throws: JSONError.self) {
            try JSONValue(parsing: String(repeating: "[", count: 1_000_000))
        }
        #expect(throws: JSONError.self) {
            try JSONValue(parsing: String(repeating: "{\"a\":", count: 1_000))
        }
    }

    @Test("Ten thousand keys are read in order and found, and a repeated one among them is refused")
    func manyKeys() throws {
        let members = (0..<10_000).map { "\"key\($0)\":\($0)" }
        let value = try JSONValue(parsing: "{\(members.joined(separator: ","))}")
        #expect(value.objectValue?.keys.last == "key9999")
        #expect(value["key5000"] == 5000)
        #expect(throws: JSONError.self) {
            try JSONValue(parsing: "{\(members.joined(separator: ",")),\"key77\":0}")
        }
    }

    @Test("Written text reads back as the same value, compact and pretty")
    func roundTrip() throws {
        let value: JSONValue = [
            "text": "a\"\\\n\r\t\u{1}\u{7F}ü😀", "whole": -5, "fraction": 0.1, "large": 1e300,
            "small": 2.5e-308,
            "yes": true, "nothing": nil, "list": [1, [], [:], "x"], "": ["b": 1, "a": 2],
        ]
        #expect(try JSONValue(parsing: value.text) == value)
        #expect(try JSONValue(parsing: value.prettyText) == value)
        #expect(
            value.text.hasPrefix("{\"text\":\"a\\\"\\\\\\n\\r\\t\\u0001\\u007fü😀\",\"whole\":-5,"))
        let pretty: JSONValue = ["a": [1], "b": [:]]
        #expect(pretty.prettyText == "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}\n")
    }

    @Test("Numbers that JSON has no word for are written as null")
    func infinite() {
        #expect(JSONValue.array([.double(.infinity), .double(.nan)]).text == "[null,null]")
    }

    @Test("Setting nil removes a key, and the others keep their order and are found")
    func removal() {
        var object = JSONObject((0..<40).map { ("k\($0)", .integer($0)) })
        object["k3"] = nil
        object["new"] = 1
        #expect(object.count == 40)
        #expect(object["k3"] == nil)
        #expect(object["k39"] == 39)
        #expect(object.keys.last == "new")
    }

    @Test("As JSON Schema means it, 1 is 1.0 and the order of keys does not count")
    func meaning() {
        #expect(JSONValue.integer(1).means(.double(1)))
        #expect((["a": 1, "b": [2]] as JSONValue).means(["b": [2.0], "a": 1]))
        #expect(!(["a": 1] as JSONValue).means(["a": 1, "b": 2]))
        #expect(!(["a": 1] as JSONValue).means(["b": 1]))
    }

    @Test("Changed bytes of a valid text never crash the reader")
    func damaged() throws {
        let seed: JSONValue = [
            "a": [1, 2.5e3, "x\u{1F600}\n"], "b": ["c": nil, "d": [true, false]],
        ]
        let bytes = Array(seed.text.utf8)
        for position in bytes.indices {
            for change: UInt8 in [0, 0x22, 0x5C, 0x7B, 0x5D, 0x2C, 0x80, 0xFF, 0x30] {
                var damaged = bytes
                damaged[position] = change
                if let value = try? JSONValue(parsing: damaged) {
                    #expect(try JSONValue(parsing: value.text) == value)
                }
            }
            _ = try? JSONValue(parsing: Array(bytes[..<position]))
        }
    }
}
