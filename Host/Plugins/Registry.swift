/// All instances of the deployment: started in order, stopped in reverse.

import HostCore
import HostManifest

/// [control] but for `instances` and `status`, which are fixed once it is made.
public final class Registry: @unchecked Sendable {  // immutable list of instances, each with its own lock
    public let instances: [Instance]
    private let runtime: Runtime
    private let catalog: InterfaceCatalog
    private let version: StaticString

    public init(_ settings: ResolvedConfig, runtime: Runtime, catalog: InterfaceCatalog, version: StaticString) {
        self.runtime = runtime
        self.catalog = catalog
        self.version = version
        instances = settings.instances.map { Instance($0, settings: settings, runtime: runtime) }
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
                if let provider = self.instance(name), !provider.finishStart() { try require(provider) }
            }
            instance.beginStart()
        }
        for instance in instances where instance.config.enabled {
            if !instance.finishStart() { try require(instance) }
        }
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

    private func require(_ instance: Instance) throws(PluginFailure) {
        guard instance.config.required else { return }
        throw PluginFailure(
            "plugin \(instance.name) is required and does not run: \(instance.state.reason)")
    }
}
