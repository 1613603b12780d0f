/// `run/config.json`: the resolved configuration as JSON, and back.
import Glibc

/// Why `config.json` cannot be used.
public struct ResolvedConfigError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

extension ResolvedConfig {
    /// Raised when a reader of the old form would misunderstand the new one.
    public static let formatVersion = 1
    /// Far more than any deployment; keeps a wrong path from filling memory.
    public static let sizeMax = 64 << 20

    /// Reads the file that `nself` wrote. [any], blocks
    public static func read(path: String) throws(ResolvedConfigError) -> ResolvedConfig {
        let bytes: [UInt8]
        do {
            bytes = try FileAccess.read(path, sizeMax: sizeMax)
        } catch {
            throw ResolvedConfigError(
                description: "\(error); `nself run` writes it from plugins.toml")
        }
        do {
            return try ResolvedConfig(JSONValue(parsing: bytes), path: path)
        } catch let error as JSONError {
            throw ResolvedConfigError(
                description: "\(path) is not JSON: \(error); write it again with `nself run`")
        } catch let error as ResolvedConfigError {
            throw error
        } catch {
            throw ResolvedConfigError(description: "\(path): \(error)")
        }
    }

    /// Replaces the file in one step, readable for its owner only. [any], blocks
    public func write(path: String) throws(FileError) {
        try FileAccess.replace(path, with: json.serialized(pretty: true), mode: 0o600)
    }

    public var json: JSONValue {
        [
            "version": .integer(Self.formatVersion),
            "manifest": .string(manifestPath),
            "host": host.json,
            "limits": limits.json,
            "log": [
                "level": .string(log.level.rawValue), "format": .string(log.format.rawValue),
                "access": .bool(log.access),
            ],
            "providers": providers.json,
            "chain": [
                "middleware": .strings(chain.middleware),
                "rate_limiter": .optional(chain.rateLimiter),
                "auth": .strings(chain.auth),
            ],
            "instances": .array(instances.map(\.json)),
            "secrets": .map(secrets.values),
        ]
    }

    public init(_ json: JSONValue, path: String) throws(ResolvedConfigError) {
        let reader = ConfigReader(value: json, path: path, place: "")
        guard try reader.integer("version") == Self.formatVersion else {
            throw ResolvedConfigError(
                description:
                    "\(path) was written by another version of nself; write it again with `nself run`"
            )
        }
        manifestPath = try reader.string("manifest")
        host = try HostSettings(reader.object("host"))
        limits = try Limits(reader.object("limits"))
        let log = try reader.object("log")
        self.log.level = try log.choice("level")
        self.log.format = try log.choice("format")
        self.log.access = try log.bool("access")
        providers = try Providers(reader.map("providers"))
        let chain = try reader.object("chain")
        self.chain.middleware = try chain.strings("middleware")
        self.chain.rateLimiter = try chain.optionalString("rate_limiter")
        self.chain.auth = try chain.strings("auth")
        instances = []
        for element in try reader.elements("instances") { instances.append(try Instance(element)) }
        secrets = Secrets(try reader.map("secrets"))
    }
}

extension ResolvedConfig.Providers {
    fileprivate var json: JSONValue { .map(names) }
}

extension ResolvedConfig.ListenAddress {
    fileprivate var json: JSONValue {
        ["address": .string(address), "port": .integer(Int(port)), "tls": .bool(tls)]
    }

    fileprivate init(_ reader: ConfigReader) throws(ResolvedConfigError) {
        guard let port = UInt16(exactly: try reader.integer("port")) else {
            throw reader.failure("port", "a port number")
        }
        self.init(address: try reader.string("address"), port: port, tls: try reader.bool("tls"))
    }
}

extension ResolvedConfig.HostSettings {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "domain": .string(domain),
            "listen": .array(listen.map(\.json)), "admin": admin?.json ?? .null,
            "loops": .integer(loops),
            "plugins_directory": .string(pluginsDirectory),
            "run_directory": .string(runDirectory), "data_directory": .string(dataDirectory),
            "autoload": .bool(autoload), "watch": .bool(watch),
            "require_signature": .bool(requireSignature), "trusted_keys": .strings(trustedKeys),
        ]
    }

    fileprivate init(_ reader: ConfigReader) throws(ResolvedConfigError) {
        name = try reader.string("name")
        domain = try reader.string("domain")
        listen = []
        for element in try reader.elements("listen") {
            listen.append(try ResolvedConfig.ListenAddress(element))
        }
        admin = try reader.optionalObject("admin").map { reader throws(ResolvedConfigError) in
            try ResolvedConfig.ListenAddress(reader)
        }
        loops = try reader.integer("loops")
        pluginsDirectory = try reader.string("plugins_directory")
        runDirectory = try reader.string("run_directory")
        dataDirectory = try reader.string("data_directory")
        autoload = try reader.bool("autoload")
        watch = try reader.bool("watch")
        requireSignature = try reader.bool("require_signature")
        trustedKeys = try reader.strings("trusted_keys")
    }
}

extension ResolvedConfig.Limits {
    /// Name in `config.json` to field; the same list writes and reads.
    private static var fields: [(String, WritableKeyPath<Self, Int>)] {
        [
            ("body_bytes", \.bodyBytes), ("header_bytes", \.headerBytes),
            ("header_count", \.headerCount), ("request_ms", \.requestMilliseconds),
            ("header_ms", \.headerMilliseconds), ("body_ms", \.bodyMilliseconds),
            ("idle_ms", \.idleMilliseconds), ("write_ms", \.writeMilliseconds),
            ("start_ms", \.startMilliseconds), ("drain_ms", \.drainMilliseconds),
            ("stop_ms", \.stopMilliseconds), ("connections", \.connections),
        ]
    }

    fileprivate var json: JSONValue {
        .object(JSONObject(Self.fields.map { ($0.0, .integer(self[keyPath: $0.1])) }))
    }

    fileprivate init(_ reader: ConfigReader) throws(ResolvedConfigError) {
        self.init()
        for (name, field) in Self.fields { self[keyPath: field] = try reader.integer(name) }
    }
}

extension ResolvedConfig.Instance {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "file": .string(file), "digest": .string(digest),
            "manifest": manifest?.json ?? .null, "problem": .optional(problem),
            "isolation": .string(isolation.rawValue), "enabled": .bool(enabled),
            "required": .bool(required), "autoloaded": .bool(autoloaded),
            "grants": .strings(grants.map(\.description)),
            "host_name": .optional(hostName), "mount": .optional(mount),
            "rate_policy": .optional(ratePolicy), "config": config,
            "secret_paths": .strings(secretPaths), "providers": providers.json,
            "memory_bytes": .integer(memoryBytes), "log_level": .string(logLevel.rawValue),
            "starts_after": .strings(startsAfter),
        ]
    }

    fileprivate init(_ reader: ConfigReader) throws(ResolvedConfigError) {
        self.init(name: try reader.string("name"), file: try reader.string("file"))
        digest = try reader.string("digest")
        let manifestJSON = try reader.member("manifest")
        if !manifestJSON.isNull {
            do {
                manifest = try PluginManifest(manifestJSON, path: file)
            } catch {
                throw ResolvedConfigError(description: "\(reader.path): \(error)")
            }
        }
        problem = try reader.optionalString("problem")
        isolation = try reader.choice("isolation")
        enabled = try reader.bool("enabled")
        required = try reader.bool("required")
        autoloaded = try reader.bool("autoloaded")
        grants = try reader.strings("grants").map { ResolvedConfig.Grant($0) }
        hostName = try reader.optionalString("host_name")
        mount = try reader.optionalString("mount")
        ratePolicy = try reader.optionalString("rate_policy")
        config = try reader.member("config")
        guard config.objectValue != nil else { throw reader.failure("config", "an object") }
        secretPaths = try reader.strings("secret_paths")
        providers = ResolvedConfig.Providers(try reader.map("providers"))
        memoryBytes = try reader.integer("memory_bytes")
        logLevel = try reader.choice("log_level")
        startsAfter = try reader.strings("starts_after")
    }
}

extension JSONValue {
    static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

    static func optional(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

    /// Sorted by key, so that the same configuration gives the same file.
    static func map(_ values: [String: String]) -> JSONValue {
        .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}
