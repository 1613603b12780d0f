/// SQLSTATE to status (the table in the README), and libpq's error fields as the interface's.

import Libpq
import PluginAPI

enum SQLState {
    /// `timedOut` and `cancelled` say why we ourselves may have ended it (57014).
    static func status(_ code: UnsafePointer<CChar>?, timedOut: Bool, cancelled: Bool)
        -> nself_status
    {
        guard let code, code[0] != 0 else { return .NSELF_STATUS_INTERNAL }
        if equal(code, "23505") { return .NSELF_STATUS_ALREADY_EXISTS }
        if equal(code, "42501") { return .NSELF_STATUS_PERMISSION_DENIED }
        if equal(code, "40001") || equal(code, "40P01") { return .NSELF_STATUS_ABORTED }
        if equal(code, "57014") {
            return timedOut && !cancelled
                ? .NSELF_STATUS_DEADLINE_EXCEEDED : .NSELF_STATUS_CANCELLED
        }
        if starts(code, "23") { return .NSELF_STATUS_FAILED_PRECONDITION }
        if starts(code, "53") || starts(code, "57P") || starts(code, "08") {
            return .NSELF_STATUS_UNAVAILABLE
        }
        if starts(code, "22") || starts(code, "42") { return .NSELF_STATUS_INVALID_ARGUMENT }
        return .NSELF_STATUS_INTERNAL
    }

    static func equal(_ code: UnsafePointer<CChar>, _ text: StaticString) -> Bool {
        strncmp(code, text.utf8Start, 6) == 0
    }
    static func starts(_ code: UnsafePointer<CChar>, _ text: StaticString) -> Bool {
        strncmp(code, text.utf8Start, text.utf8CodeUnitCount) == 0
    }
    private static func strncmp(_ a: UnsafePointer<CChar>, _ b: UnsafePointer<UInt8>, _ count: Int)
        -> Int
    {
        for index in 0..<count {
            let (left, right) = (UInt8(bitPattern: a[index]), b[index])
            if left != right { return 1 }
            if left == 0 { return 0 }
        }
        return 0
    }
}

/// Codes as libpq names the fields of an error report.
enum ErrorField {
    static let sqlstate: Int32 = 67  // 'C'
    static let message: Int32 = 77  // 'M'
    static let detail: Int32 = 68  // 'D'
    static let hint: Int32 = 72  // 'H'
    static let position: Int32 = 80  // 'P'
    static let schema: Int32 = 115  // 's'
    static let table: Int32 = 116  // 't'
    static let column: Int32 = 99  // 'c'
    static let constraint: Int32 = 110  // 'n'
}

extension nself_db_error {
    /// The strings are borrowed from `result`.
    init(_ result: OpaquePointer, statement: Int) {
        self.init()
        sqlstate = nself_text(PQresultErrorField(result, ErrorField.sqlstate))
        message = nself_text(PQresultErrorField(result, ErrorField.message))
        detail = nself_text(PQresultErrorField(result, ErrorField.detail))
        hint = nself_text(PQresultErrorField(result, ErrorField.hint))
        schema = nself_text(PQresultErrorField(result, ErrorField.schema))
        table = nself_text(PQresultErrorField(result, ErrorField.table))
        column = nself_text(PQresultErrorField(result, ErrorField.column))
        constraint = nself_text(PQresultErrorField(result, ErrorField.constraint))
        self.statement = UInt32(statement)
        if let digits = PQresultErrorField(result, ErrorField.position) {
            position = UInt32(String(cString: digits)) ?? 0
        }
    }
}
