/// The HTTP front of one loop: its listeners, its connections, and what they share.

import CNself
import Glibc
import HostCore
import HostShim

/// [loop] unless marked. Lives as long as the process, or until shutDown and its loop's end.
public final class Front {
    public let loop: Loop
    public let limits: HTTPLimits
    public let counters = FrontCounters()
    /// Hears of each answered request.
    public var accessLogger: (any AccessLogger)? {
        get { logger }
        set { logger = newValue }
    }
    private var logger: (any AccessLogger)?

    let handler: any ExchangeHandler
    let blocks = BlockPool()
    let bodies: BodyPool
    let wheel: DeadlineWheel
    let date = DateField()
    let search: RouteSearch
    /// The policy of requests that met no route.
    let noRoute: UnsafeMutablePointer<RoutePolicy>
    let requestIDs = RequestIDs()
    var routing: Routing
    let streams: HandleTable<ResponseStream>
    /// Memory of bodies that are being collected.
    var collectedBytes = 0
    private(set) var isDraining = false

    private let number: UInt32
    private var listeners: [Listener] = []
    private unowned(unsafe) var firstConnection: Connection?
    /// Exchanges hold the front, so the spare ones are kept by hand until shutDown.
    private var firstSpare: Unmanaged<Exchange>?
    private var spareCount = 0
    private var isShutDown = false
    /// Tables of requests that are still under way.
    private var oldRouting: [Routing] = []
    private var drainTimer: LoopTimer?
    private var drained: (() -> Void)?

    /// [any] before the loop runs, else [loop].
    public init(
        loop: Loop, handler: any ExchangeHandler, limits: HTTPLimits = HTTPLimits(),
        routes: RouteTable = .empty, accessLogger: AccessLogger? = nil
    ) {
        self.loop = loop
        self.handler = handler
        self.limits = limits
        logger = accessLogger
        bodies = BodyPool(loop: Unmanaged.passUnretained(loop).toOpaque())
        wheel = DeadlineWheel(loop: loop)
        search = RouteSearch(path: RequestPath(segmentsMax: limits.pathSegmentsMax))
        noRoute = .allocate(capacity: 1)
        noRoute.initialize(
            to: Routing.policy(Route.none, counters.route(FrontCounters.noRoute), limits))
        routing = Routing(routes, counters, limits)
        number = FrontDirectory.claim()
        streams = HandleTable(tag: number)
        FrontDirectory.publish(self, number)
    }
    deinit {
        FrontDirectory.free(number)
        noRoute.deallocate()
        bodies.empty()
    }

    // MARK: routes

    /// The table in force. Requests under way keep the one they came by.
    public var routes: RouteTable {
        get { routing.table }
        set {
            oldRouting.removeAll { $0.inFlight == 0 }
            if routing.inFlight > 0 { oldRouting.append(routing) }
            routing = Routing(newValue, counters, limits)
        }
    }

    // MARK: listening

    /// Opens a listener; `port` 0 takes a free one. Returns the port. `admin`: INTERNAL routes are
    /// served here, and only here.
    @discardableResult
    public func listen(
        address: String, port: UInt16, reusePort: Bool = true, admin: Bool = false
    ) throws(ListenError) -> UInt16 {
        loop.assertOn()
        let listener = try Listener(
            front: self, address: address, port: port, reusePort: reusePort, isAdmin: admin)
        listeners.append(listener)
        return listener.port
    }

    /// A new connection of a listener.
    func accept(_ descriptor: Int32, isAdmin: Bool, _ address: PeerAddress) {
        guard counters.open < limits.connectionsMax else {
            counters.refusedConnections &+= 1
            counters.count(.tooManyConnections)
            let text = Front.overload
            _ = nself_shim_send(descriptor, text.utf8Start, text.utf8CodeUnitCount)
            close(descriptor)
            return
        }
        counters.accepted &+= 1
        counters.open += 1
        let connection = Connection(
            front: self, descriptor: descriptor, isAdmin: isAdmin, address: address)
        _ = Unmanaged.passRetained(connection)  // until `remove`
        connection.next = firstConnection
        firstConnection?.previous = connection
        firstConnection = connection
        connection.open()
    }
    private static let overload: StaticString =
        "HTTP/1.1 503 Service Unavailable\r\nServer: nself\r\nContent-Type: application/json\r\nContent-Length: 83\r\nRetry-After: 1\r\nConnection: close\r\n\r\n{\"error\":\"unavailable\",\"message\":\"too many connections\",\"status\":503,\"requestId\":\"\"}"

    /// The connection has closed itself; its memory goes when nobody is in it any more.
    func remove(_ connection: Connection) {
        connection.next?.previous = connection.previous
        if let previous = connection.previous {
            previous.next = connection.next
        } else {
            firstConnection = connection.next
        }
        counters.open -= 1
        loop.atTurnEnd(Unmanaged.passUnretained(connection).toOpaque()) { pointer in
            guard let pointer else { return }
            Unmanaged<Connection>.fromOpaque(pointer).release()
        }
        if isDraining, counters.open == 0 { finishDrain() }
    }

    // MARK: exchanges

    /// [loop] hot.
    @inline(__always)
    func takeExchange() -> Unmanaged<Exchange> {
        guard let spare = firstSpare else { return .passRetained(Exchange(front: self)) }
        firstSpare = spare._withUnsafeGuaranteedRef { $0.nextSpare }
        spareCount -= 1
        return spare
    }
    /// [loop] hot.
    @inline(__always)
    func giveBack(_ exchange: Exchange) {
        exchange.reset()
        guard spareCount < limits.spareExchangesMax, !isShutDown else {
            Unmanaged.passUnretained(exchange).release()
            return
        }
        exchange.nextSpare = firstSpare
        firstSpare = .passUnretained(exchange)
        spareCount += 1
    }

    /// [loop] hot. Counts and logs a request that has been answered.
    func finished(_ exchange: Exchange, status: UInt16, bytesSent: UInt64) {
        let duration = Clock.monotonic() &- exchange.begunAt
        exchange.policy.pointee.counters._withUnsafeGuaranteedRef {
            $0.add(
                exchange.method, status, nanoseconds: duration,
                requestBytes: exchange.bodyBytes, responseBytes: bytesSent)
        }
        if let logger {
            logger.log(exchange, status: status, bytesSent: bytesSent, duration: duration)
        }
    }

    func streamArrived(_ handle: UInt64, _ status: nself_status, _ chunk: nself_buffer?) {
        if let stream = streams[handle] { return stream.arrived(status, chunk) }
        if let chunk {
            counters.stale &+= 1
            chunk.release?(chunk.owner)
        }
    }

    // MARK: end

    /// Takes no new connections, closes idle ones, lets requests finish and tells their clients so;
    /// closes what is left at `deadline` (monotonic). `completion` runs once, on this loop.
    public func drain(deadline: UInt64, completion: @escaping () -> Void) {
        loop.assertOn()
        guard !isDraining else { return completion() }
        // What the kernel has taken for us is answered, not reset.
        for listener in listeners { listener.finish() }
        listeners.removeAll()
        isDraining = true
        drained = completion
        forEachConnection { $0.drain() }
        guard counters.open > 0 else { return finishDrain() }
        let now = Clock.monotonic()
        drainTimer = loop.schedule(after: deadline > now ? deadline - now : 0) { [self] in
            forEachConnection { $0.abort() }
        }
    }
    private func finishDrain() {
        drainTimer?.cancel()
        drainTimer = nil
        if let drained {
            self.drained = nil
            drained()
        }
    }

    /// Closes everything now.
    public func shutDown() {
        loop.assertOn()
        for listener in listeners { listener.close() }
        listeners.removeAll()
        forEachConnection { $0.abort() }
        isShutDown = true
        while let spare = firstSpare {
            firstSpare = spare._withUnsafeGuaranteedRef { $0.nextSpare }
            spare.release()
        }
    }

    private func forEachConnection(_ body: (Connection) -> Void) {
        var current = firstConnection
        while let connection = current {
            current = connection.next
            body(connection)
        }
    }
}
