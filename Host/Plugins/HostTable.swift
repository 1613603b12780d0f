/// The one struct a plugin is created with, and the tables it may ask for through it.

import CNself
import HostCore
import HostManifest

/// The tables this host serves. Filled by Main before any plugin is loaded; read-only afterwards.
public final class InterfaceCatalog: @unchecked Sendable {  // see above
    private var tables: [(id: String, table: UnsafeRawPointer)] = []

    public init() {}

    /// `table` lives as long as the process.
    public func add(_ id: String, _ table: UnsafeRawPointer) { tables.append((id, table)) }

    func table(_ id: UnsafePointer<CChar>) -> UnsafeRawPointer? {
        let wanted = String(cString: id)
        return tables.first { $0.id == wanted }?.table
    }
    func serves(_ id: String) -> Bool { tables.contains { $0.id == id } }

    /// Roles of interface 1.0; the host asks only for those it serves, and knows the rest by name.
    private static let roles: Set<String> = [
        "http_handler", "http_middleware", "websocket_handler", "auth_provider", "rate_limiter",
        "exporter", "service", "state", "capability", "database", "kv", "queue", "job_handler",
        "event_consumer", "mail", "audit", "objects", "functions",
    ]

    /// Why a plugin with this manifest cannot run here, or nil.
    func problem(with manifest: PluginManifest) -> String? {
        for role in manifest.roles
        where
            !(role.hasSuffix("/1")
            && InterfaceCatalog.roles.contains(
                String(role.dropFirst("nself.role.".count).dropLast(2))))
        {
            return
                "it has the role \(role), which this host does not know; use a newer host or remove it from plugin.json"
        }
        for use in manifest.uses where !use.optional && !serves(use.id) {
            return
                "it uses \(use.id), which this host does not have; use a newer host, or mark it optional with a question mark in plugin.json"
        }
        return nil
    }
}

enum HostTable {
    /// Fills in `host` for `generation`. The strings live as long as the generation: for ever.
    static func fill(
        _ host: UnsafeMutablePointer<nself_host>, _ generation: Generation,
        _ catalog: InterfaceCatalog, _ version: StaticString
    ) {
        host.pointee.struct_size = UInt32(MemoryLayout<nself_host>.size)
        host.pointee.abi_version = UInt32(NSELF_ABI_VERSION)
        host.pointee.isolation = .NSELF_ISOLATION_NONE
        host.pointee.generation = generation.number
        host.pointee.version = nself_string(
            data: UnsafeRawPointer(version.utf8Start).assumingMemoryBound(to: CChar.self),
            size: version.utf8CodeUnitCount)
        host.pointee.instance = permanent(generation.config.name)
        host.pointee.context = Unmanaged.passRetained(generation).toOpaque()
        sharedCatalog = catalog
        host.pointee.get_interface = { host, id in
            guard let host, let id else { return nil }
            let generation = Generation.of(host)
            guard let table = sharedCatalog?.table(id) else { return nil }
            let name = String(cString: id)
            guard generation.config.grants(interface: name) else {
                let optional = generation.manifest.uses.contains { $0.id == name && $0.optional }
                generation.runtime.log.write(
                    optional ? .debug : .warning, generation.config.name,
                    "\(name) is not granted; add it to [plugins.\(generation.config.name)]: grants = [\"\(shortInterfaceName(name) ?? name)\"]"
                )
                return nil
            }
            return table
        }
    }
}

// One catalog per process, set before the first plugin is created.
nonisolated(unsafe) private var sharedCatalog: InterfaceCatalog?

/// A copy of `text` that is never freed: for the few strings that live as long as a generation.
public func permanent(_ text: String) -> nself_string {
    let bytes = Array(text.utf8)
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
    for (index, byte) in bytes.enumerated() { memory[index] = CChar(bitPattern: byte) }
    return nself_string(data: memory, size: bytes.count)
}
