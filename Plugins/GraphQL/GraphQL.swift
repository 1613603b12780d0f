/// The GraphQL engine: tables of a PostgreSQL database as a Hasura-compatible API.
///
/// Routes: POST /v1/graphql, POST /v1/metadata (reload_metadata).

import PluginAPI
import Synchronization

final class GraphQL: HTTPHandler, @unchecked Sendable {
    // Each loop's state is touched by its loop only; all else is immutable or synchronized.
    static let id: StaticString = "dev.nself.graphql"
    static let version: StaticString = "0.1.0"
    static let concurrency = nself_concurrency.NSELF_CONCURRENCY_PARALLEL

    /// The start waits this long for the database; then the instance serves errors until it is there.
    private static let startWaitMax: UInt64 = 5_000_000_000

    let host: Host
    let database: Database
    let store: SchemaStore
    let log: Log
    private let loops: Loops
    private let timers: Timers
    /// Read by loops when `settingsVersion` has moved on, written by configure.
    private let settings: Mutex<Settings>
    private let settingsVersion = Atomic<UInt64>(1)
    private let loopStates: UnsafeMutablePointer<LoopState>
    private let loopCount: Int
    let hits: Counter
    let misses: Counter

    init(host: Host) throws(PluginError) {
        self.host = host
        database = try Database(host)
        loops = try Loops(host)
        timers = try Timers(host)
        store = try SchemaStore(host)
        log = Log(host)
        settings = Mutex(Settings())
        loopCount = loops.count
        loopStates = .allocate(capacity: loopCount)
        for index in 0..<loopCount {
            (loopStates + index).initialize(to: LoopState())
        }
        let name: StaticString = "graphql_plans_total"
        let help: StaticString = "Requests by whether their plan was in the cache."
        let metrics = try Metrics(host)
        hits = try metrics.counter(name, help, labels: [("result", "hit")])
        misses = try metrics.counter(name, help, labels: [("result", "miss")])
    }
    deinit {
        loopStates.deinitialize(count: loopCount)
        loopStates.deallocate()
    }

    func configure(_ mode: nself_configure_mode, _ configuration: UnsafeRawBufferPointer)
        throws(PluginError)
    {
        let settings = try Settings(configuration)
        guard mode == .NSELF_CONFIGURE_APPLY else { return }
        let isOther = self.settings.withLock { current in
            defer { current = settings }
            return current.schemas != settings.schemas
        }
        settingsVersion.add(1, ordering: .acquiringAndReleasing)
        store.setSchemas(settings.schemas)
        if isOther, store.schema != nil { store.read() }
    }

    enum Route {
        static let graphql: UInt64 = 1
        static let metadata: UInt64 = 2
    }
    func routes(_ routes: Routes) throws(PluginError) {
        try routes.add("POST", "/v1/graphql", number: Route.graphql)
        try routes.add("POST", "/v1/metadata", number: Route.metadata)
    }

    func handle(_ request: Request, _ body: consuming Body, _ call: HTTPCall) {
        switch request.route {
        case Route.metadata: metadata(request, body, call)
        default: answer(request, body, call)
        }
    }

    // MARK: - Life

    func start(_ call: Call) {
        let once = Once()
        store.read { [log] reason in
            // A failed attempt is not the end: the store tries again until the time is over.
            guard reason == nil, once.take() else { return }
            log.debug("the schema is ready")
            call.succeed()
        }
        let context = Unmanaged.passRetained(StartWait(self, once, call)).toOpaque()
        _ = timers.schedule(after: GraphQL.startWaitMax, context) { context in
            guard let context else { return }
            Unmanaged<StartWait>.fromOpaque(context).takeRetainedValue().end()
        }
    }
    func stop(_ call: Call) {
        store.stop()
        call.succeed()
    }
    func drain(deadline: UInt64, _ call: Call) {
        let waiting = Countdown(loopCount) { call.succeed() }
        for index in 0..<loopCount {
            loops.post(to: index) { [self] in
                let state = loopStates[index]
                if state.pendingCount == 0 {
                    waiting.arrive()
                } else {
                    state.onIdle = { waiting.arrive() }
                }
            }
        }
    }

    /// The state of the loop this thread runs, with the newest schema. [loop] hot
    func currentLoop() -> LoopState {
        let index = loops.current ?? 0
        let state = loopStates[index]
        if state.source?.generation ?? 0 != store.generation.load(ordering: .acquiring) {
            state.adopt(store.schema)
        }
        let version = settingsVersion.load(ordering: .acquiring)
        if state.settingsVersion != version { state.adopt(settings.withLock { $0 }, version) }
        return state
    }

    fileprivate func startWithoutDatabase(_ call: Call) {
        log.error(
            "the database was not there within \(GraphQL.startWaitMax / 1_000_000_000) s: requests are answered with an error until it is"
        )
        call.succeed()
    }

    private final class StartWait: @unchecked Sendable {  // handed over once
        private let plugin: GraphQL
        private let once: Once
        private let call: Call
        init(_ plugin: GraphQL, _ once: Once, _ call: Call) {
            self.plugin = plugin
            self.once = once
            self.call = call
        }
        func end() { if once.take() { plugin.startWithoutDatabase(call) } }
    }
}

/// True for the first who asks.
final class Once: Sendable {
    private let isTaken = Atomic<Bool>(false)
    func take() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }
}

/// Runs its body when as many have arrived as were expected.
final class Countdown: Sendable {
    private let left: Atomic<Int>
    private let body: @Sendable () -> Void
    init(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        left = Atomic(count)
        self.body = body
    }
    func arrive() {
        if left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { body() }
    }
}

@implementation @c
public func nself_plugin_query(_ host_abi_version: UInt32) -> UnsafePointer<nself_plugin>! {
    export(GraphQL.self, for: host_abi_version)
}
