/// What `nself` and a running host say to each other over `<run directory>/control.sock`.
///
/// A request is one JSON object in one line, and so is the answer; `logs` is answered by one
/// line `{"ok":true}` and then by lines of log records until either side closes. All of it is [any].
public enum ControlRequest: Sendable, Equatable {
    /// Name, version, uptime, addresses, figures.
    case status
    case instances
    /// Reads `config.json` again and applies the difference.
    case reload
    /// Ends the host as SIGTERM does.
    case stop
    /// Records from now on, after `last` old ones; of one instance when `plugin` is given.
    case logs(plugin: String?, last: Int, follow: Bool)
    /// Changes the log level while running, of one instance or of all.
    case level(plugin: String?, ResolvedConfig.LogLevel)

    /// Longest request line with its newline, in bytes.
    public static let sizeMax = 64 << 10
    /// Old records that `logs` may ask for; the host keeps about as many.
    public static let logsLastMax = 10_000

    public var json: JSONValue {
        switch self {
        case .status: ["command": "status"]
        case .instances: ["command": "instances"]
        case .reload: ["command": "reload"]
        case .stop: ["command": "stop"]
        case .logs(let plugin, let last, let follow):
            [
                "command": "logs", "plugin": .optional(plugin), "last": .integer(last),
                "follow": .bool(follow),
            ]
        case .level(let plugin, let level):
            ["command": "level", "plugin": .optional(plugin), "level": .string(level.rawValue)]
        }
    }

    /// The line to send, with its newline.
    public var line: [UInt8] { json.serialized() + [0x0A] }

    /// Reads one request line, with or without its newline.
    public init(line: [UInt8]) throws(ControlError) {
        guard line.count <= Self.sizeMax else {
            throw ControlError(
                code: .invalid, message: "the request is longer than \(Self.sizeMax) bytes")
        }
        let json: JSONValue
        do {
            json = try JSONValue(parsing: line)
        } catch {
            throw ControlError(code: .invalid, message: "the request is not JSON: \(error)")
        }
        let plugin = json["plugin"]?.stringValue
        switch json["command"]?.stringValue {
        case "status": self = .status
        case "instances": self = .instances
        case "reload": self = .reload
        case "stop": self = .stop
        case "logs":
            let last = min(max(json["last"]?.integerValue ?? 0, 0), Self.logsLastMax)
            self = .logs(plugin: plugin, last: last, follow: json["follow"]?.boolValue ?? false)
        case "level":
            guard let level = json["level"]?.stringValue.flatMap(ResolvedConfig.LogLevel.init)
            else {
                let words = ResolvedConfig.LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
                throw ControlError(code: .invalid, message: "level must be one of \(words)")
            }
            self = .level(plugin: plugin, level)
        case let other?:
            throw ControlError(code: .unknown, message: "there is no command \"\(other)\"")
        case nil: throw ControlError(code: .invalid, message: "the request has no \"command\"")
        }
    }
}

/// A request that was refused or failed.
public struct ControlError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The request makes no sense; nothing was done.
        case invalid
        case unknown
        /// No such instance.
        case notFound = "not_found"
        /// It was tried and did not work; what was before stays in force.
        case failed
        /// The host is starting or ending.
        case unavailable
    }

    public let code: Code
    public let message: String

    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}

public enum ControlAnswer: Sendable, Equatable {
    case ok(JSONValue)
    case failed(ControlError)

    /// The line to send, with its newline.
    public var line: [UInt8] {
        let json: JSONValue =
            switch self {
            case .ok(let result): ["ok": true, "result": result]
            case .failed(let error):
                [
                    "ok": false,
                    "error": [
                        "code": .string(error.code.rawValue), "message": .string(error.message),
                    ],
                ]
            }
        return json.serialized() + [0x0A]
    }

    /// Reads one answer line; nil when it is none.
    public init?(line: [UInt8]) {
        guard let json = try? JSONValue(parsing: line), let ok = json["ok"]?.boolValue else {
            return nil
        }
        if ok {
            self = .ok(json["result"] ?? .null)
        } else {
            let code = json["error"]?["code"]?.stringValue.flatMap(ControlError.Code.init)
            let message = json["error"]?["message"]?.stringValue
            self = .failed(
                ControlError(code: code ?? .failed, message: message ?? "no reason given"))
        }
    }
}

/// One element of the answer to `instances`.
public struct InstanceStatus: Sendable, Equatable {
    public var name: String
    /// The plugin's id and version; empty for a refused file.
    public var id: String
    public var version: String
    public var file: String
    /// 1 at first start, +1 with each swap; 0: never loaded.
    public var generation: Int
    /// "running", "starting", "draining", "failed", "refused", "stuck", "disabled", "not running",
    /// "not configured"
    public var state: String
    /// Why it is not running; empty otherwise.
    public var reason: String
    /// Since the host started: calls into it, those that failed, their time together in seconds,
    /// and the bytes of content in both directions.
    public var calls: Int
    public var errors: Int
    public var seconds: Double
    public var bytes: Int
    /// "none" or "process"
    public var isolation: String

    public init(
        name: String, id: String = "", version: String = "", file: String = "",
        generation: Int = 0, state: String, reason: String = "", calls: Int = 0, errors: Int = 0,
        seconds: Double = 0, bytes: Int = 0, isolation: String = "none"
    ) {
        self.name = name
        self.id = id
        self.version = version
        self.file = file
        self.generation = generation
        self.state = state
        self.reason = reason
        self.calls = calls
        self.errors = errors
        self.seconds = seconds
        self.bytes = bytes
        self.isolation = isolation
    }

    public var json: JSONValue {
        [
            "name": .string(name), "id": .string(id), "version": .string(version),
            "file": .string(file), "generation": .integer(generation), "state": .string(state),
            "reason": .string(reason), "calls": .integer(calls), "errors": .integer(errors),
            "seconds": .double(seconds), "bytes": .integer(bytes), "isolation": .string(isolation),
        ]
    }

    /// Members that are absent get their zero value; nil without a name.
    public init?(_ json: JSONValue) {
        guard let name = json["name"]?.stringValue else { return nil }
        func text(_ key: String) -> String { json[key]?.stringValue ?? "" }
        func count(_ key: String) -> Int { json[key]?.integerValue ?? 0 }
        self.init(
            name: name, id: text("id"), version: text("version"), file: text("file"),
            generation: count("generation"), state: text("state"), reason: text("reason"),
            calls: count("calls"), errors: count("errors"),
            seconds: json["seconds"]?.doubleValue ?? 0, bytes: count("bytes"),
            isolation: text("isolation"))
    }
}
