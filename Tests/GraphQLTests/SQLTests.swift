/// Compares answers with hand-written SQL on the same data.

import Testing

@testable import PluginGraphQL

/// Queries against hand-written SQL on the same data.
@Suite("Queries", .serialized)
struct SQLTests {
    static let store = Result {
        try EndpointFixture(
            "queries",
            musicStore + """
                CREATE TABLE folder (id int PRIMARY KEY, parent_id int REFERENCES folder, name text);
                INSERT INTO folder SELECT g, CASE WHEN g > 1 THEN g / 2 END, 'f' || g FROM generate_series(1, 31) g;
                CREATE TABLE many (id int PRIMARY KEY, artist_id int REFERENCES artist);
                INSERT INTO many SELECT g, 1 + g * 7 % 5 FROM generate_series(1, 5000) g;
                CREATE TABLE line (a int, b text, PRIMARY KEY (a, b));
                CREATE TABLE part (id int PRIMARY KEY, line_a int, line_b text, FOREIGN KEY (line_a, line_b) REFERENCES line);
                INSERT INTO line VALUES (1, 'x'), (1, 'y'); INSERT INTO part VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 1, 'y'), (4, 1, NULL);
                ANALYZE;
                """)
    }
    let fixture: EndpointFixture
    init() throws { fixture = try SQLTests.store.get() }

    /// Expects the data under `field` to be, as JSON, what `sql` gives.
    private func expect(
        _ query: String, _ variables: String = "", equals sql: String,
        _ place: SourceLocation = #_sourceLocation
    ) {
        let answer = fixture.ask(query, variables)
        let literal = "'" + answer.replacing("'", with: "''") + "'"
        let isEqual = fixture.database.value(
            "SELECT (\(literal)::json->'data')::jsonb = (\(sql))::jsonb")
        #expect(
            isEqual == "t", "\(answer)\nwanted \(fixture.database.value(sql) ?? "-")",
            sourceLocation: place)
    }

    @Test("Lists within lists, with filters, orders and limits of their own")
    func nested() {
        expect(
            "{ artist(order_by: {artist_id: desc}, limit: 3, offset: 1) { name albums(order_by: {title: desc}, where: {album_id: {_neq: 4}}) { title tracks(limit: 1, order_by: {track_id: desc}, offset: 1) { track_id } } } }",
            equals: """
                SELECT json_build_object('artist', (SELECT json_agg(r) FROM (SELECT name, (SELECT coalesce(json_agg(r), '[]') FROM (SELECT title,
                (SELECT coalesce(json_agg(r), '[]') FROM (SELECT track_id FROM track t WHERE t.album_id = b.album_id ORDER BY track_id DESC LIMIT 1 OFFSET 1) r) AS tracks
                FROM album b WHERE b.artist_id = a.artist_id AND album_id <> 4 ORDER BY title DESC) r) AS albums FROM artist a ORDER BY artist_id DESC LIMIT 3 OFFSET 1) r))
                """)
    }

    @Test(
        "Several lists below one row, a list below an object, objects below lists, all in one statement (G4)"
    )
    func tree() {
        expect(
            "{ track(where: {track_id: {_lte: 4}}, order_by: {track_id: asc}) { track_id album { title artist { name albums(order_by: {album_id: asc}) { album_id } } tracks(order_by: {track_id: asc}) { track_id genre { name } } } genre { name tracks_aggregate { aggregate { count } } } } }",
            equals: """
                SELECT json_build_object('track', (SELECT json_agg(r) FROM (SELECT track_id,
                (SELECT row_to_json(r) FROM (SELECT title, (SELECT row_to_json(r) FROM (SELECT name, (SELECT json_agg(r) FROM (SELECT album_id FROM album x WHERE x.artist_id = a.artist_id ORDER BY album_id) r) AS albums FROM artist a WHERE a.artist_id = b.artist_id) r) AS artist,
                (SELECT json_agg(r) FROM (SELECT track_id, (SELECT row_to_json(r) FROM (SELECT name FROM genre g WHERE g.genre_id = y.genre_id) r) AS genre FROM track y WHERE y.album_id = b.album_id ORDER BY track_id) r) AS tracks
                FROM album b WHERE b.album_id = t.album_id) r) AS album,
                (SELECT row_to_json(r) FROM (SELECT name, json_build_object('aggregate', json_build_object('count', (SELECT count(*) FROM track z WHERE z.genre_id = g.genre_id))) AS tracks_aggregate FROM genre g WHERE g.genre_id = t.genre_id) r) AS genre
                FROM track t WHERE track_id <= 4 ORDER BY track_id) r))
                """)
        #expect(fixture.statements.count == 1)
    }

    @Test("A tree of one table with itself, four levels deep")
    func itself() {
        expect(
            "{ folder_by_pk(id: 1) { name folders(order_by: {id: asc}) { name folders(order_by: {id: asc}) { name parent { name } folders_aggregate { aggregate { count } } } } } }",
            equals: """
                SELECT json_build_object('folder_by_pk', (SELECT row_to_json(r) FROM (SELECT name, (SELECT json_agg(r) FROM (SELECT name, (SELECT json_agg(r) FROM (SELECT name,
                (SELECT row_to_json(r) FROM (SELECT name FROM folder p WHERE p.id = c.parent_id) r) AS parent,
                json_build_object('aggregate', json_build_object('count', (SELECT count(*) FROM folder d WHERE d.parent_id = c.id))) AS folders_aggregate
                FROM folder c WHERE c.parent_id = b.id ORDER BY id) r) AS folders FROM folder b WHERE b.parent_id = a.id ORDER BY id) r) AS folders FROM folder a WHERE id = 1) r))
                """)
    }

    @Test("A large list without an order finds each row's parent, however the database joins")
    func large() {
        for join in ["on", "off"] {
            fixture.database.run(
                "SET enable_nestloop = \(join); SET enable_hashjoin = \(join == "on" ? "off" : "on"); SET enable_mergejoin = off"
            )
            let answer = fixture.ask("{ artist { artist_id manies { id } } }")
            let sorted = fixture.database.value(
                """
                SELECT bool_and((m->>'id')::int * 7 % 5 + 1 = (a->>'artist_id')::int) AND count(*) = 5000 AND count(DISTINCT m->>'id') = 5000
                FROM json_array_elements(('\(answer)'::json)->'data'->'artist') a, json_array_elements(a->'manies') m
                """)
            #expect(sorted == "t")
        }
        fixture.database.run("RESET enable_nestloop; RESET enable_hashjoin; RESET enable_mergejoin")
    }

    @Test("Keys over several columns join over all of them, and a null in one joins nothing")
    func composite() {
        #expect(
            fixture.ask(
                "{ line(order_by: {b: asc}) { b parts(order_by: {id: asc}) { id } } part(where: {id: {_gt: 2}}, order_by: {id: asc}) { line { b } } line_by_pk(a: 1, b: \"y\") { b } }"
            )
                == #"{"data":{"line":[{"b":"x","parts":[{"id":1}]},{"b":"y","parts":[{"id":2},{"id":3}]}],"part":[{"line":{"b":"y"}},{"line":null}],"line_by_pk":{"b":"y"}}}"#
        )
    }

    @Test(
        "Operators of where",
        arguments: [
            ("track_id: {_eq: 3}", "track_id = 3"), ("track_id: {_neq: 3}", "track_id <> 3"),
            ("track_id: {_gt: 3, _lte: 9}", "track_id > 3 AND track_id <= 9"),
            ("track_id: {_lt: 3}", "track_id < 3"),
            ("track_id: {_gte: 18}", "track_id >= 18"),
            ("track_id: {_in: [1, 5, 99]}", "track_id IN (1, 5)"),
            ("track_id: {_in: []}", "false"),
            ("track_id: {_nin: [1, 5]}", "track_id NOT IN (1, 5)"),
            ("genre_id: {_is_null: true}", "genre_id IS NULL"),
            ("genre_id: {_is_null: false}", "genre_id IS NOT NULL"),
            ("name: {_like: \"%1%\"}", "name LIKE '%1%'"),
            ("name: {_nlike: \"%1%\"}", "name NOT LIKE '%1%'"),
            ("name: {_ilike: \"tRACK%\"}", "name ILIKE 'tRACK%'"),
            ("name: {_nilike: \"%2%\"}", "name NOT ILIKE '%2%'"),
            ("name: {_similar: \"%(1|2)%\"}", "name SIMILAR TO '%(1|2)%'"),
            ("name: {_nsimilar: \"%(1|2)%\"}", "name NOT SIMILAR TO '%(1|2)%'"),
            ("name: {_regex: \"k .1\"}", "name ~ 'k .1'"),
            ("name: {_iregex: \"K .1\"}", "name ~* 'K .1'"),
            ("name: {_nregex: \"1\"}", "name !~ '1'"),
            ("name: {_niregex: \"K .1\"}", "name !~* 'K .1'"),
            ("_and: [{track_id: {_gt: 2}}, {track_id: {_lt: 5}}]", "track_id IN (3, 4)"),
            ("_or: [{track_id: {_lt: 2}}, {track_id: {_gt: 19}}]", "track_id IN (1, 20)"),
            ("_not: {track_id: {_gt: 2}}", "track_id <= 2"), ("_or: []", "false"),
            ("_and: []", "true"), ("", "true"),
            ("_not: {}", "false"), ("track_id: {}", "true"),
            ("album: {artist: {name: {_eq: \"Artist 2\"}}}", "album_id IN (3, 4)"),
            ("genre: {}", "genre_id IS NOT NULL"), ("_not: {genre: {}}", "genre_id IS NULL"),
            ("album: {tracks: {track_id: {_eq: 5}}}", "album_id = 2"),
            ("album: {tracks_aggregate: {count: {predicate: {_lt: 3}}}}", "album_id = 7"),
            ("unit_price: {_gt: \"10.5\"}", "unit_price > 10.5"),
            ("bytes: {_gt: 5000000018}", "bytes > 5000000018"),
            ("updated_at: {_gte: \"2024-01-01T19:00:00+00:00\"}", "track_id >= 19"),
        ])
    func operators(_ filter: String, _ condition: String) {
        expect(
            "{ track(where: {\(filter)}, order_by: {track_id: asc}) { track_id } }",
            equals:
                "SELECT json_build_object('track', (SELECT coalesce(json_agg(r), '[]') FROM (SELECT track_id FROM track WHERE \(condition) ORDER BY track_id) r))"
        )
    }

    @Test("Orders: nulls, objects, aggregates, several keys; distinct_on with its order")
    func orders() {
        for (order, sql) in [
            ("{genre_id: asc, track_id: desc}", "genre_id ASC, track_id DESC"),
            ("[{genre_id: desc}, {track_id: asc}]", "genre_id DESC, track_id"),
            ("[{genre_id: asc_nulls_first}, {track_id: asc}]", "genre_id NULLS FIRST, track_id"),
            (
                "[{genre_id: desc_nulls_last}, {track_id: asc}]",
                "genre_id DESC NULLS LAST, track_id"
            ),
            (
                "[{genre: {name: asc}}, {track_id: asc}]",
                "(SELECT name FROM genre g WHERE g.genre_id = track.genre_id), track_id"
            ),
            (
                "[{album: {artist: {country: desc}}}, {track_id: asc}]",
                "(SELECT country FROM artist JOIN album USING (artist_id) WHERE album_id = track.album_id) DESC, track_id"
            ),
            (
                "[{album: {tracks_aggregate: {count: asc}}}, {track_id: asc}]",
                "(SELECT count(*) FROM track x WHERE x.album_id = track.album_id), track_id"
            ),
            (
                "[{album: {tracks_aggregate: {max: {bytes: desc}}}}, {track_id: asc}]",
                "album_id DESC, track_id"
            ),
        ] {
            for limit in ["", ", limit: 5, offset: 2"] {
                expect(
                    "{ track(order_by: \(order)\(limit)) { track_id album { title } } }",
                    equals:
                        "SELECT json_build_object('track', (SELECT json_agg(r) FROM (SELECT track_id, (SELECT row_to_json(r) FROM (SELECT title FROM album b WHERE b.album_id = track.album_id) r) AS album FROM track ORDER BY \(sql) \(limit.isEmpty ? "" : "LIMIT 5 OFFSET 2")) r))"
                )
            }
        }
        expect(
            "{ track(distinct_on: [album_id], order_by: [{album_id: asc}, {track_id: desc}]) { track_id } }",
            equals:
                "SELECT json_build_object('track', (SELECT json_agg(r) FROM (SELECT DISTINCT ON (album_id) track_id FROM track ORDER BY album_id, track_id DESC) r))"
        )
        #expect(
            fixture.ask(
                "{ track(distinct_on: [album_id], order_by: [{track_id: desc}]) { track_id } }"
            ).contains(#"\"distinct_on\" columns must match initial \"order_by\" columns"#))
    }

    @Test("Figures: counts, functions, nodes; at the root and below; over limited rows")
    func figures() {
        expect(
            "{ track_aggregate(order_by: {track_id: asc}, limit: 7) { __typename aggregate { count d: count(columns: [album_id], distinct: true) g: count(columns: genre_id) sum { milliseconds bytes unit_price } min { name updated_at unit_price } max { bytes } avg { unit_price } stddev_pop { bytes } variance { milliseconds } } nodes { name album { title } } } }",
            equals: """
                SELECT json_build_object('track_aggregate', (SELECT json_build_object('__typename', 'track_aggregate', 'aggregate', json_build_object('count', count(*), 'd', count(DISTINCT album_id), 'g', count(genre_id),
                'sum', json_build_object('milliseconds', sum(milliseconds), 'bytes', sum(bytes), 'unit_price', sum(unit_price)), 'min', json_build_object('name', min(name), 'updated_at', min(updated_at), 'unit_price', min(unit_price)),
                'max', json_build_object('bytes', max(bytes)), 'avg', json_build_object('unit_price', avg(unit_price)), 'stddev_pop', json_build_object('bytes', stddev_pop(bytes)), 'variance', json_build_object('milliseconds', variance(milliseconds))),
                'nodes', json_agg(json_build_object('name', name, 'album', json_build_object('title', title)) ORDER BY track_id)) FROM (SELECT * FROM track ORDER BY track_id LIMIT 7) t JOIN album USING (album_id)))
                """)
        expect(
            "{ artist(where: {artist_id: {_lt: 3}}, order_by: {artist_id: asc}) { albums_aggregate(where: {album_id: {_gt: 1}}) { aggregate { count max { title } } nodes { title tracks_aggregate { aggregate { count } } } } } }",
            equals: """
                SELECT json_build_object('artist', json_agg(json_build_object('albums_aggregate', (SELECT json_build_object('aggregate', json_build_object('count', count(*), 'max', json_build_object('title', max(title))),
                'nodes', json_agg(json_build_object('title', title, 'tracks_aggregate', json_build_object('aggregate', json_build_object('count', (SELECT count(*) FROM track t WHERE t.album_id = b.album_id)))) ORDER BY album_id)) FROM album b WHERE b.artist_id = a.artist_id AND album_id > 1)) ORDER BY artist_id)) FROM artist a WHERE artist_id < 3
                """)
        #expect(
            fixture.ask("{ genre_aggregate { nodes { genre_id } } }")
                == #"{"data":{"genre_aggregate":{"nodes":[{"genre_id":1},{"genre_id":2}]}}}"#)
        #expect(
            fixture.ask(
                "{ track_aggregate(where: {track_id: {_lt: 0}}) { aggregate { count max { name } } nodes { name } } }"
            )
                == #"{"data":{"track_aggregate":{"aggregate":{"count":0,"max":{"name":null}},"nodes":[]}}}"#
        )
    }

    @Test("Keys longer than PostgreSQL's names, in every form of answer")
    func longKeys() {
        let key = String(repeating: "k", count: 80)
        #expect(
            fixture.ask("{ \(key)1: genre_by_pk(genre_id: 1) { \(key)1: name \(key)2: genre_id } }")
                == "{\"data\":{\"\(key)1\":{\"\(key)1\":\"Rock\",\"\(key)2\":1}}}")
        #expect(
            fixture.ask(
                "{ genre_by_pk(genre_id: 1) { tracks(limit: 1, order_by: {track_id: asc}) { \(key)1: track_id } } }"
            ) == "{\"data\":{\"genre_by_pk\":{\"tracks\":[{\"\(key)1\":1}]}}}")
        expect(
            "{ genre_aggregate(limit: 1, order_by: {genre_id: asc}) { nodes { \(key)1: name \(key)2: genre_id } } }",
            equals:
                "SELECT '{\"genre_aggregate\":{\"nodes\":[{\"\(key)1\":\"Rock\",\"\(key)2\":1}]}}'::json"
        )
    }

    @Test("The same row by several names, fragments merged, __typename everywhere")
    func merged() {
        #expect(
            fixture.ask(
                "fragment F on track { album { title } } { track_by_pk(track_id: 1) { __typename album { __typename album_id } ...F ... on track { album { artist { __typename } } } } g: genre_by_pk(genre_id: 1) { genre_id } __typename }"
            )
                == #"{"data":{"track_by_pk":{"__typename":"track","album":{"__typename":"album","album_id":1,"title":"Album 1","artist":{"__typename":"artist"}}},"g":{"genre_id":1},"__typename":"query_root"}}"#
        )
    }
}
