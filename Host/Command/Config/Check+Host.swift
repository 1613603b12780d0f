/// The tables [host], [host.limits], [log] and [trust].
import Glibc
import HostManifest

extension Check {
    mutating func readHost(_ table: TableReader?) {
        defer {
            let name = config.host.pluginsDirectory
            let shown =
                name == source.input.directory + "/plugins" ? source.input.beside("plugins") : name
            files = PluginFiles(directory: name, directoryName: shown)
            checkSocketPath()
        }
        guard var table else { return }
        if let name = table.string("name") { config.host.name = name }
        if let domain = table.string("domain") {
            if HostName.isFull(domain.lowercased()) {
                config.host.domain = domain.lowercased()
            } else {
                table.fail(
                    "domain", "is no domain name: \"\(domain)\"",
                    "write for example domain = \"shop.example.org\"") as Void?
            }
        }
        readListen(&table)
        if let loops = table.integer("loops", 0...1024) { config.host.loops = loops }
        if let path = table.string("plugins") { config.host.pluginsDirectory = absolute(path) }
        if let path = table.string("run") { config.host.runDirectory = absolute(path) }
        if let path = table.string("data") { config.host.dataDirectory = absolute(path) }
        if let flag = table.bool("autoload") { config.host.autoload = flag }
        if let flag = table.bool("watch") { config.host.watch = flag }
        if let flag = table.bool("require_signature") { config.host.requireSignature = flag }
        readLimits(table.table("limits"))
        table.finish()
    }

    private mutating func readListen(_ table: inout TableReader) {
        if let value = table.value("listen") {
            // One address may stand without brackets; an override separates several by commas.
            let single = value.stringValue.map { text in
                text.split(separator: ",").map { String($0.drop { $0 == " " }) }
            }
            let texts = single ?? table.strings("listen") ?? []
            let addresses = texts.enumerated().compactMap { address($0.element, $0.offset, &table) }
            if texts.isEmpty {
                table.fail("listen", "names no address", "write listen = [\"127.0.0.1:8080\"]")
                    as Void?
            }
            if !addresses.isEmpty { config.host.listen = addresses }
        }
        if let text = table.string("admin") {
            if text.isEmpty {
                config.host.admin = nil
            } else if let address = ListenText.parse(text), !address.tls {
                config.host.admin = address
            } else {
                table.fail(
                    "admin", "is no address: \"\(text)\"",
                    "write admin = \"127.0.0.1:3021\", or \"\" for none") as Void?
            }
        }
        let all = config.host.listen + (config.host.admin.map { [$0] } ?? [])
        for (index, address) in all.enumerated() where address.port != 0 {
            let twice = all[..<index].contains {
                $0.address == address.address && $0.port == address.port
            }
            guard twice else { continue }
            let key = index < config.host.listen.count ? "listen" : "admin"
            table.fail(
                key, "uses \(address.address):\(address.port) twice",
                "give each listener its own port") as Void?
        }
    }

    private func address(_ text: String, _ index: Int, _ table: inout TableReader)
        -> ResolvedConfig.ListenAddress?
    {
        if let address = ListenText.parse(text) { return address }
        let path = table.path.appending("listen")
        report.add(
            source.place(of: path.appending(index)),
            "\(path) holds \"\(text)\", which is no address",
            "write an IP address and a port: \"0.0.0.0:80\", \"[::]:80\", \"0.0.0.0:443 tls\"")
        return nil
    }

    private mutating func readLimits(_ table: TableReader?) {
        guard var table else { return }
        let sizes: [(String, WritableKeyPath<ResolvedConfig.Limits, Int>)] = [
            ("body", \.bodyBytes), ("header", \.headerBytes),
        ]
        for (key, field) in sizes {
            if let bytes = table.size(key) { config.limits[keyPath: field] = bytes }
        }
        let times: [(String, WritableKeyPath<ResolvedConfig.Limits, Int>)] = [
            ("request", \.requestMilliseconds), ("header_timeout", \.headerMilliseconds),
            ("body_timeout", \.bodyMilliseconds), ("idle_timeout", \.idleMilliseconds),
            ("write_timeout", \.writeMilliseconds), ("start_timeout", \.startMilliseconds),
            ("drain_timeout", \.drainMilliseconds), ("stop_timeout", \.stopMilliseconds),
        ]
        for (key, field) in times {
            if let milliseconds = table.time(key) { config.limits[keyPath: field] = milliseconds }
        }
        if let count = table.integer("header_count", 1...10_000) {
            config.limits.headerCount = count
        }
        if let count = table.integer("connections", 1...1_000_000) {
            config.limits.connections = count
        }
        table.finish()
    }

    mutating func readLog(_ table: TableReader?) {
        guard var table else { return }
        if let level: ResolvedConfig.LogLevel = table.choice("level") { config.log.level = level }
        if let format: ResolvedConfig.LogFormat = table.choice("format") {
            config.log.format = format
        }
        if let flag = table.bool("access") { config.log.access = flag }
        table.finish()
    }

    mutating func readTrust(_ table: TableReader?) {
        guard var table else { return }
        for (index, key) in (table.strings("keys") ?? []).enumerated() {
            if key.hasPrefix("ed25519:"), key.count > 8 {
                config.host.trustedKeys.append(key)
            } else {
                report.add(
                    source.place(of: table.path.appending("keys").appending(index)),
                    "trust.keys holds \"\(key)\", which is no key", "write \"ed25519:…\"")
            }
        }
        table.finish()
    }

    /// Relative paths start at plugins.toml.
    private func absolute(_ path: String) -> String {
        ManifestInput.absolute(path.hasPrefix("/") ? path : "\(source.input.directory)/\(path)")
    }

    /// The kernel's limit for the path of a Unix socket, without the zero at its end.
    private static let socketPathMax = 107

    private func checkSocketPath() {
        let count = config.host.controlSocketPath.utf8.count
        guard count > Self.socketPathMax else { return }
        report.add(
            source.place(of: ConfigPath("host", "run")),
            "the control socket \(config.host.controlSocketPath) has a path of \(count) bytes, and \(Self.socketPathMax) are possible",
            "name a shorter directory: [host] run = \"/run/\(config.host.name)\"")
    }
}

/// "0.0.0.0:443 tls"
enum ListenText {
    static func parse(_ text: String) -> ResolvedConfig.ListenAddress? {
        let words = text.split(separator: " ")
        guard let first = words.first, words.count <= 2, words.count == 1 || words[1] == "tls",
            let colon = first.lastIndex(of: ":"),
            let port = UInt16(first[first.index(after: colon)...])
        else { return nil }
        var address = String(first[..<colon])
        if address == "localhost" { address = "127.0.0.1" }
        if address.hasPrefix("["), address.hasSuffix("]") {
            address = String(address.dropFirst().dropLast())
            guard address.contains(":"), isLiteral(address, AF_INET6) else { return nil }
        } else if !isLiteral(address, AF_INET) {
            return nil
        }
        return ResolvedConfig.ListenAddress(address: address, port: port, tls: words.count == 2)
    }

    private static func isLiteral(_ text: String, _ family: Int32) -> Bool {
        var address = in6_addr()
        return inet_pton(family, text, &address) == 1
    }
}

enum HostName {
    /// One or more labels of a-z, 0-9 and -, separated by dots.
    static func isFull(_ text: String) -> Bool {
        text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                    }
            }
    }
}
