/// Nested lists as plain columns: one statement whose rows carry their level and the number of the
/// parent's row, so that nothing is repeated, PostgreSQL makes no JSON, and all levels see one snapshot.

/// Measured on 10 x 10 x 10 rows: 0.9 ms of database time, against 1.7 for `json_agg` in Hasura's
/// shape and 1.1 for the leanest; with a single parent there is no difference.
final class LevelWriter {
    /// The types of the columns after the level's number and the parent's.
    private var slots: [String] = []
    private(set) var levels: [Level] = []

    /// One list: the root's, or that of an array relationship.
    final class Level {
        let index: Int
        let parent: Level?
        /// What the answer is written from, by slot.
        fileprivate var columns: [Int: String] = [:]
        private var positions: [String: Int] = [:]
        /// What children are joined over.
        fileprivate private(set) var keys: [String] = []
        fileprivate var sql = ""
        fileprivate var hasChildren = false

        fileprivate init(index: Int, parent: Level?) {
            self.index = index
            self.parent = parent
        }
        fileprivate var name: String { "\"$l\(index)\"" }

        fileprivate func slot(_ expression: String, _ cast: String, _ slots: inout [String]) -> Int
        {
            if let known = positions[expression] { return known }
            var slot = 0
            while slot < slots.count, slots[slot] != cast || columns[slot] != nil { slot += 1 }
            if slot == slots.count { slots.append(cast) }
            columns[slot] = expression
            positions[expression] = slot
            return slot
        }
        /// The name under which a child finds an expression.
        fileprivate func key(_ expression: String) -> String {
            if let known = keys.firstIndex(of: expression) { return "\"$k\(known)\"" }
            keys.append(expression)
            return "\"$k\(keys.count - 1)\""
        }
        /// The SELECT list of the level's own rows.
        fileprivate var list: [String] {
            columns.sorted { $0.key < $1.key }.map { "\($0.value) AS \"$c\($0.key)\"" }
                + keys.enumerated().map { "\($0.element) AS \"$k\($0.offset)\"" }
        }
        fileprivate var names: [String] {
            columns.keys.sorted().map { "\"$c\($0)\"" } + keys.indices.map { "\"$k\($0)\"" }
        }
    }

    func add(parent: Level?) -> Level {
        let level = Level(index: levels.count, parent: parent)
        levels.append(level)
        parent?.hasChildren = true
        return level
    }
    /// The position of an expression in the statement's rows.
    func position(_ expression: String, _ cast: String, _ level: Level) -> Int {
        // The level's number and the parent's row come first.
        level.slot(expression, cast, &slots) + 2
    }

    /// The whole statement.
    func statement() -> String {
        let tables = levels.filter { $0.hasChildren || $0.parent == nil }.map { level in
            let names = level.names.map { "x." + $0 }
            let start = "\(level.name) AS MATERIALIZED (SELECT row_number() OVER () AS \"$n\""
            guard let parent = level.parent else {
                return ([start] + names).joined(separator: ", ") + " FROM (\(level.sql)) AS x)"
            }
            return ([start, "p.\"$n\" AS \"$p\""] + names).joined(separator: ", ")
                + " FROM \(parent.name) AS p CROSS JOIN LATERAL (\(level.sql)) AS x)"
        }
        let branches = levels.map { level in
            let isTable = level.hasChildren || level.parent == nil
            let values = slots.indices.map { slot in
                level.columns[slot] == nil ? "NULL::" + slots[slot] : "x.\"$c\(slot)\""
            }
            let parent = level.parent == nil ? "NULL::int8" : isTable ? "x.\"$p\"" : "p.\"$n\""
            var source = "\(level.name) AS x"
            if !isTable, let table = level.parent {
                source = "\(table.name) AS p CROSS JOIN LATERAL (\(level.sql)) AS x"
            }
            return "SELECT " + (["\(level.index)", parent] + values).joined(separator: ", ")
                + " FROM " + source
        }
        return "WITH " + tables.joined(separator: ", ") + " "
            + branches.joined(separator: " UNION ALL ")
    }
}

extension SQLWriter {
    /// `[{…}, …]`, or `{…}` for one row, with nested lists.
    func levels(_ query: RowQuery, isOne: Bool, _ program: inout ProgramBuilder) -> (
        String, parents: [Int]
    ) {
        let writer = LevelWriter()
        let root = writer.add(parent: nil)
        let opened = program.open(isOne ? .firstLevel : .level, column: root.index)
        root.sql = rows(query, nil) { source, joins in
            leveled(query.selection, source, &joins, &program, writer, root)
            return root.list
        }
        program.close(opened)
        return (writer.statement(), writer.levels.map { $0.parent?.index ?? 0 })
    }

    private func leveled(
        _ fields: [RowField], _ source: RowSource, _ joins: inout Joins,
        _ program: inout ProgramBuilder,
        _ writer: LevelWriter, _ level: LevelWriter.Level
    ) {
        object(fields, source, &joins, &program, Columns { writer.position($0, $1, level) }) {
            relationship, query, source, program in
            let child = writer.add(parent: level)
            let keys = relationship.columns.map {
                (there: $0.there, key: level.key(source.column($0.here)))
            }
            let opened = program.open(.level, column: child.index)
            child.sql = rows(
                query,
                { there in
                    keys.map { there.column($0.there) + " = p." + $0.key }.joined(
                        separator: " AND ")
                }
            ) { source, joins in
                leveled(query.selection, source, &joins, &program, writer, child)
                return child.list
            }
            program.close(opened, parent: level.index)
        }
    }
}

extension RowField {
    /// A list below this field, however deep in objects.
    var hasList: Bool {
        switch self {
        case .array: true
        case .object(_, _, _, let fields): fields.contains { $0.hasList }
        case .column, .typename, .aggregate: false
        }
    }
}
