/// Makes the GraphQL types of a role: which type has which members. Names and texts as Hasura's.

struct TypeBuilder {
    let schema: RoleSchema
    var source: SourceSchema { schema.source }

    func make(_ origin: TypeOrigin, _ name: String) -> SchemaType {
        switch origin {
        case .queryRoot: return root(name, schema.queryRoots)
        case .mutationRoot:
            return SchemaType(
                .object, name, description: "mutation root", fields: fields(schema.mutationRoots))
        case .scalar(let scalar):
            return SchemaType(.scalar, name, scalarValues: TypeBuilder.values(of: scalar))
        case .comparison(let type): return comparison(type, name)
        case .jsonbCast:
            return SchemaType(
                .inputObject, name,
                inputFields: [
                    SchemaInputValue(name: "String", type: .named("String_comparison_exp"))
                ])
        case .orderBy: return TypeBuilder.directions
        case .table(let type, let index): return make(type, source.tables[index], name)
        }
    }

    private func make(_ type: TableType, _ table: Table, _ name: String) -> SchemaType {
        switch type {
        case .object: return object(table, name)
        case .boolExp: return boolExp(table, name)
        case .orderBy: return orderBy(table, name)
        case .selectColumn:
            return enumeration(
                name, "select columns of table \"\(table.name)\"",
                table.columns.map { ($0.name, "column name") })
        case .aggregate: return aggregate(table, name)
        case .aggregateFields: return aggregateFields(table, name)
        case .aggregateOrderBy: return aggregateOrderBy(table, name)
        case .aggregateBoolExp:
            return SchemaType(
                .inputObject, name,
                inputFields: [
                    SchemaInputValue(
                        name: "count", type: .named(TypeNames.of(.aggregateBoolExpCount, table)))
                ])
        case .aggregateBoolExpCount: return aggregateCount(table, name)
        case .insertInput:
            return input(
                name, "input type for inserting data into table \"\(table.name)\"",
                table.columns.filter { !$0.isGenerated }.map { ($0, TypeNames.input($0.type)) })
        case .onConflict: return onConflict(table, name)
        case .constraint:
            return enumeration(
                name, "unique or primary key constraints on table \"\(table.name)\"",
                table.keys.filter { GraphQLName.isValid($0.name) }.map { key in
                    let columns = key.columns.map { "\"" + table.columns[$0].name + "\"" }
                    return (
                        key.name,
                        "unique or primary key constraint on columns "
                            + columns.joined(separator: ", ")
                    )
                })
        case .updateColumn:
            return enumeration(
                name, "update columns of table \"\(table.name)\"",
                table.columns.filter { !$0.isGenerated }.map { ($0.name, "column name") })
        case .keyColumnsInput:
            return input(
                name, "primary key columns input for table: \(table.name)",
                (table.primaryKey ?? []).map {
                    (table.columns[$0], .nonNull(TypeNames.input(table.columns[$0].type)))
                })
        case .updates: return updates(table, name)
        case .mutationResponse:
            return SchemaType(
                .object, name,
                description: "response of any mutation on the table \"\(table.name)\"",
                fields: [
                    SchemaField(
                        name: "affected_rows",
                        description: "number of rows affected by the mutation",
                        type: .nonNull(.named("Int"))),
                    SchemaField(
                        name: "returning",
                        description: "data from the rows affected by the mutation",
                        type: .nonNull(.list(.nonNull(.named(table.graphQLName))))),
                ])
        default:
            return makeByFunction(type, table, name)
        }
    }

    private func makeByFunction(_ type: TableType, _ table: Table, _ name: String) -> SchemaType {
        for function in AggregateFunction.allCases {
            let columns = table.columns.filter { function.takes($0.type) }
            if function.fields == type {
                return SchemaType(
                    .object, name, description: "aggregate \(function.rawValue) on columns",
                    fields: columns.map {
                        SchemaField(
                            name: $0.name, description: $0.comment,
                            type: function.keepsType ? TypeNames.input($0.type) : .named("Float"))
                    })
            }
            if function.orderBy == type {
                return input(
                    name, "order by \(function.rawValue)() on columns of table \"\(table.name)\"",
                    columns.map { ($0, .named("order_by")) })
            }
        }
        for change in UpdateOperator.allCases where change.input == type {
            return input(
                name, "input type of \(change.rawValue) in updates of table \"\(table.name)\"",
                table.columns.filter(change.takes).map { ($0, change.valueType($0)) })
        }
        // Every other kind was made before; an empty object would be an error of this file.
        return SchemaType(.inputObject, name)
    }

    // MARK: - Pieces

    func enumeration(_ name: String, _ description: String, _ values: [(String, String)])
        -> SchemaType
    {
        SchemaType(
            .enumeration, name, description: description,
            enumValues: values.map { SchemaEnumValue(name: $0.0, description: $0.1) })
    }
    func input(_ name: String, _ description: String, _ columns: [(Column, SchemaTypeReference)])
        -> SchemaType
    {
        SchemaType(
            .inputObject, name, description: description,
            inputFields: columns.map {
                SchemaInputValue(name: $0.0.name, description: $0.0.comment, type: $0.1)
            })
    }

    private static let directions = SchemaType(
        .enumeration, "order_by", description: "column ordering options",
        enumValues: [
            SchemaEnumValue(name: "asc", description: "in ascending order, nulls last"),
            SchemaEnumValue(
                name: "asc_nulls_first", description: "in ascending order, nulls first"),
            SchemaEnumValue(name: "asc_nulls_last", description: "in ascending order, nulls last"),
            SchemaEnumValue(name: "desc", description: "in descending order, nulls first"),
            SchemaEnumValue(
                name: "desc_nulls_first", description: "in descending order, nulls first"),
            SchemaEnumValue(
                name: "desc_nulls_last", description: "in descending order, nulls last"),
        ])

    /// Which literals a scalar takes; PostgreSQL judges the rest.
    private static func values(of scalar: String) -> ScalarValues {
        switch scalar {
        case "smallint": .integer
        case "bigint", "numeric", "float8", "money": [.integer, .float, .string]
        case "uuid", "date", "timestamp", "timestamptz", "time", "timetz", "bytea", "bpchar",
            "citext":
            .string
        default: .any
        }
    }
}
