/// The overlay for metrics, exporters and services, as a plugin uses it.

import CNself
import TestKit
import Testing

@testable import PluginAPI

/// Counts what it is brought, and says it is ill when told so.
private final class Meter: Exporter, Service {
    static let id: StaticString = "dev.nself.test.meter"
    static let version: StaticString = "1.0.0"

    let signals: ExporterSignals = [.metrics, .logs]
    let handle: Host
    let calls: Counter
    let level: Gauge
    let waits: Histogram
    var points = 0
    var records = 0
    var isIll = false

    init(host: Host) throws(PluginError) {
        handle = host
        let metrics = try Metrics(host)
        calls = try metrics.counter(
            "calls_total", "Calls.", labels: [("kind", "ä"), ("where", "here")])
        level = try metrics.gauge("level_bytes", "Level.", unit: "By")
        waits = try metrics.histogram("wait_seconds", "Waits.", unit: "s", bounds: [0.1, 1])
    }
    func export(_ points: MetricPoints, _ call: Call) {
        self.points += points.count
        call.succeed()
    }
    func export(_ records: UnsafePointer<nself_log_record>, _ count: Int, _ call: Call) {
        self.records += count
        call.succeed()
    }
    func health(_ call: Call) {
        isIll ? call.complete(.NSELF_STATUS_UNAVAILABLE, Text("ill")) : call.succeed()
    }
    var openAPI: Text { Text(#"{"openapi":"3.1.0"}"#) }
}

@Suite("Metrics, exporters, services")
struct MetricTests {
    @Test("Counters add, gauges are set, histograms observe, each in its own series")
    func records() throws {
        let host = FakeHost()
        let plugin = try host.load(Meter.self)
        defer { plugin.close() }
        let meter = plugin.plugin
        meter.calls.add()
        meter.calls.add(2)
        meter.level.set(10)
        meter.level.add(-3)
        meter.waits.observe(0.5)
        meter.waits.observe(0.25)
        #expect(host.metrics.value("calls_total", ["kind": "ä", "where": "here"]) == 3)
        #expect(host.metrics.value("level_bytes") == 7)
        #expect(host.metrics.value("wait_seconds") == 0.75)
        #expect(host.metrics.count("wait_seconds") == 2)
    }

    @Test("The exporter table has a function for each signal that is wanted, and no other")
    func signals() throws {
        let plugin = try FakeHost().load(Meter.self)
        defer { plugin.close() }
        let role = try #require(plugin.role(NSELF_ROLE_EXPORTER_ID))
        let table = role.assumingMemoryBound(to: nself_exporter.self)
        #expect(table.pointee.metrics != nil && table.pointee.logs != nil)
        #expect(table.pointee.spans == nil)
        var point = nself_metric_point()
        var record = nself_log_record()
        let done: nself_done = { _, status, _ in #expect(status == .NSELF_STATUS_OK) }
        table.pointee.metrics?(plugin.instance, &point, 1, nself_call(id: 1), done)
        table.pointee.logs?(plugin.instance, &record, 1, nself_call(id: 2), done)
        #expect(plugin.plugin.points == 1 && plugin.plugin.records == 1)
    }

    @Test("The service table gives health and description")
    func service() throws {
        let plugin = try FakeHost().load(Meter.self)
        defer { plugin.close() }
        let role = try #require(plugin.role(NSELF_ROLE_SERVICE_ID))
        let table = role.assumingMemoryBound(to: nself_service.self)
        table.pointee.health(plugin.instance, nself_call(id: 1)) { _, status, _ in
            #expect(status == .NSELF_STATUS_OK)
        }
        plugin.plugin.isIll = true
        table.pointee.health(plugin.instance, nself_call(id: 2)) { _, status, message in
            #expect(status == .NSELF_STATUS_UNAVAILABLE)
            #expect(String(message) == "ill")
        }
        let document = table.pointee.openapi_json(plugin.instance)
        #expect(
            String(
                decoding: UnsafeRawBufferPointer(start: document.data, count: document.size),
                as: UTF8.self) == #"{"openapi":"3.1.0"}"#)
    }

    @Test("A reading comes after the question, and its failure is an error")
    func telemetry() throws {
        let host = FakeHost()
        host.telemetry.points = [
            FakeTelemetry.Point(
                .NSELF_METRIC_GAUGE, "x", labels: [("a", "b")], value: 4)
        ]
        let plugin = try host.load(Meter.self)
        defer { plugin.close() }
        let telemetry = try Telemetry(plugin.plugin.handle)
        var seen: [String] = []
        var isAsking = true
        telemetry.collect { reading in
            #expect(!isAsking)
            guard case .success(let points) = reading else { return }
            for index in points.indices { seen.append(String(points[index].pointee.name)) }
        }
        isAsking = false
        host.run { !seen.isEmpty }
        #expect(seen == ["x"])
        host.telemetry.failure = .NSELF_STATUS_UNAVAILABLE
        var failure: PluginError?
        telemetry.collect { reading in
            if case .failure(let error) = reading { failure = error }
        }
        host.run { failure != nil }
        #expect(failure?.status == .NSELF_STATUS_UNAVAILABLE)
    }
}
