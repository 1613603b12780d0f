/// The whole deployment, checked and complete: what `nself` writes to `run/config.json` and
/// `nself-host` reads. It holds secrets, so the file has mode 0600.
///
/// To add a key of `plugins.toml` for the host: here, in `ResolvedConfig+JSON.swift`, and in
/// `Host/Command/Config/`. All of it is [any].
public struct ResolvedConfig: Sendable, Equatable {
    /// Where `plugins.toml` was found, absolute.
    public var manifestPath = ""
    public var host = HostSettings()
    public var limits = Limits()
    public var log = LogSettings()
    /// Which instance serves a brokered role ("database", "kv", …) for those that name no other.
    public var providers = Providers()
    public var chain = Chain()
    /// In start order: every instance comes after those in its `startsAfter`.
    public var instances: [Instance] = []
    /// Secrets that a grant "secrets:…" allows to some instance, by name.
    public var secrets = Secrets()

    public init() {}

    public func instance(_ name: String) -> Instance? { instances.first { $0.name == name } }
}

extension ResolvedConfig {
    public struct HostSettings: Sendable, Equatable {
        public var name = "nself"
        /// Host labels of instances are below it.
        public var domain = "localhost"
        public var listen = [ListenAddress(address: "127.0.0.1", port: 8080)]
        /// INTERNAL routes, health and metrics; nil: none.
        public var admin: ListenAddress? = ListenAddress(address: "127.0.0.1", port: 3021)
        /// Threads that serve; 0: one per core.
        public var loops = 0
        /// All directories are absolute.
        public var pluginsDirectory = ""
        public var runDirectory = ""
        public var dataDirectory = ""
        /// Files in `pluginsDirectory` that no one configured were given an instance.
        public var autoload = false
        /// A changed plugin file is swapped in by itself.
        public var watch = false
        public var requireSignature = false
        /// Public keys of signers: "ed25519:…"
        public var trustedKeys: [String] = []

        public init() {}

        public var controlSocketPath: String { runDirectory + "/control.sock" }
    }

    /// Where to listen. `address` is an IPv4 or IPv6 literal without brackets.
    public struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
        public var address: String
        public var port: UInt16
        public var tls: Bool

        public init(address: String, port: UInt16, tls: Bool = false) {
            self.address = address
            self.port = port
            self.tls = tls
        }

        public var isIPv6: Bool { address.contains(":") }
        public var description: String {
            "\(isIPv6 ? "[\(address)]" : address):\(port)\(tls ? " tls" : "")"
        }
    }

    /// Sizes in bytes, times in milliseconds.
    public struct Limits: Sendable, Equatable {
        /// Of a request, unless its route says otherwise: enough for GraphQL and forms.
        public var bodyBytes = 10 << 20
        /// Request line and all header fields.
        public var headerBytes = 16 << 10
        public var headerCount = 100
        /// From the complete head to the answer's last byte being ready.
        public var requestMilliseconds = 30_000
        /// For the whole head to arrive.
        public var headerMilliseconds = 10_000
        /// Between two pieces of a body.
        public var bodyMilliseconds = 30_000
        /// Between two requests of a kept connection.
        public var idleMilliseconds = 60_000
        /// For the peer to take the next piece of an answer.
        public var writeMilliseconds = 60_000
        /// For a plugin instance to start, to finish its work, to stop.
        public var startMilliseconds = 30_000
        public var drainMilliseconds = 20_000
        public var stopMilliseconds = 10_000
        /// Open at one time, over all listeners.
        public var connections = 10_000

        public init() {}
    }

    public enum LogLevel: String, Sendable, CaseIterable {
        case trace, debug, info, notice, warning, error, critical

        /// The severity number of the log interface.
        public var severity: UInt32 {
            switch self {
            case .trace: 1
            case .debug: 5
            case .info: 9
            case .notice: 10
            case .warning: 13
            case .error: 17
            case .critical: 21
            }
        }
    }

    public enum LogFormat: String, Sendable, CaseIterable {
        /// Text on a terminal, JSON elsewhere.
        case automatic = "auto"
        case text, json
    }

    public struct LogSettings: Sendable, Equatable {
        public var level = LogLevel.info
        public var format = LogFormat.automatic
        /// One record per request.
        public var access = true

        public init() {}
    }

    /// Role of the broker, short ("database"), to instance name.
    public struct Providers: Sendable, Equatable {
        public static let roles = ["database", "kv", "queue", "mail", "audit"]
        public var names: [String: String] = [:]

        public init(_ names: [String: String] = [:]) { self.names = names }
        public subscript(role: String) -> String? { names[role] }
        public var isEmpty: Bool { names.isEmpty }
    }

    /// Instances that every request meets, in this order.
    public struct Chain: Sendable, Equatable {
        public var middleware: [String] = []
        public var rateLimiter: String?
        public var auth: [String] = []

        public init() {}
    }

    public struct Secrets: Sendable, Equatable {
        public var values: [String: String] = [:]

        public init(_ values: [String: String] = [:]) { self.values = values }
    }

    public enum Isolation: String, Sendable, CaseIterable { case none, process }

    /// The right to one host interface, by its short name: `database`, `http_client:*`.
    public struct Grant: Sendable, Equatable, CustomStringConvertible {
        public var interface: String
        /// What follows the colon: hosts, programs, instances or secrets, `*` in them.
        public var targets: [String]

        public init(interface: String, targets: [String] = []) {
            self.interface = interface
            self.targets = targets
        }

        /// "http_client:github.com,accounts.google.com"
        public init(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            interface = String(parts.first ?? "")
            targets = parts.count < 2 ? [] : parts[1].split(separator: ",").map(String.init)
        }

        public var description: String {
            targets.isEmpty ? interface : "\(interface):\(targets.joined(separator: ","))"
        }

        /// Whether a target of the grant names `name`; `*` stands for any run of characters.
        public func allows(_ name: String) -> Bool {
            targets.contains { Wildcard.matches($0, name) }
        }
    }

    /// One plugin instance. One with a `problem` is not loaded; it is listed as refused.
    public struct Instance: Sendable, Equatable {
        /// The key in `plugins.toml`, or "CS_1".
        public var name: String
        /// The plugin file, absolute, in the plugins directory.
        public var file: String
        /// SHA-256 of the file when it was checked; empty when it could not be read.
        public var digest = ""
        /// What the file's note says; nil when there is a problem with the file.
        public var manifest: PluginManifest?
        /// Why the instance cannot be loaded, as a whole sentence; nil: it can.
        public var problem: String?
        public var isolation = Isolation.none
        public var enabled = true
        /// Its failure ends the start of the host.
        public var required = false
        /// Made from a file that nobody configured.
        public var autoloaded = false
        /// Includes those that every instance has.
        public var grants: [Grant] = []
        /// Full lower-case host name that its routes answer under; nil: every name.
        public var hostName: String?
        /// Path above its routes, "/" or "/a/b" without a slash at the end; nil: no routes.
        public var mount: String?
        public var ratePolicy: String?
        /// Satisfies the plugin's schema; defaults and secrets are filled in. Always an object.
        public var config = JSONValue.object(JSONObject())
        /// Places in `config` that hold secrets, to be masked wherever it is shown.
        public var secretPaths: [String] = []
        /// Providers of its own, before those of the deployment.
        public var providers = Providers()
        /// Most memory of an isolated instance in bytes; 0: no limit.
        public var memoryBytes = 0
        public var logLevel = LogLevel.info
        /// Instances whose start must be complete before this one starts.
        public var startsAfter: [String] = []

        public init(name: String, file: String) {
            self.name = name
            self.file = file
        }

        /// What the host loads.
        public var isLoadable: Bool { enabled && problem == nil && manifest != nil }

        public func grant(_ interface: String) -> Grant? {
            grants.first { $0.interface == interface }
        }
    }
}

/// Names with `*` in them.
public enum Wildcard {
    /// `*` stands for any run of characters, also for none. Linear in the text per star.
    public static func matches(_ pattern: String, _ text: String) -> Bool {
        let pattern = Array(pattern.utf8)
        let text = Array(text.utf8)
        var (p, t) = (0, 0)
        var retry: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                retry = (p + 1, t)
                p += 1
            } else if p < pattern.count, pattern[p] == text[t] {
                (p, t) = (p + 1, t + 1)
            } else if let last = retry {
                retry = (last.pattern, last.text + 1)
                (p, t) = (last.pattern, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
