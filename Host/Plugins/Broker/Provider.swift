/// Who stands behind a brokered role: one atomic pointer per instance.

import CNself
import HostCore
import HostManifest
import Synchronization

/// The current generation of one instance that others may use. A caller never sees it.
public final class Provider: @unchecked Sendable {  // one atomic
    public let name: String
    private let generation = Atomic<UnsafeMutableRawPointer?>(nil)

    init(_ name: String) { self.name = name }

    /// Switches to `next`; nil: no calls please. Generations are never freed, so a caller that has
    /// just read the old pointer ends its call there. [control]
    func switchTo(_ next: Generation?) {
        generation.store(
            next.map { Unmanaged.passUnretained($0).toOpaque() }, ordering: .releasing)
    }
    /// [any] hot
    @inline(__always) public var current: Generation? {
        guard let pointer = generation.load(ordering: .acquiring) else { return nil }
        return Unmanaged<Generation>.fromOpaque(pointer).takeUnretainedValue()
    }
}

/// All providers by instance, and which one an instance gets for a role.
public final class Providers: Sendable {
    /// Written when an instance is added by a reload; a request that names a source reads it.
    private let byName: Locked<[String: Provider]>
    private let defaults: ResolvedConfig.Providers

    init(_ settings: ResolvedConfig) {
        byName = Locked(
            Dictionary(
                settings.instances.map { ($0.name, Provider($0.name)) },
                uniquingKeysWith: { first, _ in first }))
        defaults = settings.providers
    }
    subscript(name: String) -> Provider? { byName.withLock { $0[name] } }
    func add(_ name: String) {
        byName.withLock { if $0[name] == nil { $0[name] = Provider(name) } }
    }

    /// Its own choice, then that of the deployment.
    func provider(_ role: String, for instance: ResolvedConfig.Instance) -> Provider? {
        guard let name = instance.providers[role] ?? defaults[role] else { return nil }
        return self[name]
    }
}
