/// The database provider on PostgreSQL: libpq in pipeline mode on the host's loops.
///
/// Role nself.role.database/1. Each loop has pipelines and session connections of its own
/// (LoopState); this class only starts and stops them and passes requests to the right loop.

import PluginAPI
import Synchronization

/// State belongs to the loops; what is set by configure and start is not changed while they run.
final class Postgres: DatabaseProvider, @unchecked Sendable {
    static let id: StaticString = "dev.nself.postgres"
    static let version: StaticString = "0.1.0"
    static let concurrency = nself_concurrency.NSELF_CONCURRENCY_PARALLEL

    let host: Host
    let log: Log
    let loops: Loops
    let timers: Timers
    let poll: Poll
    let meters: Meters
    private let ownDirectory: UnsafePointer<nself_host_config>
    private(set) var configuration = Configuration()
    private(set) var plan: Plan
    private(set) var target = Target(url: "")
    private(set) var cluster: Cluster?
    private(set) var states: [LoopState] = []

    init(host: Host) throws(PluginError) {
        self.host = host
        log = Log(host)
        loops = try Loops(host)
        timers = try Timers(host)
        poll = try Poll(host)
        meters = Meters(host)
        ownDirectory = try host.table("nself.host.config/1", nself_host_config.self)
        plan = Plan(Configuration(), loopCount: 1)
    }

    // MARK: [control]

    func configure(_ mode: nself_configure_mode, _ bytes: UnsafeRawBufferPointer)
        throws(PluginError)
    {
        let new = try Configuration(json: bytes)
        guard mode == .NSELF_CONFIGURE_APPLY else { return }
        if states.isEmpty {
            configuration = new
        } else if new != configuration {
            // Connections, sessions and subscriptions hang on the old one.
            loops.requestRestart("the configuration of the database has changed")
        }
    }

    func start(_ call: Call) {
        plan = Plan(configuration, loopCount: loops.count)
        if !RowLayout.isShared {
            log.warning("this libpq lays out rows in another way: every value is copied once more")
        }
        guard configuration.isEmbedded else {
            target = Target(url: configuration.url, tls: configuration.tls)
            return open(call)
        }
        let directory = String(ownDirectory.pointee.data_directory(host.raw))
        let cluster = Cluster(configuration, ownDirectory: directory, log)
        self.cluster = cluster
        let accepted = loops.post(blocking: { [self] in
            do throws(PluginError) {
                let target = try cluster.start()
                loops.post(to: 0) { [self] in
                    self.target = target
                    open(call)
                }
            } catch { call.fail(error) }
        })
        if !accepted {
            call.fail(
                PluginError(.NSELF_STATUS_RESOURCE_EXHAUSTED, "the pool of worker threads is full"))
        }
    }

    /// Opens the connections; the start is complete when every loop has one.
    private func open(_ call: Call) {
        states = (0..<plan.loops).map { LoopState(self, $0) }
        let starting = Starting(self, call, states.count)
        for state in states {
            loops.post(to: state.index) { [loops] in
                state.whenReady = { loops.post(to: 0) { starting.loopIsReady() } }
                state.open()
            }
        }
        loops.post(to: 0) { [self] in starting.wait(configuration.startTimeout) }
    }

    func drain(deadline: UInt64, _ call: Call) {
        onEach { state, done in
            state.drain(deadline: deadline, done)
        } then: {
            call.succeed()
        }
    }

    func stop(_ call: Call) {
        closeAll("the database plugin is stopping") { [self] in
            guard let cluster else { return call.succeed() }
            let accepted = loops.post(blocking: {
                cluster.stop()
                call.succeed()
            })
            if !accepted {
                call.fail(
                    PluginError(
                        .NSELF_STATUS_RESOURCE_EXHAUSTED,
                        "the pool of worker threads is full, so the private cluster goes on running"
                    ))
            }
        }
    }

    fileprivate func closeAll(_ reason: String, then done: @escaping @Sendable () -> Void) {
        onEach { state, done in
            state.close(reason)
            done()
        } then: {
            done()
        }
    }

    /// Runs `body` on each loop with connections; `done` when each has called back. [any]
    private func onEach(
        _ body: @escaping @Sendable (LoopState, @escaping () -> Void) -> Void,
        then done: @escaping @Sendable () -> Void
    ) {
        guard !states.isEmpty else { return done() }
        let remaining = Countdown(states.count, done)
        for state in states { loops.post(to: state.index) { body(state) { remaining.down() } } }
    }

    // MARK: [loop]

    /// The state that serves requests of this loop, or nil when its connections are elsewhere.
    @inline(__always)
    private var here: LoopState? {
        guard let index = loops.current, index < states.count else { return nil }
        return states[index]
    }

    /// hot
    func execute(_ request: UnsafePointer<nself_db_request>, _ call: DatabaseCall) {
        let session = request.pointee.session.id
        if let here, session == 0 || SessionPool.loop(of: session) == here.index {
            return here.execute(request, call)
        }
        let index =
            session == 0 ? plan.loop(for: loops.current ?? 0) : SessionPool.loop(of: session)
        guard index < states.count else {
            return "the database plugin is not running".withText {
                call.fail(.NSELF_STATUS_UNAVAILABLE, $0)
            }
        }
        // Another loop has the connection: a copy goes there, and the answer comes from there.
        let (copy, state) = (RequestCopy(request), states[index])
        loops.post(to: index) { copy.lend { state.execute($0, call) } }
    }

    func openSession(_ flags: nself_db_request_flags, _ call: SessionCall) {
        let index = plan.loop(for: loops.current ?? 0)
        guard index < states.count else {
            return "the database plugin is not running".withText {
                call.fail(.NSELF_STATUS_UNAVAILABLE, $0)
            }
        }
        on(index) { $0.sessions.open(call) }
    }

    func closeSession(_ session: UInt64) {
        let index = SessionPool.loop(of: session)
        if index < states.count { on(index) { $0.sessions.close(session) } }
    }

    func listen(
        _ channel: Text, _ subscription: nself_subscription, _ notify: @escaping nself_db_notify
    ) {
        guard !states.isEmpty else {
            return notify(subscription, .NSELF_NOTICE_ENDED, nself_string(), nself_bytes())
        }
        let name = String(channel)
        on(0) { $0.listener.listen(name, subscription.id, notify) }
    }

    func unlisten(_ subscription: nself_subscription) {
        if !states.isEmpty { on(0) { $0.listener.unlisten(subscription.id) } }
    }

    func cancel(_ call: nself_call) {
        if let here, here.cancel(call.id) { return }
        for state in states where state.index != loops.current {
            loops.post(to: state.index) { _ = state.cancel(call.id) }
        }
    }

    /// Runs `body` with the state of loop `index`: at once when this is it.
    private func on(_ index: Int, _ body: @escaping @Sendable (LoopState) -> Void) {
        let state = states[index]
        if loops.current == index { return body(state) }
        loops.post(to: index) { body(state) }
    }
}

/// Completes the start when every loop has a connection, or fails it when that takes too long.
private final class Starting: @unchecked Sendable {  // all on loop 0
    private let provider: Postgres
    private var call: Call?
    private var missing: Int
    private var timer = nself_timer()

    init(_ provider: Postgres, _ call: Call, _ missing: Int) {
        self.provider = provider
        self.call = call
        self.missing = missing
    }
    func loopIsReady() {
        missing -= 1
        guard missing == 0 else { return }
        provider.timers.cancel(timer) { context in
            if let context { Unmanaged<Starting>.fromOpaque(context).release() }
        }
        call?.succeed()
        call = nil
    }
    func wait(_ limit: UInt64) {
        let this = Unmanaged.passRetained(self).toOpaque()
        timer = provider.timers.schedule(after: limit, this) { context in
            guard let context else { return }
            Unmanaged<Starting>.fromOpaque(context).takeRetainedValue().tooLate()
        }
    }
    private func tooLate() {
        guard let call else { return }
        self.call = nil
        let reason = provider.states.first { $0.upCount == 0 }?.lastError ?? "not connected"
        provider.closeAll("the start failed") {
            call.fail(
                PluginError(.NSELF_STATUS_UNAVAILABLE, "no connection to the database: \(reason)"))
        }
    }
}

/// Calls back when it has been called often enough. [any]
private final class Countdown: Sendable {
    private let remaining: Atomic<Int>
    private let done: @Sendable () -> Void
    init(_ count: Int, _ done: @escaping @Sendable () -> Void) {
        remaining = Atomic(count)
        self.done = done
    }
    func down() {
        if remaining.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 { done() }
    }
}

@implementation @c
public func nself_plugin_query(_ host_abi_version: UInt32) -> UnsafePointer<nself_plugin>! {
    export(Postgres.self, for: host_abi_version)
}
