/// Rows of a result, read where the database's reply lies.

/// One row, borrowed from its result.
public struct Row {
    @usableFromInline let cells: UnsafePointer<nself_db_cell>

    /// Row `index` of a result that has it.
    @inlinable
    public init(_ result: UnsafePointer<nself_db_result>, _ index: Int) {
        // A result with a row has its row array and that row.
        cells = result.pointee.rows.unsafelyUnwrapped[index].unsafelyUnwrapped
    }

    /// The bytes of a column, nil for null. Text or binary as the statement asked.
    @inlinable
    public subscript(column: Int) -> Text? {
        let cell = cells[column]
        guard cell.size >= 0 else { return nil }
        return Text(UnsafeRawBufferPointer(start: cell.data, count: Int(cell.size)))
    }
    /// A copy of a text column, empty for null.
    public func string(_ column: Int) -> String { self[column].map { String($0) } ?? "" }
    /// A boolean column in text form; null is false.
    public func bool(_ column: Int) -> Bool { self[column].map { $0 == "t" } ?? false }
    /// A whole number in text form, nil for null or anything else.
    public func int(_ column: Int) -> Int? { self[column].flatMap { Int(String($0)) } }
}

extension UnsafePointer<nself_db_result> {
    /// All rows in order.
    public var rows: some Sequence<Row> {
        (0..<Int(pointee.row_count)).lazy.map { Row(self, $0) }
    }
}
