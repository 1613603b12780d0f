/// What is asked of the database, free of GraphQL's syntax and of SQL's: the planner makes it, the
/// SQL writers render it.

/// Rows of a table and what is taken from each.
struct RowQuery {
    let table: Table
    var selection: [RowField] = []
    var filter: Predicate = .all([])
    var order: [OrderItem] = []
    var limit: RowBound?
    var offset: RowBound?
    var distinct: [Column] = []
    /// Only the rows that a change of the same request has left, in its order.
    var changed: ChangedRows?
}

/// Keys of changed rows, kept in a setting of the transaction so that a later statement of the same
/// round trip finds them.
struct ChangedRows {
    let setting: String
    let key: [Column]
}

/// Something selected from a row, under the name it has in the answer.
enum RowField {
    case column(String, Column, path: [String])
    case typename(String, String)
    /// At most one row of another table.
    case object(String, Relationship, Table, [RowField])
    case array(String, Relationship, RowQuery)
    case aggregate(String, Relationship, AggregateQuery)

    var key: String {
        switch self {
        case .column(let key, _, _), .typename(let key, _), .object(let key, _, _, _),
            .array(let key, _, _), .aggregate(let key, _, _):
            key
        }
    }
}

extension RowField {
    /// Reads rows of other tables, or other rows of this one.
    var leavesRow: Bool {
        switch self {
        case .column, .typename: false
        case .object, .array, .aggregate: true
        }
    }
}

/// Figures about the rows of a query, and the rows themselves.
struct AggregateQuery {
    /// Its selection is what `nodes` selects from each row.
    let query: RowQuery
    let fields: [AggregateField]

    /// Something is counted or computed.
    var hasFigures: Bool {
        fields.contains { field in
            guard case .aggregate(_, let figures) = field else { return false }
            return figures.contains { figure in
                switch figure {
                case .typename: false
                case .count: true
                case .function(_, _, let columns, _): columns.contains { $0.column != nil }
                }
            }
        }
    }
}

enum AggregateField {
    case typename(String, String)
    case nodes(String, [RowField])
    case aggregate(String, [AggregateFigure])

    var key: String {
        switch self {
        case .typename(let key, _), .nodes(let key, _), .aggregate(let key, _): key
        }
    }
}

enum AggregateFigure {
    case typename(String, String)
    case count(String, [Column], isDistinct: Bool)
    /// One function over columns, each under its key; a column that is nil is `__typename`.
    case function(String, AggregateFunction, [(key: String, column: Column?)], typename: String)

    var key: String {
        switch self {
        case .typename(let key, _), .count(let key, _, _), .function(let key, _, _, _): key
        }
    }
}

/// `limit` and `offset`: a number of the document, which is a number and so may stand in the text,
/// where the planner of the database sees it; or a parameter.
enum RowBound {
    case constant(Int32)
    case parameter(SQLValue)
}

/// A condition on a row.
indirect enum Predicate {
    case all([Predicate])
    case any([Predicate])
    case not(Predicate)
    case compare(Column, ComparisonOperator, SQLValue)
    /// The column as text, compared.
    case compareText(Column, ComparisonOperator, SQLValue)
    case isNull(Column, Bool)
    case exists(Relationship, Table, Predicate)
    /// A count over related rows, compared.
    case count(
        Relationship, Table, [Column], isDistinct: Bool, filter: Predicate,
        [(ComparisonOperator, SQLValue)])

    static var yes: Predicate { .all([]) }
}

struct OrderItem {
    enum Key {
        case column(Column)
        case count
        case function(AggregateFunction, Column)
    }
    /// The relationships from the table to the one that has the key; of them only the last may be an array.
    let way: [(relationship: Relationship, target: Table)]
    let key: Key
    let direction: Direction

    enum Direction: String {
        case asc, desc
        case ascNullsFirst = "asc_nulls_first"
        case ascNullsLast = "asc_nulls_last"
        case descNullsFirst = "desc_nulls_first"
        case descNullsLast = "desc_nulls_last"

        /// Null placement is left out where it is PostgreSQL's own, so that plain indexes fit.
        var sql: StaticString {
            switch self {
            case .asc, .ascNullsLast: " ASC"
            case .desc, .descNullsFirst: " DESC"
            case .ascNullsFirst: " ASC NULLS FIRST"
            case .descNullsLast: " DESC NULLS LAST"
            }
        }
    }
}

/// A value in a statement: never text of the client, always a parameter.
indirect enum SQLValue {
    case null(cast: String)
    case parameter(ParameterSource, cast: String)
    /// Elements that are not all known together: `ARRAY[$1, $2]::int4[]`.
    case array([SQLValue], cast: String)
}

/// A change of the database.
struct MutationQuery {
    enum Change {
        /// Rows of values; nil takes the column's default.
        case insert([Column], rows: [[SQLValue?]], OnConflict?)
        case update([Assignment], Predicate)
        case delete(Predicate)
    }
    struct Assignment {
        let column: Column
        let change: UpdateOperator
        let value: SQLValue
    }
    struct OnConflict {
        let constraint: String
        let columns: [Column]
        let filter: Predicate
    }
    /// What the answer is made of.
    enum Answer {
        case row([RowField])
        case response([ResponseField])
    }
    let table: Table
    let change: Change
    let answer: Answer

    /// The primary key, when the answer goes beyond the changed rows themselves: other tables must be
    /// read after the change, and a single statement sees them as they were before. What was deleted
    /// cannot be read afterwards.
    var keyToReadBy: [Column]? {
        if case .delete = change { return nil }
        guard let key = table.primaryKey,
            selections.contains(where: { $0.contains(where: \.leavesRow) })
        else {
            return nil
        }
        return key.map { table.columns[$0] }
    }
    private var selections: [[RowField]] {
        switch answer {
        case .row(let fields): [fields]
        case .response(let fields):
            fields.compactMap {
                if case .returning(_, let selection) = $0 { selection } else { nil }
            }
        }
    }
}

enum ResponseField {
    case typename(String, String)
    case affectedRows(String)
    case returning(String, [RowField])

    var key: String {
        switch self {
        case .typename(let key, _), .affectedRows(let key), .returning(let key, _): key
        }
    }
}
