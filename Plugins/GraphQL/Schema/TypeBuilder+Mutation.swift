/// The types that writing needs.

extension TypeBuilder {
    func insertArguments(_ table: Table, isOne: Bool) -> [SchemaInputValue] {
        let row = SchemaTypeReference.nonNull(.named(TypeNames.of(.insertInput, table)))
        var arguments = [
            isOne
                ? SchemaInputValue(name: "object", description: "the row to be inserted", type: row)
                : SchemaInputValue(
                    name: "objects", description: "the rows to be inserted",
                    type: .nonNull(.list(row)))
        ]
        if TableType.onConflict.exists(for: table) {
            arguments.append(
                SchemaInputValue(
                    name: "on_conflict", description: "upsert condition",
                    type: .named(TypeNames.of(.onConflict, table))))
        }
        return arguments
    }

    func onConflict(_ table: Table, _ name: String) -> SchemaType {
        SchemaType(
            .inputObject, name,
            description: "on_conflict condition type for table \"\(table.name)\"",
            inputFields: [
                SchemaInputValue(
                    name: "constraint", type: .nonNull(.named(TypeNames.of(.constraint, table)))),
                SchemaInputValue(
                    name: "update_columns",
                    type: .nonNull(.list(.nonNull(.named(TypeNames.of(.updateColumn, table))))),
                    defaultValue: "[]"),
                whereArgument(table, isRequired: false),
            ])
    }

    func updateArguments(_ table: Table) -> [SchemaInputValue] {
        UpdateOperator.allCases.filter { $0.input.exists(for: table) }.map { change in
            SchemaInputValue(
                name: change.rawValue, description: change.description,
                type: .named(TypeNames.of(change.input, table)))
        }
    }

    func updates(_ table: Table, _ name: String) -> SchemaType {
        SchemaType(
            .inputObject, name,
            inputFields: updateArguments(table) + [whereArgument(table, isRequired: true)])
    }
}

extension UpdateOperator {
    var description: String {
        switch self {
        case .set: "sets the columns of the filtered rows to the given values"
        case .inc: "increments the numeric columns with given value of the filtered values"
        case .append: "append existing jsonb value of filtered columns with new jsonb value"
        case .prepend: "prepend existing jsonb value of filtered columns with new jsonb value"
        case .deleteKey:
            "delete key/value pair or string element. key/value pairs are matched based on their key value"
        case .deleteElem:
            "delete the array element with specified index (negative integers count from the end)"
        case .deleteAtPath:
            "delete the field or element with specified path (for JSON arrays, negative integers count from the end)"
        }
    }
}
