/// Writes one statement: the rows of a query as plain columns, with the program that makes the answer
/// of them. Lists below a row come as JSON of the database's own making.

/// Values never become text here: see `StatementBuilder.value`.
struct SQLWriter {
    let statement = StatementBuilder()

    /// The plain columns of a SELECT, and where each expression already stands.
    final class Columns {
        private(set) var expressions: [String] = []
        private var positions: [String: Int] = [:]
        /// Places an expression of a type elsewhere.
        private let place: ((String, String) -> Int)?

        init(_ place: ((String, String) -> Int)? = nil) { self.place = place }

        func position(_ expression: String, _ cast: String) -> Int {
            if let place { return place(expression, cast) }
            if let position = positions[expression] { return position }
            positions[expression] = expressions.count
            expressions.append(expression)
            return expressions.count - 1
        }
    }
    /// Writes a list below a row.
    typealias ListWriter = (Relationship, RowQuery, RowSource, inout ProgramBuilder) -> Void

    // MARK: - Roots

    /// `[{…}, …]`
    func list(_ query: RowQuery, _ program: inout ProgramBuilder) -> String {
        let each = program.open(.each)
        let sql = rows(query, nil) { source, joins in
            plain(query.selection, source, &joins, &program)
        }
        program.close(each)
        return sql
    }
    /// `{…}` of the first row, or null.
    func one(_ query: RowQuery, _ program: inout ProgramBuilder) -> String {
        let first = program.open(.first)
        let sql = rows(query, nil) { source, joins in
            plain(query.selection, source, &joins, &program)
        }
        program.close(first)
        return sql
    }

    // MARK: - FROM

    /// Tables joined to a row, each at most one row wide.
    struct Joins {
        var text = ""
    }

    /// SELECT what `fields` asks for FROM the query's rows. `fields` may join further tables; then
    /// the rows are limited below the joins.
    func rows(
        _ query: RowQuery, _ correlation: ((RowSource) -> String)?,
        _ fields: (RowSource, inout Joins) -> [String]
    ) -> String {
        let source = RowSource(statement.alias())
        var joins = Joins()
        var list = fields(source, &joins)
        // PostgreSQL wants a list that is not empty for DISTINCT ON and to count rows.
        if list.isEmpty { list = ["NULL"] }
        let isBounded = query.limit != nil || query.offset != nil || !query.distinct.isEmpty
        guard isBounded, !joins.text.isEmpty else {
            var order = orderText(query.order, source)
            if order.text.isEmpty { order.text = distinctOrder(query, source) }
            if query.changed != nil { order.text = " ORDER BY \"$k\".\"$o\"" }
            return "SELECT " + distinct(query, source) + list.joined(separator: ", ") + " FROM "
                + from(query, source) + joins.text + order.joins
                + whereText(query, source, correlation) + order.text + bounds(query)
        }
        let inner = RowSource(statement.alias())
        var order = orderText(query.order, inner)
        var selected: [String] = []
        var outer: [String] = []
        for (index, key) in order.keys.enumerated() {
            selected.append("\(key.expression) AS \"$o\(index)\"")
            outer.append("\(source.alias).\"$o\(index)\"\(key.direction)")
        }
        if order.text.isEmpty { order.text = distinctOrder(query, inner) }
        let condition = whereText(query, inner, correlation)
        let columns = source.used.sorted().map { inner.column(query.table.columns[$0]) }
        let base =
            "SELECT " + distinct(query, inner) + (columns + selected).joined(separator: ", ")
            + " FROM "
            + query.table.sqlName + " AS " + inner.alias + order.joins + condition + order.text
            + bounds(query)
        return "SELECT " + list.joined(separator: ", ") + " FROM (" + base + ") AS " + source.alias
            + joins.text
            + (outer.isEmpty ? "" : " ORDER BY " + outer.joined(separator: ", "))
    }

    /// The table, joined to the keys of changed rows when only those are wanted.
    private func from(_ query: RowQuery, _ source: RowSource) -> String {
        let table = query.table.sqlName + " AS " + source.alias
        guard let changed = query.changed else { return table }
        let names = changed.key.map(\.sqlName)
        let types = changed.key.map { $0.sqlName + " " + $0.type.cast }
        let equal = changed.key.map { source.column($0) + " = \"$k\"." + $0.sqlName }
        return
            "ROWS FROM (json_to_recordset(current_setting('\(changed.setting)')::json) AS (\(types.joined(separator: ", ")))) "
            + "WITH ORDINALITY AS \"$k\"(\(names.joined(separator: ", ")), \"$o\") JOIN \(table) ON "
            + equal.joined(separator: " AND ")
    }

    func whereText(_ query: RowQuery, _ source: RowSource, _ correlation: ((RowSource) -> String)?)
        -> String
    {
        let filter = and(query.filter, source)
        if let correlation { return " WHERE " + correlation(source) + filter }
        return filter.isEmpty ? "" : " WHERE " + filter.dropFirst(" AND ".count)
    }
    func bounds(_ query: RowQuery) -> String {
        (query.limit.map { " LIMIT " + statement.bound($0) } ?? "")
            + (query.offset.map { " OFFSET " + statement.bound($0) } ?? "")
    }
    func distinct(_ query: RowQuery, _ source: RowSource) -> String {
        guard !query.distinct.isEmpty else { return "" }
        return "DISTINCT ON ("
            + query.distinct.map { distinguishable($0, source) }.joined(separator: ", ") + ") "
    }
    /// Without an order the distinct columns are one, so that a page follows on another.
    func distinctOrder(_ query: RowQuery, _ source: RowSource) -> String {
        guard !query.distinct.isEmpty else { return "" }
        return " ORDER BY "
            + query.distinct.map { distinguishable($0, source) }.joined(separator: ", ")
    }

    // MARK: - Plain columns

    /// The columns that the selection needs, and the steps that write a row of them.
    func plain(
        _ fields: [RowField], _ source: RowSource, _ joins: inout Joins,
        _ program: inout ProgramBuilder
    ) -> [String] {
        let columns = Columns()
        object(fields, source, &joins, &program, columns)
        return columns.expressions
    }

    /// Lists below the row are JSON of the database unless `list` writes them.
    func object(
        _ fields: [RowField], _ source: RowSource, _ joins: inout Joins,
        _ program: inout ProgramBuilder,
        _ columns: Columns, list: ListWriter? = nil
    ) {
        program.add("{")
        for (index, field) in fields.enumerated() {
            program.add(key: field.key, isFirst: index == 0)
            switch field {
            case .typename(_, let name): program.add("\"\(name)\"")
            case .column(_, let column, let path):
                let (expression, cast, form) = output(column, path, source)
                program.value(columns.position(expression, cast), form)
            case .object(_, let relationship, let target, let inner):
                let there = joined(relationship, target, source, &joins)
                guard !relationship.isCertain else {
                    object(inner, there, &joins, &program, columns, list: list)
                    continue
                }
                let (marker, cast, _) = output(relationship.columns[0].there, [], there)
                let opened = program.open(.object, column: columns.position(marker, cast))
                object(inner, there, &joins, &program, columns, list: list)
                program.close(opened)
            case .array(_, let relationship, let query):
                if let list {
                    list(relationship, query, source, &program)
                } else {
                    program.value(
                        columns.position(jsonList(query, relationship, source), "json"), .json)
                }
            case .aggregate(_, let relationship, let query):
                program.value(
                    columns.position(jsonAggregate(query, relationship, source), "json"), .json)
            }
        }
        program.add("}")
    }

    /// A column as the writer of results wants it, and its type.
    func output(_ column: Column, _ path: [String], _ source: RowSource) -> (
        String, cast: String, OutputForm
    ) {
        let reference = source.column(column)
        guard path.isEmpty else {
            return (reference + " #> " + jsonPath(path), column.type.baseCast, .json)
        }
        if column.type.output == .converted { return ("to_json(\(reference))", "json", .json) }
        return (reference, column.type.baseCast, column.type.output)
    }
    func jsonPath(_ path: [String]) -> String {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (index, step) in path.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            ArrayText.quote(step.utf8, to: &text)
        }
        text.append(UInt8(ascii: "}"))
        return statement.value(
            .parameter(.constant(String(decoding: text, as: UTF8.self)), cast: "text[]"))
    }

    /// A table joined over a relationship to at most one row.
    func joined(
        _ relationship: Relationship, _ target: Table, _ source: RowSource, _ joins: inout Joins
    )
        -> RowSource
    {
        let there = RowSource(statement.alias())
        joins.text +=
            " LEFT JOIN \(target.sqlName) AS \(there.alias) ON " + join(relationship, source, there)
        return there
    }
}
