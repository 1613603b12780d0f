/// The standard operations over a real PostgreSQL, asked through the endpoint.

import Testing

@testable import PluginGraphQL

/// The standard workload's operations, on a small store.
@Suite("GraphQL over a real database", .serialized)
struct EndpointTests {
    static let store = Result { try EndpointFixture("endpoint", musicStore) }
    let fixture: EndpointFixture

    init() throws { fixture = try EndpointTests.store.get() }

    @Test("q1: one row by key, keys in the order asked for (G3)")
    func byKey() {
        let answer = fixture.ask(
            "query q1($id: Int!) { track_by_pk(track_id: $id) { track_id name milliseconds unit_price album_id } }",
            #"{"id": 3}"#)
        #expect(
            answer
                == #"{"data":{"track_by_pk":{"track_id":3,"name":"Track \"3\"","milliseconds":103000,"unit_price":3.99,"album_id":1}}}"#
        )
    }

    @Test("A key that nobody has is null")
    func noRow() {
        #expect(
            fixture.ask("{ track_by_pk(track_id: 99) { name } }")
                == #"{"data":{"track_by_pk":null}}"#)
    }

    @Test("q2: filter, order and limit")
    func filtered() {
        let answer = fixture.ask(
            "query q2($g: Int!, $ms: Int!) { track(where: {genre_id: {_eq: $g}, milliseconds: {_gt: $ms}}, order_by: {milliseconds: asc}, limit: 2) { track_id } }",
            #"{"g": 1, "ms": 104500}"#)
        #expect(answer == #"{"data":{"track":[{"track_id":7},{"track_id":10}]}}"#)
    }

    @Test("q3: three levels of lists")
    func nested() {
        let answer = fixture.ask(
            "query q3($a: Int!) { artist(where: {artist_id: {_gt: $a}}, order_by: {artist_id: asc}, limit: 2) { artist_id name albums(limit: 2) { album_id title tracks(limit: 2) { track_id } } } }",
            #"{"a": 2}"#)
        #expect(
            answer
                == #"{"data":{"artist":[{"artist_id":3,"name":"Artist 3","albums":[{"album_id":5,"title":"Album 5","tracks":[{"track_id":13},{"track_id":14}]},{"album_id":6,"title":"Album 6","tracks":[{"track_id":16},{"track_id":17}]}]},{"artist_id":4,"name":"Artist 4","albums":[{"album_id":7,"title":"Album 7","tracks":[{"track_id":19},{"track_id":20}]},{"album_id":8,"title":"Album 8","tracks":[]}]}]}}"#
        )
    }

    @Test("q4: figures over a filter")
    func aggregate() {
        let answer = fixture.ask(
            "query q4($a: Int!, $b: Int!) { track_aggregate(where: {album_id: {_gte: $a, _lt: $b}}) { aggregate { count avg { milliseconds } max { milliseconds } } } }",
            #"{"a": 1, "b": 3}"#)
        #expect(
            answer
                == #"{"data":{"track_aggregate":{"aggregate":{"count":6,"avg":{"milliseconds":103500.000000000000},"max":{"milliseconds":106000}}}}}"#
        )
    }

    @Test("m1 and m2: insert one and update by key")
    func mutations() {
        let inserted = fixture.ask(
            "mutation m1($t: Int!, $c: Int!) { insert_play_log_one(object: {track_id: $t, customer_id: $c, note: \"bench\"}) { track_id note } }",
            #"{"t": 1, "c": 2}"#)
        #expect(inserted == #"{"data":{"insert_play_log_one":{"track_id":1,"note":"bench"}}}"#)
        let updated = fixture.ask(
            "mutation m2($id: Int!, $n: Int!) { update_customer_by_pk(pk_columns: {customer_id: $id}, _set: {credits: $n}) { customer_id credits } }",
            #"{"id": 1, "n": 5}"#)
        #expect(updated == #"{"data":{"update_customer_by_pk":{"customer_id":1,"credits":5}}}"#)
    }
}

/// Who may ask, and what errors look like.
@Suite("Answers that are no data", .serialized)
struct EndpointErrorTests {
    static let store = Result {
        try EndpointFixture("endpoint_errors", musicStore, config: #"{"admin_secret":"s3cret"}"#)
    }
    let fixture: EndpointFixture
    private let secret = [("x-hasura-admin-secret", "s3cret")]
    init() throws { fixture = try EndpointErrorTests.store.get() }

    private func error(_ path: String, _ code: String, _ message: String) -> String {
        #"{"errors":[{"extensions":{"path":"\#(path)","code":"\#(code)"},"message":"\#(message)"}]}"#
    }

    @Test("Without the admin secret nobody is served")
    func adminSecret() {
        let missing = error("$", "access-denied", "x-hasura-admin-secret required, but not found")
        let wrong = error(
            "$", "access-denied", #"invalid \"x-hasura-admin-secret\"/\"x-hasura-access-key\""#)
        #expect(fixture.ask("{ __typename }") == missing)
        for given in ["", "s3cre", "s3cret ", "s3cres", "x3cret"] {
            #expect(
                fixture.ask("{ __typename }", headers: [("x-hasura-admin-secret", given)]) == wrong)
        }
        #expect(
            fixture.ask("{ __typename }", headers: secret)
                == #"{"data":{"__typename":"query_root"}}"#)
        #expect(
            fixture.ask("{ __typename }", headers: [("x-hasura-access-key", "s3cret")])
                == #"{"data":{"__typename":"query_root"}}"#)
    }

    @Test("Another role than the admin sees nothing as long as it has no permissions")
    func otherRole() {
        let answer = fixture.ask(
            "{ track { name } }", headers: secret + [("x-hasura-role", "user")])
        #expect(
            answer
                == error(
                    "$.selectionSet.track", "validation-failed",
                    "field 'track' not found in type: 'query_root'"))
    }

    @Test("Bodies that are no request are refused with what is wrong")
    func bodies() {
        for body in [
            "", "x", "{", "[]", "1", #"{"query":1}"#, "{}", #"{"query":"{ a }","variables":[]}"#,
        ] {
            let answer = fixture.post(body, headers: secret)
            #expect(answer.hasPrefix(#"{"errors":[{"extensions":{"path":"$"#), "\(body): \(answer)")
        }
        #expect(
            fixture.ask("{", headers: secret)
                == error("$.query", "validation-failed", "not a valid graphql query"))
    }

    @Test("Variables are checked against their types, with the place where they are used")
    func variables() {
        let query = "query($id: Int!) { track_by_pk(track_id: $id) { name } }"
        let path = "$.selectionSet.track_by_pk.args.track_id"
        #expect(
            fixture.ask(query, #"{"id":"1"}"#, headers: secret)
                == error(
                    path, "validation-failed",
                    "expected a 32-bit integer for type 'Int', but found a string"))
        #expect(
            fixture.ask(query, #"{"id":3000000000}"#, headers: secret).contains(
                "lies outside the bounds"))
        #expect(
            fixture.ask(query, headers: secret)
                == error(
                    "$", "validation-failed",
                    #"expecting a value for non-nullable variable: \"id\""#))
        #expect(
            fixture.ask(query, #"{"id":null}"#, headers: secret)
                == error(
                    "$", "validation-failed", #"null value found for non-nullable type: \"Int!\""#))
        #expect(
            fixture.ask(query, #"{"id":1,"more":2}"#, headers: secret).contains(
                "unexpected variables in variableValues: more"))
        #expect(
            fixture.ask(
                "query($w: track_bool_exp!) { track(where: $w) { name } }",
                #"{"w":{"_and":[{"track_id":{"_eq":true}}]}}"#,
                headers: secret)
                == error(
                    "$.selectionSet.track.args.where._and[0].track_id._eq", "validation-failed",
                    "expected a 32-bit integer for type 'Int', but found a boolean"))
    }

    @Test("What the database refuses is told in Hasura's words")
    func database() {
        func mutate(_ text: String) -> String {
            fixture.ask("mutation { \(text) }", headers: secret)
        }
        #expect(
            mutate(
                #"insert_customer(objects: [{customer_id: 1, first_name: "a", email: "b"}]) { affected_rows }"#
            )
                == error(
                    "$.selectionSet.insert_customer.args.objects", "constraint-violation",
                    #"Uniqueness violation. duplicate key value violates unique constraint \"customer_pkey\""#
                ))
        #expect(
            mutate("insert_play_log_one(object: {track_id: 999, customer_id: 1}) { play_id }")
                .contains(
                    "Foreign key violation. "))
        #expect(
            mutate("insert_customer_one(object: {customer_id: 9}) { credits }").contains(
                "Not-NULL violation. "))
        #expect(
            mutate(
                "update_customer_by_pk(pk_columns: {customer_id: 1}, _set: {credits: -1}) { credits }"
            )
                == error(
                    "$", "permission-error",
                    #"Check constraint violation. new row for relation \"customer\" violates check constraint \"customer_credits_check\""#
                ))
        #expect(
            fixture.ask(#"{ track(where: {updated_at: {_gt: "x"}}) { name } }"#, headers: secret)
                == error(
                    "$", "data-exception",
                    #"invalid input syntax for type timestamp with time zone: \"x\""#))
    }

    @Test("A change that fails takes the other changes of its request back")
    func atomic() {
        let answer = fixture.ask(
            "mutation { a: update_customer_by_pk(pk_columns: {customer_id: 3}, _set: {credits: 9}) { credits } b: insert_customer_one(object: {customer_id: 1}) { credits } }",
            headers: secret)
        #expect(answer.contains("errors"))
        #expect(fixture.database.value("SELECT credits FROM customer WHERE customer_id = 3") == "0")
    }

    @Test("Several requests in one body are answered in order, each on its own")
    func batch() {
        let body =
            #"[{"query":"{ genre_by_pk(genre_id: 1) { name } }"},{"query":"{ nope }"},{"query":"{ __typename }"}]"#
        let answer = fixture.post(body, headers: secret)
        #expect(answer.hasPrefix(#"[{"data":{"genre_by_pk":{"name":"Rock"}}},{"errors":"#))
        #expect(answer.hasSuffix(#"},{"data":{"__typename":"query_root"}}]"#))
    }
}

/// What mutations give back.
@Suite("Mutations", .serialized)
struct EndpointMutationTests {
    static let store = Result {
        try EndpointFixture(
            "endpoint_mutations",
            musicStore + """
                CREATE TABLE folder (id int PRIMARY KEY, parent_id int REFERENCES folder, name text);
                INSERT INTO folder VALUES (1, NULL, 'root'), (2, 1, 'a');
                CREATE TABLE pair (a int, b text, n int DEFAULT 0, at timestamptz DEFAULT '2024-01-02 03:04:05+00', PRIMARY KEY (a, b, at));
                """)
    }
    let fixture: EndpointFixture
    init() throws { fixture = try EndpointMutationTests.store.get() }

    @Test("Rows of other tables are given as they are after the change, in the same round trip")
    func afterwards() {
        #expect(
            fixture.ask(
                "mutation { insert_folder_one(object: {id: 3, parent_id: 1, name: \"b\"}) { id parent { name folders(order_by: {id: asc}) { name } folders_aggregate { aggregate { count } } } } }"
            )
                == #"{"data":{"insert_folder_one":{"id":3,"parent":{"name":"root","folders":[{"name":"a"},{"name":"b"}],"folders_aggregate":{"aggregate" : {"count" : 2}}}}}}"#
        )
        #expect(fixture.statements.count == 2)
        #expect(
            fixture.ask(
                "mutation { insert_folder(objects: [{id: 9, parent_id: 2}, {id: 5, parent_id: 3}]) { affected_rows returning { id parent { id folders { id } } } n: affected_rows __typename } }"
            )
                == #"{"data":{"insert_folder":{"affected_rows":2,"returning":[{"id":9,"parent":{"id":2,"folders":[{"id":9}]}},{"id":5,"parent":{"id":3,"folders":[{"id":5}]}}],"n":2,"__typename":"folder_mutation_response"}}}"#
        )
        #expect(
            fixture.ask(
                "mutation { update_folder_by_pk(pk_columns: {id: 5}, _set: {id: 6}) { id parent { folders { id } } } delete_folder(where: {id: {_in: [6, 9]}}) { affected_rows returning { id parent { id } } } }"
            )
                == #"{"data":{"update_folder_by_pk":{"id":6,"parent":{"folders":[{"id":6}]}},"delete_folder":{"affected_rows":2,"returning":[{"id":9,"parent":{"id":2}},{"id":6,"parent":{"id":3}}]}}}"#
        )
        #expect(
            fixture.ask(
                "mutation { update_folder_by_pk(pk_columns: {id: 77}, _set: {name: \"x\"}) { id parent { id } } }"
            )
                == #"{"data":{"update_folder_by_pk":null}}"#)
    }

    @Test("Upserts: on_conflict with columns, without, with a condition")
    func upserts() {
        func upsert(_ conflict: String) -> String {
            fixture.ask(
                "mutation { insert_customer(objects: [{customer_id: 1, first_name: \"new\", email: \"e\", credits: 5}], on_conflict: {constraint: customer_pkey\(conflict)}) { affected_rows returning { first_name credits } } }"
            )
        }
        #expect(upsert("") == #"{"data":{"insert_customer":{"affected_rows":0,"returning":[]}}}"#)
        #expect(
            upsert(", update_columns: [credits]")
                == #"{"data":{"insert_customer":{"affected_rows":1,"returning":[{"first_name":"First1","credits":5}]}}}"#
        )
        #expect(
            upsert(", update_columns: [first_name], where: {credits: {_gt: 100}}")
                == #"{"data":{"insert_customer":{"affected_rows":0,"returning":[]}}}"#)
    }

    @Test("Rows that give different columns take defaults for the others; no rows change nothing")
    func rows() {
        #expect(
            fixture.ask(
                "mutation($o: [pair_insert_input!]!) { insert_pair(objects: $o) { affected_rows returning { a b n at } } }",
                #"{"o": [{"a": 1, "b": "x", "n": 7}, {"b": "y", "a": 2, "at": "2025-01-01T00:00:00Z"}]}"#
            )
                == #"{"data":{"insert_pair":{"affected_rows":2,"returning":[{"a":1,"b":"x","n":7,"at":"2024-01-02T03:04:05+00:00"},{"a":2,"b":"y","n":0,"at":"2025-01-01T00:00:00+00:00"}]}}}"#
        )
        #expect(
            fixture.ask("mutation { insert_pair(objects: []) { affected_rows returning { a } } }")
                == #"{"data":{"insert_pair":{"affected_rows":0,"returning":[]}}}"#)
        #expect(
            fixture.ask("mutation { update_pair(where: {}, _inc: {n: 1}) { affected_rows } }")
                == #"{"data":{"update_pair":{"affected_rows":2}}}"#)
        #expect(
            fixture.ask(
                "mutation { update_pair_many(updates: [{where: {a: {_eq: 1}}, _set: {n: 1}}, {where: {a: {_eq: 9}}, _inc: {n: 1}}]) { affected_rows returning { n } } }"
            )
                == #"{"data":{"update_pair_many":[{"affected_rows":1,"returning":[{"n":1}]},{"affected_rows":0,"returning":[]}]}}"#
        )
    }

    @Test("Many rows in one insert: their plan is used once and the values arrive")
    func many() {
        let objects = (100..<1100).map { "{\"a\": \($0), \"b\": \"b\\u0027\($0)\"}" }.joined(
            separator: ",")
        let answer = fixture.ask(
            "mutation($o: [pair_insert_input!]!) { insert_pair(objects: $o) { affected_rows } }",
            "{\"o\": [\(objects)]}")
        #expect(answer == #"{"data":{"insert_pair":{"affected_rows":1000}}}"#)
        #expect(fixture.database.value("SELECT count(*) FROM pair WHERE b = 'b''' || a") == "1000")
        fixture.database.run("DELETE FROM pair WHERE a >= 100")
    }

    @Test("An update that says nothing, or one column twice, is refused")
    func refused() {
        #expect(
            fixture.ask("mutation { update_pair(where: {}) { affected_rows } }").contains(
                "operator is expected"))
        #expect(
            fixture.ask(
                "mutation { update_pair(where: {}, _set: {n: 1}, _inc: {n: 1}) { affected_rows } }"
            ).contains("Column found in multiple operators"))
        #expect(
            fixture.ask("mutation { update_pair(where: null, _set: {n: 1}) { affected_rows } }")
                .contains("expected an object for type 'pair_bool_exp', but found null"))
        #expect(
            fixture.ask("mutation { delete_pair { affected_rows } }").contains(
                "missing required field 'where'"))
    }
}
