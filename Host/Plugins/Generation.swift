/// One loaded and created copy of an instance: what calls go to.

import CNself
import HostCore
import HostManifest
import Synchronization

/// Never freed once created, since its code stays mapped; a process holds as many as it made swaps.
public final class Generation: @unchecked Sendable {  // fields below are written on the control thread
    public let number: UInt64
    public let config: ResolvedConfig.Instance
    public let manifest: PluginManifest
    public let runtime: Runtime
    /// The plugin's own table.
    public let table: UnsafePointer<nself_plugin>
    /// The host as this generation sees it.
    public let host: UnsafeMutablePointer<nself_host>
    /// `void *instance`; set by create, before any call.
    public private(set) var pointer: UnsafeMutableRawPointer?
    /// Set while configure(APPLY) runs: what routes->add fills.
    public var staging: [StagedRoute]?
    public private(set) var routes: [StagedRoute] = []
    /// The JSON that configure was last given.
    public private(set) var configuration: [UInt8]
    public let parallel: Bool
    public let mayBlock: Bool
    /// The loop a SERIAL plugin is called on.
    public let homeLoop: Loop
    public let dataDirectory: String
    /// Who answers nself.host.database/1 for it, when a request names no source.
    let databaseProvider: Provider?

    // Role tables, fetched once after create.
    public private(set) var httpHandler: UnsafePointer<nself_http_handler>?
    public private(set) var database: UnsafePointer<nself_role_database>?
    public private(set) var exporter: UnsafePointer<nself_exporter>?
    public private(set) var service: UnsafePointer<nself_service>?

    private let counters: [CallCounters]
    private let elsewhere = CallCounters()
    private let logLevelNow: Atomic<UInt32>

    init(
        number: UInt64, config: ResolvedConfig.Instance, manifest: PluginManifest,
        table: UnsafePointer<nself_plugin>, runtime: Runtime, catalog: InterfaceCatalog,
        databaseProvider: Provider?, dataDirectory: String, hostVersion: StaticString
    ) {
        self.number = number
        self.config = config
        self.manifest = manifest
        self.table = table
        self.runtime = runtime
        self.dataDirectory = dataDirectory
        self.databaseProvider = databaseProvider
        configuration = config.config.serialized()
        parallel = manifest.concurrency == .parallel
        mayBlock = table.pointee.flags.contains(.NSELF_PLUGIN_MAY_BLOCK)
        homeLoop = runtime.loops[0]
        counters = runtime.loops.map { _ in CallCounters() }
        logLevelNow = Atomic(config.logLevel.severity)
        host = .allocate(capacity: 1)
        host.initialize(to: nself_host())
        HostTable.fill(host, self, catalog, hostVersion)
    }

    /// The generation behind a host pointer that a plugin passes back. [any]
    @inline(__always)
    public static func of(_ host: UnsafePointer<nself_host>?) -> Generation {
        guard let context = host?.pointee.context else {
            preconditionFailure("a plugin called a host function without its host pointer")
        }
        return Unmanaged<Generation>.fromOpaque(context).takeUnretainedValue()
    }

    // MARK: accounts

    /// A call begins on this thread. [loop] or [control]
    @inline(__always) func enter() { countersHere.enter() }
    @inline(__always) func leave(failed: Bool, bytes: Int, nanoseconds: UInt64) {
        countersHere.leave(failed: failed, bytes: bytes, nanoseconds: nanoseconds)
    }
    @inline(__always) private var countersHere: CallCounters {
        guard let index = Loop.currentIndex else { return elsewhere }
        return counters[index]
    }
    /// Sums over all loops. [any]
    public var totals: CallTotals {
        var totals = CallTotals()
        for counter in counters { counter.add(to: &totals) }
        elsewhere.add(to: &totals)
        return totals
    }

    public var logLevel: LogLevel {
        get { LogLevel(severity: logLevelNow.load(ordering: .relaxed)) }
        set { logLevelNow.store(newValue.rawValue, ordering: .relaxed) }
    }

    // MARK: control calls [control]

    func create() throws(PluginFailure) {
        var error = nself_error()
        var made: UnsafeMutableRawPointer?
        let status = table.pointee.create(host, &made, &error)
        guard status == .NSELF_STATUS_OK else {
            throw PluginFailure(status, error, doing: "create")
        }
        pointer = made
        try fetchRoles()
    }

    /// Validates and applies `next`; on failure what was before stays in force.
    func reconfigure(_ next: [UInt8]) throws(PluginFailure) {
        let (before, routesBefore) = (configuration, routes)
        configuration = next
        do throws(PluginFailure) {
            try configure()
        } catch {
            configuration = before
            routes = routesBefore
            throw error
        }
    }
    /// Validates, then applies; the routes it adds replace the ones before in one step.
    func configure() throws(PluginFailure) {
        try configure(.NSELF_CONFIGURE_VALIDATE, "its configuration was refused")
        staging = []
        defer { staging = nil }
        try configure(.NSELF_CONFIGURE_APPLY, "its configuration was not taken over")
        routes = staging ?? []
    }
    private func configure(_ mode: nself_configure_mode, _ what: String) throws(PluginFailure) {
        var error = nself_error()
        let status = configuration.withUnsafeBufferPointer { bytes in
            table.pointee.configure(
                pointer, mode, nself_bytes(data: bytes.baseAddress, size: bytes.count), &error)
        }
        guard status == .NSELF_STATUS_OK else {
            throw PluginFailure("\(what): \(PluginFailure(status, error, doing: "configure"))")
        }
    }
    func destroy() {
        if pointer != nil { table.pointee.destroy(pointer) }
        pointer = nil
    }

    private func fetchRoles() throws(PluginFailure) {
        httpHandler = try role("nself.role.http_handler/1", nself_http_handler.self)
        database = try role("nself.role.database/1", nself_role_database.self)
        exporter = try role("nself.role.exporter/1", nself_exporter.self)
        service = try role("nself.role.service/1", nself_service.self)
        let needed: [(String, String, Bool)] = [
            (
                "nself.role.http_handler/1", "handle",
                httpHandler.map { $0.pointee.handle != nil } ?? true
            ),
            (
                "nself.role.database/1", "execute",
                database.map { $0.pointee.execute != nil } ?? true
            ),
            (
                "nself.role.database/1", "open_session",
                database.map { $0.pointee.open_session != nil } ?? true
            ),
            (
                "nself.role.database/1", "close_session",
                database.map { $0.pointee.close_session != nil } ?? true
            ),
            ("nself.role.database/1", "listen", database.map { $0.pointee.listen != nil } ?? true),
            (
                "nself.role.database/1", "unlisten",
                database.map { $0.pointee.unlisten != nil } ?? true
            ),
            ("nself.role.service/1", "health", service.map { $0.pointee.health != nil } ?? true),
        ]
        for (role, function, present) in needed where !present {
            throw PluginFailure("\(role): its function \(function) is null; implement it")
        }
    }
    /// Asks only for the roles that the manifest lists, and refuses a table of another size.
    private func role<Table>(_ id: String, _ type: Table.Type) throws(PluginFailure)
        -> UnsafePointer<Table>?
    {
        guard manifest.hasRole(id) else { return nil }
        guard let found = id.withCString({ table.pointee.get_interface(pointer, $0) }) else {
            throw PluginFailure(
                "its manifest lists the role \(id) and its code has no table for it; implement it or remove it from plugin.json"
            )
        }
        let size = found.load(as: UInt32.self)
        guard size == UInt32(MemoryLayout<Table>.size) else {
            throw PluginFailure(
                "\(id) has \(size) bytes, this host knows \(MemoryLayout<Table>.size): rebuild it with header \(NSELF_ABI_MAJOR).\(NSELF_ABI_MINOR)"
            )
        }
        return found.assumingMemoryBound(to: type)
    }
}

extension Generation {
    /// Tells the plugin that the result of `call` is not wanted; it still completes. [loop]
    public func cancel(_ call: nself_call, from loop: Loop) {
        guard let cancel = table.pointee.cancel, pointer != nil else { return }
        if parallel || homeLoop === loop {
            cancel(pointer, call)
        } else {
            homeLoop.post { [self] in cancel(pointer, call) }
        }
    }
}
