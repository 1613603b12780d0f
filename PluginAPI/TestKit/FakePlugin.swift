/// One instance of a plugin in a FakeHost: its life cycle, called as the host calls it.

import CNself
import Glibc
import PluginAPI

/// The control calls are made by the test's thread and pump the host until they are answered.
public final class FakePlugin<P: Plugin> {
    public let host: FakeHost
    public let plugin: P
    public let table: UnsafePointer<nself_plugin>
    public let instance: UnsafeMutableRawPointer
    let side: HostSide
    private var started = false
    private var destroyed = false

    init(_ host: FakeHost, _ name: String, _ directory: String) throws(PluginError) {
        self.host = host
        side = HostSide(host, name, directory)
        let handle = Host(side.raw)
        plugin = try P(host: handle)
        let table = UnsafeMutablePointer<nself_plugin>.allocate(capacity: 1)
        table.initialize(to: makeTable(P.self))
        self.table = UnsafePointer(table)
        instance = Unmanaged.passRetained(Instance(handle, plugin)).toOpaque()
    }
    deinit {
        if !destroyed {
            if started { _ = stop() }
            destroy()
        }
    }

    /// The routes it has added.
    public var routes: [FakeRoute] { side.routes }
    /// The role's table, or null when the plugin does not have the role.
    public func role(_ id: String) -> UnsafeRawPointer? {
        id.withCString { UnsafeRawPointer(table.pointee.get_interface(instance, $0)) }
    }

    public func configure(_ json: String, only mode: nself_configure_mode? = nil)
        throws(PluginError)
    {
        if mode != .NSELF_CONFIGURE_APPLY { try configure(json, .NSELF_CONFIGURE_VALIDATE) }
        if mode != .NSELF_CONFIGURE_VALIDATE { try configure(json, .NSELF_CONFIGURE_APPLY) }
    }
    private func configure(_ json: String, _ mode: nself_configure_mode) throws(PluginError) {
        if mode == .NSELF_CONFIGURE_APPLY {
            side.setConfiguration(json)
            side.routes = []
        }
        var error = nself_error()
        let status = json.withText {
            let bytes = nself_bytes(
                data: UnsafeRawPointer($0.base)?.assumingMemoryBound(to: UInt8.self), size: $0.count
            )
            return table.pointee.configure(instance, mode, bytes, &error)
        }
        guard status == .NSELF_STATUS_OK else { throw PluginError(status, error) }
    }

    public func start(within seconds: Double = 30) throws(PluginError) {
        started = true
        let error = answered(within: seconds) { table.pointee.start(instance, $0, FakeCalls.done) }
        if let error { throw error }
    }
    /// Nil when everything under way has ended.
    public func drain(within seconds: Double = 10) -> PluginError? {
        let deadline = host.clock.monotonic + UInt64(seconds * 1e9)
        return answered(within: seconds + 5) {
            table.pointee.drain(instance, deadline, $0, FakeCalls.done)
        }
    }
    public func resume() { table.pointee.resume(instance) }
    public func stop() -> PluginError? {
        started = false
        return answered(within: 15) { table.pointee.stop(instance, $0, FakeCalls.done) }
    }
    public func destroy() {
        guard !destroyed else { return }
        destroyed = true
        table.pointee.destroy(instance)
        table.deallocate()
    }
    /// Stops and destroys it.
    public func close() {
        if started { _ = stop() }
        destroy()
    }
    /// Tells the plugin that the result of `call` is not wanted any more.
    public func cancel(_ call: nself_call, on loop: Int = 0) {
        host.on(loop: loop) { table.pointee.cancel(instance, call) }
    }

    /// Makes a control call and pumps until it is answered.
    private func answered(within seconds: Double, _ body: (nself_call) -> Void) -> PluginError? {
        let pending = Pending<PluginError>()
        body(
            FakeCalls.begin(
                0, .plain { status, message in pending.complete(PluginError(status, message)) }))
        guard let answer = host.wait(pending, within: seconds) else {
            return PluginError(.NSELF_STATUS_DEADLINE_EXCEEDED, "no answer within \(seconds) s")
        }
        return answer.status == .NSELF_STATUS_OK ? nil : answer
    }
}

extension FakeHost {
    /// The host as an instance of that name sees it, for plugins that are called through their C
    /// table. Alive as long as this object.
    public func raw(name: String, directory: String = "") -> UnsafePointer<nself_host> {
        let side = HostSide(self, name, directory)
        sides.with { $0.append(side) }
        return UnsafePointer(side.raw)
    }

    /// Makes, configures and starts an instance. `directory` is its data directory.
    public func load<P: Plugin>(
        _ type: P.Type, name: String = "test", config: String = "{}", directory: String = "",
        start: Bool = true
    ) throws(PluginError) -> FakePlugin<P> {
        let plugin = try FakePlugin<P>(self, name, directory)
        // The plugin object may outlive its FakePlugin, and calls the host then.
        sides.with { $0.append(plugin.side) }
        try plugin.configure(config)
        if start { try plugin.start() }
        return plugin
    }
}
