/// Metrics: the same series is one series, loops are added up, limits hold.

import HostCore
import Testing

@testable import HostCore

@Suite struct MetricsTests {
    @Test("The same name and labels give the same metric, other labels another one")
    func defineFinds() throws {
        let metrics = Metrics(loopCount: 2)
        var point = MetricPoint(.counter, "requests_total", "Requests.")
        point.labels = [("route", "/a")]
        let first = try #require(metrics.define(point))
        #expect(metrics.define(point) == first)
        point.labels = [("route", "/b")]
        #expect(metrics.define(point) != first)
    }

    @Test("What is recorded on no loop and on a loop is added up")
    func sums() throws {
        let metrics = Metrics(loopCount: 1)
        let counter = try #require(metrics.define(MetricPoint(.counter, "c_total", "C.")))
        let loop = Loop(index: 0)
        metrics.add(counter, 2, loop: loop)
        metrics.add(counter, 3, loop: nil)
        #expect(metrics.collectShared().first { $0.name == "c_total" }?.value == 5)
    }

    @Test("A histogram counts each value in its bucket, cumulatively, with +Inf equal to the count")
    func histogram() throws {
        let metrics = Metrics(loopCount: 1)
        var point = MetricPoint(.histogram, "h_seconds", "H.", unit: "s")
        point.bucketBounds = [0.1, 1]
        let histogram = try #require(metrics.define(point))
        for value in [0.05, 0.1, 0.5, 7] { metrics.record(histogram, value, loop: nil) }
        let read = try #require(metrics.collectShared().first { $0.name == "h_seconds" })
        #expect(read.bucketCounts == [2, 3, 4])
        #expect(read.count == 4)
        #expect(abs(read.value - 7.65) < 1e-9)
    }

    @Test("A gauge is set, and counts up and down from there")
    func gauge() throws {
        let metrics = Metrics(loopCount: 1)
        let gauge = try #require(metrics.define(MetricPoint(.gauge, "g", "G.")))
        metrics.set(gauge, 10)
        metrics.add(gauge, -3, loop: Loop(index: 0))
        #expect(metrics.collectShared().first { $0.name == "g" }?.value == 7)
    }

    @Test("A plugin that defines series without end is stopped at its limit, others are not")
    func seriesLimit() {
        let metrics = Metrics(loopCount: 1)
        var refused = false
        for number in 0...Limits.metricSeriesPerInstanceMax {
            var point = MetricPoint(.counter, "many_total", "Many.")
            point.labels = [("n", "\(number)")]
            if metrics.define(point, owner: "greedy") == nil { refused = true }
        }
        #expect(refused)
        #expect(metrics.define(MetricPoint(.counter, "one_total", "One."), owner: "modest") != nil)
    }

    @Test("Recording into a metric that was never defined changes nothing")
    func unknownMetric() {
        let metrics = Metrics(loopCount: 1)
        metrics.add(Metric(id: 0), 1, loop: nil)
        metrics.record(Metric(id: .max), 1, loop: nil)
        #expect(metrics.collectShared().isEmpty)
    }
}
