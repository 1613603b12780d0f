/// Rows and aggregates: arguments, selections, order.

extension Planner {
    /// `track(where: …) { … }`, also below a relationship.
    mutating func rows(_ table: Table, _ collected: Collected) throws(QueryError) -> RowQuery {
        var query = try arguments(RowQuery(table: table), collected.field)
        query.selection = try at(.selectionSet) { planner throws(QueryError) in
            try planner.selection(collected.selections, table)
        }
        return query
    }

    mutating func arguments(_ base: RowQuery, _ field: Syntax.Field) throws(QueryError) -> RowQuery
    {
        try at(.args) { planner throws(QueryError) in
            var query = base
            if let filter = planner.present("where", of: field) {
                query.filter = try planner.at(.key("where")) { planner throws(QueryError) in
                    try planner.predicate(filter, base.table)
                }
            }
            if let order = planner.present("order_by", of: field) {
                query.order = try planner.at(.key("order_by")) { planner throws(QueryError) in
                    try planner.order(order, base.table)
                }
            }
            query.limit = try planner.bound("limit", of: field)
            query.offset = try planner.bound("offset", of: field)
            query.distinct = try planner.columns(
                planner.present("distinct_on", of: field), base.table)
            try planner.checkDistinct(query)
            return query
        }
    }

    private mutating func bound(_ name: String, of field: Syntax.Field) throws(QueryError)
        -> RowBound?
    {
        guard let value = present(name, of: field) else { return nil }
        return try at(.key(name)) { planner throws(QueryError) in
            guard case .leaf(let leaf) = value else {
                throw planner.unexpected("a number was expected")
            }
            switch leaf {
            case .literal(.number, let digits):
                guard let number = Int32(digits) else {
                    throw planner.unexpected("a number was expected")
                }
                return .constant(number)
            default: return .parameter(try planner.sqlValue(value, .bigint))
            }
        }
    }

    /// Enum values that name columns.
    func columns(_ value: InputValue?, _ table: Table) throws(QueryError) -> [Column] {
        guard let value else { return [] }
        var columns: [Column] = []
        for element in value.elements {
            guard let name = element.name, let column = table.column(named: name) else {
                throw unexpected("a column of \"\(table.name)\" was expected")
            }
            columns.append(column)
        }
        return columns
    }

    /// `distinct_on` needs its columns first in the order.
    private func checkDistinct(_ query: RowQuery) throws(QueryError) {
        guard !query.distinct.isEmpty, !query.order.isEmpty else { return }
        var wanted = Set(query.distinct.map(\.index))
        for item in query.order where !wanted.isEmpty {
            guard item.way.isEmpty, case .column(let column) = item.key,
                query.distinct.contains(where: { $0.index == column.index })
            else { break }
            wanted.remove(column.index)
        }
        guard wanted.isEmpty else {
            throw error("\"distinct_on\" columns must match initial \"order_by\" columns")
        }
    }

    // MARK: - Selections

    mutating func selection(
        _ selections: [Syntax.Slice<Syntax.Selection>], _ table: Table
    ) throws(QueryError) -> [RowField] {
        var fields: [RowField] = []
        for collected in collect(selections, of: table.graphQLName) {
            fields.append(
                try at(.key(collected.name)) { planner throws(QueryError) in
                    try planner.field(collected, table)
                })
        }
        return fields
    }

    private mutating func field(_ collected: Collected, _ table: Table) throws(QueryError)
        -> RowField
    {
        if collected.name == "__typename" { return .typename(collected.key, table.graphQLName) }
        if let column = table.column(named: collected.name) {
            return .column(collected.key, column, path: try jsonPath(collected.field))
        }
        for relationship in source.relationships[table.index] {
            let target = source.tables[relationship.target]
            if relationship.name == collected.name {
                guard relationship.kind == .array else {
                    let fields = try at(.selectionSet) { planner throws(QueryError) in
                        try planner.selection(collected.selections, target)
                    }
                    return .object(collected.key, relationship, target, fields)
                }
                return .array(collected.key, relationship, try rows(target, collected))
            }
            if relationship.kind == .array, relationship.name + "_aggregate" == collected.name {
                return .aggregate(collected.key, relationship, try aggregate(target, collected))
            }
        }
        throw unexpected("field '\(collected.name)' not found in type: '\(table.graphQLName)'")
    }

    /// `path: "$.a.b[0]"` of a JSON column, as steps.
    private mutating func jsonPath(_ field: Syntax.Field) throws(QueryError) -> [String] {
        guard let value = present("path", of: field) else { return [] }
        return try at(.args, .key("path")) { planner throws(QueryError) in
            guard case .leaf(.literal(.string, let text)) = value else {
                throw planner.error(
                    "a JSON path must be given in the query's text", code: "not-supported")
            }
            guard let steps = JSONPath.steps(text) else {
                throw planner.error("parse json path error: \(text)", code: "parse-failed")
            }
            return steps
        }
    }

    // MARK: - Aggregates

    mutating func aggregate(_ table: Table, _ collected: Collected) throws(QueryError)
        -> AggregateQuery
    {
        let query = try arguments(RowQuery(table: table), collected.field)
        let typeName = TypeNames.of(.aggregate, table)
        let fields = try at(.selectionSet) { planner throws(QueryError) in
            var fields: [AggregateField] = []
            for one in planner.collect(collected.selections, of: typeName) {
                switch one.name {
                case "aggregate":
                    fields.append(.aggregate(one.key, try planner.figures(one, table)))
                case "nodes":
                    fields.append(
                        .nodes(
                            one.key,
                            try planner.at(.key("nodes"), .selectionSet) {
                                planner throws(QueryError) in
                                try planner.selection(one.selections, table)
                            }))
                default: fields.append(.typename(one.key, typeName))
                }
            }
            return fields
        }
        return AggregateQuery(query: query, fields: fields)
    }

    private mutating func figures(_ collected: Collected, _ table: Table) throws(QueryError)
        -> [AggregateFigure]
    {
        let typeName = TypeNames.of(.aggregateFields, table)
        var figures: [AggregateFigure] = []
        for one in collect(collected.selections, of: typeName) {
            if one.name == "count" {
                let columns = try columns(present("columns", of: one.field), table)
                let isDistinct = present("distinct", of: one.field)?.bool ?? false
                figures.append(.count(one.key, columns, isDistinct: isDistinct))
            } else if let function = AggregateFunction(rawValue: one.name) {
                let typeName = TypeNames.of(function.fields, table)
                let columns = collect(one.selections, of: typeName).map {
                    (key: $0.key, column: table.column(named: $0.name))
                }
                figures.append(.function(one.key, function, columns, typename: typeName))
            } else {
                figures.append(.typename(one.key, typeName))
            }
        }
        return figures
    }

    // MARK: - Order

    func order(_ value: InputValue, _ table: Table) throws(QueryError) -> [OrderItem] {
        var items: [OrderItem] = []
        for element in value.elements where !element.isNull {
            try order(element, table, way: [], into: &items)
        }
        return items
    }

    private func order(
        _ value: InputValue, _ table: Table, way: [(relationship: Relationship, target: Table)],
        into items: inout [OrderItem]
    ) throws(QueryError) {
        for member in value.members where !member.value.isNull {
            if let column = table.column(named: member.name) {
                items.append(
                    OrderItem(
                        way: way, key: .column(column), direction: try direction(member.value)))
                continue
            }
            guard
                let relationship = source.relationships[table.index].first(where: {
                    $0.name == member.name
                        || $0.kind == .array && $0.name + "_aggregate" == member.name
                })
            else { throw unexpected("cannot order by '\(member.name)'") }
            let target = source.tables[relationship.target]
            let step = way + [(relationship: relationship, target: target)]
            if relationship.kind == .object {
                try order(member.value, target, way: step, into: &items)
            } else {
                try orderByAggregate(member.value, target, step, &items)
            }
        }
    }
    private func orderByAggregate(
        _ value: InputValue, _ target: Table, _ way: [(relationship: Relationship, target: Table)],
        _ items: inout [OrderItem]
    ) throws(QueryError) {
        for member in value.members where !member.value.isNull {
            if member.name == "count" {
                items.append(
                    OrderItem(way: way, key: .count, direction: try direction(member.value)))
                continue
            }
            guard let function = AggregateFunction(rawValue: member.name) else {
                throw unexpected("cannot order by '\(member.name)'")
            }
            for inner in member.value.members where !inner.value.isNull {
                guard let column = target.column(named: inner.name) else {
                    throw unexpected("cannot order by '\(inner.name)'")
                }
                items.append(
                    OrderItem(
                        way: way, key: .function(function, column),
                        direction: try direction(inner.value)))
            }
        }
    }
    private func direction(_ value: InputValue) throws(QueryError) -> OrderItem.Direction {
        guard let name = value.name, let direction = OrderItem.Direction(rawValue: name) else {
            throw unexpected("an order was expected")
        }
        return direction
    }
}

/// The path of a JSON column's argument: `$.a[0]["b c"]`.
enum JSONPath {
    /// Its steps as `#>` takes them; nil when it is none.
    static func steps(_ text: String) -> [String]? {
        var steps: [String] = []
        var rest = Substring(text)
        if rest.first == "$" { rest = rest.dropFirst() }
        var isFirst = true
        while let character = rest.first {
            if character == "[" {
                guard let end = rest.firstIndex(of: "]") else { return nil }
                var inside = rest[rest.index(after: rest.startIndex)..<end]
                if let quote = inside.first, quote == "\"" || quote == "'" {
                    guard inside.count >= 2, inside.last == quote else { return nil }
                    inside = inside.dropFirst().dropLast()
                } else if Int(inside) == nil {
                    return nil
                }
                guard !inside.isEmpty else { return nil }
                steps.append(String(inside))
                rest = rest[rest.index(after: end)...]
            } else {
                if character == "." { rest = rest.dropFirst() } else if !isFirst { return nil }
                let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
                guard end > rest.startIndex else { return nil }
                steps.append(String(rest[..<end]))
                rest = rest[end...]
            }
            isFirst = false
        }
        return steps
    }
}
