/// The tables of a source with their relationships, named; what every role's schema is cut from.

/// Immutable; one per reading of the catalogue, shared by all loops.
final class SourceSchema: Sendable {
    /// Grows with each reading: part of what keys a plan.
    let generation: UInt64
    let tables: [Table]
    /// Of each table, in order of name.
    let relationships: [[Relationship]]
    /// Tables by GraphQL name.
    let tableIndex: [String: Int]
    /// What could not be tracked and why, for the log.
    let skipped: [String]

    /// Tracks every relation of `schemas` under the names that Hasura's console suggests.
    init(_ catalog: Catalog, schemas: [String], generation: UInt64) {
        self.generation = generation
        var skipped: [String] = []
        let allowed = Set(schemas)
        var columns: [UInt32: [Catalog.Column]] = [:]
        for column in catalog.columns { columns[column.relation, default: []].append(column) }
        var keys: [UInt32: [Catalog.Key]] = [:]
        for key in catalog.keys { keys[key.relation, default: []].append(key) }

        var tables: [Table] = []
        var tableIndex: [String: Int] = [:]
        var origins: [UInt32: Origin] = [:]
        for relation in catalog.relations where allowed.contains(relation.schema) {
            let name =
                relation.schema == "public" ? relation.name : relation.schema + "_" + relation.name
            guard GraphQLName.isValid(name) else {
                skipped.append(
                    "\(relation.schema).\(relation.name): \"\(name)\" is not a GraphQL name")
                continue
            }
            guard tableIndex[name] == nil else {
                skipped.append(
                    "\(relation.schema).\(relation.name): another table is called \"\(name)\"")
                continue
            }
            let facts = columns[relation.oid] ?? []
            let visible = facts.filter { GraphQLName.isValid($0.name) }
            for column in facts where !GraphQLName.isValid(column.name) {
                skipped.append(
                    "\(relation.schema).\(relation.name).\(column.name): not a GraphQL name")
            }
            guard !visible.isEmpty else {
                skipped.append("\(relation.schema).\(relation.name): no column can be shown")
                continue
            }
            let positions = Dictionary(
                uniqueKeysWithValues: visible.enumerated().map { ($0.element.number, $0.offset) })
            origins[relation.oid] = Origin(table: tables.count, positions: positions)
            tableIndex[name] = tables.count
            tables.append(
                Table(
                    index: tables.count, schema: relation.schema, name: relation.name,
                    graphQLName: name, comment: relation.comment,
                    columns: visible.enumerated().map { index, column in
                        Column(
                            index: index, name: column.name, sqlName: SQLText.quoted(column.name),
                            type: ScalarType(column.type, isISODateStyle: catalog.isISODateStyle),
                            isNotNull: column.isNotNull, hasDefault: column.hasDefault,
                            isGenerated: column.isGenerated, comment: column.comment)
                    },
                    keys: SourceSchema.uniqueKeys(keys[relation.oid] ?? [], positions),
                    isInsertable: relation.isInsertable, isUpdatable: relation.isUpdatable))
        }
        var naming = RelationshipNaming(tables: tables)
        for key in catalog.keys where key.kind == .foreign {
            guard let here = origins[key.relation], let there = origins[key.target] else {
                continue
            }
            let pairs = zip(key.columns, key.targetColumns).compactMap { from, to in
                here.positions[from].flatMap { from in there.positions[to].map { (from, $0) } }
            }
            // A column that is not shown cannot be joined over.
            guard pairs.count == key.columns.count, !pairs.isEmpty else { continue }
            naming.add(from: here.table, to: there.table, pairs, isValidated: key.isValidated)
        }
        self.tables = tables
        self.tableIndex = tableIndex
        self.skipped = skipped
        relationships = naming.relationships.map { $0.sorted { $0.name < $1.name } }
    }

    func table(named name: String) -> Table? { tableIndex[name].map { tables[$0] } }

    private struct Origin {
        let table: Int
        /// Column numbers of the catalogue to positions in `columns`.
        let positions: [Int: Int]
    }

    private static func uniqueKeys(_ keys: [Catalog.Key], _ positions: [Int: Int]) -> [UniqueKey] {
        keys.filter { $0.kind != .foreign && $0.columns.allSatisfy { positions[$0] != nil } }
            .sorted {
                ($0.kind == .primary ? 0 : 1, $0.name) < ($1.kind == .primary ? 0 : 1, $1.name)
            }
            .map {
                UniqueKey(
                    name: $0.name, isPrimary: $0.kind == .primary,
                    columns: $0.columns.compactMap { positions[$0] })
            }
    }
}

enum GraphQLName {
    /// A name of the grammar that is not kept for introspection.
    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(first >= 0x30 && first <= 0x39) else { return false }
        return !name.hasPrefix("__")
            && name.utf8.allSatisfy {
                ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F || $0 >= 0x30 && $0 <= 0x39
            }
    }
}
