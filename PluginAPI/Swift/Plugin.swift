/// What a plugin written in Swift is: one class, exported once.

/// An instance of a plugin. The host calls the functions marked [control] one at a time.
/// A role is a further protocol the class conforms to: see Roles/.
public protocol Plugin: AnyObject {
    /// Equal to `id` and `version` in plugin.json.
    static var id: StaticString { get }
    static var version: StaticString { get }
    static var concurrency: nself_concurrency { get }
    static var handover: nself_handover { get }

    /// Keeps `host` and fetches its tables. No I/O. [control]
    init(host: Host) throws(PluginError)
    /// Checks or takes over `configuration`, one JSON object that satisfies the schema. [control]
    func configure(_ mode: nself_configure_mode, _ configuration: UnsafeRawBufferPointer)
        throws(PluginError)
    /// Opens what it needs; completing the call means ready for traffic. [control]
    func start(_ call: Call)
    /// No new work arrives; complete when the last is done. `deadline` is monotonic. [control]
    func drain(deadline: UInt64, _ call: Call)
    /// The swap was called off: work arrives again. [control]
    func resume()
    /// Closes what start opened. [control]
    func stop(_ call: Call)
    /// The result of `call` is not wanted any more. [loop]
    func cancel(_ call: nself_call)
}

extension Plugin {
    public static var concurrency: nself_concurrency { .NSELF_CONCURRENCY_SERIAL }
    public static var handover: nself_handover { .NSELF_HANDOVER_OVERLAP }
    public func configure(_ mode: nself_configure_mode, _ configuration: UnsafeRawBufferPointer)
        throws(PluginError)
    {}
    public func start(_ call: Call) { call.succeed() }
    public func drain(deadline: UInt64, _ call: Call) { call.succeed() }
    public func resume() {}
    public func stop(_ call: Call) { call.succeed() }
    public func cancel(_ call: nself_call) {}
}

/// The table of `type` for a host of `version`, for nself_plugin_query to return. One plugin per
/// shared object; the table is made once and never freed.
public func export<P: Plugin>(_ type: P.Type, for version: UInt32) -> UnsafePointer<nself_plugin>? {
    guard version >> 16 == UInt32(NSELF_ABI_MAJOR) else { return nil }
    if let made = exported { return UnsafePointer(made) }
    let table = UnsafeMutablePointer<nself_plugin>.allocate(capacity: 1)
    table.initialize(to: makeTable(type))
    exportedType = type
    exported = table
    return UnsafePointer(table)
}

// Written on the control thread by the first query, before any instance exists.
nonisolated(unsafe) private var exported: UnsafeMutablePointer<nself_plugin>?
nonisolated(unsafe) private var exportedType: (any Plugin.Type)?

/// The table without an owner. The test host makes instances itself, because one test program
/// links several plugins and `create` knows only the exported one.
package func makeTable<P: Plugin>(_ type: P.Type) -> nself_plugin {
    var table = nself_plugin()
    table.struct_size = UInt32(MemoryLayout<nself_plugin>.size)
    table.abi_version = UInt32(NSELF_ABI_VERSION)
    table.concurrency = P.concurrency
    table.handover = P.handover
    table.id = Text(P.id).raw
    table.version = Text(P.version).raw
    table.create = { host, instance, failure in
        guard let host, let instance, let type = exportedType else {
            return .NSELF_STATUS_INVALID_ARGUMENT
        }
        do throws(PluginError) {
            let host = Host(host)
            let made = Instance(host, try type.init(host: host))
            instance.pointee = Unmanaged.passRetained(made).toOpaque()
            return .NSELF_STATUS_OK
        } catch { return error.write(to: failure) }
    }
    table.configure = { instance, mode, configuration, failure in
        do throws(PluginError) {
            try Instance.at(instance).configure(mode, configuration)
            return .NSELF_STATUS_OK
        } catch { return error.write(to: failure) }
    }
    table.start = { instance, call, done in
        if let done { Instance.at(instance).plugin.start(Call(call, done)) }
    }
    table.drain = { instance, deadline, call, done in
        if let done { Instance.at(instance).plugin.drain(deadline: deadline, Call(call, done)) }
    }
    table.resume = { instance in Instance.at(instance).plugin.resume() }
    table.stop = { instance, call, done in
        if let done { Instance.at(instance).plugin.stop(Call(call, done)) }
    }
    table.destroy = { instance in
        if let instance { Unmanaged<Instance>.fromOpaque(instance).release() }
    }
    table.cancel = { instance, call in Instance.at(instance).plugin.cancel(call) }
    table.get_interface = { instance, id in
        guard let id else { return nil }
        return Instance.at(instance).roleTable(Text(nself_text(id)))
    }
    return table
}
