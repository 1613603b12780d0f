/// What plugins have counted: series by name and labels.

import CNself
import PluginAPI

/// [any]
public final class FakeMetrics: @unchecked Sendable {  // all state is behind the lock
    public struct Series: Sendable {
        public let name: String
        public let labels: [String: String]
        /// The sum of a counter or histogram, the value of a gauge.
        public var value = 0.0
        /// How often a histogram was observed, or a counter or gauge was changed.
        public var count = 0
    }
    private let all = Guarded<[Series]>([])

    public var series: [Series] { all.with { $0 } }
    /// The sum over the series of that name whose labels include `labels`.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double {
        matching(name, labels).reduce(0) { $0 + $1.value }
    }
    /// Observations over the same series.
    public func count(_ name: String, _ labels: [String: String] = [:]) -> Int {
        matching(name, labels).reduce(0) { $0 + $1.count }
    }
    private func matching(_ name: String, _ labels: [String: String]) -> [Series] {
        series.filter { series in
            series.name == name && labels.allSatisfy { series.labels[$0.key] == $0.value }
        }
    }

    /// Ids are positions, from 1.
    func define(_ name: String, _ labels: [String: String]) -> UInt64 {
        all.with { series in
            if let at = series.firstIndex(where: { $0.name == name && $0.labels == labels }) {
                return UInt64(at + 1)
            }
            series.append(Series(name: name, labels: labels))
            return UInt64(series.count)
        }
    }
    func change(_ id: UInt64, _ change: (inout Series) -> Void) {
        all.with { series in
            guard id > 0, id <= UInt64(series.count) else { return }
            change(&series[Int(id) - 1])
            series[Int(id) - 1].count += 1
        }
    }
}
