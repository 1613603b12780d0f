/// Which server to connect to, and how: the connection string with what comes before and after it.

import Glibc
import Libpq
import PluginAPI

/// Immutable. [any]
struct Target: Sendable {
    /// Hosts with an address each, where names had to be looked up.
    struct Addresses: Sendable {
        var hosts: [String] = []
        var addresses: [String] = []
        var ports: [String] = []
    }

    private let url: String
    private let overrides: [(String, String)]
    private let hosts: [String]
    private let ports: [String]
    /// False: libpq finds the addresses by itself without asking a name server.
    let needsLookup: Bool

    /// Addresses tried per name.
    private static let addressesMax = 8

    init(url: String, tls: [String: String] = [:]) {
        self.url = url
        overrides = tls.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let options = Self.parse(url) ?? [:]
        let hosts = (options["host"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
        let ports = (options["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
        self.hosts = hosts.map { String($0) }
        self.ports = ports.map { String($0) }
        needsLookup =
            (options["hostaddr"] ?? "").isEmpty && self.hosts.contains { Self.isName($0) }
    }

    static func canParse(_ url: String) -> Bool { parse(url) != nil }

    /// The options that are set, or nil when libpq does not understand it.
    private static func parse(_ url: String) -> [String: String]? {
        guard let list = PQconninfoParse(url, nil) else { return nil }
        defer { PQconninfoFree(list) }
        var options: [String: String] = [:]
        var at = list
        while let keyword = at.pointee.keyword {
            if let value = at.pointee.val {
                options[String(cString: keyword)] = String(cString: value)
            }
            at += 1
        }
        return options
    }

    /// Neither a socket directory nor a numeric address.
    private static func isName(_ host: String) -> Bool {
        if host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") { return false }
        var address = in6_addr()
        return inet_pton(AF_INET, host, &address) != 1 && inet_pton(AF_INET6, host, &address) != 1
    }

    /// Asks the name service; blocks, so on a worker thread only. Empty: no name was found.
    func lookUp() -> Addresses {
        var found = Addresses()
        for (index, host) in hosts.enumerated() {
            let port = ports.count == hosts.count ? ports[index] : ports.first ?? ""
            let addresses = Self.isName(host) ? Self.addresses(of: host) : [""]
            for address in addresses {
                found.hosts.append(host)
                found.addresses.append(address)
                found.ports.append(port)
            }
        }
        return found
    }

    private static func addresses(of host: String) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [String] = []
        var next = list
        while let entry = next, addresses.count < addressesMax {
            let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) {
                room -> String? in
                let failed = getnameinfo(
                    entry.pointee.ai_addr, entry.pointee.ai_addrlen, room.baseAddress,
                    socklen_t(room.count), nil, 0, NI_NUMERICHOST)
                return failed == 0 ? room.baseAddress.map { String(cString: $0) } : nil
            }
            if let text { addresses.append(text) }
            next = entry.pointee.ai_next
        }
        return addresses
    }

    /// Begins to connect without blocking. Null: out of memory.
    func begin(_ found: Addresses?) -> OpaquePointer? {
        // Before the connection string: it may say otherwise. A dead peer is noticed within half a
        // minute; Kerberos is asked for only on request, since looking for credentials blocks.
        var options: [(String, String)] = [
            ("fallback_application_name", "nself"), ("keepalives_idle", "15"),
            ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"), ("gssencmode", "disable"), ("dbname", url),
        ]
        options += overrides
        options.append(("client_encoding", "UTF8"))
        if let found {
            options.append(("host", found.hosts.joined(separator: ",")))
            options.append(("hostaddr", found.addresses.joined(separator: ",")))
            options.append(("port", found.ports.joined(separator: ",")))
        }
        let copies = options.flatMap { [strdup($0.0), strdup($0.1)] }
        defer { for copy in copies { free(copy) } }
        var keywords: [UnsafePointer<CChar>?] = []
        var values: [UnsafePointer<CChar>?] = []
        for index in options.indices {
            keywords.append(copies[2 * index].map { UnsafePointer($0) })
            values.append(copies[2 * index + 1].map { UnsafePointer($0) })
        }
        keywords.append(nil)
        values.append(nil)
        return PQconnectStartParams(&keywords, &values, 1)
    }
}
