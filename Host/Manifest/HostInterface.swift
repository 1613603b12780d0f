/// The host interfaces a plugin can use, as `plugins.toml` grants them.
public struct HostInterface: Sendable, Equatable {
    /// What follows the colon of a grant.
    public enum Target: Sendable, Equatable {
        case none
        /// Required; the text says what it is, for messages.
        case names(String)
    }

    /// "database" for nself.host.database/1
    public let name: String
    public let version: Int
    public let target: Target
    /// Every instance has it.
    public let always: Bool

    public var id: String { "nself.host.\(name)/\(version)" }

    public static let all: [HostInterface] =
        ["core", "clock", "log", "metrics", "tracing", "config", "routes", "websockets"]
        .map { HostInterface(name: $0, version: 1, target: .none, always: true) }
        + [
            "database", "kv", "queue", "mail", "audit", "events", "capabilities", "delivery",
            "poll",
            "telemetry", "certificates", "admin",
        ].map { HostInterface(name: $0, version: 1, target: .none, always: false) }
        + [
            ("http_client", "hosts"), ("process", "programs"), ("secrets", "names of secrets"),
            ("objects", "instances"), ("functions", "instances"),
        ].map { HostInterface(name: $0.0, version: 1, target: .names($0.1), always: false) }

    public static func named(_ name: String) -> HostInterface? { all.first { $0.name == name } }
    public static func withID(_ id: String) -> HostInterface? { all.first { $0.id == id } }

    /// "database" for "nself.host.database/1"; the text itself when it is of another form.
    public static func shortName(_ id: String) -> String {
        let prefix = "nself.host."
        guard id.hasPrefix(prefix) else { return id }
        return String(id.dropFirst(prefix.count).prefix { $0 != "/" })
    }

    /// What every instance is granted without being named.
    public static var alwaysGranted: [ResolvedConfig.Grant] {
        all.filter(\.always).map { ResolvedConfig.Grant(interface: $0.name) }
    }
}
