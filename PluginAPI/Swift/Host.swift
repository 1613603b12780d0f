/// The host as one plugin instance sees it: typed tables, fetched once.

/// Valid from init until the instance has been destroyed. [any]
public struct Host: @unchecked Sendable {  // immutable for the life of the instance (header, O4)
    public let raw: UnsafePointer<nself_host>

    public init(_ raw: UnsafePointer<nself_host>) { self.raw = raw }

    /// The name in plugins.toml.
    public var instance: String { String(raw.pointee.instance) }
    public var generation: UInt64 { raw.pointee.generation }

    /// The host's table for `id`. Throws when plugins.toml does not grant it, with the line to add.
    public func table<Table>(_ id: StaticString, _ type: Table.Type) throws(PluginError)
        -> UnsafePointer<Table>
    {
        guard let table: UnsafePointer<Table> = optionalTable(id, type) else {
            throw PluginError(
                .NSELF_STATUS_PERMISSION_DENIED,
                "\(instance) needs \(id), which plugins.toml does not grant or this host does not have"
            )
        }
        return table
    }

    /// The same for a use marked with `?` in plugin.json.
    public func optionalTable<Table>(_ id: StaticString, _ type: Table.Type)
        -> UnsafePointer<Table>?
    {
        let name = UnsafeRawPointer(id.utf8Start).assumingMemoryBound(to: CChar.self)
        return nself_table(raw, name, MemoryLayout<Table>.size)?.assumingMemoryBound(to: type)
    }
}
