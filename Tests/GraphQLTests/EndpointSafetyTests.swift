/// Proves that nothing a client sends becomes text of a statement.

import PluginAPI
import TestKit
import Testing

@testable import PluginGraphQL

/// Text of clients never becomes text of SQL.
@Suite("Injection (G5)", .serialized)
struct EndpointSafetyTests {
    static let store = Result { try EndpointFixture("endpoint_safety", musicStore) }
    let fixture: EndpointFixture
    init() throws { fixture = try EndpointSafetyTests.store.get() }

    static let corpus = [
        "'", "''", "\"", "\\", "\\'", "'; DROP TABLE track; --", "1; DELETE FROM track",
        "') OR ('1'='1",
        "$1", "$$; DROP TABLE track; $$", "/* */", "--", "\u{0}", "%", "_", "{}", "{\"a", "{a,b",
        "NULL", "null",
        "\\x27", "U&'\\0027'", "E'\\''", "::text", "a\nb", "😀'", "\u{2019}",
        String(repeating: "'", count: 1000),
        "{\"a\\\"b\"}", "\\\"", "pg_sleep(10)", "' || pg_sleep(10) || '",
    ]
    private func state() -> String? {
        fixture.database.value(
            "SELECT (SELECT count(*) FROM track) || ' ' || (SELECT count(*) FROM customer) || ' ' || (SELECT count(*) FROM pg_class)"
        )
    }
    private func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.writeString(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("No string in any argument changes the statement or the database", arguments: corpus)
    func everywhere(_ text: String) {
        let before = state()
        let literal = quoted(text)
        // Places for a string, once as a literal and once as a variable.
        let operations = [
            "query($x: String!) { track(where: {name: {_eq: $x}}) { track_id } }",
            "query($x: String!) { track(where: {name: {_in: [$x, \"a\"]}}) { track_id } }",
            "query($x: String!) { track(where: {_or: [{name: {_like: $x}}, {composer: {_ilike: $x}}]}) { track_id } }",
            "query($x: String!) { track(where: {composer: {_similar: $x}}) { track_id } }",
            "query($x: String!) { track(where: {composer: {_regex: $x}}) { track_id } }",
            "query($x: String!) { album(where: {artist: {name: {_gt: $x}}}) { title } }",
            "query($x: String!) { artist(where: {albums_aggregate: {count: {predicate: {_gt: 5}, filter: {title: {_eq: $x}}}}}) { name } }",
            "query($x: String!) { track_aggregate(where: {name: {_neq: $x}}) { aggregate { count } } }",
            "query($x: timestamptz!) { track(where: {updated_at: {_gt: $x}}) { track_id } }",
            "query($x: numeric!) { track(where: {unit_price: {_lt: $x}}) { track_id } }",
            "query($x: bigint!) { track(where: {bytes: {_in: [$x]}}) { track_id } }",
            "query($x: jsonb!) { play_log(where: {extra: {_contains: {a: $x}}}) { note } }",
            "query($x: String!) { play_log(where: {extra: {_has_key: $x, _has_keys_any: [$x, \"b\"]}}) { note } }",
            "query($x: String!) { play_log(where: {tags: {_contains: [$x]}}) { note } }",
            "query($x: String!) { play_log(where: {extra: {_cast: {String: {_eq: $x}}}}) { note } }",
            "query($x: String!) { artist { albums(where: {title: {_eq: $x}}) { title } } }",
            "mutation($x: String!) { update_customer(where: {email: {_eq: $x}}, _set: {first_name: $x}) { affected_rows } }",
            "mutation($x: jsonb!) { update_play_log(where: {note: {_eq: \"nobody\"}}, _append: {extra: $x}) { affected_rows } }",
            "mutation($x: String!) { update_play_log(where: {note: {_eq: \"nobody\"}}, _delete_key: {extra: $x}) { affected_rows } }",
            "mutation($x: String!) { delete_customer(where: {email: {_eq: $x}}) { affected_rows } }",
        ]
        for operation in operations {
            let variable = fixture.ask(operation, "{\"x\": \(literal)}")
            #expect(!variable.contains("database query error"), "\(operation): \(variable)")
            let isMutation = operation.hasPrefix("mutation")
            for sql in fixture.statements {
                #expect(!sql.contains(text) || text.count < 8, "\(sql)")
            }
            if text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) {
                let body = operation.drop { $0 != "{" }.replacing("$x", with: literal)
                let constant = fixture.ask((isMutation ? "mutation " : "query ") + body)
                #expect(!constant.contains("database query error"), "\(body): \(constant)")
                #expect(constant == variable || constant.contains("errors"), "\(body)")
            }
        }
        #expect(state() == before)
    }

    @Test(
        "A string that is stored comes back as it was, as literal and as variable",
        arguments: corpus)
    func roundTrip(_ text: String) {
        let insert =
            "mutation($x: String!) { insert_customer_one(object: {customer_id: 77, first_name: $x, email: $x}) { first_name email } }"
        let answer = fixture.ask(insert, "{\"x\": \(quoted(text))}")
        if text.contains("\u{0}") {
            #expect(answer.contains("data-exception"))
        } else {
            let json = quoted(text)
            #expect(
                answer
                    == "{\"data\":{\"insert_customer_one\":{\"first_name\":\(json),\"email\":\(json)}}}"
            )
        }
        fixture.database.run("DELETE FROM customer WHERE customer_id = 77")
    }

    @Test("A JSON path with quotes is a parameter")
    func jsonPath() {
        let answer = fixture.ask(#"{ play_log { extra(path: "$.a['b\"{}']") } }"#)
        #expect(answer == #"{"data":{"play_log":[]}}"#)
    }

    @Test("Column and table names with quotes are quoted, and data in them is safe")
    func names() throws {
        #expect(SQLText.quoted("a\"b") == "\"a\"\"b\"")
        #expect(SQLText.literal("a'b\\c") == " E'a''b\\\\c'")
    }
}
