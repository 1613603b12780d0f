/// Makes the plan of an operation for one shape of variables. The slow path: once per text and shape.

struct PlanCompiler {
    /// A mutation of more rows than this is not expected to come again with as many.
    private static let preparedRowsMax = 16
    /// Statements of one request. They share one transaction, which locks and snapshots should not outlive.
    private static let statementsMax = 1000
    /// What PostgreSQL takes in one statement.
    private static let parametersMax = 65_535

    private let operation: PreparedOperation
    private let schema: RoleSchema
    private var planner: Planner
    private var program = ProgramBuilder()
    private var statements: [Plan.Statement] = []
    /// The variables themselves, for introspection, which is answered while planning.
    private let given: (String) -> GraphQLValue?

    static func compile(
        _ operation: PreparedOperation, shape: [UInt8], schema: RoleSchema,
        given: @escaping (String) -> GraphQLValue? = { _ in nil }
    ) throws(QueryError) -> Plan {
        var compiler = PlanCompiler(
            operation, VariableShape.values(shape, of: operation), schema, given)
        return try compiler.compile()
    }

    private init(
        _ operation: PreparedOperation, _ values: [Syntax.Name: InputValue], _ schema: RoleSchema,
        _ given: @escaping (String) -> GraphQLValue?
    ) {
        self.operation = operation
        self.given = given
        self.schema = schema
        planner = Planner(operation, values: values, schema: schema)
    }

    private mutating func compile() throws(QueryError) -> Plan {
        let isMutation = operation.operation.kind == .mutation
        let rootType = isMutation ? "mutation_root" : "query_root"
        program.add("{\"data\":{")
        planner.path.push(.selectionSet)
        for (index, collected) in planner.collect([operation.operation.selections], of: rootType)
            .enumerated()
        {
            program.add(key: collected.key, isFirst: index == 0)
            planner.path.push(.key(collected.name))
            switch collected.name {
            case "__typename": program.add("\"\(rootType)\"")
            case "__schema", "__type": program.add(try introspection(collected))
            default:
                let roots = isMutation ? schema.mutationRoots : schema.queryRoots
                if let root = roots[collected.name] {
                    try add(root, collected)
                } else if collected.name == RoleSchema.placeholder {
                    program.add("null")
                } else {
                    throw planner.unexpected(
                        "field '\(collected.name)' not found in type: '\(rootType)'")
                }
            }
            planner.path.pop()
        }
        program.add("}}")
        program.finish()
        return Plan(isMutation: isMutation, program: Program(program), statements: statements)
    }

    private func introspection(_ collected: Planner.Collected) throws(QueryError) -> [UInt8] {
        let given = given
        do throws(ValidationError) {
            return try Introspection.answer(
                collected.fields, of: operation.document, operation: operation.operation,
                schema: schema,
                variables: { given($0) })
        } catch { throw QueryError(error) }
    }

    private mutating func add(_ root: RootField, _ collected: Planner.Collected) throws(QueryError)
    {
        let table = schema.source.tables[root.table]
        switch root.kind {
        case .select:
            let query = try planner.rows(table, collected)
            try addRows(query, isOne: false)
        case .selectByKey:
            var query = RowQuery(table: table)
            query.filter = try planner.at(.args) { planner throws(QueryError) in
                try planner.key(planner.arguments(of: collected.field), table)
            }
            query.selection = try planner.at(.selectionSet) { planner throws(QueryError) in
                try planner.selection(collected.selections, table)
            }
            try addRows(query, isOne: true)
        case .aggregate:
            let query = try planner.aggregate(table, collected)
            try add { writer, program in writer.aggregate(query, &program) }
        default:
            let queries = try planner.mutations(root, collected)
            if root.kind == .updateMany { program.add("[") }
            for (index, query) in queries.enumerated() {
                if index > 0 { program.add(",") }
                try add(query, path: errorPath(root))
            }
            if root.kind == .updateMany { program.add("]") }
        }
    }

    private mutating func add(_ query: MutationQuery, path: String) throws(QueryError) {
        var isOnce = false
        if case .insert(_, let rows, _) = query.change {
            isOnce = rows.count > PlanCompiler.preparedRowsMax
        }
        guard let key = query.keyToReadBy else {
            return try add(isOnce: isOnce, path: path) { writer, program in
                writer.mutation(query, &program)
            }
        }
        let changed = ChangedRows(setting: "nself.m\(statements.count)", key: key)
        let change = statements.count
        try add(isOnce: isOnce, path: path) { writer, _ in writer.keys(query, changed) }
        switch query.answer {
        case .row(let fields): try addChanged(query.table, changed, fields, isOne: true)
        case .response(let fields):
            program.add("{")
            for (index, field) in fields.enumerated() {
                program.add(key: field.key, isFirst: index == 0)
                switch field {
                case .typename(_, let name): program.add("\"\(name)\"")
                case .affectedRows:
                    _ = program.result(change)
                    program.value(1, .number)
                case .returning(_, let selection):
                    try addChanged(query.table, changed, selection, isOne: false)
                }
            }
            program.add("}")
        }
    }
    /// The rows that a change has left, read after it.
    private mutating func addChanged(
        _ table: Table, _ changed: ChangedRows, _ selection: [RowField], isOne: Bool
    ) throws(QueryError) {
        var rows = RowQuery(table: table)
        rows.selection = selection
        rows.changed = changed
        try addRows(rows, isOne: isOne)
    }

    /// Where a message about broken constraints points.
    private func errorPath(_ root: RootField) -> String {
        switch root.kind {
        case .insert: planner.path.text + ".args.objects"
        case .insertOne: planner.path.text + ".args.object"
        default: "$"
        }
    }

    /// Plain columns in either case; with lists below the rows, one level of rows for each list.
    private mutating func addRows(_ query: RowQuery, isOne: Bool) throws(QueryError) {
        guard query.selection.contains(where: \.hasList) else {
            return try add { writer, program in
                isOne ? writer.one(query, &program) : writer.list(query, &program)
            }
        }
        let result = program.result(statements.count)
        try add(hasResult: true) { writer, program in
            let (sql, parents) = writer.levels(query, isOne: isOne, &program)
            program.setLevels(parents, of: result)
            return sql
        }
    }

    private mutating func add(
        isOnce: Bool = false, path: String = "$", hasResult: Bool = false,
        _ write: (SQLWriter, inout ProgramBuilder) -> String
    ) throws(QueryError) {
        let writer = SQLWriter()
        if !hasResult { _ = program.result(statements.count) }
        let sql = write(writer, &program)
        let parameters = writer.statement.parameters
        guard statements.count < PlanCompiler.statementsMax else {
            throw planner.error(
                "more than \(PlanCompiler.statementsMax) root fields in one request",
                code: "not-supported")
        }
        guard parameters.count <= PlanCompiler.parametersMax else {
            throw planner.error(
                "\(parameters.count) values in one statement, and PostgreSQL takes \(PlanCompiler.parametersMax)",
                code: "not-supported")
        }
        statements.append(
            Plan.Statement(sql: sql, parameters: parameters, isOnce: isOnce, path: path))
    }
}
