/// Proves that plans are kept, told apart and dropped as they should be.

import PluginAPI
import TestKit
import Testing

@testable import PluginGraphQL

/// Plans: kept by text and shape, dropped when there are too many or the schema changes.
@Suite("Plans", .serialized)
struct PlanTests {
    static let store = Result { try EndpointFixture("plans", musicStore) }
    let fixture: EndpointFixture
    init() throws { fixture = try PlanTests.store.get() }

    private func count(_ result: String) -> Int {
        Int(fixture.host.metrics.value("graphql_plans_total", ["result": result]))
    }
    /// Runs `body` and says how many requests found their plan and how many did not.
    private func counted(_ body: () -> Void) -> [Int] {
        let before = [count("hit"), count("miss")]
        body()
        return [count("hit") - before[0], count("miss") - before[1]]
    }

    @Test("The same text with other values is a hit; another shape is a miss once (G6)")
    func hits() {
        let query =
            "query($id: Int, $n: String) { track(where: {track_id: {_eq: $id}, name: {_eq: $n}}) { track_id } }"
        #expect(counted { _ = fixture.ask(query, #"{"id": 1, "n": "a"}"#) } == [0, 1])
        #expect(counted { _ = fixture.ask(query, #"{"id": 2, "n": "b\u0041"}"#) } == [1, 0])
        #expect(counted { _ = fixture.ask(query, #"{"n": "x", "id": -3}"#) } == [1, 0])
        #expect(counted { _ = fixture.ask(query, #"{"id": 3}"#) } == [0, 1])
        #expect(counted { _ = fixture.ask(query, #"{"id": 4}"#) } == [1, 0])
        #expect(counted { _ = fixture.ask(query + " ", #"{"id": 4}"#) } == [0, 1])
    }

    @Test(
        "A list's length and an object's values are no part of the shape; an object's keys and enum values are"
    )
    func shapes() {
        let list =
            "query($ids: [Int!]) { track(where: {track_id: {_in: $ids}}, order_by: {track_id: asc}) { track_id } }"
        ask(
            list, #"{"ids": [1, 2]}"#, isHit: false,
            #"{"data":{"track":[{"track_id":1},{"track_id":2}]}}"#)
        ask(list, #"{"ids": [3]}"#, isHit: true, #"{"data":{"track":[{"track_id":3}]}}"#)
        ask(list, #"{"ids": []}"#, isHit: true, #"{"data":{"track":[]}}"#)
        let object =
            "query($w: track_bool_exp, $o: [track_order_by!]) { track(where: $w, order_by: $o, limit: 1) { track_id } }"
        let first = #"{"w": {"track_id": {"_gt": 1}}, "o": {"track_id": "asc"}}"#
        ask(object, first, isHit: false, #"{"data":{"track":[{"track_id":2}]}}"#)
        ask(
            object, first.replacing(": 1}", with: ": 7}"), isHit: true,
            #"{"data":{"track":[{"track_id":8}]}}"#)
        ask(
            object, first.replacing("asc", with: "desc"), isHit: false,
            #"{"data":{"track":[{"track_id":20}]}}"#)
        ask(object, first.replacing("_gt", with: "_lt"), isHit: false, #"{"data":{"track":[]}}"#)
    }
    private func ask(_ query: String, _ variables: String, isHit: Bool, _ wanted: String) {
        var answer = ""
        let counts = counted { answer = fixture.ask(query, variables) }
        #expect(answer == wanted)
        #expect(counts == (isHit ? [1, 0] : [0, 1]), "\(variables)")
    }

    @Test("Booleans choose the plan, because they decide what is selected")
    func directives() {
        let query =
            "query($x: Boolean!) { track_by_pk(track_id: 1) { track_id name @include(if: $x) n: name @skip(if: $x) } }"
        for _ in 0..<2 {
            #expect(
                fixture.ask(query, #"{"x": true}"#)
                    == #"{"data":{"track_by_pk":{"track_id":1,"name":"Track \"1\""}}}"#)
            #expect(
                fixture.ask(query, #"{"x": false}"#)
                    == #"{"data":{"track_by_pk":{"track_id":1,"n":"Track \"1\""}}}"#)
        }
    }

    @Test("Defaults stand in for variables that are absent, not for null")
    func defaults() {
        let query =
            "query($n: Int = 2, $o: order_by = desc) { track(limit: $n, order_by: {track_id: $o}) { track_id } }"
        #expect(fixture.ask(query) == #"{"data":{"track":[{"track_id":20},{"track_id":19}]}}"#)
        #expect(
            fixture.ask(query, #"{"n": 1, "o": "asc"}"#) == #"{"data":{"track":[{"track_id":1}]}}"#)
        #expect(fixture.ask(query, #"{"n": null}"#).contains(#"{"track_id":1}]"#))
    }

    @Test("Operations of one document are told apart by name, roles by role")
    func keys() {
        let document =
            #"{"query":"query A { genre_by_pk(genre_id: 1) { name } } query B { genre_by_pk(genre_id: 2) { name } }","operationName":"#
        for _ in 0..<2 {
            #expect(fixture.post(document + #""A"}"#).contains("Rock"))
            #expect(fixture.post(document + #""B"}"#).contains("Jazz"))
        }
        #expect(fixture.ask("{ genre { name } }").contains("Rock"))
        #expect(
            fixture.ask("{ genre { name } }", headers: [("x-hasura-role", "user")]).contains(
                "not found in type"))
    }

    @Test("The cache stays within its bytes and goes on working")
    func bound() throws {
        let cache = PlanCache(sizeMax: 100_000)
        let schema = RoleSchema(try #require(fixture.plugin.plugin.store.schema), role: "admin")
        for number in 0..<500 {
            let text = Array("{ track_by_pk(track_id: \(number)) { name } }".utf8)
            try text.withUnsafeBytes { bytes in
                let key = PlanCache.Key(
                    role: [65], query: bytes,
                    operationName: UnsafeRawBufferPointer(start: nil, count: 0))
                #expect(cache.find(key) == nil)
                let entry = cache.insert(
                    key, try PreparedOperation(text: text, operationName: nil, schema: schema))
                cache.insert(
                    try PlanCompiler.compile(entry.operation, shape: [], schema: schema), [],
                    in: entry)
                #expect(cache.find(key) === entry)
                #expect(cache.size <= cache.sizeMax)
            }
        }
        #expect(cache.count > 5)
        cache.removeAll()
        #expect(cache.size == 0)
    }

    @Test("After a change of tables and reload_metadata new fields answer and old ones do not (G1)")
    func reload() {
        #expect(fixture.ask("{ label { label_id } }").contains("not found in type"))
        fixture.database.run(
            "CREATE TABLE label (label_id int PRIMARY KEY); INSERT INTO label VALUES (5)")
        #expect(
            fixture.plugin.post("/v1/metadata", body: #"{"type":"reload_metadata","args":{}}"#).text
                .contains("success"))
        #expect(fixture.ask("{ label { label_id } }") == #"{"data":{"label":[{"label_id":5}]}}"#)
        fixture.database.run("DROP TABLE label")
        // The statement fails, which makes the plugin read the catalogue again.
        #expect(fixture.ask("{ label { label_id } }").contains("database query error"))
        #expect(
            fixture.host.run(within: 5) {
                fixture.ask("{ label { label_id } }").contains("not found in type")
            })
    }
}

/// What happens while the database is away.
@Suite("Without a database")
struct PlanWithoutDatabaseTests {
    @Test(
        "Requests are answered with an error at once, and served as soon as the database is there (G8)"
    )
    func comesLater() throws {
        final class Switch: @unchecked Sendable { var database: EndpointDatabase? }  // of one test
        let later = Switch()
        let host = FakeHost()
        host.database = .answering { request in
            later.database?.answer(request)
                ?? FakeDatabase.Answer(.NSELF_STATUS_UNAVAILABLE, "connection refused")
        }
        let plugin = try host.load(GraphQL.self, name: "graphql", start: false)
        let body = #"{"query":"{ genre { name } }"}"#
        let error =
            #"{"errors":[{"extensions":{"path":"$","code":"postgres-error"},"message":"connection error"}]}"#
        #expect(plugin.post("/v1/graphql", body: body).text == error)
        later.database = EndpointDatabase(
            "plans_later",
            script: "CREATE TABLE genre (name text); INSERT INTO genre VALUES ('Rock')")
        try plugin.start()
        #expect(
            plugin.post("/v1/graphql", body: body).text == #"{"data":{"genre":[{"name":"Rock"}]}}"#)
        later.database = nil
        #expect(plugin.post("/v1/graphql", body: body).text == error)
        #expect(plugin.drain() == nil)
    }
}
