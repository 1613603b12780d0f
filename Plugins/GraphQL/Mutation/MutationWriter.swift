/// Changes as SQL: one statement that changes rows and gives back what the answer needs.

extension SQLWriter {
    func mutation(_ query: MutationQuery, _ program: inout ProgramBuilder) -> String {
        switch query.answer {
        case .row(let fields):
            let first = program.open(.first)
            let sql = change(query) { source, joins in plain(fields, source, &joins, &program) }
            program.close(first)
            return sql
        case .response(let fields):
            return response(fields, query, &program)
        }
    }

    private func response(
        _ fields: [ResponseField], _ query: MutationQuery, _ program: inout ProgramBuilder
    ) -> String {
        // Several `returning` under different names select from the same rows.
        let columns = Columns()
        return change(query) { source, joins in
            program.add("{")
            for (index, field) in fields.enumerated() {
                program.add(key: field.key, isFirst: index == 0)
                switch field {
                case .typename(_, let name): program.add("\"\(name)\"")
                case .affectedRows: program.affected()
                case .returning(_, let selection):
                    let each = program.open(.each)
                    object(selection, source, &joins, &program, columns)
                    program.close(each)
                }
            }
            program.add("}")
            // Also a selection of constants has rows to come back.
            if columns.expressions.isEmpty,
                fields.contains(where: { if case .returning = $0 { true } else { false } })
            {
                _ = columns.position("true", "bool")
            }
            return columns.expressions
        }
    }

    /// The change alone; its keys go to a setting of the transaction, the number of rows is column 1.
    func keys(_ query: MutationQuery, _ rows: ChangedRows) -> String {
        let target = RowSource(statement.alias())
        let list = rows.key.map { target.column($0) }.joined(separator: ", ")
        return "WITH \"$m\" AS (" + changeText(query, target.alias) + " RETURNING " + list
            + ") SELECT set_config('\(rows.setting)', coalesce(json_agg(\"$m\"), '[]')::text, true), count(*) FROM \"$m\""
    }

    /// The change with RETURNING; in a WITH when other tables must be joined to what it returns.
    private func change(
        _ query: MutationQuery, _ fields: (RowSource, inout Joins) -> [String]
    ) -> String {
        let source = RowSource(statement.alias())
        var joins = Joins()
        var list = fields(source, &joins)
        if case .row = query.answer, list.isEmpty { list = ["true"] }
        guard !joins.text.isEmpty else {
            return changeText(query, source.alias)
                + (list.isEmpty ? "" : " RETURNING " + list.joined(separator: ", "))
        }
        let target = RowSource(statement.alias())
        let returned = source.used.sorted().map { target.column(query.table.columns[$0]) }
        return "WITH \"$m\" AS (" + changeText(query, target.alias) + " RETURNING "
            + (returned.isEmpty ? "true" : returned.joined(separator: ", ")) + ") SELECT "
            + list.joined(separator: ", ") + " FROM \"$m\" AS " + source.alias + joins.text
    }

    private func changeText(_ query: MutationQuery, _ alias: String) -> String {
        let table = query.table
        let target = RowSource(alias)
        switch query.change {
        case .delete(let filter):
            return "DELETE FROM \(table.sqlName) AS \(alias) WHERE " + condition(filter, target)
        case .update(let assignments, let filter):
            let list = assignments.map { $0.column.sqlName + " = " + assignment($0, target) }
            return "UPDATE \(table.sqlName) AS \(alias) SET " + list.joined(separator: ", ")
                + " WHERE "
                + condition(filter, target)
        case .insert(let columns, let rows, let conflict):
            return "INSERT INTO \(table.sqlName) AS \(alias)" + values(columns, rows, of: table)
                + (conflict.map { onConflict($0, target) } ?? "")
        }
    }

    private func values(_ given: [Column], _ rows: [[SQLValue?]], of table: Table) -> String {
        var columns = given
        if columns.isEmpty {
            guard rows.count > 1 else { return " DEFAULT VALUES" }
            // VALUES knows no row without columns; the default of any one stands for all.
            columns = [table.columns[0]]
        }
        let lines = rows.map { row in
            let values = row.isEmpty ? [nil] : row
            return "("
                + values.map { $0.map { statement.value($0) } ?? "DEFAULT" }.joined(separator: ", ")
                + ")"
        }
        return " (" + columns.map(\.sqlName).joined(separator: ", ") + ") VALUES "
            + lines.joined(separator: ", ")
    }

    private func onConflict(_ conflict: MutationQuery.OnConflict, _ target: RowSource) -> String {
        let head = " ON CONFLICT ON CONSTRAINT " + SQLText.quoted(conflict.constraint)
        guard !conflict.columns.isEmpty else { return head + " DO NOTHING" }
        let list = conflict.columns.map { $0.sqlName + " = EXCLUDED." + $0.sqlName }
        let filter = and(conflict.filter, target)
        return head + " DO UPDATE SET " + list.joined(separator: ", ")
            + (filter.isEmpty ? "" : " WHERE " + filter.dropFirst(" AND ".count))
    }

    private func assignment(_ one: MutationQuery.Assignment, _ target: RowSource) -> String {
        let value = statement.value(one.value)
        switch one.change {
        case .set: return value
        case .inc: return target.column(one.column) + " + " + value
        case .append: return target.column(one.column) + " || " + value
        case .prepend: return value + " || " + target.column(one.column)
        case .deleteKey, .deleteElem: return target.column(one.column) + " - " + value
        case .deleteAtPath: return target.column(one.column) + " #- " + value
        }
    }
}
