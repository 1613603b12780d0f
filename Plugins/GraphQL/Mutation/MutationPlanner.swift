/// Inserts, updates and deletes: from arguments to changes.

extension Planner {
    mutating func mutations(_ root: RootField, _ collected: Collected) throws(QueryError)
        -> [MutationQuery]
    {
        let table = source.tables[root.table]
        let answer = try answer(root.kind, collected, table)
        let field = collected.field
        let changes = try at(.args) {
            (planner: inout Planner) throws(QueryError) -> [MutationQuery.Change] in
            switch root.kind {
            case .insert, .insertOne:
                return [try planner.insert(field, table, isOne: root.kind == .insertOne)]
            case .update: return [try planner.update(planner.arguments(of: field), table)]
            case .updateMany: return try planner.updates(field, table)
            case .updateByKey:
                return [
                    .update(
                        try planner.assignments(planner.arguments(of: field), table),
                        try planner.key(
                            planner.argument("pk_columns", of: field.arguments) ?? .null, table))
                ]
            case .deleteByKey:
                return [.delete(try planner.key(planner.arguments(of: field), table))]
            case .delete: return [.delete(try planner.filter(planner.arguments(of: field), table))]
            case .select, .selectByKey, .aggregate: throw planner.unexpected("not a mutation")
            }
        }
        return changes.map { MutationQuery(table: table, change: $0, answer: answer) }
    }

    private mutating func answer(
        _ kind: RootField.Kind, _ collected: Collected, _ table: Table
    ) throws(QueryError) -> MutationQuery.Answer {
        try at(.selectionSet) { planner throws(QueryError) in
            switch kind {
            case .insertOne, .updateByKey, .deleteByKey:
                return .row(try planner.selection(collected.selections, table))
            default: break
            }
            let typeName = TypeNames.of(.mutationResponse, table)
            var fields: [ResponseField] = []
            for one in planner.collect(collected.selections, of: typeName) {
                switch one.name {
                case "affected_rows": fields.append(.affectedRows(one.key))
                case "returning":
                    fields.append(
                        .returning(
                            one.key,
                            try planner.at(.key("returning"), .selectionSet) {
                                planner throws(QueryError) in
                                try planner.selection(one.selections, table)
                            }))
                default: fields.append(.typename(one.key, typeName))
                }
            }
            return .response(fields)
        }
    }

    /// A field's arguments as one object.
    func arguments(of field: Syntax.Field) -> InputValue {
        .object(
            document[field.arguments].compactMap { argument in
                InputValue(argument.value, in: document, variables: values).map {
                    InputValue.Member(name: document[argument.name], value: $0)
                }
            })
    }

    private mutating func filter(_ value: InputValue, _ table: Table) throws(QueryError)
        -> Predicate
    {
        try at(.key("where")) { planner throws(QueryError) in
            try planner.predicate(value["where"] ?? .null, table)
        }
    }

    /// One row by all columns of the primary key.
    mutating func key(_ value: InputValue, _ table: Table) throws(QueryError) -> Predicate {
        var parts: [Predicate] = []
        for position in table.primaryKey ?? [] {
            let column = table.columns[position]
            parts.append(
                try at(.key(column.name)) { planner throws(QueryError) in
                    guard let given = value[column.name], !given.isNull else {
                        throw planner.error(
                            "unexpected null value for type '\(TypeNames.input(column.type).text)'")
                    }
                    return .compare(column, .equal, try planner.sqlValue(given, column.type))
                })
        }
        guard !parts.isEmpty else { throw unexpected("\"\(table.name)\" has no primary key") }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    // MARK: - Insert

    private mutating func insert(
        _ field: Syntax.Field, _ table: Table, isOne: Bool
    ) throws(QueryError) -> MutationQuery.Change {
        let name = isOne ? "object" : "objects"
        let objects = argument(name, of: field.arguments) ?? .null
        let conflict = try onConflict(present("on_conflict", of: field), table)
        return try at(.key(name)) { planner throws(QueryError) in
            // Nothing to insert changes nothing, and still answers.
            guard !objects.elements.isEmpty else { return .delete(.any([])) }
            // The columns that some row gives, in the table's order.
            var given = Set<Int>()
            for object in objects.elements {
                for member in object.members {
                    if let column = table.column(named: member.name) { given.insert(column.index) }
                }
            }
            let columns = given.sorted().map { table.columns[$0] }
            var rows: [[SQLValue?]] = []
            for (index, object) in objects.elements.enumerated() {
                rows.append(
                    try planner.at(.index(index)) { planner throws(QueryError) in
                        var row: [SQLValue?] = []
                        for column in columns {
                            guard let value = object[column.name] else {
                                row.append(nil)
                                continue
                            }
                            row.append(try planner.sqlValue(value, column.type))
                        }
                        return row
                    })
            }
            return .insert(columns, rows: rows, conflict)
        }
    }

    private mutating func onConflict(
        _ value: InputValue?, _ table: Table
    ) throws(QueryError) -> MutationQuery.OnConflict? {
        guard let value else { return nil }
        return try at(.key("on_conflict")) { planner throws(QueryError) in
            guard let constraint = value["constraint"]?.name else {
                throw planner.unexpected("a constraint was expected")
            }
            var filter = Predicate.yes
            if let given = value["where"], !given.isNull {
                filter = try planner.filter(value, table)
            }
            // A column named twice is set once.
            var columns: [Column] = []
            for column in try planner.columns(value["update_columns"], table)
            where !columns.contains(where: { $0.index == column.index }) {
                columns.append(column)
            }
            return MutationQuery.OnConflict(
                constraint: constraint, columns: columns, filter: filter)
        }
    }

    // MARK: - Update

    private mutating func update(_ arguments: InputValue, _ table: Table) throws(QueryError)
        -> MutationQuery.Change
    {
        .update(try assignments(arguments, table), try filter(arguments, table))
    }
    private mutating func updates(_ field: Syntax.Field, _ table: Table) throws(QueryError)
        -> [MutationQuery.Change]
    {
        try at(.key("updates")) { planner throws(QueryError) in
            var changes: [MutationQuery.Change] = []
            let elements = planner.argument("updates", of: field.arguments)?.elements ?? []
            for (index, element) in elements.enumerated() {
                changes.append(
                    try planner.at(.index(index)) { planner throws(QueryError) in
                        try planner.update(element, table)
                    })
            }
            return changes
        }
    }

    private mutating func assignments(
        _ arguments: InputValue, _ table: Table
    ) throws(QueryError) -> [MutationQuery.Assignment] {
        var assignments: [MutationQuery.Assignment] = []
        var seen: Set<Int> = []
        for change in UpdateOperator.allCases {
            guard let given = arguments[change.rawValue], !given.isNull else { continue }
            try at(.key(change.rawValue)) { planner throws(QueryError) in
                for member in given.members {
                    guard let column = table.column(named: member.name) else {
                        throw planner.unexpected("a column of \"\(table.name)\" was expected")
                    }
                    guard seen.insert(column.index).inserted else {
                        throw planner.error(
                            "Column found in multiple operators: \"\(column.name)\".")
                    }
                    let value = try planner.at(.key(member.name)) { planner throws(QueryError) in
                        try planner.sqlValue(member.value, change.operandType(column))
                    }
                    assignments.append(
                        MutationQuery.Assignment(column: column, change: change, value: value))
                }
            }
        }
        guard !assignments.isEmpty else {
            let names = UpdateOperator.allCases.filter { $0.input.exists(for: table) }.map {
                "\"\($0.rawValue)\""
            }
            throw error(
                "At least any one of \(names.joined(separator: ", ")) operator is expected")
        }
        return assignments
    }
}

extension UpdateOperator {
    /// The SQL type of what is given.
    func operandType(_ column: Column) -> ScalarType {
        switch self {
        case .set, .inc, .append, .prepend: column.type
        case .deleteKey: .text
        case .deleteElem: .int
        case .deleteAtPath: .textArray
        }
    }
}
