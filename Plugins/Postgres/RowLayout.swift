/// libpq keeps a row as an array of (length, pointer), which is what nself_db_cell looks like; so
/// rows are handed out as they are, if a test at start agrees, and copied if it does not.

import Libpq
import PluginAPI

enum RowLayout {
    /// Where PGresult keeps its array of rows: behind two 32-bit counts and one pointer.
    private static let rowsOffset = 16
    /// Major versions of libpq whose source has this layout. A newer one is not looked into, since
    /// following a wrong pointer cannot be survived; its rows are copied.
    private static let knownVersions = 9...18

    typealias Rows = UnsafePointer<UnsafePointer<nself_db_cell>?>

    static let isShared: Bool =
        knownVersions.contains(Int(PQlibVersion()) / 10_000)
        && MemoryLayout<nself_db_cell>.size == 16
        && selfTest()

    /// Borrowed from `result`.
    static func rows(of result: OpaquePointer) -> Rows? {
        isShared ? sharedRows(result) : copiedRows(result)
    }

    static func sharedRows(_ result: OpaquePointer) -> Rows? {
        UnsafeRawPointer(result).load(
            fromByteOffset: rowsOffset, as: UnsafePointer<UnsafePointer<nself_db_cell>?>?.self)
    }

    /// In memory of the result's own, freed with it.
    static func copiedRows(_ result: OpaquePointer) -> Rows? {
        let (rows, columns) = (PQntuples(result), PQnfields(result))
        guard rows > 0 else { return nil }
        let size = Int(rows) * 8 + Int(rows) * Int(columns) * 16
        guard let memory = PQresultAlloc(result, size) else { return nil }
        let lines = memory.bindMemory(
            to: UnsafePointer<nself_db_cell>?.self, capacity: Int(rows))
        let cells = (memory + Int(rows) * 8).bindMemory(
            to: nself_db_cell.self, capacity: Int(rows) * Int(columns))
        for r in 0..<rows {
            let line = cells + Int(r) * Int(columns)
            lines[Int(r)] = UnsafePointer(line)
            for c in 0..<columns {
                let isNull = PQgetisnull(result, r, c) != 0
                line[Int(c)] = nself_db_cell(
                    size: isNull ? -1 : PQgetlength(result, r, c), ignored: 0,
                    data: UnsafeRawPointer(PQgetvalue(result, r, c))?
                        .assumingMemoryBound(to: UInt8.self))
            }
        }
        return UnsafePointer(lines)
    }

    /// Builds a result through libpq and compares what it says with what lies in memory.
    private static func selfTest() -> Bool {
        guard let result = PQmakeEmptyPGresult(nil, PGRES_TUPLES_OK) else { return false }
        defer { PQclear(result) }
        guard setColumns(result) else { return false }
        let values: [[String?]] = [["ab", nil], ["", "a longer value"], [nil, "z"]]
        for (r, row) in values.enumerated() {
            for (c, value) in row.enumerated() {
                let set =
                    if let value {
                        value.withCString {
                            PQsetvalue(
                                result, Int32(r), Int32(c), UnsafeMutablePointer(mutating: $0),
                                Int32(value.utf8.count))
                        }
                    } else { PQsetvalue(result, Int32(r), Int32(c), nil, -1) }
                guard set != 0 else { return false }
            }
        }
        guard let rows = sharedRows(result) else { return false }
        for r in values.indices {
            guard let line = rows[r] else { return false }
            for c in 0..<2 {
                let (row, column) = (Int32(r), Int32(c))
                let said = UnsafeRawPointer(PQgetvalue(result, row, column))
                if UnsafeRawPointer(line[c].data) != said { return false }
                if (line[c].size == -1) != (PQgetisnull(result, row, column) != 0) { return false }
                if line[c].size >= 0, line[c].size != PQgetlength(result, row, column) {
                    return false
                }
            }
        }
        return true
    }

    private static func setColumns(_ result: OpaquePointer) -> Bool {
        let columns = UnsafeMutablePointer<PGresAttDesc>.allocate(capacity: 2)
        defer { columns.deallocate() }
        columns.initialize(repeating: PGresAttDesc(), count: 2)
        return "column".withCString { name in
            for c in 0..<2 {
                columns[c].name = UnsafeMutablePointer(mutating: name)
                columns[c].typid = 25
                columns[c].typlen = -1
                columns[c].atttypmod = -1
            }
            return PQsetResultAttrs(result, 2, columns) != 0
        }
    }
}
