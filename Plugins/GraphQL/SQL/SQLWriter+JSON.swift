/// Lists and figures below a row, as JSON that PostgreSQL makes: `json_agg`, never `jsonb`.

extension SQLWriter {
    /// A name longer than this is cut by PostgreSQL, so it cannot be a column's alias.
    private static let aliasSizeMax = 63
    /// `json_build_object` takes 100 arguments.
    private static let pairCountMax = 50

    /// The rows of a relationship as one JSON array.
    func jsonList(_ query: RowQuery, _ relationship: Relationship?, _ source: RowSource?) -> String
    {
        let isLong = query.selection.contains { $0.key.utf8.count > SQLWriter.aliasSizeMax }
        let inner = rows(query, correlation(relationship, source)) { here, joins in
            let pairs = jsonPairs(query.selection, here, &joins)
            if isLong { return [jsonObject(pairs) + " AS \"$v\""] }
            return pairs.map { $0.expression + " AS " + SQLText.quoted($0.key) }
        }
        // No key of GraphQL has a dollar sign, so the row's alias hides none of its columns.
        return
            "(SELECT coalesce(json_agg(\"$r\"\(isLong ? ".\"$v\"" : "")), '[]') FROM (\(inner)) AS \"$r\")"
    }

    private func correlation(_ relationship: Relationship?, _ source: RowSource?) -> (
        (RowSource) -> String
    )? {
        guard let relationship, let source else { return nil }
        return { there in self.join(relationship, source, there) }
    }

    private func jsonPairs(_ fields: [RowField], _ source: RowSource, _ joins: inout Joins)
        -> [(key: String, expression: String)]
    {
        var pairs: [(key: String, expression: String)] = []
        for field in fields {
            let expression: String
            switch field {
            case .typename(_, let name): expression = SQLText.literal(name) + "::text"
            case .column(_, let column, let path):
                let reference = source.column(column)
                expression = path.isEmpty ? reference : reference + " #> " + jsonPath(path)
            case .object(_, let relationship, let target, let inner):
                let there = joined(relationship, target, source, &joins)
                let object = jsonObject(jsonPairs(inner, there, &joins))
                expression =
                    relationship.isCertain
                    ? object
                    : "CASE WHEN \(there.column(relationship.columns[0].there)) IS NOT NULL THEN \(object) END"
            case .array(_, let relationship, let query):
                expression = jsonList(query, relationship, source)
            case .aggregate(_, let relationship, let query):
                expression = jsonAggregate(query, relationship, source)
            }
            pairs.append((field.key, expression))
        }
        return pairs
    }

    /// An object of expressions; keys are names of GraphQL.
    func jsonObject(_ pairs: [(key: String, expression: String)]) -> String {
        guard pairs.count > SQLWriter.pairCountMax else {
            return "json_build_object("
                + pairs.map { SQLText.literal($0.key) + ", " + $0.expression }.joined(
                    separator: ", ") + ")"
        }
        let members = pairs.enumerated().map { index, pair in
            SQLText.literal((index == 0 ? "{" : ",") + "\"" + pair.key + "\":")
                + " || coalesce(to_json(\(pair.expression))::text, 'null')"
        }
        return "(" + members.joined(separator: " || ") + " || '}')::json"
    }

    // MARK: - Figures

    /// `tracks_aggregate { … }` below a row, as one JSON object.
    func jsonAggregate(_ query: AggregateQuery, _ relationship: Relationship, _ source: RowSource)
        -> String
    {
        let figures = aggregateRows(query, correlation(relationship, source)) { here in
            let pairs = query.fields.map { field -> (key: String, expression: String) in
                switch field {
                case .typename(let key, let name): return (key, SQLText.literal(name) + "::text")
                case .nodes(let key, let selection):
                    var nodes = query.query
                    nodes.selection = selection
                    return (key, jsonList(nodes, relationship, source))
                case .aggregate(let key, let figures): return (key, jsonFigures(figures, here))
                }
            }
            return [jsonObject(pairs)]
        }
        return "(" + figures + ")"
    }

    private func jsonFigures(_ figures: [AggregateFigure], _ source: RowSource) -> String {
        jsonObject(
            figures.map { figure in
                switch figure {
                case .typename(let key, let name): return (key, SQLText.literal(name) + "::text")
                case .count(let key, let columns, let isDistinct):
                    return (key, count(columns, isDistinct, source))
                case .function(let key, let function, let columns, let typeName):
                    let inner = columns.map { one in
                        (
                            key: one.key,
                            expression: one.column.map { self.function(function, $0, source).0 }
                                ?? SQLText.literal(typeName) + "::text"
                        )
                    }
                    return (key, jsonObject(inner))
                }
            })
    }

    /// `track_aggregate { … }` at the root, as plain columns.
    func aggregate(_ query: AggregateQuery, _ program: inout ProgramBuilder) -> String {
        let columns = Columns()
        let first = program.open(.first)
        let sql = aggregateRows(query, nil) { source in
            program.add("{")
            for (index, field) in query.fields.enumerated() {
                program.add(key: field.key, isFirst: index == 0)
                switch field {
                case .typename(_, let name): program.add("\"\(name)\"")
                case .nodes(_, let selection):
                    var nodes = query.query
                    nodes.selection = selection
                    program.value(columns.position(jsonList(nodes, nil, nil), "json"), .json)
                case .aggregate(_, let figures): plainFigures(figures, source, &program, columns)
                }
            }
            program.add("}")
            return columns.expressions
        }
        program.close(first)
        return sql
    }

    private func plainFigures(
        _ figures: [AggregateFigure], _ source: RowSource, _ program: inout ProgramBuilder,
        _ columns: Columns
    ) {
        program.add("{")
        for (index, figure) in figures.enumerated() {
            program.add(key: figure.key, isFirst: index == 0)
            switch figure {
            case .typename(_, let name): program.add("\"\(name)\"")
            case .count(_, let list, let isDistinct):
                program.value(columns.position(count(list, isDistinct, source), "int8"), .number)
            case .function(_, let function, let list, let typeName):
                program.add("{")
                for (index, one) in list.enumerated() {
                    program.add(key: one.key, isFirst: index == 0)
                    guard let column = one.column else {
                        program.add("\"\(typeName)\"")
                        continue
                    }
                    let (expression, form) = self.function(function, column, source)
                    program.value(columns.position(expression, ""), form)
                }
                program.add("}")
            }
        }
        program.add("}")
    }

    /// One row of figures over the query's rows; limited rows are limited below.
    private func aggregateRows(
        _ aggregate: AggregateQuery, _ correlation: ((RowSource) -> String)?,
        _ figures: (RowSource) -> [String]
    ) -> String {
        let query = aggregate.query
        let source = RowSource(statement.alias())
        let select = figures(source)
        // Only figures make one row of many; `nodes` alone is complete in itself.
        guard aggregate.hasFigures else {
            return "SELECT " + (select.isEmpty ? "NULL" : select.joined(separator: ", "))
        }
        let isBounded = query.limit != nil || query.offset != nil || !query.distinct.isEmpty
        guard isBounded else {
            return "SELECT " + select.joined(separator: ", ") + " FROM " + query.table.sqlName
                + " AS "
                + source.alias + whereText(query, source, correlation)
        }
        let inner = RowSource(statement.alias())
        var order = orderText(query.order, inner)
        if order.text.isEmpty { order.text = distinctOrder(query, inner) }
        let columns = source.used.sorted().map { inner.column(query.table.columns[$0]) }
        let base =
            "SELECT " + distinct(query, inner)
            + (columns.isEmpty ? "NULL" : columns.joined(separator: ", "))
            + " FROM " + query.table.sqlName + " AS " + inner.alias + order.joins
            + whereText(query, inner, correlation) + order.text + bounds(query)
        return "SELECT " + select.joined(separator: ", ") + " FROM (" + base + ") AS "
            + source.alias
    }

    /// A function over a column and how its result is written.
    func function(_ function: AggregateFunction, _ column: Column, _ source: RowSource) -> (
        String, OutputForm
    ) {
        var argument = source.column(column)
        guard function == .max || function == .min else {
            return (
                "\(function.rawValue)(\(argument))", column.type.name == "money" ? .string : .float
            )
        }
        // PostgreSQL orders these and still has no max for them.
        if ["uuid", "bytea"].contains(column.type.name) { argument += "::text" }
        let expression = "\(function.rawValue)(\(argument))"
        return column.type.output == .converted
            ? ("to_json(\(expression))", .json) : (expression, column.type.output)
    }
}
