/// The instance's configuration, read from the JSON object the host hands over.

import PluginAPI

struct Configuration: Equatable {
    enum Pooler: String { case none, transaction }

    /// Empty: a private cluster.
    var url = ""
    /// sslmode, sslrootcert, sslcert, sslkey, as far as they are set: they override those of `url`.
    var tls: [String: String] = [:]
    var dataDirectory = ""
    var binDirectory = ""
    var pipelinesPerLoop = 2
    var sessionsPerLoop = 1
    var connectionsMax = 32
    var pooler = Pooler.none
    /// Nanoseconds; 0: none.
    var statementTimeout: UInt64 = 30_000_000_000
    var connectTimeout: UInt64 = 5_000_000_000
    var startTimeout: UInt64 = 20_000_000_000
    var preparedMax = 256

    var isEmbedded: Bool { url.isEmpty }
}

extension Configuration {
    /// `json` satisfies config_schema already; what a schema cannot say is checked here.
    init(json: UnsafeRawBufferPointer) throws(PluginError) {
        var reader = JSONReader(json)
        do {
            var first = true
            try reader.beginObject()
            while let key = try reader.nextKey(&first) {
                try read(String(key), &reader)
            }
        } catch let problem as JSONProblem {
            throw PluginError(.NSELF_STATUS_INVALID_ARGUMENT, "configuration: \(problem.message)")
        } catch let error as PluginError {
            throw error
        } catch {
            throw PluginError(.NSELF_STATUS_INTERNAL, "configuration: \(error)")
        }
        try check()
    }

    private mutating func read(_ key: String, _ reader: inout JSONReader) throws {
        switch key {
        case "url": url = String(try reader.readString())
        case "sslmode", "sslrootcert", "sslcert", "sslkey":
            let value = String(try reader.readString())
            if !value.isEmpty { tls[key] = value }
        case "data_directory": dataDirectory = String(try reader.readString())
        case "bin_directory": binDirectory = String(try reader.readString())
        case "pipelines_per_loop": pipelinesPerLoop = try count(key, 1...16, &reader)
        case "sessions_per_loop": sessionsPerLoop = try count(key, 0...64, &reader)
        case "connections_max": connectionsMax = try count(key, 1...1000, &reader)
        case "prepared_max": preparedMax = try count(key, 8...10_000, &reader)
        case "pooler":
            guard let mode = Pooler(rawValue: String(try reader.readString())) else {
                throw Self.wrong(key, "none or transaction")
            }
            pooler = mode
        case "statement_timeout": statementTimeout = try duration(key, &reader)
        case "connect_timeout": connectTimeout = try duration(key, &reader)
        case "start_timeout": startTimeout = try duration(key, &reader)
        default: throw Self.wrong(key, "a key that plugin.json lists")
        }
    }

    private func check() throws(PluginError) {
        if connectTimeout == 0 { throw Self.wrong("connect_timeout", "more than 0") }
        if !url.isEmpty, !Target.canParse(url) {
            // libpq's own message may quote the text, password and all.
            throw Self.wrong("url", "postgres://user@host:port/database, or key=value pairs")
        }
    }

    private func count(_ key: String, _ range: ClosedRange<Int>, _ reader: inout JSONReader) throws
        -> Int
    {
        let number = try reader.readNumber()
        guard let value = Int(String(decoding: number.raw, as: UTF8.self)), range.contains(value)
        else {
            throw Self.wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private func duration(_ key: String, _ reader: inout JSONReader) throws -> UInt64 {
        let text =
            try reader.peek() == .string
            ? String(try reader.readString())
            : String(decoding: try reader.readNumber().raw, as: UTF8.self)
        guard let value = Self.nanoseconds(text) else {
            throw Self.wrong(key, "seconds, or a text such as \"500 ms\", \"30 s\", \"5 min\"")
        }
        return value
    }

    /// "30 s", "500ms", "5 min", "1 h", or a bare number of seconds, up to a day.
    static func nanoseconds(_ text: String) -> UInt64? {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let number = Double(digits), number.isFinite else { return nil }
        let scale: Double
        switch unit {
        case "ms": scale = 1e6
        case "", "s": scale = 1e9
        case "min": scale = 60e9
        case "h": scale = 3600e9
        default: return nil
        }
        let value = number * scale
        return value <= 86_400e9 ? UInt64(value) : nil
    }

    private static func wrong(_ key: String, _ expected: String) -> PluginError {
        PluginError(.NSELF_STATUS_INVALID_ARGUMENT, "\(key): expected \(expected)")
    }
}
