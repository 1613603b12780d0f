/// One instance of plugins.toml: its state, its generations, and the steps of its life.

import CNself
import Glibc
import HostCore
import HostManifest

/// Steps run on the control thread; the status may be read by anyone.
public final class Instance: @unchecked Sendable {  // state is behind the mutex
    public let name: String
    private let runtime: Runtime
    private let settings: ResolvedConfig
    private let providers: Providers
    private struct Shared {
        var config: ResolvedConfig.Instance
        var state = InstanceState()
        var current: Generation?
        var generations: UInt64 = 0
    }
    private let shared: Locked<Shared>
    private var starting: ControlCall?

    init(
        _ config: ResolvedConfig.Instance, settings: ResolvedConfig, runtime: Runtime,
        providers: Providers
    ) {
        self.providers = providers
        shared = Locked(Shared(config: config))
        self.settings = settings
        self.runtime = runtime
        name = config.name
    }

    /// The next of this name: it counts generations on, so that no path is loaded twice.
    func successor(
        _ config: ResolvedConfig.Instance? = nil, settings next: ResolvedConfig? = nil
    ) -> Instance {
        let instance = Instance(
            config ?? self.config, settings: next ?? settings, runtime: runtime,
            providers: providers)
        let count = shared.withLock { $0.generations }
        instance.shared.withLock { $0.generations = count }
        return instance
    }

    public var config: ResolvedConfig.Instance { shared.withLock { $0.config } }
    /// What all its generations on record have done; of the current one.
    public var totals: CallTotals { current?.totals ?? CallTotals() }
    public var state: InstanceState { shared.withLock { $0.state } }
    /// What calls go to, also while it drains.
    public var current: Generation? { shared.withLock { $0.current } }

    /// Applies an event; a step out of order is our own mistake.
    private func apply(_ event: InstanceState.Event) {
        let action = shared.withLock { $0.state.apply(event) }
        if case .violation(let what) = action {
            preconditionFailure("instance \(name): \(what)")
        }
        switch event {
        case .refused(let reason), .stepFailed(let reason), .stepTimedOut(let reason):
            runtime.log.write(.error, name, reason, ["state": state.name])
        default: break
        }
    }

    /// Private copy, note, dlopen, query, create, configure. [control] blocks
    public func load(_ catalog: InterfaceCatalog, version: StaticString) -> Bool {
        if let problem = config.problem {
            apply(.refused(problem))
            return false
        }
        // Said rather than ignored: what was asked for is a wall.
        guard config.isolation == .none else {
            apply(
                .refused(
                    "isolation = \"process\" is not served by this version; run it in process, or leave it out"
                ))
            return false
        }
        let generation: Generation
        do throws(PluginFailure) {
            let number = shared.withLock { shared in
                shared.generations += 1
                return shared.generations
            }
            let copy = try PrivateCopy(
                of: config.file, instance: name, generation: number,
                directory: settings.host.runDirectory + "/plugins")
            if let problem = catalog.problem(with: copy.manifest) {
                throw PluginFailure("\(config.file): \(problem)")
            }
            let library = try LoadedLibrary(copy, file: config.file)
            copy.removeName()
            generation = Generation(
                number: number, config: config, manifest: copy.manifest, table: library.plugin,
                runtime: runtime, catalog: catalog,
                databaseProvider: providers.provider("database", for: config),
                dataDirectory: settings.host.dataDirectory + "/" + name, hostVersion: version)
        } catch {
            apply(.refused(error.message))
            return false
        }
        return createAndConfigure(generation)
    }

    private func createAndConfigure(_ generation: Generation) -> Bool {
        do throws(PluginFailure) {
            try generation.create()
        } catch {
            generation.destroy()
            apply(.refused("\(config.file): \(error.message)"))
            return false
        }
        shared.withLock { $0.current = generation }
        apply(.created)
        do throws(PluginFailure) {
            try generation.configure()
        } catch {
            apply(.stepFailed(error.message))
            generation.destroy()
            return false
        }
        apply(.configured)
        return true
    }

    /// Calls start; its completion is waited for by finishStart. [control]
    public func beginStart() {
        guard let generation = current, state.phase == .configured else { return }
        apply(.startCalled)
        let call = ControlCall()
        starting = call
        generation.table.pointee.start(generation.pointer, call.id, ControlCall.done)
    }
    /// Waits until start has completed. True: ready for traffic. [control] blocks
    public func finishStart() -> Bool {
        guard let call = starting else { return state.phase == .running }
        starting = nil
        let milliseconds = settings.limits.startMilliseconds
        switch call.wait(nanoseconds: UInt64(milliseconds) * 1_000_000) {
        case .ok:
            providers[name]?.switchTo(current)
            apply(.startCompleted)
            return true
        case .failed(let reason):
            apply(.stepFailed("it did not start: \(reason)"))
            current?.destroy()
            return false
        case .timedOut:
            apply(.stepTimedOut("start did not complete within \(milliseconds) ms"))
            return false
        }
    }

    /// No new work arrives any more: waits for what is under way. [control] blocks
    public func drain() {
        guard let generation = current, state.phase == .running else { return }
        apply(.drainCalled)
        let limit = UInt64(settings.limits.drainMilliseconds) * 1_000_000
        let call = ControlCall()
        generation.table.pointee.drain(
            generation.pointer, Clock.monotonic() + limit, call.id, ControlCall.done)
        switch call.wait(nanoseconds: limit) {
        case .ok: apply(.drainCompleted)
        case .failed(let reason): apply(.stepFailed("drain: \(reason)"))
        case .timedOut:
            apply(.stepTimedOut("drain did not complete within \(limit / 1_000_000) ms"))
        }
        awaitIdle(generation, until: Clock.monotonic() + limit)
    }
    /// The host's own count: each call holds its generation from dispatch to completion. At the
    /// deadline what is left is cancelled and gets one more second to complete.
    private func awaitIdle(_ generation: Generation, until deadline: UInt64) {
        var limit = deadline
        var cancelled = false
        while generation.totals.active > 0 {
            if Clock.monotonic() > limit {
                if cancelled { return }
                cancelled = true
                limit = Clock.monotonic() + 1_000_000_000
                Calls.cancelAll(of: generation)
            }
            // Drains are rare and run on the control thread, which has nothing else to do.
            var pause = timespec(tv_sec: 0, tv_nsec: 1_000_000)
            nanosleep(&pause, nil)
        }
    }
    /// Closes and frees it; one that does not answer stays as it is. [control] blocks
    public func stop() {
        let phase = state.phase
        guard let generation = current, phase == .running || phase == .draining else { return }
        apply(.stopCalled)
        providers[name]?.switchTo(nil)
        let milliseconds = settings.limits.stopMilliseconds
        let call = ControlCall()
        generation.table.pointee.stop(generation.pointer, call.id, ControlCall.done)
        switch call.wait(nanoseconds: UInt64(milliseconds) * 1_000_000) {
        case .ok where generation.totals.active > 0:
            apply(.stepTimedOut("\(generation.totals.active) calls into it never completed"))
        case .ok:
            apply(.stopCompleted)
            generation.destroy()
        case .failed(let reason):
            apply(.stepFailed("stop: \(reason)"))
            generation.destroy()
        case .timedOut:
            apply(.stepTimedOut("stop did not complete within \(milliseconds) ms"))
        }
    }

    /// Gives a running instance the new configuration; when it refuses, the old one stays in
    /// force and the reason comes back. [control] blocks
    public func reconfigure(_ next: ResolvedConfig.Instance) -> String? {
        guard let generation = current, state.phase == .running else {
            return "it is not running but \(state.name)"
        }
        do throws(PluginFailure) {
            try generation.reconfigure(next.config.serialized())
        } catch {
            return error.message
        }
        generation.logLevel = LogLevel(severity: next.logLevel.severity)
        shared.withLock { $0.config = next }
        return nil
    }

    /// For `nself plugin list`. [any]
    public var status: InstanceStatus {
        let (state, generation, config) = shared.withLock { ($0.state, $0.current, $0.config) }
        let totals = generation?.totals ?? CallTotals()
        return InstanceStatus(
            name: name, id: config.manifest?.id ?? "", version: config.manifest?.version ?? "",
            file: config.file, generation: Int(generation?.number ?? 0),
            state: config.enabled ? state.name : "disabled", reason: state.reason,
            calls: Int(totals.calls), errors: Int(totals.errors),
            seconds: Double(totals.nanoseconds) / 1e9, bytes: Int(totals.bytes),
            isolation: config.isolation.rawValue)
    }
}
