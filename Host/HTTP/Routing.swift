/// A routing table in use on one loop, with all that a request needs of its route.

/// What the front needs of a route, resolved once, in memory of this loop: requests neither touch
/// the shared route nor count references to it.
struct RoutePolicy {
    let route: Unmanaged<Route>
    /// The dispatcher's own object.
    let owner: Unmanaged<AnyObject>?
    let counters: Unmanaged<RouteCounters>
    let number: UInt64
    let bodyMax: UInt64
    /// Nanoseconds.
    let timeout: UInt64
    let takesStream: Bool
    /// Served without a principal.
    let isAnonymous: Bool
    let isWebSocket: Bool
}

/// [loop] Lives until the last request that came by it has been answered.
final class Routing {
    let table: RouteTable
    var inFlight = 0
    let policies: UnsafeMutablePointer<RoutePolicy>

    init(_ table: RouteTable, _ counters: FrontCounters, _ limits: HTTPLimits) {
        self.table = table
        policies = .allocate(capacity: max(table.routes.count, 1))
        for (index, route) in table.routes.enumerated() {
            (policies + index).initialize(
                to: Routing.policy(route, counters.route(route.template), limits))
        }
    }
    deinit { policies.deallocate() }

    /// The table keeps the route, FrontCounters the counters for ever.
    static func policy(_ route: Route, _ counters: RouteCounters, _ limits: HTTPLimits)
        -> RoutePolicy
    {
        RoutePolicy(
            route: .passUnretained(route), owner: route.owner.map { .passUnretained($0) },
            counters: .passUnretained(counters), number: route.number,
            bodyMax: route.bodyMax == 0 ? limits.bodyBytesMax : route.bodyMax,
            timeout: route.timeout == 0 ? limits.requestTimeout : route.timeout,
            takesStream: route.takesStream,
            isAnonymous: route.flags.contains(.NSELF_ROUTE_ANONYMOUS),
            isWebSocket: route.flags.contains(.NSELF_ROUTE_WEBSOCKET))
    }
}
