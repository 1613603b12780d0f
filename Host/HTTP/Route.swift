/// One route: what it matches, its limits, and whose it is.

import CNself

/// Immutable; shared by all loops. Build a new one to change anything.
public final class Route: @unchecked Sendable {  // all let; the captures are never freed before it
    /// Empty: any method.
    public let method: String
    /// As the plugin gave it, below the mount point.
    public let pattern: String
    /// The plugin's own number for it.
    public let number: UInt64
    public let flags: nself_route_flags
    /// Bytes; 0: the host's default.
    public let bodyMax: UInt64
    /// Nanoseconds; 0: the host's default.
    public let timeout: UInt64
    public let ratePolicy: String
    /// The host name it is served under, in lower case and without a port; empty: any.
    public let host: String
    /// The prefix of all patterns of its instance, "" or "/api".
    public let mount: String
    /// Mount point and pattern: the label of metrics and logs.
    public let template: String
    /// The dispatcher's own object, such as the plugin's instance.
    public let owner: AnyObject?
    /// For messages: who has this route.
    public let ownerName: String

    let parsed: RoutePattern
    let methodCode: HTTPMethod?
    /// Names of the captures as the request shows them; `names.count` entries.
    let captureNames: UnsafeMutablePointer<nself_string>
    private let captureText: UnsafeMutablePointer<UInt8>

    public init(
        method: String = "", pattern: String, number: UInt64 = 0,
        flags: nself_route_flags = .NSELF_ROUTE_ANONYMOUS, bodyMax: UInt64 = 0,
        timeout: UInt64 = 0, ratePolicy: String = "", host: String = "", mount: String = "",
        owner: AnyObject? = nil, ownerName: String = "host"
    ) throws(RouteError) {
        self.method = method
        self.pattern = pattern
        self.number = number
        self.flags = flags
        self.bodyMax = bodyMax
        self.timeout = timeout
        self.ratePolicy = ratePolicy
        self.host = host.lowercased()
        self.mount = mount == "/" ? "" : mount
        self.owner = owner
        self.ownerName = ownerName
        // A mount point is itself the root of what is mounted there.
        template = pattern == "/" && !self.mount.isEmpty ? self.mount : self.mount + pattern
        parsed = try RoutePattern(template)
        guard
            method.utf8.allSatisfy({
                Characters.tables.classes[Int($0)] & CharacterClass.token != 0
            })
        else {
            throw RouteError(.invalid, "route \(template): \"\(method)\" is not a method")
        }
        methodCode = method.isEmpty ? nil : HTTPMethod(method)

        let names = parsed.names
        captureNames = .allocate(capacity: max(names.count, 1))
        captureText = .allocate(capacity: max(names.reduce(0) { $0 + $1.utf8.count }, 1))
        var place = captureText
        for (index, name) in names.enumerated() {
            let start = place
            for byte in name.utf8 {
                place.pointee = byte
                place += 1
            }
            captureNames[index] = Stretch.string(start, place - start)
        }
    }
    deinit {
        captureNames.deallocate()
        captureText.deallocate()
    }

    public var isInternal: Bool { flags.contains(.NSELF_ROUTE_INTERNAL) }
    public var takesStream: Bool { flags.contains(.NSELF_ROUTE_STREAM) }
}
