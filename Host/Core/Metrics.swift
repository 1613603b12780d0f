/// The metrics of the host and of all plugins: values per loop, added up when they are read.

import Synchronization

public enum MetricKind: UInt32, Sendable {
    case counter = 0
    case gauge = 1
    case histogram = 2
}

/// One series as it is read: what an exporter gets.
public struct MetricPoint: Sendable {
    public var name: String
    public var help: String
    public var unit: String
    public var kind: MetricKind
    public var labels: [(name: String, value: String)]
    /// Histogram: the sum.
    public var value: Double
    public var count: UInt64 = 0
    public var bucketBounds: [Double] = []
    /// Cumulative; one more than bounds: +Inf.
    public var bucketCounts: [UInt64] = []

    public init(
        _ kind: MetricKind, _ name: String, _ help: String, unit: String = "",
        labels: [(name: String, value: String)] = [], value: Double = 0
    ) {
        self.kind = kind
        self.name = name
        self.help = help
        self.unit = unit
        self.labels = labels
        self.value = value
    }
}

/// Where to record: an offset into the values of each loop. 0 is never a metric.
public struct Metric: Sendable, Equatable {
    public let id: UInt64
    public init(id: UInt64) { self.id = id }
}

/// Something that has values of its own and adds them to a reading. [any]
public protocol MetricSource: AnyObject, Sendable {
    func collect(into points: inout [MetricPoint])
}

/// Something that counts per loop without atomics: it is asked on each loop in turn.
public protocol LoopMetricSource: AnyObject, Sendable {
    /// [loop] Points of equal name and labels from several loops are added up.
    func collect(on loop: Loop, into points: inout [MetricPoint])
}

public final class Metrics: @unchecked Sendable {  // values are atomics, the rest is behind the mutex
    /// Of OpenTelemetry's HTTP semantic conventions, in seconds.
    public static let durationBounds: [Double] = [
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]

    private struct Series {
        let point: MetricPoint
        let owner: String
        let offset: Int
    }
    private struct State {
        var series: [Series] = []
        var byKey: [String: Int] = [:]
        var used = 1  // offset 0 is nobody's
        var sources: [any MetricSource] = []
        var loopSources: [any LoopMetricSource] = []
        var perOwner: [String: Int] = [:]
    }
    private typealias Value = Atomic<UInt64>
    private let loopCount: Int
    /// One block per loop, written by that loop only, and a last one for all other threads.
    private let values: [UnsafeMutablePointer<Value>]
    /// Definitions are rare: start-up, a new route, a scrape.
    private let state = Locked(State())
    /// Bucket bounds by offset, written before the metric is handed out and never changed.
    private let boundsByOffset: UnsafeMutablePointer<UnsafePointer<Double>?>

    public init(loopCount: Int) {
        self.loopCount = loopCount
        values = (0...loopCount).map { _ in
            let block = UnsafeMutablePointer<Value>.allocate(capacity: Limits.metricValuesMax)
            return block  // initialised by define, so that pages are touched as they are used
        }
        boundsByOffset = .allocate(capacity: Limits.metricValuesMax)
    }

    /// Adds values that are kept elsewhere to every reading.
    public func addSource(_ source: any MetricSource) {
        state.withLock { $0.sources.append(source) }
    }

    public func addLoopSource(_ source: any LoopMetricSource) {
        state.withLock { $0.loopSources.append(source) }
    }
    var loopSources: [any LoopMetricSource] { state.withLock { $0.loopSources } }

    /// Registers a series, or finds it: the same name and labels give the same metric. Nil when the
    /// owner's or the host's limit is reached. [any]
    public func define(_ point: MetricPoint, owner: String = "host") -> Metric? {
        var key = point.name
        for label in point.labels { key += "\u{0}\(label.name)\u{0}\(label.value)" }
        return state.withLock { state in
            if let index = state.byKey[key] { return pack(state.series[index]) }
            let size = point.kind == .histogram ? point.bucketBounds.count + 2 : 1
            let owned = state.perOwner[owner, default: 0]
            guard state.used + size <= Limits.metricValuesMax, point.bucketBounds.count < 256,
                owner == "host" || owned < Limits.metricSeriesPerInstanceMax
            else { return nil }
            for block in values {
                for index in state.used..<(state.used + size) {
                    (block + index).initialize(to: Value(0))
                }
            }
            let series = Series(point: point, owner: owner, offset: state.used)
            let bounds = UnsafeMutablePointer<Double>.allocate(
                capacity: max(1, point.bucketBounds.count))
            bounds.initialize(from: point.bucketBounds, count: point.bucketBounds.count)
            (boundsByOffset + state.used).initialize(to: UnsafePointer(bounds))
            state.byKey[key] = state.series.count
            state.perOwner[owner] = owned + 1
            state.series.append(series)
            state.used += size
            return pack(series)
        }
    }
    /// kind << 40 | bounds << 32 | offset, so that recording needs no table.
    private func pack(_ series: Series) -> Metric {
        Metric(
            id: UInt64(series.point.kind.rawValue) << 40
                | UInt64(series.point.bucketBounds.count) << 32 | UInt64(series.offset))
    }

    /// Adds to a counter or gauge. [any] hot: a load and a store on a loop.
    public func add(_ metric: Metric, _ value: Double, loop: Loop? = Loop.current) {
        let offset = Int(metric.id & 0xFFFF_FFFF)
        guard offset != 0, offset < Limits.metricValuesMax else { return }
        if metric.id >> 40 == UInt64(MetricKind.gauge.rawValue) {
            addShared(offset, value)
        } else {
            addLocal(offset, value, loop)
        }
    }
    /// Sets a gauge. [any]
    public func set(_ metric: Metric, _ value: Double) {
        let offset = Int(metric.id & 0xFFFF_FFFF)
        guard offset != 0, offset < Limits.metricValuesMax else { return }
        values[loopCount][offset].store(value.bitPattern, ordering: .relaxed)
    }
    /// Observes a value of a histogram; adds to any other kind. [any] hot
    public func record(_ metric: Metric, _ value: Double, loop: Loop? = Loop.current) {
        guard metric.id >> 40 == UInt64(MetricKind.histogram.rawValue) else {
            return add(metric, value, loop: loop)
        }
        let offset = Int(metric.id & 0xFFFF_FFFF)
        let count = Int(metric.id >> 32 & 0xFF)
        guard offset != 0, offset + count + 1 < Limits.metricValuesMax,
            let bounds = boundsByOffset[offset]
        else { return }
        var bucket = 0
        while bucket < count, value > bounds[bucket] { bucket += 1 }
        addLocal(offset, value, loop)
        addLocal(offset + 1 + bucket, 1, loop)
    }
    private func addLocal(_ offset: Int, _ value: Double, _ loop: Loop?) {
        guard let loop, Int(loop.index) < loopCount else { return addShared(offset, value) }
        let place = values[Int(loop.index)] + offset
        let old = Double(bitPattern: place.pointee.load(ordering: .relaxed))
        place.pointee.store((old + value).bitPattern, ordering: .relaxed)
    }
    private func addShared(_ offset: Int, _ value: Double) {
        let place = values[loopCount] + offset
        var seen = place.pointee.load(ordering: .relaxed)
        while true {
            let wanted = (Double(bitPattern: seen) + value).bitPattern
            let (exchanged, original) = place.pointee.weakCompareExchange(
                expected: seen, desired: wanted, ordering: .relaxed)
            if exchanged { return }
            seen = original
        }
    }

    /// All series but those of loop sources, as of now. [any]
    func collectShared() -> [MetricPoint] {
        let (series, sources) = state.withLock { ($0.series, $0.sources) }
        var points: [MetricPoint] = []
        points.reserveCapacity(series.count + 64)
        for one in series {
            var point = one.point
            point.value = total(one.offset)
            if point.kind == .histogram {
                var running: UInt64 = 0
                for bucket in 0...point.bucketBounds.count {
                    running += UInt64(total(one.offset + 1 + bucket))
                    point.bucketCounts.append(running)
                }
                point.count = running
            }
            points.append(point)
        }
        for source in sources { source.collect(into: &points) }
        return points
    }
    private func total(_ offset: Int) -> Double {
        var sum = 0.0
        for block in values { sum += Double(bitPattern: block[offset].load(ordering: .relaxed)) }
        return sum
    }
}
