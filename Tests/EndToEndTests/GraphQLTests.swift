/// Story: somebody asks the sample data, and the answers are known.

import Fixtures
import HostManifest
import Testing

@Suite("GraphQL over the sample data", .enabled(if: DatabaseHost.isAvailable), .serialized)
struct GraphQLTests {
    /// One host for all of them: making a cluster takes seconds.
    private static let shared = Result { try DatabaseHost() }
    private let database: DatabaseHost

    init() throws { database = try Self.shared.get() }

    @Test("q1: one row by key, fields in the order of the query")
    func byKey() throws {
        let answer = try database.data(
            "query q1($id: Int!) { track_by_pk(track_id: $id) { track_id name milliseconds unit_price album_id } }",
            ["id": 42])
        #expect(
            answer.text
                == #"{"track_by_pk":{"track_id":42,"name":"Running Again 42","milliseconds":498042,"unit_price":0.99,"album_id":5}}"#
        )
    }

    @Test("A key that nobody has is null, not an error")
    func noRow() throws {
        #expect(
            try database.data("{ track_by_pk(track_id: 999999) { name } }").text
                == #"{"track_by_pk":null}"#)
    }

    @Test("q2: filter, order and limit; quotes in values are escaped")
    func filtered() throws {
        let answer = try database.data(
            """
            query q2($g: Int!, $ms: Int!) {
              track(where: {genre_id: {_eq: $g}, milliseconds: {_gt: $ms}}, order_by: {milliseconds: asc}, limit: 5) {
                track_id name milliseconds
              }
            }
            """, ["g": 7, "ms": 300_000])
        #expect(
            answer.text
                == #"{"track":[{"track_id":247,"name":"Waiting Home 247","milliseconds":301247},"#
                + #"{"track_id":1532,"name":"Dancing Away 1532","milliseconds":301532},"#
                + #"{"track_id":103,"name":"Running Below 103","milliseconds":312103},"#
                + #"{"track_id":763,"name":"\"Café\" Tonight 763","milliseconds":312763},"#
                + #"{"track_id":903,"name":"Talking Again 903","milliseconds":331903}]}"#)
    }

    @Test("q3: artists with their albums with their tracks")
    func nested() throws {
        let answer = try database.data(
            """
            query q3($a: Int!) {
              artist(where: {artist_id: {_gt: $a}}, order_by: {artist_id: asc}, limit: 2) {
                artist_id name
                albums(order_by: {album_id: asc}, limit: 2) {
                  album_id title
                  tracks(order_by: {track_id: asc}, limit: 2) { track_id name milliseconds }
                }
              }
            }
            """, ["a": 3])
        let artists = try #require(answer["artist"]?.arrayValue)
        #expect(artists.count == 2)
        #expect(
            artists[0].text
                == #"{"artist_id":4,"name":"The Electric Engines","albums":[{"album_id":13,"title":"Winter Light","#
                + #""tracks":[{"track_id":121,"name":"Talking Together 121","milliseconds":392121},"#
                + #"{"track_id":122,"name":"Señor Tonight 122","milliseconds":171122}]},"#
                + #"{"album_id":14,"title":"Lost Water","tracks":[{"track_id":131,"name":"Dancing Away 131","milliseconds":321131},"#
                + #"{"track_id":132,"name":"Running Home 132","milliseconds":100132}]}]}"#)
        #expect(artists[1]["name"]?.stringValue == "The Quiet Sparrows")
    }

    @Test("An object relationship leads from a track to its album to its artist")
    func parents() throws {
        let answer = try database.data(
            "{ track_by_pk(track_id: 121) { album { title artist { name } } } }")
        #expect(
            answer.text
                == #"{"track_by_pk":{"album":{"title":"Winter Light","artist":{"name":"The Electric Engines"}}}}"#
        )
    }

    @Test("q4: count, average, greatest, sum of a filtered set")
    func aggregate() throws {
        let answer = try database.data(
            """
            { track_aggregate(where: {album_id: {_gte: 10, _lt: 20}}) {
                aggregate { count avg { milliseconds } max { milliseconds } sum { milliseconds } } } }
            """)
        let aggregate = try #require(answer["track_aggregate"]?["aggregate"])
        #expect(aggregate["count"]?.integerValue == 100)
        #expect(aggregate["avg"]?["milliseconds"]?.text == "343730.5")
        #expect(aggregate["max"]?["milliseconds"]?.integerValue == 596_170)
        #expect(aggregate["sum"]?["milliseconds"]?.integerValue == 34_373_050)
    }

    @Test("q5: all 2,000 tracks by thousands, no row twice and none left out")
    func wide() throws {
        var seen: [Int] = []
        for offset in [0, 1000] {
            let answer = try database.data(
                """
                query q5($id: Int!) { track(where: {track_id: {_gt: $id}}, order_by: {track_id: asc}, limit: 1000) {
                  track_id name composer milliseconds bytes unit_price album_id genre_id } }
                """, ["id": .integer(offset)])
            let rows = try #require(answer["track"]?.arrayValue)
            #expect(rows.count == 1000)
            seen += rows.compactMap { $0["track_id"]?.integerValue }
            #expect(rows[9]["composer"] == .null)
        }
        #expect(seen == Array(1...2000))
    }

    @Test("m1: an inserted row comes back with its generated key, and is there")
    func insert() throws {
        let answer = try database.data(
            """
            mutation m1($t: Int!, $c: Int!) {
              insert_play_log_one(object: {track_id: $t, customer_id: $c, note: "story"}) { play_id track_id }
            }
            """, ["t": 7, "c": 9])
        let row = try #require(answer["insert_play_log_one"])
        #expect(row["track_id"]?.integerValue == 7)
        let key = try #require(row["play_id"]?.integerValue)
        #expect(
            try database.psql(["-c", "select note from play_log where play_id = \(key)"])
                == "story\n")
    }

    @Test("m2: a row is updated by its key")
    func update() throws {
        let answer = try database.data(
            """
            mutation m2($id: Int!, $n: Int!) {
              update_customer_by_pk(pk_columns: {customer_id: $id}, _set: {credits: $n}) { customer_id credits }
            }
            """, ["id": 3, "n": 77])
        #expect(answer.text == #"{"update_customer_by_pk":{"customer_id":3,"credits":77}}"#)
        #expect(
            try database.psql(["-c", "select credits from customer where customer_id = 3"])
                == "77\n")
    }

    @Test("A mutation that breaks a foreign key changes nothing and says so with a code")
    func violation() throws {
        let before = try database.psql(["-c", "select count(*) from play_log"])
        let (_, json) = try database.graphQL(
            "mutation { insert_play_log_one(object: {track_id: 999999, customer_id: 1, note: \"x\"}) { play_id } }"
        )
        #expect(
            json["errors"]?.arrayValue?.first?["extensions"]?["code"]?.stringValue
                == "constraint-violation")
        #expect(try database.psql(["-c", "select count(*) from play_log"]) == before)
    }

    @Test("A field that does not exist is an error with path and code, as Hasura words it")
    func unknownField() throws {
        let (status, json) = try database.graphQL("{ track { nme } }")
        #expect(status == 200)
        let error = try #require(json["errors"]?.arrayValue?.first)
        #expect(error["extensions"]?["code"]?.stringValue == "validation-failed")
        #expect(
            error["extensions"]?["path"]?.stringValue == "$.selectionSet.track.selectionSet.nme")
        #expect(error["message"]?.stringValue?.contains("nme") == true)
    }

    @Test("Without the admin secret, or with a wrong one, nothing is answered")
    func secret() throws {
        let (_, json) = try database.graphQL("{ artist { name } }", secret: "a guess")
        #expect(json["data"] == nil)
        #expect(
            json["errors"]?.arrayValue?.first?["extensions"]?["code"]?.stringValue
                == "access-denied")
    }

    @Test("Text that tries to leave its place in the SQL stays a value")
    func injection() throws {
        let answer = try database.data(
            "query($n: String!) { artist(where: {name: {_eq: $n}}) { artist_id } }",
            ["n": "'; drop table artist; --"])
        #expect(answer.text == #"{"artist":[]}"#)
        #expect(try database.psql(["-c", "select count(*) from artist"]) == "50\n")
    }
}
