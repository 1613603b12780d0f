/// Applying a changed configuration: only the instances whose table changed are touched.

import HostCore
import HostManifest

/// What a reload did, for the one who asked.
public struct ReloadOutcome: Sendable {
    public var added: [String] = []
    public var removed: [String] = []
    public var reconfigured: [String] = []
    public var restarted: [String] = []
    /// Name and reason of those that refused: what was before stays in force.
    public var refused: [(name: String, reason: String)] = []

    public init() {}
}

extension Registry {
    /// [control] blocks
    public func reload(_ next: ResolvedConfig) throws(PluginFailure) -> ReloadOutcome {
        var outcome = ReloadOutcome()
        let before = instances
        let staying = before.filter { old in
            guard let config = next.instance(old.name), config.enabled else { return false }
            return config == old.config || config.differsOnlyInConfiguration(from: old.config)
        }
        // What goes or restarts gets no new request from here on.
        try publish(
            running.filter { generation in staying.contains { $0.current === generation } }, down)
        for old in before.reversed() where next.instance(old.name)?.enabled != true {
            old.drain()
            old.stop()
            if old.config.enabled { outcome.removed.append(old.name) }
        }
        var after: [Instance] = []
        for config in next.instances {
            guard let old = before.first(where: { $0.name == config.name }) else {
                after.append(add(makeInstance(config, next), &outcome))
                continue
            }
            if old.config == config {
                after.append(old)
            } else if config.differsOnlyInConfiguration(from: old.config),
                old.state.phase == .running
            {
                if let reason = old.reconfigure(config) {
                    outcome.refused.append((config.name, reason))
                } else {
                    outcome.reconfigured.append(config.name)
                }
                after.append(old)
            } else {
                old.drain()
                old.stop()
                let successor = old.successor(config, settings: next)
                after.append(add(successor, &outcome, restart: old.config.enabled))
            }
        }
        replaceInstances(after)
        try publishRoutes()
        return outcome
    }

    private func add(
        _ instance: Instance, _ outcome: inout ReloadOutcome, restart: Bool = false
    ) -> Instance {
        guard instance.config.enabled else { return instance }
        let name = instance.name
        if loadAndStart(instance) {
            if restart { outcome.restarted.append(name) } else { outcome.added.append(name) }
        } else {
            outcome.refused.append((name, instance.state.reason))
        }
        return instance
    }
}

extension ResolvedConfig.Instance {
    /// The same code with the same rights, told something else.
    fileprivate func differsOnlyInConfiguration(from other: ResolvedConfig.Instance) -> Bool {
        var same = self
        same.config = other.config
        same.secretPaths = other.secretPaths
        same.logLevel = other.logLevel
        return same == other
    }
}
