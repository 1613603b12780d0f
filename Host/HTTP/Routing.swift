/// A routing table in use on one loop, with the counters of its routes.

/// [loop] Lives until the last request that came by it has been answered: requests count here, so
/// that loops need not count references to shared routes.
final class Routing {
    let table: RouteTable
    var inFlight = 0
    private let countersByIndex: UnsafeMutablePointer<Unmanaged<RouteCounters>>

    init(_ table: RouteTable, _ counters: FrontCounters) {
        self.table = table
        countersByIndex = .allocate(capacity: max(table.routes.count, 1))
        for (index, route) in table.routes.enumerated() {
            // FrontCounters keeps them for ever.
            countersByIndex.advanced(by: index)
                .initialize(to: .passUnretained(counters.route(route.template)))
        }
    }
    deinit { countersByIndex.deallocate() }

    @inline(__always)
    func counters(_ index: Int) -> RouteCounters { countersByIndex[index].takeUnretainedValue() }
}
