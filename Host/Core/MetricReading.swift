/// One reading of all metrics: each loop adds what it counts, the last one hands it over.

extension Runtime {
    /// Calls `done` on `loop` with every series as of now. [any]
    public func collectMetrics(on loop: Loop, _ done: @escaping @Sendable ([MetricPoint]) -> Void) {
        let sources = metrics.loopSources
        let reading = MetricReading(metrics.collectShared(), waitingFor: loops.count)
        for one in loops {
            one.post {
                var points: [MetricPoint] = []
                for source in sources { source.collect(on: one, into: &points) }
                if let all = reading.add(points) { loop.post { done(all) } }
            }
        }
    }
}

/// [any] The lock is held while one loop's points are added.
private final class MetricReading: Sendable {
    private struct State {
        var points: [MetricPoint]
        var places: [String: Int] = [:]
        var waitingFor: Int
    }
    private let state: Locked<State>

    init(_ points: [MetricPoint], waitingFor loops: Int) {
        state = Locked(State(points: points, waitingFor: loops))
    }

    /// All points once the last loop has added its own.
    func add(_ points: [MetricPoint]) -> [MetricPoint]? {
        state.withLock { state in
            for point in points {
                var key = point.name
                for label in point.labels { key += "\u{0}\(label.name)\u{0}\(label.value)" }
                if let place = state.places[key] {
                    state.points[place].merge(point)
                } else {
                    state.places[key] = state.points.count
                    state.points.append(point)
                }
            }
            state.waitingFor -= 1
            return state.waitingFor == 0 ? state.points : nil
        }
    }
}

extension MetricPoint {
    fileprivate mutating func merge(_ other: MetricPoint) {
        value += other.value
        count += other.count
        for index in bucketCounts.indices where index < other.bucketCounts.count {
            bucketCounts[index] += other.bucketCounts[index]
        }
    }
}
