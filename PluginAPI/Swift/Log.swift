/// Log records of an instance.

/// [any] Never blocks; records are dropped and counted under pressure.
public struct Log: @unchecked Sendable {  // immutable pointers
    private let host: Host
    private let table: UnsafePointer<nself_host_log>?

    public init(_ host: Host) {
        self.host = host
        table = host.optionalTable("nself.host.log/1", nself_host_log.self)
    }

    /// True when records of that level are written: ask before formatting.
    public func writes(_ level: nself_log_level) -> Bool {
        guard let table else { return false }
        return level.rawValue >= table.pointee.level(host.raw).rawValue
    }
    public func write(_ level: nself_log_level, _ message: @autoclosure () -> String) {
        guard let table, writes(level) else { return }
        message().withText {
            table.pointee.write(host.raw, nself_call(), level, $0.raw, nself_fields())
        }
    }
    public func debug(_ message: @autoclosure () -> String) { write(.NSELF_LOG_DEBUG, message()) }
    public func info(_ message: @autoclosure () -> String) { write(.NSELF_LOG_INFO, message()) }
    public func warning(_ message: @autoclosure () -> String) {
        write(.NSELF_LOG_WARNING, message())
    }
    public func error(_ message: @autoclosure () -> String) { write(.NSELF_LOG_ERROR, message()) }
}
