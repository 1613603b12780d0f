/// Copying a request into a group: the one pass over what the caller lends.

import Libpq
import PluginAPI

/// Why a request is refused before it reaches the server.
struct Refusal {
    let status: nself_status
    let message: String
    /// What the server would have said.
    var sqlstate: StaticString = ""
    var statement = 0

    static func invalid(_ message: String, _ statement: Int = 0, _ sqlstate: StaticString = "08P01")
        -> Refusal
    {
        Refusal(
            status: .NSELF_STATUS_INVALID_ARGUMENT, message: message, sqlstate: sqlstate,
            statement: statement)
    }
}

extension SyncGroup {
    /// hot. Nil when the group holds the request. `timeout` in nanoseconds: sent as a setting of
    /// the group unless it is 0.
    func fill(
        _ request: UnsafePointer<nself_db_request>, _ table: StatementTable, timeout: UInt64,
        evicted: (Statement) -> Void
    ) -> Refusal? {
        let count = Int(request.pointee.statement_count)
        let pairs = request.pointee.settings.count + (timeout == 0 ? 0 : 1)
        if let refusal = measure(request, count, pairs) { return refusal }
        flags = request.pointee.flags
        let role = fillSettings(request.pointee.settings, pairs, timeout, table)
        guard let role else {
            return .invalid("a setting contains a zero byte", 0, "22021")
        }
        var first = 2 * pairs
        for index in 0..<count {
            let statement = request.pointee.statements + index
            if let refusal = fill(statement, index, first, role, table, evicted) { return refusal }
            first += Int(statement.pointee.parameter_count)
        }
        return nil
    }

    /// Checks the counts and makes room.
    private func measure(_ request: UnsafePointer<nself_db_request>, _ count: Int, _ pairs: Int)
        -> Refusal?
    {
        guard count > 0 else { return .invalid("a request without statements") }
        guard count <= Limits.statementsMax else {
            return .invalid("\(count) statements in one request: at most \(Limits.statementsMax)")
        }
        guard pairs <= Limits.settingsMax else {
            return .invalid("\(pairs) settings in one request: at most \(Limits.settingsMax)")
        }
        var (values, bytes) = (2 * pairs, 32)  // 32: name of nothing, the timeout in digits
        let fields = request.pointee.settings
        for index in 0..<fields.count {
            bytes += fields.items[index].name.size + fields.items[index].value.size + 2
        }
        for index in 0..<count {
            let statement = request.pointee.statements + index
            let parameters = Int(statement.pointee.parameter_count)
            guard parameters <= Limits.parametersMax else {
                return .invalid(
                    "\(parameters) parameters: at most \(Limits.parametersMax); pass an array",
                    index)
            }
            values += parameters
            bytes += statement.pointee.sql.size + 1
            for at in 0..<parameters {
                bytes += Int(max(statement.pointee.parameters[at].size, 0)) + 1
            }
        }
        reserve(parts: count, values: values, bytes: bytes)
        return nil
    }

    /// The value of the setting `role`, or nil when a setting cannot be sent.
    private func fillSettings(
        _ fields: nself_fields, _ pairs: Int, _ timeout: UInt64, _ table: StatementTable
    ) -> Text? {
        var role = Text.empty
        guard pairs > 0 else { return role }
        setSettings(table.settingStatement(pairs: pairs), 2 * pairs)
        for index in 0..<fields.count {
            let field = fields.items[index]
            guard let name = copyText(field.name.data, field.name.size),
                let value = copyText(field.value.data, field.value.size)
            else { return nil }
            setValue(2 * index, name, Int32(field.name.size), 0, 25)
            setValue(2 * index + 1, value, Int32(field.value.size), 0, 25)
            if Text(field.name) == "role" { role = Text(base: value, count: field.value.size) }
        }
        if timeout != 0 {
            setValue(2 * fields.count, SyncGroup.timeoutName, 0, 0, 25)
            setValue(2 * fields.count + 1, copyDigits((timeout + 999_999) / 1_000_000), 0, 0, 25)
        }
        return role
    }

    nonisolated(unsafe) private static let timeoutName: UnsafePointer<CChar> = {
        let text: StaticString = "statement_timeout"  // immortal and zero-terminated
        return UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }()

    private func copyDigits(_ number: UInt64) -> UnsafePointer<CChar>? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, at) = (number, digits.count)
            repeat {
                at -= 1
                digits[at] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            return copyText(digits.baseAddress.map { $0 + at }, digits.count - at)
        }
    }

    private func fill(
        _ statement: UnsafePointer<nself_db_statement>, _ index: Int, _ first: Int, _ role: Text,
        _ table: StatementTable, _ evicted: (Statement) -> Void
    ) -> Refusal? {
        let count = Int(statement.pointee.parameter_count)
        let sql = Text(statement.pointee.sql)
        var part = Part(
            statement: nil, sql: SyncGroup.timeoutName, first: first, count: count,
            binaryResult: statement.pointee.flags.contains(.NSELF_DB_BINARY_RESULT))
        if table.prepares, !statement.pointee.flags.contains(.NSELF_DB_ONCE) {
            part.statement = table.find(
                StatementKey(sql, role, statement.pointee.parameters, count), evicted: evicted)
        }
        if let known = part.statement, known.kind != .unsendable {
            part.sql = UnsafePointer(known.sql)
        } else {
            guard let copy = copyText(sql.base, sql.count) else {
                return .invalid("statement \(index) contains a zero byte", index, "22021")
            }
            part.sql = copy
        }
        append(part)
        for at in 0..<count {
            let value = statement.pointee.parameters + at
            let size = value.pointee.size
            if size < 0 {
                setValue(first + at, nil, 0, 0, value.pointee.type_oid)
            } else if value.pointee.format == .NSELF_DB_BINARY {
                let copy = copyBytes(value.pointee.data, Int(size))
                setValue(first + at, copy, size, 1, value.pointee.type_oid)
            } else {
                guard let copy = copyText(value.pointee.data, Int(size)) else {
                    return .invalid(
                        "parameter $\(at + 1) of statement \(index) contains a zero byte, which "
                            + "text in PostgreSQL cannot hold", index, "22021")
                }
                setValue(first + at, copy, size, 0, value.pointee.type_oid)
            }
        }
        return nil
    }

    /// Texts of the plugin's own without parameters, as the whole of a housekeeping group.
    func fill(_ texts: [String]) {
        reserve(
            parts: texts.count, values: 0, bytes: texts.reduce(0) { $0 + $1.utf8.count + 1 })
        for text in texts {
            text.withText { text in
                let copy = copyText(text.base, text.count) ?? SyncGroup.timeoutName
                append(Part(statement: nil, sql: copy, first: 0, count: 0, binaryResult: false))
            }
        }
    }

    /// The first statement that belongs into a session, if this is not one.
    var sessionOnlyPart: Int? {
        for index in 0..<partCount {
            let kind =
                parts[index].statement?.kind
                ?? StatementText.kind(Text(nself_text(parts[index].sql)))
            if kind == .session { return index }
        }
        return nil
    }
    /// A text that takes long is among them.
    var isSlow: Bool {
        if flags.contains(.NSELF_DB_SLOW) { return true }
        for index in 0..<partCount where parts[index].statement?.isSlow == true { return true }
        return false
    }
}
