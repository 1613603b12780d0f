/// All instances of the deployment: started in order, stopped in reverse.

import HostCore
import HostManifest

/// [control] but for `instances`.
public final class Registry: Sendable {
    private let list: Locked<[Instance]>
    private let providers: Providers
    private let runtime: Runtime
    private let catalog: InterfaceCatalog
    private let version: StaticString
    /// Puts exactly the routes of these generations in force on every loop, and returns when all
    /// loops use them. Routes of the second list answer 503. Set once, before start. [control] blocks
    nonisolated(unsafe) public var publish:
        ([Generation], [Generation]) throws(PluginFailure) -> Void = { _, _ in }

    /// In start order. [any]
    public var instances: [Instance] { list.withLock { $0 } }

    public init(
        _ settings: ResolvedConfig, runtime: Runtime, catalog: InterfaceCatalog,
        version: StaticString
    ) {
        self.runtime = runtime
        self.catalog = catalog
        self.version = version
        let providers = Providers(settings)
        Calls.prepare(runtime)
        DatabaseBroker.prepare(runtime, providers)
        self.providers = providers
        list = Locked(
            settings.instances.map {
                Instance($0, settings: settings, runtime: runtime, providers: providers)
            })
    }

    public func instance(_ name: String) -> Instance? { instances.first { $0.name == name } }

    /// Loads, creates and configures all that are enabled, providers first. Throws when a required
    /// one fails; others are left aside with their reason. blocks
    public func load() throws(PluginFailure) {
        for instance in instances where instance.config.enabled {
            if !instance.load(catalog, version: version) { try require(instance) }
        }
    }

    /// Starts all that are configured. Those without an order between them start at the same time:
    /// one waits only for the instances it comes after. blocks
    public func start() throws(PluginFailure) {
        for instance in instances where instance.config.enabled {
            for name in instance.config.startsAfter {
                if let provider = self.instance(name), !provider.finishStart() {
                    try require(provider)
                }
            }
            instance.beginStart()
        }
        for instance in instances where instance.config.enabled {
            if !instance.finishStart() { try require(instance) }
        }
    }

    // For Registry+Reload.
    func replaceInstances(_ next: [Instance]) { list.withLock { $0 = next } }
    func makeInstance(_ config: ResolvedConfig.Instance, _ settings: ResolvedConfig) -> Instance {
        providers.add(config.name)
        return Instance(config, settings: settings, runtime: runtime, providers: providers)
    }
    func loadAndStart(_ instance: Instance) -> Bool {
        guard instance.load(catalog, version: version) else { return false }
        instance.beginStart()
        return instance.finishStart()
    }

    /// Drains and stops all, in reverse. blocks
    public func stop() {
        for instance in instances.reversed() { instance.drain() }
        for instance in instances.reversed() { instance.stop() }
    }

    /// Everything that is running, with its generation.
    public var running: [Generation] {
        instances.compactMap { $0.state.phase == .running ? $0.current : nil }
    }

    /// Configured, so that its routes are known, and not running.
    public var down: [Generation] {
        instances.compactMap { instance in
            switch instance.state.phase {
            case .failed, .stuck: instance.current
            default: nil
            }
        }
    }
    /// Puts the routes of all instances as they are now in force. blocks
    public func publishRoutes() throws(PluginFailure) { try publish(running, down) }

    private func require(_ instance: Instance) throws(PluginFailure) {
        guard instance.config.required else { return }
        throw PluginFailure(
            "plugin \(instance.name) is required and does not run: \(instance.state.reason)")
    }
}
