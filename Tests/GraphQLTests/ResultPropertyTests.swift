/// Compares our JSON of each type with PostgreSQL's.

import PluginAPI
import TestKit
import Testing

@testable import PluginGraphQL

/// PostgreSQL's own `row_to_json` is the oracle: what we write of its text must be the same bytes.
@Suite("JSON of rows", .serialized)
struct ResultPropertyTests {
    /// Columns with values that are hard for their type.
    static let columns: [(type: String, values: [String])] = [
        ("bool", ["true", "false"]),
        ("int2", ["-32768", "32767", "0"]),
        ("int4", ["-2147483648", "2147483647"]),
        ("int8", ["-9223372036854775808", "9007199254740993"]),
        ("float4", ["1.5", "-0", "1e30", "1e-30", "'NaN'", "'Infinity'", "'-Infinity'", "0.1"]),
        (
            "float8",
            [
                "1.5", "1e300", "1e-300", "'NaN'", "'Infinity'", "'-Infinity'", "0.1", "1e21",
                "123456789012345680",
            ]
        ),
        (
            "numeric",
            ["0", "-0.10", "1e-20", "'NaN'", "'Infinity'", "12345678901234567890.12345", "100"]
        ),
        ("numeric(10,2)", ["1", "-1.999"]),
        (
            "text",
            [
                "''", "'a'", #"E'q\"b\\\\s\n\r\t\b\f\x01\x1f\x7f'"#, "'Ünï😀'",
                "repeat('x', 7) || '\"' || repeat('y', 9)",
                "repeat(E'\\\\', 33)", "'/'",
            ]
        ),
        ("varchar(5)", ["'abc'", "''"]),
        ("char(5)", ["'ab'"]),
        ("\"char\"", ["'x'"]),
        ("name", ["'n'"]),
        ("bytea", [#"'\x00ff22'"#, "''"]),
        (
            "date",
            ["'2024-02-29'", "'infinity'", "'-infinity'", "'0044-03-15 BC'", "'12024-01-01'"]
        ),
        ("time", ["'01:02:03.5'", "'24:00'"]),
        ("timetz", ["'01:02:03+02'", "'01:02:03-03:30'"]),
        (
            "timestamp",
            [
                "'2024-02-29 01:02:03.000001'", "'infinity'", "'-infinity'",
                "'0044-03-15 01:02:03 BC'", "'12024-01-01 00:00'",
            ]
        ),
        (
            "timestamptz",
            [
                "'2024-02-29 01:02:03.5+00'", "'infinity'", "'-infinity'",
                "'0044-03-15 01:02:03+00 BC'", "'12024-01-01 00:00+00'",
                "'1880-01-01 00:00+00'", "'2024-07-01 00:00+00'",
            ]
        ),
        ("interval", ["'1 year 2 mons -3 days 04:05:06.7'", "'0'"]),
        ("uuid", ["'00112233-4455-6677-8899-aabbccddeeff'"]),
        ("json", [#"'{"a" : [1,  2], "b": "x"}'"#, "'null'", "'\"s\"'", "'1'"]),
        ("jsonb", [#"'{"a" : [1,  2], "b": "x"}'"#, "'null'"]),
        ("int4[]", ["'{}'", "'{1,NULL,-3}'", "'{{1,2},{3,4}}'"]),
        ("text[]", [#"'{a,"b c","q\"x",NULL,"NULL"}'"#]),
        ("timestamptz[]", ["'{2024-01-01 00:00+00}'"]),
        ("jsonb[]", [#"ARRAY['{"a":1}'::jsonb]"#]),
        ("inet", ["'10.0.0.1/8'", "'::1'"]),
        ("macaddr", ["'08:00:2b:01:02:03'"]),
        ("bit(3)", ["'101'"]),
        ("point", ["'(1.5,-2)'"]),
        ("int4range", ["'[1,5)'", "'empty'"]),
        ("tsvector", ["'a:1 fat:2'"]),
        ("money", ["12.34"]),
        ("oid", ["42"]),
        ("mood", ["'sad'"]),
        ("email", ["'a@b'"]),
        ("positive", ["7"]),
        ("stamp", ["'2024-01-01 00:00+00'"]),
        ("numbers", ["'{1,2}'"]),
        ("pair", ["ROW(1, 'x\"y')"]),
    ]
    static let script: String = {
        var script = """
            CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN email AS text;
            CREATE DOMAIN positive AS int NOT NULL CHECK (VALUE > 0); CREATE DOMAIN stamp AS timestamptz;
            CREATE DOMAIN numbers AS int[]; CREATE TYPE pair AS (a int, b text);
            CREATE TABLE box (id int PRIMARY KEY);
            INSERT INTO box VALUES (1);
            """
        for (index, column) in columns.enumerated() {
            let isRequired = column.type == "positive"
            script +=
                "CREATE TABLE v\(index) (id serial PRIMARY KEY, box int DEFAULT 1 REFERENCES box, v \(column.type));"
            for value in column.values { script += "INSERT INTO v\(index) (v) VALUES (\(value));" }
            if !isRequired { script += "INSERT INTO v\(index) (v) VALUES (NULL);" }
        }
        return script
    }()
    static let fixture = Result { try EndpointFixture("result_property", script) }

    @Test("Each type's values are written as row_to_json writes them, whatever the time zone")
    func oracle() throws {
        let fixture = try ResultPropertyTests.fixture.get()
        for zone in ["UTC", "Asia/Kolkata", "America/New_York", "Europe/Amsterdam"] {
            fixture.database.run("SET timezone = '\(zone)'")
            for (index, column) in ResultPropertyTests.columns.enumerated() {
                let wanted = fixture.database.value(
                    "SELECT '[' || string_agg(row_to_json(r)::text, ',') || ']' FROM (SELECT id, v FROM v\(index) ORDER BY id) r"
                )
                let answer = fixture.post(
                    #"{"query":"{ v\#(index)(order_by: {id: asc}) { id v } }"}"#)
                #expect(
                    answer == "{\"data\":{\"v\(index)\":\((wanted ?? "null"))}}",
                    "\(column.type) in \(zone)")
            }
        }
        fixture.database.run("SET timezone = 'UTC'")
    }

    @Test("The same below a parent, where rows of several lists come in one result")
    func nested() throws {
        let fixture = try ResultPropertyTests.fixture.get()
        let lists = ResultPropertyTests.columns.indices.map {
            "v\($0)s(order_by: {id: asc}) { id v }"
        }
        let answer = fixture.ask("{ box { id \(lists.joined(separator: " ")) } }")
        for (index, column) in ResultPropertyTests.columns.enumerated() {
            let wanted = fixture.database.value(
                "SELECT '[' || string_agg(row_to_json(r)::text, ',') || ']' FROM (SELECT id, v FROM v\(index) ORDER BY id) r"
            )
            #expect(answer.contains("\"v\(index)s\":\((wanted ?? "null"))"), "\(column.type)")
        }
    }

    @Test("Values go in as they came out")
    func roundTrip() throws {
        let fixture = try ResultPropertyTests.fixture.get()
        // GraphQL's Float has no NaN, its lists here no nulls, and nothing makes a composite of JSON.
        let refused = ["float4", "int4[]", "text[]", "pair"]
        for (index, column) in ResultPropertyTests.columns.enumerated()
        where !refused.contains(column.type) {
            let scalar = fixture.ask(
                "{ __type(name: \"v\(index)_insert_input\") { inputFields { name type { name } } } }"
            )
            #expect(scalar.contains("\"v\""), "\(column.type): \(scalar)")
            let count = fixture.database.value("SELECT count(*) FROM v\(index)") ?? "0"
            let inserted = fixture.ask(
                "mutation($o: [v\(index)_insert_input!]!) { insert_v\(index)(objects: $o) { returning { v } } }",
                "{\"o\": "
                    + (fixture.database.value(
                        "SELECT json_agg(json_build_object('v', v)) FROM (SELECT v FROM v\(index) ORDER BY id) r"
                    ) ?? "") + "}")
            let wanted = fixture.database.value(
                "SELECT '[' || string_agg(row_to_json(r)::text, ',') || ']' FROM (SELECT v FROM v\(index) ORDER BY id LIMIT \(count)) r"
            )
            #expect(
                inserted == "{\"data\":{\"insert_v\(index)\":{\"returning\":\(wanted ?? "null")}}}",
                "\(column.type)")
            fixture.database.run("DELETE FROM v\(index) WHERE id > \(count)")
        }
    }
}
