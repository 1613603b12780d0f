/// Names relationships from foreign keys as Hasura's console suggests them, the same way every time.

struct RelationshipNaming {
    private let tables: [Table]
    private var taken: [Set<String>]
    private(set) var relationships: [[Relationship]]

    init(tables: [Table]) {
        self.tables = tables
        relationships = Array(repeating: [], count: tables.count)
        taken = tables.map { Set($0.columns.map(\.name)) }
    }

    /// Adds both ways of a foreign key. Keys come in the order of their columns, so that a key that
    /// is added later never takes the plain name from one that has it.
    mutating func add(from here: Int, to there: Int, _ pairs: [(Int, Int)], isValidated: Bool) {
        let source = tables[here]
        let target = tables[there]
        let own = pairs.map { source.columns[$0.0] }
        let isCertain = isValidated && own.allSatisfy(\.isNotNull)
        let suffix =
            "By" + own.map { RelationshipNaming.camelCase($0.name) }.joined(separator: "And")

        let objectName = RelationshipNaming.objectName(own, target)
        append(
            Relationship(
                name: free(objectName, objectName + suffix, at: here), kind: .object, target: there,
                columns: pairs.map { (here: source.columns[$0.0], there: target.columns[$0.1]) },
                isCertain: isCertain,
                isForeignKeyHere: true), to: here)

        // The way back leads to one row when the referring columns are unique.
        let columns = Set(pairs.map(\.0))
        let isUnique = source.keys.contains { Set($0.columns).isSubset(of: columns) }
        let stem = isUnique ? Plural.singular(source.graphQLName) : Plural.of(source.graphQLName)
        append(
            Relationship(
                name: free(stem, stem + suffix, at: there), kind: isUnique ? .object : .array,
                target: here,
                columns: pairs.map { (here: target.columns[$0.1], there: source.columns[$0.0]) },
                isCertain: false,
                isForeignKeyHere: false), to: there)
    }

    private mutating func append(_ relationship: Relationship, to table: Int) {
        relationships[table].append(relationship)
        taken[table].insert(relationship.name)
        if relationship.kind == .array { taken[table].insert(relationship.name + "_aggregate") }
    }

    private func free(_ wanted: String, _ longer: String, at table: Int) -> String {
        var name = wanted
        var number = 1
        while taken[table].contains(name) || taken[table].contains(name + "_aggregate") {
            name = number == 1 ? longer : longer + String(number)
            number += 1
        }
        return name
    }

    /// `artist_id` → `artist`; a key over several columns, or over one without that ending: the table.
    private static func objectName(_ columns: [Column], _ target: Table) -> String {
        if columns.count == 1 {
            let name = columns[0].name
            for ending in ["_id", "Id", "_ID", "ID"]
            where name.hasSuffix(ending) && name.count > ending.count {
                return String(name.dropLast(ending.count))
            }
        }
        return Plural.singular(target.graphQLName)
    }
    /// `genre_id` → `GenreId`.
    private static func camelCase(_ name: String) -> String {
        name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
