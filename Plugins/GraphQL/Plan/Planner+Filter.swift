/// `where`: a Boolean expression of a table as a predicate.

extension Planner {
    mutating func predicate(_ value: InputValue, _ table: Table) throws(QueryError) -> Predicate {
        guard !value.isNull else {
            throw error(
                "expected an object for type '\(TypeNames.of(.boolExp, table))', but found null")
        }
        var parts: [Predicate] = []
        for member in value.members {
            parts.append(
                try at(.key(member.name)) { planner throws(QueryError) in
                    try planner.part(member, table)
                })
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func part(_ member: InputValue.Member, _ table: Table) throws(QueryError)
        -> Predicate
    {
        switch member.name {
        case "_and": return .all(try predicates(member.value, table))
        case "_or": return .any(try predicates(member.value, table))
        case "_not": return .not(try predicate(member.value, table))
        default: break
        }
        if let column = table.column(named: member.name) {
            return try comparison(member.value, column)
        }
        for relationship in source.relationships[table.index] {
            let target = source.tables[relationship.target]
            if relationship.name == member.name {
                return .exists(relationship, target, try predicate(member.value, target))
            }
            if relationship.kind == .array, relationship.name + "_aggregate" == member.name {
                return try aggregatePredicate(member.value, relationship, target)
            }
        }
        throw unexpected(
            "field '\(member.name)' not found in type: '\(TypeNames.of(.boolExp, table))'")
    }

    private mutating func predicates(_ value: InputValue, _ table: Table) throws(QueryError)
        -> [Predicate]
    {
        guard !value.isNull else { throw error("expected a list, but found null") }
        var predicates: [Predicate] = []
        for (index, element) in value.elements.enumerated() {
            predicates.append(
                try at(.index(index)) { planner throws(QueryError) in
                    try planner.predicate(element, table)
                })
        }
        return predicates
    }

    private mutating func comparison(_ value: InputValue, _ column: Column) throws(QueryError)
        -> Predicate
    {
        guard !value.isNull else {
            throw error(
                "expected an object for type '\(column.type.comparisonName)', but found null")
        }
        var parts: [Predicate] = []
        for member in value.members {
            guard let one = ComparisonOperator(rawValue: member.name) else {
                throw unexpected("unknown operator '\(member.name)'")
            }
            parts.append(
                try at(.key(member.name)) { planner throws(QueryError) in
                    guard !member.value.isNull else { throw planner.nullOperand(one, column.type) }
                    return try planner.comparison(one, member.value, column)
                })
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private func nullOperand(_ one: ComparisonOperator, _ type: ScalarType) -> QueryError {
        let name =
            switch one.operand {
            case .value: TypeNames.input(type).text
            case .list: "[" + TypeNames.input(type).text + "!]"
            case .boolean: "Boolean"
            case .string: "String"
            case .strings: "[String!]"
            case .cast: "jsonb_cast_exp"
            }
        return error("unexpected null value for type '\(name)'")
    }

    private mutating func comparison(
        _ one: ComparisonOperator, _ value: InputValue, _ column: Column
    ) throws(QueryError) -> Predicate {
        switch one.operand {
        case .boolean:
            guard let flag = value.bool else { throw unexpected("a Boolean was expected") }
            return .isNull(column, flag)
        case .value: return .compare(column, one, try sqlValue(value, column.type))
        case .string: return .compare(column, one, try sqlValue(value, .text))
        case .strings: return .compare(column, one, try sqlValue(value, .textArray))
        case .list:
            guard column.type.isArray else {
                return .compare(column, one, try sqlList(value, column.type))
            }
            // An array of arrays has no elements of its own: each is compared.
            var parts: [Predicate] = []
            for element in value.elements {
                parts.append(.compare(column, .equal, try sqlValue(element, column.type)))
            }
            return one == .isIn ? .any(parts) : .not(.any(parts))
        case .cast:
            var parts: [Predicate] = []
            for inner in value["String"]?.members ?? [] {
                guard let textual = ComparisonOperator(rawValue: inner.name) else { continue }
                guard !inner.value.isNull else { throw nullOperand(textual, .text) }
                switch textual.operand {
                case .boolean: parts.append(.isNull(column, inner.value.bool ?? true))
                case .list:
                    parts.append(.compareText(column, textual, try sqlList(inner.value, .text)))
                default:
                    parts.append(.compareText(column, textual, try sqlValue(inner.value, .text)))
                }
            }
            return .all(parts)
        }
    }

    /// `tracks_aggregate: {count: {predicate: {_gt: 3}, filter: …}}`
    private mutating func aggregatePredicate(
        _ value: InputValue, _ relationship: Relationship, _ target: Table
    ) throws(QueryError) -> Predicate {
        guard let count = value["count"], !count.isNull else { return .yes }
        return try at(.key("count")) { planner throws(QueryError) in
            var filter = Predicate.yes
            if let given = count["filter"], !given.isNull {
                filter = try planner.at(.key("filter")) { planner throws(QueryError) in
                    try planner.predicate(given, target)
                }
            }
            var comparisons: [(ComparisonOperator, SQLValue)] = []
            for member in count["predicate"]?.members ?? [] {
                guard let one = ComparisonOperator(rawValue: member.name), !member.value.isNull
                else { continue }
                switch one.operand {
                case .list: comparisons.append((one, try planner.sqlList(member.value, .bigint)))
                // A count is never null: `_is_null: false` holds, `true` never does.
                case .boolean:
                    if member.value.bool == true {
                        comparisons.append(
                            (.less, try planner.sqlValue(.leaf(.literal(.number, "0")), .bigint)))
                    }
                default: comparisons.append((one, try planner.sqlValue(member.value, .bigint)))
                }
            }
            return .count(
                relationship, target,
                try planner.columns(count["arguments"].flatMap { $0.isNull ? nil : $0 }, target),
                isDistinct: count["distinct"]?.bool ?? false, filter: filter, comparisons)
        }
    }
}
