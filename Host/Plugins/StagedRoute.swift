/// A route as a plugin added it, before it is switched on.

import CNself

public struct StagedRoute: Sendable {
    /// Empty: any.
    public var method: String
    /// Below the instance's mount point.
    public var pattern: String
    public var number: UInt64
    /// Bytes; 0: the host's default.
    public var bodyMax: UInt64
    /// Nanoseconds; 0: the host's default.
    public var timeout: UInt64
    public var ratePolicy: String
    public var flags: nself_route_flags

    public init(
        method: String, pattern: String, number: UInt64, bodyMax: UInt64, timeout: UInt64,
        ratePolicy: String, flags: nself_route_flags
    ) {
        self.method = method
        self.pattern = pattern
        self.number = number
        self.bodyMax = bodyMax
        self.timeout = timeout
        self.ratePolicy = ratePolicy
        self.flags = flags
    }
}
