/// Proves names, relationships and types of a schema made of a catalogue.

import Testing

@testable import PluginGraphQL

/// The schema made of a catalogue, without a database.
@Suite("Schema")
struct SchemaTests {
    /// Builds catalogues: `table("track", "track_id", "album_id")`, all columns int4 and not null.
    struct Builder {
        var catalog = Catalog()
        private var numbers: [String: (oid: UInt32, columns: [String])] = [:]

        mutating func table(
            _ name: String, schema: String = "public", key: [String] = [], _ columns: String...
        ) {
            let oid = UInt32(catalog.relations.count + 1)
            catalog.relations.append(
                Catalog.Relation(
                    oid: oid, schema: schema, name: name, kind: .table, comment: nil,
                    isInsertable: true,
                    isUpdatable: true))
            for (index, column) in columns.enumerated() {
                catalog.columns.append(
                    Catalog.Column(
                        relation: oid, number: index + 1, name: column,
                        type: Catalog.TypeName(
                            oid: 23, cast: "int4", name: "int4", category: "N", isArray: false,
                            baseOID: 23),
                        isNotNull: true, hasDefault: false, isGenerated: false, comment: nil))
            }
            numbers[name] = (oid, columns)
            if !key.isEmpty { add(name, key, .primary, nil, []) }
        }
        mutating func unique(_ table: String, _ columns: String...) {
            add(table, columns, .unique, nil, [])
        }
        mutating func foreign(
            _ table: String, _ columns: [String], _ target: String, _ there: [String]
        ) {
            add(table, columns, .foreign, target, there)
        }
        private mutating func add(
            _ table: String, _ columns: [String], _ kind: Catalog.Key.Kind, _ target: String?,
            _ there: [String]
        ) {
            func positions(_ table: String?, _ columns: [String]) -> [Int] {
                columns.compactMap { column in
                    table.flatMap { numbers[$0]?.columns.firstIndex(of: column) }.map { $0 + 1 }
                }
            }
            catalog.keys.append(
                Catalog.Key(
                    relation: numbers[table]?.oid ?? 0,
                    name: "\(table)_\(columns.joined(separator: "_"))_\(kind)",
                    kind: kind, columns: positions(table, columns),
                    target: target.flatMap { numbers[$0]?.oid } ?? 0,
                    targetColumns: positions(target, there), isValidated: true))
        }
        func schema(_ schemas: [String] = ["public"]) -> SourceSchema {
            SourceSchema(catalog, schemas: schemas, generation: 1)
        }
    }
    private func relationships(_ schema: SourceSchema, _ table: String) -> [String] {
        schema.table(named: table).map { schema.relationships[$0.index].map(\.name) } ?? []
    }

    @Test(
        "Relationships are named as Hasura's console suggests: artist_id gives artist, the way back artists' albums"
    )
    func names() {
        var builder = Builder()
        builder.table("artist", key: ["artist_id"], "artist_id")
        builder.table("album", key: ["album_id"], "album_id", "artist_id")
        builder.table("category", key: ["id"], "id", "parent")
        builder.foreign("album", ["artist_id"], "artist", ["artist_id"])
        builder.foreign("category", ["parent"], "category", ["id"])
        let schema = builder.schema()
        #expect(relationships(schema, "album") == ["artist"])
        #expect(relationships(schema, "artist") == ["albums"])
        #expect(relationships(schema, "category") == ["categories", "category"])
    }

    @Test("A second key to the same table, and a name that a column has, get By and the columns")
    func conflicts() {
        var builder = Builder()
        builder.table("address", key: ["id"], "id")
        builder.table("orders", key: ["id"], "id", "billing_id", "shipping_id", "billing")
        builder.foreign("orders", ["billing_id"], "address", ["id"])
        builder.foreign("orders", ["shipping_id"], "address", ["id"])
        let schema = builder.schema()
        #expect(relationships(schema, "orders") == ["billingByBillingId", "shipping"])
        #expect(relationships(schema, "address") == ["orders", "ordersByShippingId"])
    }

    @Test("A key over unique columns leads back to one row")
    func oneToOne() {
        var builder = Builder()
        builder.table("customer", key: ["id"], "id")
        builder.table("profiles", key: ["customer_id"], "customer_id")
        builder.foreign("profiles", ["customer_id"], "customer", ["id"])
        let schema = builder.schema()
        let back = schema.table(named: "customer").map { schema.relationships[$0.index] } ?? []
        #expect(back.map(\.name) == ["profile"])
        #expect(back.first?.kind == .object)
    }

    @Test("A key over several columns joins over all of them and is named by its table")
    func composite() {
        var builder = Builder()
        builder.table("line", key: ["a", "b"], "a", "b")
        builder.table("part", key: ["id"], "id", "line_a", "line_b")
        builder.foreign("part", ["line_a", "line_b"], "line", ["a", "b"])
        let schema = builder.schema()
        let way = schema.table(named: "part").map { schema.relationships[$0.index] }?.first
        #expect(way?.name == "line")
        #expect(way?.columns.count == 2)
    }

    @Test(
        "Tables of other schemas are called schema_table; names GraphQL cannot have are left out and said"
    )
    func otherNames() {
        var builder = Builder()
        builder.table("t", schema: "shop", "a")
        builder.table("my-table", "a")
        builder.table("u", "a", "b-c")
        let schema = builder.schema(["public", "shop"])
        #expect(schema.tables.map(\.graphQLName).sorted() == ["shop_t", "u"])
        #expect(schema.table(named: "u")?.columns.map(\.name) == ["a"])
        #expect(schema.skipped.count == 2)
        #expect(builder.schema().table(named: "shop_t") == nil)
    }

    @Test(
        "Plurals and singulars of names",
        arguments: [
            ("album", "albums"), ("category", "categories"), ("play_log", "play_logs"),
            ("person", "people"),
            ("address", "addresses"), ("box", "boxes"), ("day", "days"), ("status", "statuses"),
            ("child", "children"),
            ("match", "matches"), ("schema", "schemas"), ("video", "videos"),
            ("company", "companies"),
        ])
    func plurals(_ one: String, _ many: String) {
        #expect(Plural.of(one) == many)
        #expect(Plural.of(many) == many)
        if one != "status" { #expect(Plural.singular(many) == one) }
    }

    @Test("Every type that a type refers to exists, for every table (G2)")
    func closed() {
        var builder = Builder()
        builder.table("artist", key: ["artist_id"], "artist_id")
        builder.table("album", key: ["album_id"], "album_id", "artist_id")
        builder.foreign("album", ["artist_id"], "artist", ["artist_id"])
        builder.table("bare", "x")
        let role = RoleSchema(builder.schema(), role: "admin")
        #expect(role.typeNames.count > 60)
        for name in role.typeNames {
            guard let type = role.type(named: name) else {
                Issue.record("\(name) is listed and does not exist")
                continue
            }
            #expect(type === role.type(named: name))
            let used =
                type.fields.flatMap { [$0.type] + $0.arguments.map(\.type) }
                + type.inputFields.map(\.type)
            for reference in used {
                #expect(role.type(named: reference.name) != nil, "\(name) → \(reference.text)")
            }
            let isEmpty = type.fields.isEmpty && type.inputFields.isEmpty && type.enumValues.isEmpty
            #expect(type.kind == .scalar || !isEmpty, "\(name) has no members")
        }
        #expect(
            role.queryRoots.keys.sorted() == [
                "album", "album_aggregate", "album_by_pk", "artist", "artist_aggregate",
                "artist_by_pk", "bare",
                "bare_aggregate",
            ])
        #expect(role.mutationRoots["update_album_many"] != nil)
        #expect(role.mutationRoots["update_bare_by_pk"] == nil)
    }

    @Test("A role without permissions sees no table")
    func roleWithoutPermissions() {
        var builder = Builder()
        builder.table("artist", key: ["artist_id"], "artist_id")
        let role = RoleSchema(builder.schema(), role: "user")
        #expect(role.queryRoots.isEmpty)
        #expect(role.rootType(.mutation) == nil)
        #expect(role.rootType(.query)?.fields.map(\.name) == ["no_queries_available"])
        #expect(role.type(named: "artist") == nil)
    }

    @Test("A catalogue whose dates are not ISO has the database make their JSON")
    func dateStyle() {
        let type = Catalog.TypeName(
            oid: 1184, cast: "timestamptz", name: "timestamptz", category: "D", isArray: false,
            baseOID: 1184)
        #expect(ScalarType(type, isISODateStyle: true).output == .timestampWithZone)
        #expect(ScalarType(type, isISODateStyle: false).output == .converted)
    }
}
