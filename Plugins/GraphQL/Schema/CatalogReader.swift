import PluginAPI

/// Turns the results of `CatalogQuery` into facts.
enum CatalogReader {
    /// Reads the four results, in the order of the statements. Borrowed.
    static func read(_ outcome: borrowing DatabaseOutcome) -> Catalog {
        var catalog = Catalog()
        for row in outcome[0].rows { catalog.relations.append(relation(row)) }
        for row in outcome[1].rows { catalog.columns.append(column(row)) }
        for row in outcome[2].rows { if let key = key(row) { catalog.keys.append(key) } }
        for row in outcome[3].rows { catalog.isISODateStyle = row.bool(0) }
        return catalog
    }

    private static func relation(_ row: Row) -> Catalog.Relation {
        Catalog.Relation(
            oid: oid(row, 0), schema: row.string(1), name: row.string(2),
            kind: Catalog.Kind(rawValue: character(row, 3)) ?? .table,
            comment: row[4].map { String($0) },
            isInsertable: row.bool(5), isUpdatable: row.bool(6))
    }
    private static func column(_ row: Row) -> Catalog.Column {
        let type = Catalog.TypeName(
            oid: oid(row, 3), cast: row.string(4), baseCast: row.string(13), name: row.string(5),
            category: character(row, 6),
            isArray: row.bool(7), baseOID: oid(row, 8))
        return Catalog.Column(
            relation: oid(row, 0), number: row.int(1) ?? 0, name: row.string(2), type: type,
            isNotNull: row.bool(9), hasDefault: row.bool(10), isGenerated: row.bool(11),
            comment: row[12].map { String($0) })
    }
    private static func key(_ row: Row) -> Catalog.Key? {
        guard let kind = Catalog.Key.Kind(rawValue: character(row, 2)) else { return nil }
        return Catalog.Key(
            relation: oid(row, 0), name: row.string(1), kind: kind, columns: numbers(row, 3),
            target: oid(row, 4), targetColumns: numbers(row, 5), isValidated: row.bool(6))
    }

    private static func oid(_ row: Row, _ column: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: row.int(column) ?? 0)
    }
    private static func character(_ row: Row, _ column: Int) -> Character {
        row.string(column).first ?? " "
    }
    private static func numbers(_ row: Row, _ column: Int) -> [Int] {
        row.string(column).split(separator: ",").compactMap { Int($0) }
    }
}
