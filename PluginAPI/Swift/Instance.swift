/// The object behind `void *instance`: the plugin and the roles it was found to have.

/// Roles are looked up once, at creation: no dynamic cast happens while requests run.
public final class Instance {
    public let host: Host
    public let plugin: any Plugin
    let httpHandler: (any HTTPHandler)?
    let databaseProvider: (any DatabaseProvider)?
    let exporter: (any Exporter)?
    let service: (any Service)?

    package init(_ host: Host, _ plugin: any Plugin) {
        self.host = host
        self.plugin = plugin
        httpHandler = plugin as? any HTTPHandler
        databaseProvider = plugin as? any DatabaseProvider
        exporter = plugin as? any Exporter
        service = plugin as? any Service
    }

    /// The instance that the host passes back.
    @inline(__always)
    static func at(_ pointer: UnsafeMutableRawPointer?) -> Instance {
        guard let pointer else { preconditionFailure("the host passed no instance") }
        return Unmanaged<Instance>.fromOpaque(pointer).takeUnretainedValue()
    }

    func configure(_ mode: nself_configure_mode, _ configuration: nself_bytes)
        throws(PluginError)
    {
        let bytes = UnsafeRawBufferPointer(start: configuration.data, count: configuration.size)
        try plugin.configure(mode, bytes)
        if mode == .NSELF_CONFIGURE_APPLY, let httpHandler {
            try httpHandler.routes(Routes(host))
        }
    }

    /// The table of a role the plugin conforms to, or nil. The answer for an id never changes.
    func roleTable(_ id: Text) -> UnsafeRawPointer? {
        if id == "nself.role.http_handler/1" {
            return httpHandler == nil ? nil : UnsafeRawPointer(httpHandlerTable)
        }
        if id == "nself.role.database/1" {
            return databaseProvider == nil ? nil : UnsafeRawPointer(databaseProviderTable)
        }
        if id == "nself.role.exporter/1" {
            return exporter.map { UnsafeRawPointer(exporterTable($0.signals)) }
        }
        if id == "nself.role.service/1" {
            return service == nil ? nil : UnsafeRawPointer(serviceTable)
        }
        return nil
    }
}
