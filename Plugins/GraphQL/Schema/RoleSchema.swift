/// A role's schema on one loop: root fields at once, types when somebody asks for them.

/// Not shared between loops, so that making a type needs no lock.
final class RoleSchema: SchemaView {
    let source: SourceSchema
    let role: String
    let queryRoots: [String: RootField]
    let mutationRoots: [String: RootField]
    private let origins: [String: TypeOrigin]
    /// The one field of a role that may see nothing, because a type without fields is no type.
    static let placeholder = "no_queries_available"
    static let admin = "admin"
    private var made: [String: SchemaType] = [:]

    init(_ source: SourceSchema, role: String) {
        self.source = source
        self.role = role
        var queries: [String: RootField] = [:]
        var mutations: [String: RootField] = [:]
        var origins: [String: TypeOrigin] = ["query_root": .queryRoot, "order_by": .orderBy]
        // Permissions come with metadata; until then nobody but the admin sees a table.
        for table in role == RoleSchema.admin ? source.tables : [] {
            for kind in RootField.kinds(of: table) {
                // A table may be called as another one's root is: the first in order has the name.
                let name = RootField.name(kind, of: table)
                let root = RootField(kind: kind, table: table.index)
                if kind.isMutation {
                    if mutations[name] == nil { mutations[name] = root }
                } else if queries[name] == nil {
                    queries[name] = root
                }
            }
            for type in TableType.allCases where type.exists(for: table) {
                let name = TypeNames.of(type, table)
                if origins[name] == nil { origins[name] = .table(type, table.index) }
            }
            for column in table.columns { RoleSchema.note(column.type, in: &origins) }
        }
        if !mutations.isEmpty { origins["mutation_root"] = .mutationRoot }
        queryRoots = queries
        mutationRoots = mutations
        self.origins = origins
    }

    private static func note(_ type: ScalarType, in origins: inout [String: TypeOrigin]) {
        if !builtIn.contains(type.name) { origins[type.name] = .scalar(type.name) }
        origins[type.comparisonName] = .comparison(type)
        if type.operators == .jsonb {
            origins["jsonb_cast_exp"] = .jsonbCast
            if origins["String_comparison_exp"] == nil {
                origins["String_comparison_exp"] = .comparison(.text)
            }
        }
        // Counts are compared as Int wherever a table can be aggregated.
        if origins["Int_comparison_exp"] == nil {
            origins["Int_comparison_exp"] = .comparison(.int)
        }
    }
    private static let builtIn: Set<String> = ["Int", "Float", "String", "Boolean", "ID"]

    func origin(of type: String) -> TypeOrigin? { origins[type] }

    // MARK: - SchemaView

    func type(named name: String) -> SchemaType? {
        if let type = made[name] { return type }
        guard let origin = origins[name] else { return RoleSchema.builtInTypes[name] }
        let type = TypeBuilder(schema: self).make(origin, name)
        made[name] = type
        return type
    }
    private static let builtInTypes = Dictionary(
        uniqueKeysWithValues: SchemaType.builtInScalars.map { ($0.name, $0) })

    func rootType(_ kind: Syntax.OperationKind) -> SchemaType? {
        switch kind {
        case .query: type(named: "query_root")
        case .mutation: type(named: "mutation_root")
        case .subscription: nil
        }
    }
    var typeNames: [String] { (origins.keys + ["Boolean", "Int", "String", "Float"]).sorted() }
    var directives: [SchemaDirective] { [] }
}

extension ScalarType {
    static let text = ScalarType(
        Catalog.TypeName(
            oid: 25, cast: "text", name: "text", category: "S", isArray: false, baseOID: 25),
        isISODateStyle: true)
    static let int = ScalarType(
        Catalog.TypeName(
            oid: 23, cast: "int4", name: "int4", category: "N", isArray: false, baseOID: 23),
        isISODateStyle: true)
    static let bigint = ScalarType(
        Catalog.TypeName(
            oid: 20, cast: "int8", name: "int8", category: "N", isArray: false, baseOID: 20),
        isISODateStyle: true)
    static let bool = ScalarType(
        Catalog.TypeName(
            oid: 16, cast: "bool", name: "bool", category: "B", isArray: false, baseOID: 16),
        isISODateStyle: true)
    static let textArray = ScalarType(
        Catalog.TypeName(
            oid: 1009, cast: "text[]", name: "text", category: "A", isArray: true, baseOID: 25),
        isISODateStyle: true)
}

extension TableType {
    /// Whether the table has such a type: no numeric column, no average.
    func exists(for table: Table) -> Bool {
        switch self {
        case .object, .boolExp, .orderBy, .selectColumn, .aggregate, .aggregateFields,
            .aggregateOrderBy, .aggregateBoolExp, .aggregateBoolExpCount:
            return true
        case .insertInput: return table.isInsertable
        case .onConflict, .constraint: return table.isInsertable && !table.keys.isEmpty
        case .updateColumn: return table.isInsertable || table.isUpdatable
        case .updates: return table.isUpdatable
        case .keyColumnsInput: return table.isUpdatable && table.primaryKey != nil
        case .mutationResponse: return table.isInsertable || table.isUpdatable
        default: break
        }
        for function in AggregateFunction.allCases
        where function.fields == self || function.orderBy == self {
            return table.columns.contains { function.takes($0.type) }
        }
        for change in UpdateOperator.allCases where change.input == self {
            return table.isUpdatable && table.columns.contains(where: change.takes)
        }
        return false
    }
}
