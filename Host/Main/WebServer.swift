/// The HTTP fronts of all loops as one server: listeners, routes, drain.

import CNself
import HostCore
import HostHTTP
import HostManifest
import HostPlugins
import Synchronization

/// [control] unless marked.
final class WebServer: @unchecked Sendable {  // fronts are touched on their own loops only
    private let settings: ResolvedConfig
    private let runtime: Runtime
    private let fronts: [Front]
    private let accessLogs: [AccessLog]
    private let readyNow = Atomic<Bool>(false)
    /// For the health routes. Set once, before the first publish.
    var instances: @Sendable () -> [Instance] = { [] }

    init(_ settings: ResolvedConfig, _ runtime: Runtime) {
        self.settings = settings
        self.runtime = runtime
        Calls.prepare(runtime)
        let dispatchers = runtime.loops.map { Dispatcher($0, runtime) }
        Dispatcher.prepare(dispatchers)
        let limits = HTTPLimits(settings.limits, loops: runtime.loops.count)
        fronts = zip(runtime.loops, dispatchers).map { loop, dispatcher in
            let front = Front(loop: loop, handler: dispatcher, limits: limits)
            return front
        }
        accessLogs = settings.log.access ? runtime.loops.map { AccessLog($0, runtime.log) } : []
        for (front, log) in zip(fronts, accessLogs) { front.accessLogger = log }
        runtime.metrics.addLoopSource(HTTPMetrics(fronts))
    }

    /// Requests are wanted: after the start, until the drain. [any]
    var ready: Bool {
        get { readyNow.load(ordering: .acquiring) }
        set { readyNow.store(newValue, ordering: .releasing) }
    }

    /// Why a route is not one, for routes->add.
    static let problem: @Sendable (StagedRoute) -> String? = { staged in
        do {
            _ = try Route(method: staged.method, pattern: staged.pattern)
            return nil
        } catch { return "\(error)" }
    }

    /// Puts these routes in force: one table for all loops, each takes it in its next turn.
    func publish(_ running: [Generation], _ down: [Generation]) throws(PluginFailure) {
        let table: RouteTable
        do {
            var routes = try HealthRoutes.routes(instances) { [self] in ready }
            for generation in running {
                routes += try self.routes(generation, RouteOwner(generation))
            }
            for generation in down {
                let name = generation.config.name
                let owner = RouteOwner { exchange in
                    "plugin \(name) is not running".withCString {
                        exchange.complete(.NSELF_STATUS_UNAVAILABLE, nself_text($0), nil)
                    }
                }
                routes += try self.routes(generation, owner)
            }
            table = try RouteTable(routes)
        } catch { throw PluginFailure("\(error)") }
        _ = onEachLoop { $0.routes = table }
    }
    private func routes(_ generation: Generation, _ owner: RouteOwner) throws(RouteError) -> [Route]
    {
        var routes: [Route] = []
        for staged in generation.routes {
            routes.append(
                try Route(
                    method: staged.method, pattern: staged.pattern, number: staged.number,
                    flags: staged.flags, bodyMax: staged.bodyMax, timeout: staged.timeout,
                    ratePolicy: staged.ratePolicy, host: generation.config.hostName ?? "",
                    mount: generation.config.mount ?? "", owner: owner,
                    ownerName: generation.config.name))
        }
        return routes
    }

    /// Every loop has a socket of its own for each address (SO_REUSEPORT).
    func listen() throws(StartFailure) {
        var addresses = settings.host.listen.map { ($0, false) }
        if let admin = settings.host.admin { addresses.append((admin, true)) }
        for (address, isAdmin) in addresses {
            guard !address.tls else {
                throw StartFailure(
                    "\(address): this host has no TLS yet; listen without \"tls\" behind a proxy")
            }
            let failures = Locked<[String]>([])
            _ = onEachLoop { front in
                do {
                    try front.listen(address: address.address, port: address.port, admin: isAdmin)
                } catch { failures.withLock { $0.append("\(error)") } }
            }
            if let failure = failures.withLock({ $0.first }) { throw StartFailure(failure) }
        }
    }

    /// Stops accepting, ends idle connections, waits for requests under way. False: some were cut
    /// off at the deadline.
    func drain(milliseconds: Int) -> Bool {
        let limit = UInt64(milliseconds) * 1_000_000
        let deadline = Clock.monotonic() + limit
        let done = Latch(fronts.count)
        for front in fronts {
            nonisolated(unsafe) let front = front
            front.loop.post {
                front.drain(deadline: deadline) { done.countDown() }
            }
        }
        // A second for what the deadline cuts off to be gone.
        return done.wait(nanoseconds: limit + 1_000_000_000) && Clock.monotonic() < deadline
    }

    /// Runs `body` on every loop and waits for all of them. False: a loop does not answer.
    private func onEachLoop(_ body: @escaping @Sendable (Front) -> Void) -> Bool {
        let done = Latch(fronts.count)
        for front in fronts {
            nonisolated(unsafe) let front = front
            front.loop.post {
                body(front)
                done.countDown()
            }
        }
        let answered = done.wait(nanoseconds: 10_000_000_000)
        if !answered {
            runtime.log.error("a loop has not ended its turn for 10 s: a plugin blocks it")
        }
        return answered
    }
}

extension HTTPLimits {
    /// What plugins.toml says; limits of the whole host are shared out among its loops.
    init(_ settings: ResolvedConfig.Limits, loops: Int) {
        self.init()
        func nanoseconds(_ milliseconds: Int) -> UInt64 { UInt64(max(0, milliseconds)) * 1_000_000 }
        bodyBytesMax = UInt64(settings.bodyBytes)
        headBytesMax = settings.headerBytes
        fieldsMax = settings.headerCount
        headTimeout = nanoseconds(settings.headerMilliseconds)
        bodyIdleTimeout = nanoseconds(settings.bodyMilliseconds)
        keepAliveTimeout = nanoseconds(settings.idleMilliseconds)
        writeTimeout = nanoseconds(settings.writeMilliseconds)
        requestTimeout = nanoseconds(settings.requestMilliseconds)
        // The kernel shares connections out unevenly: each loop may hold them all.
        connectionsMax = settings.connections
    }
}
