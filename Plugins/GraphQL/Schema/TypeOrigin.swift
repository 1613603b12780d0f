/// What a type name of the schema stands for; the type itself is made when it is asked for.

enum TypeOrigin: Sendable {
    case queryRoot, mutationRoot
    case table(TableType, Int)
    /// A scalar that is not one of the five built in.
    case scalar(String)
    case comparison(ScalarType)
    /// `jsonb_cast_exp`.
    case jsonbCast
    /// The directions.
    case orderBy
}

/// The types that belong to a table, named by what follows its name.
enum TableType: String, CaseIterable, Sendable {
    case object = ""
    case boolExp = "_bool_exp"
    case orderBy = "_order_by"
    case selectColumn = "_select_column"
    case aggregate = "_aggregate"
    case aggregateFields = "_aggregate_fields"
    case aggregateOrderBy = "_aggregate_order_by"
    case aggregateBoolExp = "_aggregate_bool_exp"
    case aggregateBoolExpCount = "_aggregate_bool_exp_count"
    case avgFields = "_avg_fields"
    case maxFields = "_max_fields"
    case minFields = "_min_fields"
    case sumFields = "_sum_fields"
    case stddevFields = "_stddev_fields"
    case stddevPopFields = "_stddev_pop_fields"
    case stddevSampFields = "_stddev_samp_fields"
    case varPopFields = "_var_pop_fields"
    case varSampFields = "_var_samp_fields"
    case varianceFields = "_variance_fields"
    case avgOrderBy = "_avg_order_by"
    case maxOrderBy = "_max_order_by"
    case minOrderBy = "_min_order_by"
    case sumOrderBy = "_sum_order_by"
    case stddevOrderBy = "_stddev_order_by"
    case stddevPopOrderBy = "_stddev_pop_order_by"
    case stddevSampOrderBy = "_stddev_samp_order_by"
    case varPopOrderBy = "_var_pop_order_by"
    case varSampOrderBy = "_var_samp_order_by"
    case varianceOrderBy = "_variance_order_by"
    case insertInput = "_insert_input"
    case onConflict = "_on_conflict"
    case constraint = "_constraint"
    case updateColumn = "_update_column"
    case setInput = "_set_input"
    case incInput = "_inc_input"
    case appendInput = "_append_input"
    case prependInput = "_prepend_input"
    case deleteKeyInput = "_delete_key_input"
    case deleteElemInput = "_delete_elem_input"
    case deleteAtPathInput = "_delete_at_path_input"
    case keyColumnsInput = "_pk_columns_input"
    case updates = "_updates"
    case mutationResponse = "_mutation_response"
}

/// An aggregate function over columns.
enum AggregateFunction: String, CaseIterable, Sendable {
    case avg, max, min, sum, stddev
    case stddevPop = "stddev_pop"
    case stddevSamp = "stddev_samp"
    case varPop = "var_pop"
    case varSamp = "var_samp"
    case variance

    var fields: TableType {
        switch self {
        case .avg: .avgFields
        case .max: .maxFields
        case .min: .minFields
        case .sum: .sumFields
        case .stddev: .stddevFields
        case .stddevPop: .stddevPopFields
        case .stddevSamp: .stddevSampFields
        case .varPop: .varPopFields
        case .varSamp: .varSampFields
        case .variance: .varianceFields
        }
    }
    var orderBy: TableType {
        switch self {
        case .avg: .avgOrderBy
        case .max: .maxOrderBy
        case .min: .minOrderBy
        case .sum: .sumOrderBy
        case .stddev: .stddevOrderBy
        case .stddevPop: .stddevPopOrderBy
        case .stddevSamp: .stddevSampOrderBy
        case .varPop: .varPopOrderBy
        case .varSamp: .varSampOrderBy
        case .variance: .varianceOrderBy
        }
    }
    /// The result has the column's own type; of the others it is a Float.
    var keepsType: Bool { self == .max || self == .min || self == .sum }

    func takes(_ type: ScalarType) -> Bool {
        switch self {
        case .max, .min: type.isComparable
        case .sum: type.isNumeric
        // Money can be added up and has no mean.
        default: type.isNumeric && type.name != "money"
        }
    }
}

/// What an update does with a column.
enum UpdateOperator: String, CaseIterable, Sendable {
    case set = "_set"
    case inc = "_inc"
    case append = "_append"
    case prepend = "_prepend"
    case deleteKey = "_delete_key"
    case deleteElem = "_delete_elem"
    case deleteAtPath = "_delete_at_path"

    var input: TableType {
        switch self {
        case .set: .setInput
        case .inc: .incInput
        case .append: .appendInput
        case .prepend: .prependInput
        case .deleteKey: .deleteKeyInput
        case .deleteElem: .deleteElemInput
        case .deleteAtPath: .deleteAtPathInput
        }
    }
    func takes(_ column: Column) -> Bool {
        guard !column.isGenerated else { return false }
        return switch self {
        case .set: true
        case .inc: column.type.isNumeric
        default: column.type.operators == .jsonb
        }
    }
    /// The type of a column's value in this operator's input.
    func valueType(_ column: Column) -> SchemaTypeReference {
        switch self {
        case .set, .inc, .append, .prepend: TypeNames.input(column.type)
        case .deleteKey: .named("String")
        case .deleteElem: .named("Int")
        case .deleteAtPath: .list(.nonNull(.named("String")))
        }
    }
}

enum TypeNames {
    static func of(_ type: TableType, _ table: Table) -> String {
        table.graphQLName + type.rawValue
    }

    /// A column's type where a value is given, nullable: `Int`, `[String!]`.
    static func input(_ type: ScalarType) -> SchemaTypeReference {
        type.isArray ? .list(.nonNull(.named(type.name))) : .named(type.name)
    }
    /// Where a value is selected.
    static func output(_ column: Column) -> SchemaTypeReference {
        let type = input(column.type)
        return column.isNotNull ? .nonNull(type) : type
    }
}
