"""The operations of the benches: GraphQL text, the ranges its variables are drawn from, and the SQL that
Hasura's compiler would make of it: row_to_json over a sub-select, json_agg above it, lateral joins per level."""

TRACK = "track_id name milliseconds unit_price album_id".split()
WIDE = "track_id name composer milliseconds bytes unit_price album_id genre_id".split()


def record(columns, source):
    """row_to_json of the wanted columns of one row."""
    wanted = ", ".join(f'"{source}"."{column}" AS "{column}"' for column in columns)
    return f'row_to_json((SELECT "_e" FROM (SELECT {wanted}) AS "_e"))'


def listing(columns, base, order):
    """A list ordered by one column: sorted once for the limit, once more for the aggregate."""
    return f"""SELECT coalesce(json_agg("root" ORDER BY "root.pg.{order}" ASC NULLS LAST), '[]') AS "root"
FROM (SELECT {record(columns, "_root.base")} AS "root", "_root.base"."{order}" AS "root.pg.{order}"
      FROM ({base}) AS "_root.base" ORDER BY "root.pg.{order}" ASC NULLS LAST) AS "_root\""""


def nested(name, table, key, parent, columns, below=""):
    """An array relationship: ten rows of `table` per row of `parent`, as a lateral join."""
    inner = record(columns, f"{name}.base") if not below else record(columns, f"{name}.all")
    source = f'(SELECT * FROM "public"."{table}" WHERE ("{parent}"."{key}") = ("{key}") LIMIT 10) AS "{name}.base"'
    if below:
        source = (f'(SELECT "{name}.base".*, "{below[0]}"."{below[0]}" FROM {source} '
                  f'LEFT OUTER JOIN LATERAL ({below[1]}) AS "{below[0]}" ON (\'true\')) AS "{name}.all"')
    return f'SELECT coalesce(json_agg("{name}"), \'[]\') AS "{name}" FROM (SELECT {inner} AS "{name}" FROM {source}) AS "_{name}"'


def q3_sql():
    tracks = nested("tracks", "track", "album_id", "albums.base", ["track_id", "name", "milliseconds"])
    albums = nested("albums", "album", "artist_id", "_root.base", ["album_id", "title", "tracks"], ("tracks", tracks))
    return f"""SELECT coalesce(json_agg("root" ORDER BY "root.pg.artist_id" ASC NULLS LAST), '[]') AS "root"
FROM (SELECT row_to_json((SELECT "_e" FROM (SELECT "_root.base"."artist_id" AS "artist_id",
        "_root.base"."name" AS "name", "albums"."albums" AS "albums") AS "_e")) AS "root",
        "_root.base"."artist_id" AS "root.pg.artist_id"
      FROM (SELECT * FROM "public"."artist" WHERE ("artist_id") > (:a::integer) ORDER BY "artist_id" ASC NULLS LAST
            LIMIT 10) AS "_root.base"
      LEFT OUTER JOIN LATERAL ({albums}) AS "albums" ON ('true')
      ORDER BY "root.pg.artist_id" ASC NULLS LAST) AS "_root\""""


def single(with_, columns):
    """The row a mutation returns."""
    return f"""WITH "_m" AS ({with_} RETURNING *)
SELECT (json_agg("root") -> 0) AS "root" FROM (SELECT {record(columns, "_m")} AS "root" FROM "_m") AS "_root\""""


def fields(columns):
    return " ".join(columns)


# name: GraphQL text, variable ranges, leaf objects in a right answer, SQL with :name for the variables
OPERATIONS = {
    "q1": dict(
        title="one row by key, 5 fields", objects=1, ranges={"id": (1, 1_000_000)},
        text=f"query q1($id: Int!) {{ track_by_pk(track_id: $id) {{ {fields(TRACK)} }} }}",
        sql=f"""SELECT (json_agg("root") -> 0) AS "root" FROM (SELECT {record(TRACK, "_root.base")} AS "root"
FROM (SELECT * FROM "public"."track" WHERE ("track_id") = (:id::integer)) AS "_root.base") AS "_root\""""),
    "q2": dict(
        title="20 rows, filter and order", objects=20, ranges={"g": (1, 25), "ms": (60_000, 560_000)},
        text="query q2($g: Int!, $ms: Int!) { track(where: {genre_id: {_eq: $g}, milliseconds: {_gt: $ms}}, "
             f"order_by: {{milliseconds: asc}}, limit: 20) {{ {fields(TRACK)} }} }}",
        sql=listing(TRACK, """SELECT * FROM "public"."track" WHERE (("genre_id") = (:g::integer))
AND (("milliseconds") > (:ms::integer)) ORDER BY "milliseconds" ASC NULLS LAST LIMIT 20""", "milliseconds")),
    "q3": dict(
        title="10 artists, 10 albums each, 10 tracks each", objects=1000, ranges={"a": (0, 9_900)},
        text="query q3($a: Int!) { artist(where: {artist_id: {_gt: $a}}, order_by: {artist_id: asc}, limit: 10) "
             "{ artist_id name albums(limit: 10) { album_id title tracks(limit: 10) { track_id name milliseconds } } } }",
        sql=q3_sql()),
    "q5": dict(
        title="1,000 rows, 8 fields", objects=1000, ranges={"id": (1, 990_000)},
        text="query q5($id: Int!) { track(where: {track_id: {_gte: $id}}, order_by: {track_id: asc}, limit: 1000) "
             f"{{ {fields(WIDE)} }} }}",
        sql=listing(WIDE, """SELECT * FROM "public"."track" WHERE ("track_id") >= (:id::integer)
ORDER BY "track_id" ASC NULLS LAST LIMIT 1000""", "track_id")),
    "m1": dict(
        title="insert one, returning", objects=1, ranges={"t": (1, 1_000_000), "c": (1, 20_000)},
        text="mutation m1($t: Int!, $c: Int!) { insert_play_log_one(object: {track_id: $t, customer_id: $c, "
             'note: "bench"}) { play_id track_id } }',
        sql=single('INSERT INTO "public"."play_log" ("track_id", "customer_id", "note") '
                   "VALUES ((:t::integer), (:c::integer), ('bench')::text)", ["play_id", "track_id"])),
    "m2": dict(
        title="update by key, returning", objects=1, ranges={"id": (1, 20_000), "n": (1, 1_000)},
        text="mutation m2($id: Int!, $n: Int!) { update_customer_by_pk(pk_columns: {customer_id: $id}, "
             "_set: {credits: $n}) { customer_id credits } }",
        sql=single('UPDATE "public"."customer" SET "credits" = (:n::integer) '
                   'WHERE ("customer_id") = (:id::integer)', ["customer_id", "credits"])),
}
