/// The types that reading needs: roots, objects, aggregates.

extension TypeBuilder {
    func root(_ name: String, _ roots: [String: RootField]) -> SchemaType {
        guard roots.isEmpty else { return SchemaType(.object, name, fields: fields(roots)) }
        return SchemaType(
            .object, name,
            fields: [
                SchemaField(
                    name: RoleSchema.placeholder,
                    description:
                        "There are no queries available to the current role. Either there are no sources or remote schemas configured, or the current role doesn't have the required permissions.",
                    type: .named("String"))
            ])
    }

    func fields(_ roots: [String: RootField]) -> [SchemaField] {
        roots.sorted { $0.key < $1.key }.map { name, root in field(name, root) }
    }

    private func field(_ name: String, _ root: RootField) -> SchemaField {
        let table = source.tables[root.table]
        let row = SchemaTypeReference.named(table.graphQLName)
        let response = SchemaTypeReference.named(TypeNames.of(.mutationResponse, table))
        switch root.kind {
        case .select:
            return SchemaField(
                name: name, description: "fetch data from the table: \"\(table.name)\"",
                arguments: selectArguments(table), type: .nonNull(.list(.nonNull(row))))
        case .aggregate:
            return SchemaField(
                name: name,
                description: "fetch aggregated fields from the table: \"\(table.name)\"",
                arguments: selectArguments(table),
                type: .nonNull(.named(TypeNames.of(.aggregate, table))))
        case .selectByKey:
            return SchemaField(
                name: name,
                description:
                    "fetch data from the table: \"\(table.name)\" using primary key columns",
                arguments: keyArguments(table), type: row)
        case .insert:
            return SchemaField(
                name: name, description: "insert data into the table: \"\(table.name)\"",
                arguments: insertArguments(table, isOne: false), type: response)
        case .insertOne:
            return SchemaField(
                name: name, description: "insert a single row into the table: \"\(table.name)\"",
                arguments: insertArguments(table, isOne: true), type: row)
        case .update:
            return SchemaField(
                name: name, description: "update data of the table: \"\(table.name)\"",
                arguments: updateArguments(table) + [whereArgument(table, isRequired: true)],
                type: response)
        case .updateByKey:
            let key = SchemaInputValue(
                name: "pk_columns", type: .nonNull(.named(TypeNames.of(.keyColumnsInput, table))))
            return SchemaField(
                name: name, description: "update single row of the table: \"\(table.name)\"",
                arguments: updateArguments(table) + [key], type: row)
        case .updateMany:
            let updates = SchemaInputValue(
                name: "updates", description: "updates to execute, in order",
                type: .nonNull(.list(.nonNull(.named(TypeNames.of(.updates, table))))))
            return SchemaField(
                name: name, description: "update multiples rows of table: \"\(table.name)\"",
                arguments: [updates], type: .list(response))
        case .delete:
            return SchemaField(
                name: name, description: "delete data from the table: \"\(table.name)\"",
                arguments: [whereArgument(table, isRequired: true)], type: response)
        case .deleteByKey:
            return SchemaField(
                name: name, description: "delete single row from the table: \"\(table.name)\"",
                arguments: keyArguments(table), type: row)
        }
    }

    func selectArguments(_ table: Table) -> [SchemaInputValue] {
        [
            SchemaInputValue(
                name: "distinct_on", description: "distinct select on columns",
                type: .list(.nonNull(.named(TypeNames.of(.selectColumn, table))))),
            SchemaInputValue(
                name: "limit", description: "limit the number of rows returned",
                type: .named("Int"),
                isNonNegative: true),
            SchemaInputValue(
                name: "offset", description: "skip the first n rows. Use only with order_by",
                type: .named("Int")),
            SchemaInputValue(
                name: "order_by", description: "sort the rows by one or more columns",
                type: .list(.nonNull(.named(TypeNames.of(.orderBy, table))))),
            whereArgument(table, isRequired: false),
        ]
    }
    func whereArgument(_ table: Table, isRequired: Bool) -> SchemaInputValue {
        let type = SchemaTypeReference.named(TypeNames.of(.boolExp, table))
        return SchemaInputValue(
            name: "where", description: "filter the rows returned",
            type: isRequired ? .nonNull(type) : type)
    }
    private func keyArguments(_ table: Table) -> [SchemaInputValue] {
        (table.primaryKey ?? []).map { position in
            let column = table.columns[position]
            return SchemaInputValue(
                name: column.name, description: column.comment,
                type: .nonNull(TypeNames.input(column.type)))
        }
    }

    func object(_ table: Table, _ name: String) -> SchemaType {
        var fields = table.columns.map { column in
            SchemaField(
                name: column.name, description: column.comment, arguments: columnArguments(column),
                type: TypeNames.output(column))
        }
        for relationship in source.relationships[table.index] {
            let target = source.tables[relationship.target]
            let row = SchemaTypeReference.named(target.graphQLName)
            switch relationship.kind {
            case .object:
                fields.append(
                    SchemaField(
                        name: relationship.name, description: "An object relationship",
                        type: relationship.isCertain ? .nonNull(row) : row))
            case .array:
                fields.append(
                    SchemaField(
                        name: relationship.name, description: "An array relationship",
                        arguments: selectArguments(target), type: .nonNull(.list(.nonNull(row)))))
                fields.append(
                    SchemaField(
                        name: relationship.name + "_aggregate",
                        description: "An aggregate relationship",
                        arguments: selectArguments(target),
                        type: .nonNull(.named(TypeNames.of(.aggregate, target)))))
            }
        }
        return SchemaType(
            .object, name,
            description: table.comment ?? "columns and relationships of \"\(table.name)\"",
            fields: fields.sorted { $0.name < $1.name })
    }
    /// JSON columns can be looked into.
    private func columnArguments(_ column: Column) -> [SchemaInputValue] {
        guard column.type.output == .json, !column.type.isArray else { return [] }
        return [
            SchemaInputValue(name: "path", description: "JSON select path", type: .named("String"))
        ]
    }

    func aggregate(_ table: Table, _ name: String) -> SchemaType {
        SchemaType(
            .object, name, description: "aggregated selection of \"\(table.name)\"",
            fields: [
                SchemaField(name: "aggregate", type: .named(TypeNames.of(.aggregateFields, table))),
                SchemaField(
                    name: "nodes", type: .nonNull(.list(.nonNull(.named(table.graphQLName))))),
            ])
    }
    func aggregateFields(_ table: Table, _ name: String) -> SchemaType {
        let count = SchemaField(
            name: "count", arguments: countArguments(table, columns: "columns"),
            type: .nonNull(.named("Int")))
        let functions = AggregateFunction.allCases.filter { $0.fields.exists(for: table) }.map {
            SchemaField(name: $0.rawValue, type: .named(TypeNames.of($0.fields, table)))
        }
        return SchemaType(
            .object, name, description: "aggregate fields of \"\(table.name)\"",
            fields: ([count] + functions).sorted { $0.name < $1.name })
    }
    func countArguments(_ table: Table, columns: String) -> [SchemaInputValue] {
        [
            SchemaInputValue(
                name: columns, type: .list(.nonNull(.named(TypeNames.of(.selectColumn, table))))),
            SchemaInputValue(name: "distinct", type: .named("Boolean")),
        ]
    }
}
