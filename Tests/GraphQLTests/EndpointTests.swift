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
        #expect(fixture.ask("{ track_by_pk(track_id: 99) { name } }") == #"{"data":{"track_by_pk":null}}"#)
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
