/// Predicates as SQL.

extension SQLWriter {
    func condition(_ predicate: Predicate, _ source: RowSource) -> String {
        switch predicate {
        case .all(let parts): return joined(parts, " AND ", empty: "true", source)
        case .any(let parts): return joined(parts, " OR ", empty: "false", source)
        case .not(let inner): return "NOT (" + condition(inner, source) + ")"
        case .isNull(let column, let flag):
            return source.column(column) + (flag ? " IS NULL" : " IS NOT NULL")
        case .compare(let column, let one, let value):
            return compare(source.column(column), one, value)
        case .compareText(let column, let one, let value):
            return compare(source.column(column) + "::text", one, value)
        case .exists(let relationship, let target, let inner):
            let there = RowSource(statement.alias())
            return "EXISTS (SELECT 1 FROM \(target.sqlName) AS \(there.alias) WHERE "
                + join(relationship, source, there) + and(inner, there) + ")"
        case .count(_, _, _, _, _, let comparisons) where comparisons.isEmpty: return "true"
        case .count(
            let relationship, let target, let columns, let isDistinct, let filter, let comparisons):
            let there = RowSource(statement.alias())
            let count = self.count(columns, isDistinct, there)
            let tests = comparisons.map { compare(count, $0.0, $0.1) }.joined(separator: " AND ")
            return "(SELECT \(tests) FROM \(target.sqlName) AS \(there.alias) WHERE "
                + join(relationship, source, there) + and(filter, there) + ")"
        }
    }

    /// ` AND …`, or nothing for a predicate that always holds.
    func and(_ predicate: Predicate, _ source: RowSource) -> String {
        if case .all(let parts) = predicate, parts.isEmpty { return "" }
        return " AND (" + condition(predicate, source) + ")"
    }

    private func joined(_ parts: [Predicate], _ word: String, empty: String, _ source: RowSource)
        -> String
    {
        guard parts.count != 1 else { return condition(parts[0], source) }
        guard !parts.isEmpty else { return empty }
        return parts.map { "(" + condition($0, source) + ")" }.joined(separator: word)
    }

    private func compare(_ left: String, _ one: ComparisonOperator, _ value: SQLValue) -> String {
        let right = statement.value(value)
        return left + one.sql.description + (one.operand == .list ? "(\(right))" : right)
    }

    /// The rows of `there` that belong to a row of `here`.
    func join(_ relationship: Relationship, _ here: RowSource, _ there: RowSource) -> String {
        relationship.columns.map { pair in
            there.column(pair.there) + " = " + here.column(pair.here)
        }.joined(separator: " AND ")
    }

    func count(_ columns: [Column], _ isDistinct: Bool, _ source: RowSource) -> String {
        guard !columns.isEmpty else { return "count(*)" }
        let list = columns.map { isDistinct ? distinguishable($0, source) : source.column($0) }
            .joined(separator: ", ")
        return "count(\(isDistinct ? "DISTINCT " : "")\(columns.count > 1 ? "(\(list))" : list))"
    }

    /// A column in a form that has an order, because that is how PostgreSQL finds what is distinct.
    func distinguishable(_ column: Column, _ source: RowSource) -> String {
        source.column(column) + (column.type.isOrderable ? "" : "::text")
    }
}
