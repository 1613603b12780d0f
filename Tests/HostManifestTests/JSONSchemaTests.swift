/// JSON Schema: every keyword, all violations at once, defaults, units and damaged schemas.
import HostManifest
import Testing

/// What a check says, one violation per line: "path message | advice".
private func check(_ schema: String, _ value: String) throws -> (value: JSONValue, says: [String]) {
    let result = try JSONSchema(JSONValue(parsing: schema)).check(JSONValue(parsing: value))
    let says = result.violations.map {
        "\($0.path) \($0.message)" + ($0.advice.isEmpty ? "" : " | \($0.advice)")
    }
    return (result.value, says)
}

@Suite struct JSONSchemaTests {
    private static func property(_ schema: String) -> String {
        "{\"properties\":{\"x\":\(schema)}}"
    }

    @Test(
        "Each keyword refuses what it forbids, with a sentence",
        arguments: [
            ("{\"type\":\"string\"}", "5", "must be a string and is 5"),
            ("{\"type\":\"integer\"}", "1.5", "must be a whole number and is 1.5"),
            ("{\"type\":\"number\"}", "\"a\"", "must be a number and is \"a\""),
            ("{\"type\":\"boolean\"}", "\"yes\"", "must be true or false and is \"yes\""),
            ("{\"type\":\"array\"}", "{}", "must be an array and is a table"),
            ("{\"type\":\"object\"}", "[]", "must be a table and is an array"),
            ("{\"type\":[\"string\",\"null\"]}", "5", "must be a string or null and is 5"),
            ("{\"type\":\"string\",\"writeOnly\":true}", "12345", "must be a string"),
            (
                "{\"enum\":[\"none\",\"transaction\"]}", "\"transacton\"",
                "must be one of \"none\", \"transaction\" and is \"transacton\" | write \"transaction\""
            ),
            ("{\"const\":3}", "4", "must be 3 and is 4"),
            ("{\"minimum\":1}", "0", "must be at least 1 and is 0"),
            ("{\"maximum\":1.5}", "2", "must be at most 1.5 and is 2"),
            ("{\"exclusiveMinimum\":1}", "1", "must be more than 1 and is 1"),
            ("{\"exclusiveMaximum\":1}", "1", "must be less than 1 and is 1"),
            ("{\"multipleOf\":5}", "7", "must be a multiple of 5 and is 7"),
            ("{\"minLength\":1}", "\"\"", "must not be empty"),
            ("{\"minLength\":8}", "\"äbc\"", "must have at least 8 characters and has 3"),
            ("{\"maxLength\":2}", "\"abc\"", "must have at most 2 characters and has 3"),
            ("{\"pattern\":\"^a+$\"}", "\"ab\"", "must match ^a+$ and is \"ab\""),
            ("{\"minItems\":1}", "[]", "must have at least 1 elements and has 0"),
            ("{\"maxItems\":1}", "[1,2]", "must have at most 1 elements and has 2"),
            ("{\"minProperties\":1}", "{}", "must have at least 1 keys and has 0"),
            ("{\"maxProperties\":1}", "{\"a\":1,\"b\":2}", "must have at most 1 keys and has 2"),
            (
                "{\"format\":\"duration\"}", "\"5\"",
                "must be a time and is \"5\" | write a number and one of ns, us, ms, s, min, h, d, for example \"30 s\""
            ),
            (
                "{\"format\":\"size\"}", "\"5 parsecs\"",
                "must be a size and is \"5 parsecs\" | write a number and one of B, kB, MB, GB, KiB, MiB, GiB, for example \"10 MiB\""
            ),
            (
                "{\"type\":\"integer\",\"unit\":\"seconds\"}", "\"5 parsecs\"",
                "must be a time and is \"5 parsecs\" | write for example \"30 s\""
            ),
            (
                "{\"type\":\"integer\",\"unit\":\"seconds\"}", "\"1500 ms\"",
                "must be a time and is \"1500 ms\" | write for example \"30 s\""
            ),
            ("false", "1", "is not allowed here | remove it"),
            (
                "{\"oneOf\":[{\"type\":\"string\"},{\"minimum\":5}]}", "\"a\"",
                "fits 2 of the forms it may have and must fit one"
            ),
            (
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", "true",
                "has none of the forms it may have: must be a string and is true; or must be a whole number and is true"
            ),
            (
                "{\"anyOf\":[{\"type\":\"string\",\"minLength\":3},{\"type\":\"integer\"}]}",
                "\"a\"",
                "must have at least 3 characters and has 1"
            ),
            ("{\"allOf\":[{\"minimum\":1},{\"maximum\":5}]}", "9", "must be at most 5 and is 9"),
        ])
    func refuses(schema: String, value: String, expected: String) throws {
        let says = try check(Self.property(schema), "{\"x\":\(value)}").says
        #expect(says == ["x \(expected)"])
    }

    @Test(
        "Each keyword accepts what it allows",
        arguments: [
            ("{\"type\":\"integer\"}", "5.0"), ("{\"type\":\"number\"}", "5"), ("true", "[1]"),
            ("{\"enum\":[1,null]}", "1.0"), ("{\"minLength\":3}", "\"äöü\""),
            ("{\"multipleOf\":0.5}", "1.5"),
            ("{\"pattern\":\"b\"}", "\"abc\""), ("{\"format\":\"email\"}", "\"whatever\""),
            ("{\"uniqueItems\":true}", "[1,\"1\",[1],{\"a\":1}]"),
            ("{\"type\":\"object\"}", "{\"any\":1}"),
            ("{\"additionalProperties\":{\"type\":\"integer\"}}", "{\"a\":1}"),
            ("{\"patternProperties\":{\"^x-\":{\"type\":\"integer\"}}}", "{\"x-a\":1}"),
            ("{\"propertyNames\":{\"maxLength\":2}}", "{\"ab\":1}"),
            ("{\"title\":\"t\",\"examples\":[1],\"x-note\":2,\"deprecated\":true}", "1"),
            ("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", "5"),
        ])
    func accepts(schema: String, value: String) throws {
        #expect(try check(Self.property(schema), "{\"x\":\(value)}").says == [])
    }

    @Test("All violations are told at once, each with its path")
    func allAtOnce() throws {
        let schema = """
            {"required":["url"],"properties":{"url":{"type":"string"},"size":{"minimum":1},
             "cron":{"items":{"properties":{"at":{"type":"string"},"queue":{}},"required":["at"]}}}}
            """
        let says = try check(
            schema, "{\"size\":0,\"crn\":1,\"cron\":[{\"at\":\"x\"},{\"at\":5},{\"queue\":1}]}"
        ).says
        #expect(
            says == [
                "size must be at least 1 and is 0",
                "crn is not known | write cron instead, or remove it",
                "cron[1].at must be a string and is 5",
                "cron[2] needs at | add it: at = \"…\"",
                " needs url | add it: url = \"…\"",
            ])
    }

    @Test("Unknown keys are errors at the top and beside properties, not in free tables")
    func unknownKeys() throws {
        #expect(
            try check("{}", "{\"a\":1}").says == [
                "a is not known | remove it: nothing can be set here"
            ])
        #expect(
            try check("{\"properties\":{\"alpha\":{},\"beta\":{}}}", "{\"gamma99\":1}").says
                == ["gamma99 is not known | remove it; known are alpha, beta"])
        #expect(try check("{\"additionalProperties\":true}", "{\"a\":1}").says == [])
        #expect(
            try check(
                "{\"properties\":{\"t\":{\"additionalProperties\":false}}}", "{\"t\":{\"a\":1}}"
            ).says
                == ["t.a is not known | remove it: nothing can be set here"])
        #expect(
            try check(
                "{\"propertyNames\":{\"maxLength\":2},\"additionalProperties\":true}", "{\"abc\":1}"
            ).says
                == ["abc must have at most 2 characters and has 3"])
    }

    @Test("Defaults are filled in, also inside absent tables, and behind the written keys")
    func defaults() throws {
        let schema = """
            {"properties":{"a":{"default":1},"b":{"type":"object","properties":{"c":{"default":"x"},"d":{}}},
             "e":{"type":"object","required":["f"],"properties":{"f":{},"g":{"default":1}}},
             "h":{"type":"integer","unit":"milliseconds","default":"5 s"},
             "list":{"items":{"properties":{"n":{"default":7}}}}}}
            """
        let filled = try check(schema, "{\"list\":[{}]}")
        #expect(filled.says == [])
        #expect(
            filled.value.text == "{\"list\":[{\"n\":7}],\"a\":1,\"b\":{\"c\":\"x\"},\"h\":5000}")
    }

    @Test("A default satisfies required, and a wrong default is told as any value")
    func requiredDefault() throws {
        #expect(
            try check("{\"required\":[\"a\"],\"properties\":{\"a\":{\"default\":1}}}", "{}").value
                == ["a": 1])
        #expect(
            try check("{\"properties\":{\"a\":{\"type\":\"string\",\"default\":1}}}", "{}").says
                == ["a must be a string and is 1"])
    }

    @Test("Numbers with a unit may be written as times and sizes")
    func units() throws {
        let schema = """
            {"properties":{"ms":{"type":"integer","unit":"milliseconds"},"s":{"type":"number","unit":"seconds"},
             "b":{"type":"integer","unit":"bytes","maximum":2000000}}}
            """
        #expect(
            try check(schema, "{\"ms\":\"1.5 s\",\"s\":\"250ms\",\"b\":\"1 MiB\"}").value
                == ["ms": 1500, "s": 0.25, "b": 1_048_576])
        #expect(try check(schema, "{\"ms\":20}").value == ["ms": 20])
        #expect(
            try check(schema, "{\"b\":\"2 MiB\"}").says == [
                "b must be at most 2000000 and is 2097152"
            ])
    }

    @Test("Branches know the keys of the schema around them, and a branch's default is filled in")
    func branches() throws {
        let schema = """
            {"properties":{"kind":{"type":"string"}},
             "oneOf":[{"properties":{"kind":{"const":"file"},"path":{"type":"string"}},"required":["path"]},
                      {"properties":{"kind":{"const":"net"},"port":{"default":80}},"required":["kind"]}]}
            """
        #expect(try check(schema, "{\"kind\":\"file\",\"path\":\"x\"}").says == [])
        #expect(try check(schema, "{\"kind\":\"net\"}").value == ["kind": "net", "port": 80])
        #expect(try check(schema, "{\"kind\":\"net\",\"path\":\"x\"}").says.count == 1)
        #expect(
            try check(schema, "{\"other\":1}").says.contains { $0.hasPrefix("other is not known") })
    }

    @Test("References reach $defs and the schema itself, and circles end")
    func references() throws {
        let tree = """
            {"properties":{"children":{"items":{"$ref":"#"}},"size":{"$ref":"#/$defs/size"}},
             "$defs":{"size":{"type":"integer","minimum":0}}}
            """
        #expect(
            try check(tree, "{\"children\":[{\"size\":1,\"children\":[{\"size\":-1}]}]}").says
                == ["children[0].children[0].size must be at least 0 and is -1"])
        let loop =
            "{\"properties\":{\"x\":{\"$ref\":\"#/$defs/a\"}},\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}}"
        #expect(
            try check(loop, "{\"x\":1}").says == [
                "x cannot be checked: the plugin's schema runs in circles | tell its author"
            ])
        let inward =
            "{\"properties\":{\"x\":{\"$ref\":\"#/$defs/a\"}},\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/a\"}]}}}"
        #expect(try check(inward, "{\"x\":1}").says.first?.hasPrefix("x cannot be checked") == true)
        let wide =
            "{\"properties\":{\"x\":{\"$ref\":\"#/$defs/a\"}},\"$defs\":{\"a\":{\"anyOf\":[{\"$ref\":\"#/$defs/a\"},{\"$ref\":\"#/$defs/a\"}]}}}"
        #expect(
            try check(wide, "{\"x\":1}").says == [
                "x cannot be checked: the plugin's schema runs in circles | tell its author"
            ])
        let defaults =
            "{\"properties\":{\"x\":{\"type\":\"object\",\"properties\":{\"x\":{\"$ref\":\"#/properties/x\"}}}}}"
        #expect(throws: JSONSchemaError.self) { try check(defaults, "{}") }
    }

    @Test(
        "A schema that is wrong itself is refused with all its problems",
        arguments: [
            (
                "{\"type\":\"text\"}",
                [
                    "#: \"type\" \"text\" is none of null, boolean, integer, number, string, array, object"
                ]
            ),
            (
                "{\"tpye\":1,\"minimum\":\"1\"}",
                [
                    "#: \"tpye\" is a keyword that this program does not check",
                    "#: \"minimum\" must be a number",
                ]
            ),
            (
                "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
                ["#/properties/a/pattern: a ( without its ) (at character 1)"]
            ),
            (
                "{\"properties\":{\"a\":{\"not\":{}}}}",
                ["#/properties/a: \"not\" is a keyword that this program does not check"]
            ),
            ("{\"$ref\":\"#/$defs/x\"}", ["#: $ref to unknown $defs/x"]),
            ("{\"$ref\":\"http://x\"}", ["#: \"$ref\" must be \"#\" or \"#/$defs/<name>\""]),
            ("{\"anyOf\":[]}", ["#/anyOf: must be an array of at least one schema"]),
            ("{\"items\":5}", ["#/items: a schema is an object or a boolean, not integer"]),
            (
                "{\"properties\":{\"a\":{\"type\":\"string\",\"unit\":\"bytes\"}}}",
                ["#/properties/a: \"unit\" needs \"type\": \"integer\" or \"number\""]
            ),
            (
                "{\"properties\":{\"a\":{\"type\":\"integer\",\"unit\":\"bits\"}}}",
                [
                    "#/properties/a: \"unit\" must be one of nanoseconds, microseconds, milliseconds, seconds, bytes"
                ]
            ),
            (
                "{\"minLength\":-1,\"required\":\"a\",\"multipleOf\":0}",
                [
                    "#: \"minLength\" must be a whole number from 0",
                    "#: \"required\" must be an array of strings",
                    "#: \"multipleOf\" must be more than 0",
                ]
            ),
            ("5", ["#: a schema is an object or a boolean, not integer"]),
        ])
    func badSchema(text: String, expected: [String]) throws {
        let json = try JSONValue(parsing: text)
        let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(json) }
        #expect(error?.problems == expected)
    }

    @Test("Secrets and types are found by path, also in branches and lists")
    func paths() throws {
        let schema = try JSONSchema(
            JSONValue(
                parsing: """
                    {"properties":{"key":{"type":"string","writeOnly":true},
                     "list":{"items":{"properties":{"token":{"type":"string","writeOnly":true}}}},
                     "any":{"anyOf":[{"type":"string"},{"properties":{"p":{"type":"integer"}}}]}}}
                    """))
        #expect(schema.isSecret(at: ConfigPath("key")))
        #expect(schema.isSecret(at: ConfigPath([.key("list"), .index(3), .key("token")])))
        #expect(!schema.isSecret(at: ConfigPath("list")))
        #expect(schema.types(at: ConfigPath("any", "p")) == ["integer"])
        #expect(schema.types(at: ConfigPath("nothing", "there")) == [])
    }
}

@Suite struct PatternTests {
    private func schema(_ pattern: String) throws -> JSONSchema {
        try JSONSchema(["properties": ["x": ["pattern": .string(pattern)]]])
    }

    @Test(
        "Patterns match what they say",
        arguments: [
            ("^[a-z][a-z0-9_-]*$", ["a", "a-9_"], ["", "9a", "aB"]),
            ("b+", ["abc", "b"], ["ac"]), ("^(a|bc)?$", ["", "a", "bc"], ["b", "abc"]),
            ("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]), ("^a{2}$", ["aa"], ["aaa"]),
            ("^a{2,}$", ["aaaa"], ["a"]),
            ("^\\d+\\.\\d+$", ["1.5"], ["1,5", "a.5"]), ("^[^/\\s]+$", ["abc"], ["a/b", "a b"]),
            ("^.$", ["ä", "😀"], ["", "\n", "ab"]), ("^(?:x|y)z$", ["xz", "yz"], ["z"]),
            ("", ["", "a"], []),
            ("^[]a]$", ["]", "a"], ["b"]), ("^[a\\-z]$", ["-", "z"], ["b"]),
            ("^\\w\\W\\S$", ["a-b"], ["aab"]),
            ("^(a*)*$", ["", "aaa"], ["b"]), ("^(|a)+$", ["", "aa"], ["b"]),
            ("a|b|c", ["c", "xbx"], ["d"]),
            ("^[+-]?\\d$", ["+1", "-1", "1"], ["*1"]), ("^\\$\\{x\\}$", ["${x}"], ["x"]),
        ])
    func matches(pattern: String, good: [String], bad: [String]) throws {
        let schema = try schema(pattern)
        for text in good {
            #expect(schema.check(["x": .string(text)]).violations.isEmpty, "\(pattern) \(text)")
        }
        for text in bad {
            #expect(!schema.check(["x": .string(text)]).violations.isEmpty, "\(pattern) \(text)")
        }
    }

    @Test(
        "Patterns outside the subset are refused when they are read",
        arguments: [
            "(", ")", "[a", "a{2", "a{3,2}", "*a", "(?=a)", "\\1", "\\b", "a\\", "[z-a]", "a{5000}",
            "((a{1000}){1000}){9}",
        ])
    func refused(pattern: String) {
        #expect(throws: JSONSchemaError.self) { try schema(pattern) }
    }

    @Test("A pattern that makes backtracking matchers hang answers at once")
    func hostile() throws {
        let schema = try schema("^(a+)+$")
        let text = String(repeating: "a", count: 5_000) + "b"
        let clock = ContinuousClock()
        let time = clock.measure { #expect(!schema.check(["x": .string(text)]).violations.isEmpty) }
        #expect(time < .seconds(2))
    }
}

@Suite struct QuantityTests {
    @Test("Times and sizes are read with their units, with and without a space")
    func units() {
        #expect(Quantity.nanoseconds("30 s") == 30_000_000_000)
        #expect(Quantity.nanoseconds("5min") == 300_000_000_000)
        #expect(Quantity.nanoseconds("1.5 h") == 5_400_000_000_000)
        #expect(Quantity.nanoseconds("0 ms") == 0)
        #expect(Quantity.bytes("10 MiB") == 10_485_760)
        #expect(Quantity.bytes("2kB") == 2_000)
        #expect(Quantity.text(milliseconds: 90_000) == "90 s")
        #expect(Quantity.text(milliseconds: 3_600_000) == "1 h")
        #expect(Quantity.text(milliseconds: 1_500) == "1500 ms")
    }

    @Test(
        "What is no time is none",
        arguments: [
            "", "5", "s", "-5 s", "5 sec", "5 S", "1..5 s", ".5 s", "5. s", "99999999999999999 d",
            "1e3 s", "5 s ",
        ])
    func refused(text: String) { #expect(Quantity.nanoseconds(text) == nil) }
}

@Suite struct SuggestionTests {
    @Test("The nearest known word is found when it is near, and none when it is not")
    func nearest() {
        let known = ["grants", "enabled", "isolation", "file"]
        #expect(Suggestion.nearest(to: "grant", among: known) == "grants")
        #expect(Suggestion.nearest(to: "enabeld", among: known) == "enabled")
        #expect(Suggestion.nearest(to: "FILE", among: known) == "file")
        #expect(Suggestion.nearest(to: "route", among: known) == nil)
    }

    @Test("A star in a grant stands for any run of characters")
    func wildcards() {
        #expect(Wildcard.matches("AUTH_*", "AUTH_KEY"))
        #expect(Wildcard.matches("*", ""))
        #expect(Wildcard.matches("a*b*c", "aXXbYbZc"))
        #expect(!Wildcard.matches("AUTH_*", "XAUTH_KEY"))
        #expect(!Wildcard.matches("", "a"))
        #expect(
            !Wildcard.matches(
                String(repeating: "a*", count: 30) + "b", String(repeating: "a", count: 5_000)))
    }
}
