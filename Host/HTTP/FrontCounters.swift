/// What a loop counts about HTTP: plain numbers in arrays, read on the loop.

/// One method and status of one route.
struct RouteSeries {
    var method: HTTPMethod
    var status: UInt16
    var count: UInt64 = 0
    var nanoseconds: UInt64 = 0
    var requestBytes: UInt64 = 0
    var responseBytes: UInt64 = 0
    /// One more than bounds: the last is +Inf. Not cumulative.
    let buckets: UnsafeMutablePointer<UInt64>
}

/// [loop] The series of one route template. Kept when the routing table changes.
final class RouteCounters {
    /// Series of one template: methods times statuses that really occur; the last takes the rest.
    private static let seriesMax = 64

    let template: String
    private let series: UnsafeMutablePointer<RouteSeries>
    private var count = 0

    init(_ template: String) {
        self.template = template
        series = .allocate(capacity: RouteCounters.seriesMax)
    }
    deinit {
        for index in 0..<count { series[index].buckets.deallocate() }
        series.deallocate()
    }

    /// [loop] hot. The first series is the one that nearly always fits.
    func add(
        _ method: HTTPMethod, _ status: UInt16, nanoseconds: UInt64, requestBytes: UInt64,
        responseBytes: UInt64
    ) {
        var index = 0
        while index < count, series[index].status != status || series[index].method != method {
            index += 1
        }
        if index == count { index = make(method, status) }
        let one = series + index
        one.pointee.count &+= 1
        one.pointee.nanoseconds &+= nanoseconds
        one.pointee.requestBytes &+= requestBytes
        one.pointee.responseBytes &+= responseBytes
        var bucket = 0
        while bucket < FrontCounters.bucketBounds.count,
            nanoseconds > FrontCounters.boundNanoseconds[bucket]
        { bucket += 1 }
        one.pointee.buckets[bucket] &+= 1
    }
    private func make(_ method: HTTPMethod, _ status: UInt16) -> Int {
        guard count < RouteCounters.seriesMax - 1 else {
            if count == RouteCounters.seriesMax - 1 { place(.other, 0) }
            return RouteCounters.seriesMax - 1
        }
        place(method, status)
        return count - 1
    }
    private func place(_ method: HTTPMethod, _ status: UInt16) {
        let buckets = UnsafeMutablePointer<UInt64>.allocate(
            capacity: FrontCounters.bucketBounds.count + 1)
        buckets.initialize(repeating: 0, count: FrontCounters.bucketBounds.count + 1)
        (series + count).initialize(
            to: RouteSeries(method: method, status: status, buckets: buckets))
        count += 1
    }
    func forEach(_ body: (RouteSeries) -> Void) {
        for index in 0..<count { body(series[index]) }
    }
}

/// [loop] Of one front. To read it from elsewhere, post to the loop.
public final class FrontCounters {
    /// Seconds, as http.server.request.duration of OpenTelemetry has them.
    public static let bucketBounds: [Double] = [
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]
    /// The same in nanoseconds, made once and never freed.
    nonisolated(unsafe) static let boundNanoseconds: UnsafePointer<UInt64> = {
        let bounds = UnsafeMutablePointer<UInt64>.allocate(capacity: bucketBounds.count)
        for (index, seconds) in bucketBounds.enumerated() {
            bounds[index] = UInt64(seconds * 1_000_000_000)
        }
        return UnsafePointer(bounds)
    }()
    /// The label of requests that met no route.
    public static let noRoute = "none"

    public var connectionsAccepted: UInt64 { accepted }
    /// Beyond the limit.
    public var connectionsRefused: UInt64 { refusedConnections }
    public var connectionsActive: Int { open }
    public var requestsActive: Int { active }
    public var bytesReceived: UInt64 { received }
    public var bytesSent: UInt64 { sent }
    /// Connections that broke or ran out of time while an answer was under way.
    public var answersLost: UInt64 { lost }
    /// Chunks of response streams that nobody waited for any more.
    public var staleChunks: UInt64 { stale }

    // Only this module writes: see Exchange.
    var accepted: UInt64 = 0
    var refusedConnections: UInt64 = 0
    var open = 0
    var active = 0
    var received: UInt64 = 0
    var sent: UInt64 = 0
    var lost: UInt64 = 0
    var stale: UInt64 = 0
    private let refusals: UnsafeMutablePointer<UInt64>
    private var byTemplate: [String: RouteCounters] = [:]

    init() {
        refusals = .allocate(capacity: Refusal.allCases.count)
        refusals.initialize(repeating: 0, count: Refusal.allCases.count)
    }
    deinit { refusals.deallocate() }

    func count(_ refusal: Refusal) { refusals[Int(refusal.rawValue)] &+= 1 }
    /// Requests the front refused, by reason.
    public func refused(_ refusal: Refusal) -> UInt64 { refusals[Int(refusal.rawValue)] }

    /// The counters of a template, the same for ever.
    func route(_ template: String) -> RouteCounters {
        if let known = byTemplate[template] { return known }
        let made = RouteCounters(template)
        byTemplate[template] = made
        return made
    }

    /// One series of http.server.request.duration, and the sizes beside it.
    public struct Series {
        public let template: String
        public let method: HTTPMethod
        /// 0 when the statuses of this template were too many to tell apart.
        public let status: UInt16
        public let count: UInt64
        public let seconds: Double
        public let requestBytes: UInt64
        public let responseBytes: UInt64
        /// Not cumulative; bucketBounds.count + 1 entries, the last is +Inf. Borrowed.
        public let buckets: UnsafeBufferPointer<UInt64>
    }
    public func forEachSeries(_ body: (Series) -> Void) {
        for (template, counters) in byTemplate {
            counters.forEach { one in
                body(
                    Series(
                        template: template, method: one.method, status: one.status,
                        count: one.count,
                        seconds: Double(one.nanoseconds) / 1_000_000_000,
                        requestBytes: one.requestBytes, responseBytes: one.responseBytes,
                        buckets: UnsafeBufferPointer(
                            start: one.buckets, count: FrontCounters.bucketBounds.count + 1)))
            }
        }
    }
}
