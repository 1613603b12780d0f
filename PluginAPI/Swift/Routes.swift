/// The routes of an instance, added while it is configured.

/// [control] Only within configure(APPLY); together they replace what the one before added.
public struct Routes {
    private let host: Host
    private let table: UnsafePointer<nself_host_routes>

    init(_ host: Host) throws(PluginError) {
        self.host = host
        table = try host.table("nself.host.routes/1", nself_host_routes.self)
    }

    /// Adds one. `pattern` is "/files/{bucket}/{key...}" below the mount point, `method` empty for
    /// any; `bodyMax` in bytes and `timeout` in nanoseconds, 0 for the host's default.
    public func add(
        _ method: StaticString, _ pattern: StaticString, number: UInt64 = 0, bodyMax: UInt64 = 0,
        timeout: UInt64 = 0, flags: nself_route_flags = .NSELF_ROUTE_ANONYMOUS
    ) throws(PluginError) {
        try add(
            Text(method), Text(pattern), number: number, bodyMax: bodyMax, timeout: timeout,
            flags: flags)
    }

    /// The same for a pattern that comes from the configuration; both texts are borrowed.
    public func add(
        _ method: Text, _ pattern: Text, number: UInt64 = 0, bodyMax: UInt64 = 0,
        timeout: UInt64 = 0, flags: nself_route_flags = .NSELF_ROUTE_ANONYMOUS
    ) throws(PluginError) {
        var route = nself_route()
        route.method = method.raw
        route.pattern = pattern.raw
        route.number = number
        route.body_max = bodyMax
        route.timeout = timeout
        route.flags = flags
        var error = nself_error()
        let status = table.pointee.add(host.raw, &route, &error)
        guard status == .NSELF_STATUS_OK else { throw PluginError(status, error) }
    }
}

extension PluginError {
    /// What the host wrote.
    public init(_ status: nself_status, _ error: nself_error) {
        var copy = error
        let message = withUnsafeBytes(of: &copy.message) { room in
            String(decoding: room.prefix(Int(error.message_size)), as: UTF8.self)
        }
        self.init(status, message)
    }
}
