/// A PGresult as an nself_db_result: no copy, no allocation but libpq's own.

import Libpq
import PluginAPI
import Synchronization

/// The columns of a prepared statement: the same for each of its results. Immutable. [any]
final class ColumnSet: @unchecked Sendable {
    let columns: UnsafeMutablePointer<nself_db_column>
    let count: Int
    private let names: UnsafeMutablePointer<CChar>

    init(_ result: OpaquePointer) {
        count = Int(PQnfields(result))
        var size = 0
        for c in 0..<count { size += nself_text(PQfname(result, Int32(c))).size }
        names = .allocate(capacity: max(size, 1))
        columns = .allocate(capacity: max(count, 1))
        var at = names
        for c in 0..<count {
            var column = Self.column(result, c)
            if let name = column.name.data { at.update(from: name, count: column.name.size) }
            column.name.data = UnsafePointer(at)
            (columns + c).initialize(to: column)
            at += column.name.size
        }
    }
    deinit {
        names.deallocate()
        columns.deallocate()
    }

    /// The name is borrowed from the result.
    static func column(_ result: OpaquePointer, _ c: Int) -> nself_db_column {
        nself_db_column(
            name: nself_text(PQfname(result, Int32(c))), type_oid: PQftype(result, Int32(c)),
            type_modifier: PQfmod(result, Int32(c)))
    }
}

/// Counts the references to a result. It lives in the result's own memory (PQresultAlloc), which
/// has room to spare in its first block, and goes with it.
struct ResultOwner: ~Copyable {
    private let references = Atomic<Int>(1)
    private let result: OpaquePointer
    private let columns: Unmanaged<ColumnSet>?

    private init(_ result: OpaquePointer, _ columns: Unmanaged<ColumnSet>?) {
        self.result = result
        self.columns = columns
    }

    /// Moves `result` into an nself_db_result; nil (and the result is cleared) without memory.
    /// `shared`: the columns, when they are known; else they are read from the result.
    static func give(_ result: OpaquePointer, _ shared: ColumnSet?) -> nself_db_result? {
        let count = Int(PQnfields(result))
        var given = nself_db_result()
        given.row_count = UInt64(PQntuples(result))
        given.column_count = UInt32(count)
        given.affected_rows = affectedRows(result)
        if given.row_count > 0 {
            guard let rows = RowLayout.rows(of: result) else { return drop(result) }
            given.rows = rows
        }
        if let shared {
            given.columns = UnsafePointer(shared.columns)
        } else if count > 0 {
            guard
                let memory = PQresultAlloc(result, count * MemoryLayout<nself_db_column>.stride)
            else { return drop(result) }
            let columns = memory.bindMemory(to: nself_db_column.self, capacity: count)
            for c in 0..<count { (columns + c).initialize(to: ColumnSet.column(result, c)) }
            given.columns = UnsafePointer(columns)
        }
        if count > 0, PQfformat(result, 0) == 1 { given.format = .NSELF_DB_BINARY }
        guard let memory = PQresultAlloc(result, MemoryLayout<ResultOwner>.stride) else {
            return drop(result)
        }
        let owner = memory.bindMemory(to: ResultOwner.self, capacity: 1)
        owner.initialize(to: ResultOwner(result, shared.map { Unmanaged.passRetained($0) }))
        given.owner = memory
        given.retain = { owner in
            owner?.assumingMemoryBound(to: ResultOwner.self).pointee.references
                .wrappingAdd(1, ordering: .relaxed)
        }
        given.release = { owner in
            guard let owner = owner?.assumingMemoryBound(to: ResultOwner.self) else { return }
            let before = owner.pointee.references.wrappingSubtract(
                1, ordering: .acquiringAndReleasing
            ).oldValue
            guard before == 1 else { return }
            let result = owner.pointee.result
            owner.pointee.columns?.release()
            owner.deinitialize(count: 1)
            PQclear(result)
        }
        return given
    }

    private static func drop(_ result: OpaquePointer) -> nself_db_result? {
        PQclear(result)
        return nil
    }

    /// The number at the end of "INSERT 0 5", "UPDATE 3"; 0 for what only reads.
    private static func affectedRows(_ result: OpaquePointer) -> UInt64 {
        guard let tag = PQcmdStatus(result) else { return 0 }
        let first = UInt8(bitPattern: tag[0])
        if first == UInt8(ascii: "S") || first == UInt8(ascii: "F") { return 0 }
        var (value, at): (UInt64, Int) = (0, 0)
        while tag[at] != 0 {
            let digit = UInt64(UInt8(bitPattern: tag[at])) &- UInt64(UInt8(ascii: "0"))
            value = digit < 10 ? value &* 10 &+ digit : 0
            at += 1
        }
        return value
    }
}
