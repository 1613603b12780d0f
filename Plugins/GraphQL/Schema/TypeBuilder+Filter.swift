/// The types of `where` and `order_by`.

extension TypeBuilder {
    func boolExp(_ table: Table, _ name: String) -> SchemaType {
        let itself = SchemaTypeReference.named(name)
        var fields = [
            SchemaInputValue(name: "_and", type: .list(.nonNull(itself))),
            SchemaInputValue(name: "_not", type: itself),
            SchemaInputValue(name: "_or", type: .list(.nonNull(itself))),
        ]
        for column in table.columns {
            fields.append(
                SchemaInputValue(name: column.name, type: .named(column.type.comparisonName)))
        }
        for relationship in source.relationships[table.index] {
            let target = source.tables[relationship.target]
            fields.append(
                SchemaInputValue(
                    name: relationship.name, type: .named(TypeNames.of(.boolExp, target))))
            if relationship.kind == .array {
                fields.append(
                    SchemaInputValue(
                        name: relationship.name + "_aggregate",
                        type: .named(TypeNames.of(.aggregateBoolExp, target))))
            }
        }
        return SchemaType(
            .inputObject, name,
            description:
                "Boolean expression to filter rows from the table \"\(table.name)\". All fields are combined with a logical 'AND'.",
            inputFields: fields.sorted { $0.name < $1.name })
    }

    func aggregateCount(_ table: Table, _ name: String) -> SchemaType {
        let fields =
            countArguments(table, columns: "arguments") + [
                SchemaInputValue(name: "filter", type: .named(TypeNames.of(.boolExp, table))),
                SchemaInputValue(name: "predicate", type: .nonNull(.named("Int_comparison_exp"))),
            ]
        return SchemaType(.inputObject, name, inputFields: fields)
    }

    func orderBy(_ table: Table, _ name: String) -> SchemaType {
        var fields = table.columns.filter(\.type.isOrderable).map {
            SchemaInputValue(name: $0.name, type: .named("order_by"))
        }
        for relationship in source.relationships[table.index] {
            let target = source.tables[relationship.target]
            switch relationship.kind {
            case .object:
                fields.append(
                    SchemaInputValue(
                        name: relationship.name, type: .named(TypeNames.of(.orderBy, target))))
            case .array:
                fields.append(
                    SchemaInputValue(
                        name: relationship.name + "_aggregate",
                        type: .named(TypeNames.of(.aggregateOrderBy, target))))
            }
        }
        return SchemaType(
            .inputObject, name,
            description: "Ordering options when selecting data from \"\(table.name)\".",
            inputFields: fields.sorted { $0.name < $1.name })
    }

    func aggregateOrderBy(_ table: Table, _ name: String) -> SchemaType {
        let functions = AggregateFunction.allCases.filter { $0.orderBy.exists(for: table) }.map {
            SchemaInputValue(name: $0.rawValue, type: .named(TypeNames.of($0.orderBy, table)))
        }
        return SchemaType(
            .inputObject, name, description: "order by aggregate values of table \"\(table.name)\"",
            inputFields: ([SchemaInputValue(name: "count", type: .named("order_by"))] + functions)
                .sorted { $0.name < $1.name })
    }

    func comparison(_ type: ScalarType, _ name: String) -> SchemaType {
        let value = TypeNames.input(type)
        let list = SchemaTypeReference.list(.nonNull(value))
        let fields = ComparisonOperator.allCases.filter { $0.exists(for: type) }.map { one in
            let operand: SchemaTypeReference =
                switch one.operand {
                case .value: value
                case .list: list
                case .boolean: .named("Boolean")
                case .string: .named("String")
                case .strings: .list(.nonNull(.named("String")))
                case .cast: .named("jsonb_cast_exp")
                }
            return SchemaInputValue(name: one.rawValue, description: one.description, type: operand)
        }
        return SchemaType(
            .inputObject, name,
            description:
                "Boolean expression to compare columns of type \"\(type.name)\". All fields are combined with logical 'AND'.",
            inputFields: fields.sorted { $0.name < $1.name })
    }
}
