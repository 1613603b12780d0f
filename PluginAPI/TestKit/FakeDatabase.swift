/// A database request and its answer as Swift values, for tests on either side of the interface.

import CNself
import PluginAPI

public enum FakeDatabase {
    public enum Parameter: Sendable, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
        case null
        /// Text format; the type is inferred unless `type`, an oid, is given.
        case text(String, type: UInt32 = 0)
        /// Binary format.
        case binary([UInt8], type: UInt32 = 0)

        public init(stringLiteral value: String) { self = .text(value) }
        public init(nilLiteral: ()) { self = .null }
    }
    public struct Statement: Sendable {
        public var sql: String
        public var parameters: [Parameter]
        public var flags: nself_db_statement_flags

        public init(
            _ sql: String, _ parameters: [Parameter] = [], _ flags: nself_db_statement_flags = []
        ) {
            self.sql = sql
            self.parameters = parameters
            self.flags = flags
        }
    }
    public struct Request: Sendable {
        public var statements: [Statement]
        public var settings: [(String, String)] = []
        public var session: UInt64 = 0
        /// Nanoseconds; 0: the provider's default.
        public var timeout: UInt64 = 0
        public var source = ""
        public var flags: nself_db_request_flags = []

        public init(_ statements: [Statement]) { self.statements = statements }
    }
    public struct Column: Sendable, Equatable {
        public var name: String
        public var type: UInt32
        public var modifier: Int32

        public init(_ name: String, _ type: UInt32 = 25, _ modifier: Int32 = -1) {
            self.name = name
            self.type = type
            self.modifier = modifier
        }
    }
    public struct Result: Sendable {
        public var columns: [Column]
        /// Nil: null.
        public var rows: [[[UInt8]?]]
        public var affected: UInt64
        public var format: nself_db_format = .NSELF_DB_TEXT

        public init(_ columns: [Column], _ rows: [[String?]], affected: UInt64 = 0) {
            self.columns = columns
            self.rows = rows.map { $0.map { $0.map { Array($0.utf8) } } }
            self.affected = affected
        }
        /// The value in row `r`, column `c` as text; nil: null.
        public func text(_ r: Int, _ c: Int = 0) -> String? {
            rows[r][c].map { String(decoding: $0, as: UTF8.self) }
        }
        /// All values of a column as text.
        public func column(_ c: Int = 0) -> [String?] { rows.indices.map { text($0, c) } }
    }
    /// What the server said.
    public struct Failure: Sendable {
        public var sqlstate = ""
        public var message = ""
        public var detail = ""
        public var hint = ""
        public var schema = ""
        public var table = ""
        public var column = ""
        public var constraint = ""
        public var statement: UInt32 = 0
        public var position: UInt32 = 0
        public init() {}
    }
    public struct Answer: Sendable {
        public var status: nself_status
        public var message: String
        public var results: [Result]
        public var failure: Failure?

        public init(
            _ status: nself_status, _ message: String = "", results: [Result] = [],
            failure: Failure? = nil
        ) {
            self.status = status
            self.message = message
            self.results = results
            self.failure = failure
        }
        public static func rows(_ results: Result...) -> Answer {
            Answer(.NSELF_STATUS_OK, results: results)
        }
        public var isOK: Bool { status == .NSELF_STATUS_OK }
        /// The first value of the first result as text.
        public var value: String? {
            guard let first = results.first, !first.rows.isEmpty else { return nil }
            return first.text(0)
        }
    }
    /// What a subscription heard.
    public enum Notice: Sendable, Equatable {
        case listening
        case message(channel: String, payload: String)
        case ended
    }
}
