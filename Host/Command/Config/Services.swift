/// The table [services]: CS_1 to CS_99, each a plugin file, a program, or a place elsewhere.
import HostManifest

enum ServiceName {
    static let numbers = 1...99

    /// The number of a name of the form CS_7; nil for every other name.
    static func number(_ name: String) -> Int? {
        guard name.hasPrefix("CS_"), let number = Int(name.dropFirst(3)), numbers.contains(number),
            name == "CS_\(number)"
        else { return nil }
        return number
    }
}

extension Check {
    /// What every service may use without being granted it.
    static let serviceGrants = ["database", "kv", "queue", "events"]

    mutating func readServices(_ table: TableReader?) {
        guard var table else { return }
        for name in table.object.keys {
            guard let service = table.table(name) else { continue }
            guard ServiceName.number(name) != nil else {
                report.add(
                    source.place(of: service.path), "\(service.path) is no name of a service",
                    "write CS_1 to CS_99, or make it a plugin: [plugins.\(name)]")
                continue
            }
            let kinds = ["file", "command", "url"].filter { service.object[$0] != nil }
            guard kinds.count == 1 else {
                report.add(
                    source.place(of: service.path),
                    kinds.isEmpty
                        ? "\(service.path) says not what it is"
                        : "\(service.path) has \(kinds.joined(separator: " and ")), and only one can be",
                    "give it one of file = \"orders.so\", command = [\"node\", \"chat.js\"], url = \"http://10.0.0.7:8080\""
                )
                continue
            }
            if kinds == ["file"] {
                readInstance(name, service, isService: true)
                grantUsual(to: drafts.count - 1)
            } else {
                readProxied(name, service)
            }
        }
    }

    private mutating func grantUsual(to index: Int) {
        for interface in Self.serviceGrants
        where !drafts[index].written.contains(where: { $0.interface == interface }) {
            drafts[index].instance.grants.append(ResolvedConfig.Grant(interface: interface))
        }
    }

    /// A label is a host name below the domain, a path a mount.
    func readRoute(_ table: inout TableReader, _ instance: inout ResolvedConfig.Instance) {
        guard let route = table.string("route") else { return }
        if !route.hasPrefix("/") {
            readHostName(route, "route", &table, &instance)
        } else if Self.isMount(route) {
            instance.mount = route
        } else {
            table.fail(
                "route", "must be a label or a path and is \"\(route)\"",
                "write route = \"orders\" or route = \"/orders\"") as Void?
        }
    }

    private mutating func readProxied(_ name: String, _ table: TableReader) {
        var table = table
        if let arguments = table.strings("command"), arguments.isEmpty {
            table.fail(
                "command", "names no program", "write command = [\"node\", \"services/chat.js\"]")
                as Void?
        }
        if let url = table.string("url"), !url.hasPrefix("http://"), !url.hasPrefix("https://") {
            table.fail("url", "must begin with http:// or https:// and is \"\(url)\"") as Void?
        }
        _ = table.integer("port", 1...65_535)
        if let health = table.string("health"), !health.hasPrefix("/") {
            table.fail("health", "must be a path and is \"\(health)\"", "begin it with /") as Void?
        }
        _ = table.bool("websocket")
        let enabled = table.bool("enabled") ?? true
        _ = table.bool("required")
        if var limits = table.table("limits") {
            _ = limits.size("memory")
            limits.finish()
        }
        var unused = ResolvedConfig.Instance(name: name, file: "")
        readRoute(&table, &unused)
        table.finish()
        if enabled { proxied.append((name, table.path)) }
    }

    /// Programs and places elsewhere are routes of the proxy plugin, which must be there.
    mutating func checkServices() {
        let proxy = drafts.contains {
            $0.instance.isLoadable && $0.instance.manifest?.id == "dev.nself.proxy"
        }
        guard !proxy else { return }
        for (_, path) in proxied {
            let kind =
                source.root["services"]?[Self.lastKey(path)]?["url"] == nil ? "command" : "url"
            report.add(
                source.place(of: path.appending(kind)),
                "\(path) has a \(kind), and the proxy plugin, which serves those, is not there",
                "add [plugins.proxy] with file = \"proxy.so\" and the file itself, or build the service as a plugin and give it file = \"….so\""
            )
        }
    }

    private static func lastKey(_ path: ConfigPath) -> String {
        if case .key(let key) = path.steps.last { key } else { "" }
    }
}
