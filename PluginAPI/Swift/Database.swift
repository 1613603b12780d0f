/// The database as a plugin sees it: one call that runs statements in one transaction and round trip.

/// nself.host.database/1, fetched once. [any]
public struct Database: @unchecked Sendable {  // immutable pointers
    public let host: Host
    public let table: UnsafePointer<nself_host_database>

    public init(_ host: Host) throws(PluginError) {
        self.host = host
        table = try host.table("nself.host.database/1", nself_host_database.self)
    }

    /// Runs the statements of `request`, which is borrowed until this returns; `done` comes exactly
    /// once, later, on the calling loop. [any]
    @inlinable @discardableResult
    public func execute(
        _ request: UnsafePointer<nself_db_request>, context: UnsafeMutableRawPointer?,
        done: @escaping nself_db_done
    ) -> nself_operation {
        table.pointee.execute(host.raw, request, context, done)
    }

    /// The same for statements without parameters and for code that is not hot. [any]
    public func execute(
        _ statements: [StaticString], flags: nself_db_request_flags = [], timeout: UInt64 = 0,
        done: @escaping (consuming DatabaseOutcome) -> Void
    ) {
        let list = UnsafeMutablePointer<nself_db_statement>.allocate(
            capacity: max(statements.count, 1))
        defer { list.deallocate() }
        for (index, text) in statements.enumerated() {
            var statement = nself_db_statement()
            statement.sql = Text(text).raw
            statement.flags = .NSELF_DB_ONCE
            (list + index).initialize(to: statement)
        }
        var request = nself_db_request()
        request.statements = UnsafePointer(list)
        request.statement_count = UInt32(statements.count)
        request.flags = flags
        request.timeout = timeout
        let context = Unmanaged.passRetained(DatabaseCompletion(done)).toOpaque()
        execute(&request, context: context) { context, status, message, results, count, error in
            guard let context else { return }
            let completion = Unmanaged<DatabaseCompletion>.fromOpaque(context).takeRetainedValue()
            completion.done(DatabaseOutcome(status, message, results, count, error))
        }
    }
}

/// What came back, borrowed inside the completion; results that nobody takes are released.
public struct DatabaseOutcome: ~Copyable {
    public let status: nself_status
    public let message: Text
    public let error: UnsafePointer<nself_db_error>?
    private let results: UnsafeMutablePointer<nself_db_result>?
    public let count: Int

    init(
        _ status: nself_status, _ message: nself_string,
        _ results: UnsafeMutablePointer<nself_db_result>?, _ count: UInt32,
        _ error: UnsafePointer<nself_db_error>?
    ) {
        self.status = status
        self.message = Text(message)
        self.error = error
        self.results = results
        self.count = Int(count)
    }
    deinit {
        guard let results else { return }
        for index in 0..<count { nself_db_result_release(results + index) }
    }

    /// The result of one statement, borrowed from this outcome.
    public subscript(index: Int) -> UnsafePointer<nself_db_result> {
        precondition(index < count, "result \(index) of \(count)")
        guard let results else { preconditionFailure("no results") }
        return UnsafePointer(results + index)
    }
    /// What failed, as one sentence for a log.
    public var failure: String {
        guard let error else {
            return message.isEmpty ? "status \(status.rawValue)" : String(message)
        }
        return "\(String(error.pointee.message)) (\(String(error.pointee.sqlstate)))"
    }
}

private final class DatabaseCompletion {
    let done: (consuming DatabaseOutcome) -> Void
    init(_ done: @escaping (consuming DatabaseOutcome) -> Void) { self.done = done }
}
