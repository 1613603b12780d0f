/// Role nself.role.database/1: running SQL for other plugins.

/// Brokered: what a request points to is borrowed until the function returns (header, O1).
public protocol DatabaseProvider: Plugin {
    /// Runs the statements as one implicit transaction. The answer may come inside. [loop]
    func execute(_ request: UnsafePointer<nself_db_request>, _ call: DatabaseCall)
    /// Takes a connection for one caller; its number is the provider's own. [loop]
    func openSession(_ flags: nself_db_request_flags, _ call: SessionCall)
    /// Gives it back; an open transaction is rolled back. [loop]
    func closeSession(_ session: UInt64)
    /// Hears NOTIFY on `channel` until `unlisten`; `notify` is [any]. [loop]
    func listen(
        _ channel: Text, _ subscription: nself_subscription, _ notify: @escaping nself_db_notify)
    func unlisten(_ subscription: nself_subscription)  // [loop]
}

/// The answer to a request: once, from any thread.
public struct DatabaseCall: @unchecked Sendable {  // a number and a C function
    public let id: nself_call
    /// For providers that keep calls in memory of their own.
    public let done: nself_db_call_done

    public init(_ id: nself_call, _ done: @escaping nself_db_call_done) {
        self.id = id
        self.done = done
    }
    /// Moves the results: one per statement.
    public func succeed(_ results: UnsafeMutablePointer<nself_db_result>?, _ count: Int) {
        done(id, .NSELF_STATUS_OK, nself_string(), results, UInt32(count), nil)
    }
    /// `error` is what the server said, null when it said nothing.
    public func fail(
        _ status: nself_status, _ message: Text, _ error: UnsafePointer<nself_db_error>? = nil
    ) {
        done(id, status, message.raw, nil, 0, error)
    }
}

/// The answer to `openSession`: once, from any thread.
public struct SessionCall: @unchecked Sendable {  // a number and a C function
    public let id: nself_call
    private let done: nself_db_session_call_done

    public init(_ id: nself_call, _ done: @escaping nself_db_session_call_done) {
        self.id = id
        self.done = done
    }
    public func succeed(_ session: UInt64) {
        done(id, .NSELF_STATUS_OK, nself_string(), session)
    }
    public func fail(_ status: nself_status, _ message: Text) {
        done(id, status, message.raw, 0)
    }
}

nonisolated(unsafe) let databaseProviderTable: UnsafeMutablePointer<nself_role_database> = {
    let table = UnsafeMutablePointer<nself_role_database>.allocate(capacity: 1)
    table.initialize(to: nself_role_database())
    table.pointee.struct_size = UInt32(MemoryLayout<nself_role_database>.size)
    table.pointee.execute = { instance, request, call, done in
        guard let request, let done, let provider = Instance.at(instance).databaseProvider
        else { return }
        provider.execute(request, DatabaseCall(call, done))
    }
    table.pointee.open_session = { instance, flags, call, done in
        guard let done, let provider = Instance.at(instance).databaseProvider else { return }
        provider.openSession(flags, SessionCall(call, done))
    }
    table.pointee.close_session = { instance, session in
        Instance.at(instance).databaseProvider?.closeSession(session)
    }
    table.pointee.listen = { instance, channel, subscription, notify in
        guard let notify else { return }
        Instance.at(instance).databaseProvider?.listen(Text(channel), subscription, notify)
    }
    table.pointee.unlisten = { instance, subscription in
        Instance.at(instance).databaseProvider?.unlisten(subscription)
    }
    return table
}()
