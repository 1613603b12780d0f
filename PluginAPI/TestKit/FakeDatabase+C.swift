/// The same values in the shapes of the C interface, both ways.

import CNself
import PluginAPI

extension FakeDatabase.Request {
    /// Lends the request as a caller lends it: everything is overwritten when `body` has returned,
    /// so that a provider that keeps a pointer is found out (header, O1).
    public func lend<Result>(_ body: (UnsafePointer<nself_db_request>) -> Result) -> Result {
        let memory = Lent()
        defer { memory.spoil() }
        let list = memory.array(nself_db_statement.self, statements.count)
        for (index, statement) in statements.enumerated() {
            let values = memory.array(nself_db_parameter.self, statement.parameters.count)
            for (at, parameter) in statement.parameters.enumerated() {
                var value = nself_db_parameter()
                switch parameter {
                case .null: value.size = -1
                case .text(let text, let type):
                    value.data = memory.bytes(Array(text.utf8))
                    value.size = Int32(text.utf8.count)
                    value.type_oid = type
                case .binary(let bytes, let type):
                    value.data = memory.bytes(bytes)
                    value.size = Int32(bytes.count)
                    value.type_oid = type
                    value.format = .NSELF_DB_BINARY
                }
                (values + at).initialize(to: value)
            }
            (list + index).initialize(
                to: nself_db_statement(
                    sql: memory.text(statement.sql), parameters: values,
                    parameter_count: UInt32(statement.parameters.count), flags: statement.flags))
        }
        let fields = memory.array(nself_field.self, settings.count)
        for (index, setting) in settings.enumerated() {
            (fields + index).initialize(
                to: nself_field(name: memory.text(setting.0), value: memory.text(setting.1)))
        }
        var request = nself_db_request()
        request.session = nself_db_session(id: session)
        request.timeout = timeout
        request.source = memory.text(source)
        request.settings = nself_fields(items: fields, count: settings.count)
        request.statements = UnsafePointer(list)
        request.statement_count = UInt32(statements.count)
        request.flags = flags
        return body(&request)
    }

    init(_ raw: nself_db_request) {
        self.init(
            (0..<Int(raw.statement_count)).map { index in
                let statement = raw.statements[index]
                return FakeDatabase.Statement(
                    String(statement.sql),
                    (0..<Int(statement.parameter_count)).map { at in
                        let value = statement.parameters[at]
                        if value.size < 0 { return .null }
                        let bytes = Array(
                            UnsafeRawBufferPointer(start: value.data, count: Int(value.size)))
                        return value.format == .NSELF_DB_BINARY
                            ? .binary(bytes, type: value.type_oid)
                            : .text(String(decoding: bytes, as: UTF8.self), type: value.type_oid)
                    }, statement.flags)
            })
        settings = (0..<raw.settings.count).map {
            (String(raw.settings.items[$0].name), String(raw.settings.items[$0].value))
        }
        session = raw.session.id
        timeout = raw.timeout
        source = String(raw.source)
        flags = raw.flags
    }
}

extension FakeDatabase.Answer {
    /// Copies what a provider answered and releases the results.
    init(
        _ status: nself_status, _ message: nself_string,
        _ results: UnsafeMutablePointer<nself_db_result>?, _ count: Int,
        _ error: UnsafePointer<nself_db_error>?
    ) {
        self.init(status, String(message))
        for index in 0..<count {
            guard let result = results.map({ $0 + index }) else { break }
            self.results.append(FakeDatabase.Result(result.pointee))
            nself_db_result_release(result)
        }
        failure = error.map { FakeDatabase.Failure($0.pointee) }
    }
}

extension FakeDatabase.Result {
    init(_ raw: nself_db_result) {
        let columns = (0..<Int(raw.column_count)).map { index in
            let column = raw.columns[index]
            return FakeDatabase.Column(String(column.name), column.type_oid, column.type_modifier)
        }
        self.init(columns, [], affected: raw.affected_rows)
        format = raw.format
        rows = (0..<Int(raw.row_count)).map { r in
            columns.indices.map { c in
                guard let cell = raw.rows[r]?[c], cell.size >= 0 else { return nil }
                return Array(UnsafeRawBufferPointer(start: cell.data, count: Int(cell.size)))
            }
        }
    }

    /// Moves a copy into memory that `nself_db_result.release` frees.
    func give() -> nself_db_result {
        let memory = Lent()
        let names = memory.array(nself_db_column.self, columns.count)
        for (index, column) in columns.enumerated() {
            (names + index).initialize(
                to: nself_db_column(
                    name: memory.text(column.name), type_oid: column.type,
                    type_modifier: column.modifier))
        }
        let lines = memory.array(UnsafePointer<nself_db_cell>?.self, rows.count)
        for (r, row) in rows.enumerated() {
            let cells = memory.array(nself_db_cell.self, row.count)
            for (c, value) in row.enumerated() {
                (cells + c).initialize(
                    to: nself_db_cell(
                        size: value.map { Int32($0.count) } ?? -1, ignored: 0,
                        data: memory.bytes(value ?? [])))
            }
            (lines + r).initialize(to: UnsafePointer(cells))
        }
        var result = nself_db_result()
        result.columns = UnsafePointer(names)
        result.rows = UnsafePointer(lines)
        result.row_count = UInt64(rows.count)
        result.affected_rows = affected
        result.column_count = UInt32(columns.count)
        result.format = format
        result.owner = Unmanaged.passRetained(memory).toOpaque()
        result.retain = { owner in
            if let owner { _ = Unmanaged<Lent>.fromOpaque(owner).retain() }
        }
        result.release = { owner in
            if let owner { Unmanaged<Lent>.fromOpaque(owner).release() }
        }
        return result
    }
}

extension FakeDatabase.Failure {
    init(_ raw: nself_db_error) {
        self.init()
        sqlstate = String(raw.sqlstate)
        message = String(raw.message)
        detail = String(raw.detail)
        hint = String(raw.hint)
        schema = String(raw.schema)
        table = String(raw.table)
        column = String(raw.column)
        constraint = String(raw.constraint)
        statement = raw.statement
        position = raw.position
    }

    func lend<Result>(_ body: (UnsafePointer<nself_db_error>) -> Result) -> Result {
        let memory = Lent()
        defer { memory.spoil() }
        var error = nself_db_error()
        error.sqlstate = memory.text(sqlstate)
        error.message = memory.text(message)
        error.detail = memory.text(detail)
        error.hint = memory.text(hint)
        error.schema = memory.text(schema)
        error.table = memory.text(table)
        error.column = memory.text(column)
        error.constraint = memory.text(constraint)
        error.statement = statement
        error.position = position
        return body(&error)
    }
}

/// Memory behind borrowed pointers.
private final class Lent {
    private var pieces: [UnsafeMutableRawBufferPointer] = []
    deinit { for piece in pieces { piece.deallocate() } }

    func spoil() {
        for piece in pieces { for index in piece.indices { piece[index] = 0xEE } }
    }
    func bytes(_ value: [UInt8]) -> UnsafePointer<UInt8>? {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: value.count, alignment: 1)
        copy.copyBytes(from: value)
        pieces.append(copy)
        return UnsafePointer(copy.assumingMemoryBound(to: UInt8.self).baseAddress)
    }
    func text(_ value: String) -> nself_string {
        nself_string(
            data: UnsafeRawPointer(bytes(Array(value.utf8)))?.assumingMemoryBound(to: CChar.self),
            size: value.utf8.count)
    }
    func array<Element>(_ type: Element.Type, _ count: Int) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 16)
        pieces.append(memory)
        return memory.baseAddress!.bindMemory(to: type, capacity: max(count, 1))
    }
}
