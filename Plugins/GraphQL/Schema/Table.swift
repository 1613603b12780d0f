/// A table, view or foreign table with its GraphQL names and relationships.

/// Immutable once `SourceSchema` has made it; shared by all loops.
final class Table: Sendable {
    /// Position in `SourceSchema.tables`.
    let index: Int
    let schema: String
    let name: String
    /// The type's name and the roots' stem: the table's, with its schema before it outside `public`.
    let graphQLName: String
    /// Qualified and quoted, as SQL needs it.
    let sqlName: String
    let comment: String?
    let columns: [Column]
    /// Columns by GraphQL name.
    let columnIndex: [String: Int]
    /// Primary key first, then the unique ones.
    let keys: [UniqueKey]
    let isInsertable: Bool
    let isUpdatable: Bool

    init(
        index: Int, schema: String, name: String, graphQLName: String, comment: String?,
        columns: [Column], keys: [UniqueKey], isInsertable: Bool, isUpdatable: Bool
    ) {
        self.index = index
        self.schema = schema
        self.name = name
        self.graphQLName = graphQLName
        sqlName = SQLText.quoted(schema) + "." + SQLText.quoted(name)
        self.comment = comment
        self.columns = columns
        self.keys = keys
        self.isInsertable = isInsertable
        self.isUpdatable = isUpdatable
        columnIndex = Dictionary(
            columns.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Positions in `columns`; nil without a primary key.
    var primaryKey: [Int]? { keys.first { $0.isPrimary }?.columns }

    func column(named name: String) -> Column? { columnIndex[name].map { columns[$0] } }
}

struct Column: Sendable {
    /// Position in the table's `columns`.
    let index: Int
    /// In the database, and in GraphQL as long as no metadata renames it.
    let name: String
    let sqlName: String
    let type: ScalarType
    let isNotNull: Bool
    let hasDefault: Bool
    let isGenerated: Bool
    let comment: String?
}

/// A primary key or unique constraint.
struct UniqueKey: Sendable {
    let name: String
    let isPrimary: Bool
    /// Positions in the table's `columns`.
    let columns: [Int]
}

/// A way from one table's rows to another's.
struct Relationship: Sendable {
    enum Kind: Sendable {
        /// At most one row.
        case object
        case array
    }
    let name: String
    let kind: Kind
    /// Index of the table it leads to.
    let target: Int
    /// What is equal: a column here, a column there.
    let columns: [(here: Column, there: Column)]
    /// Every row has its partner: a checked foreign key over columns that are never null.
    let isCertain: Bool
    /// This table's columns refer to the target: `artist_id`. False for the way back.
    let isForeignKeyHere: Bool
}
