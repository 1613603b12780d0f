/// What GET /metrics says: both text formats, rule by rule (O1).

import CNself
import Fixtures
import TestKit
import Testing

@testable import PluginPrometheus

@Suite("Prometheus plugin")
struct PrometheusTests {
    static let openMetrics = "application/openmetrics-text; version=1.0.0"
    /// What Prometheus 2.42 sends.
    static let scraper =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

    static func scrape(
        _ points: [FakeTelemetry.Point], accept: String? = nil, config: String = "{}",
        path: String = "/metrics"
    ) throws -> FakeResponse {
        let host = FakeHost()
        host.telemetry.points = points
        let plugin = try host.load(Prometheus.self, config: config)
        defer { plugin.close() }
        return plugin.get(path, headers: accept.map { [("accept", $0)] } ?? [])
    }
    /// Everything a point can be.
    static var everything: [FakeTelemetry.Point] {
        var histogram = FakeTelemetry.Point(
            .NSELF_METRIC_HISTOGRAM, "http_server_request_duration_seconds",
            "How long requests took.",
            unit: "s", labels: [("http_route", "/v1/graphql")], value: 1.5)
        histogram.bounds = [0.005, 1, 2.5]
        histogram.counts = [1, 2, 2, 3]
        histogram.count = 3
        return [
            FakeTelemetry.Point(
                .NSELF_METRIC_COUNTER, "nself_requests_total", "Requests.",
                labels: [("plugin", "a")], value: 3),
            histogram,
            FakeTelemetry.Point(.NSELF_METRIC_GAUGE, "process_open_fds", "Open files.", value: 12),
            FakeTelemetry.Point(
                .NSELF_METRIC_COUNTER, "nself_requests_total", "Requests.",
                labels: [("plugin", "b")], value: 4),
            FakeTelemetry.Point(
                .NSELF_METRIC_COUNTER, "process_cpu_seconds_total", "CPU time.", unit: "s",
                value: 0.25),
        ]
    }

    @Test("O1: text format 0.0.4 is the answer to whoever does not ask for another")
    func text() throws {
        let answer = try Self.scrape(Self.everything)
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            answer.text == """
                # HELP http_server_request_duration_seconds How long requests took.
                # TYPE http_server_request_duration_seconds histogram
                http_server_request_duration_seconds_bucket{http_route="/v1/graphql",le="0.005"} 1
                http_server_request_duration_seconds_bucket{http_route="/v1/graphql",le="1"} 2
                http_server_request_duration_seconds_bucket{http_route="/v1/graphql",le="2.5"} 2
                http_server_request_duration_seconds_bucket{http_route="/v1/graphql",le="+Inf"} 3
                http_server_request_duration_seconds_sum{http_route="/v1/graphql"} 1.5
                http_server_request_duration_seconds_count{http_route="/v1/graphql"} 3
                # HELP nself_requests_total Requests.
                # TYPE nself_requests_total counter
                nself_requests_total{plugin="a"} 3
                nself_requests_total{plugin="b"} 4
                # HELP process_cpu_seconds_total CPU time.
                # TYPE process_cpu_seconds_total counter
                process_cpu_seconds_total 0.25
                # HELP process_open_fds Open files.
                # TYPE process_open_fds gauge
                process_open_fds 12

                """)
    }

    @Test("O1: OpenMetrics 1.0.0 names families without _total, gives units and ends with # EOF")
    func openMetricsFormat() throws {
        let answer = try Self.scrape(Self.everything, accept: Self.scraper)
        #expect(
            answer.headers["content-type"]
                == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(
            answer.text == """
                # HELP http_server_request_duration_seconds How long requests took.
                # TYPE http_server_request_duration_seconds histogram
                # UNIT http_server_request_duration_seconds seconds
                http_server_request_duration_seconds_bucket{http_route="/v1/graphql",le="0.005"} 1
                http_server_request_duration_seconds_bucket{http_route="/v1/graphql",le="1.0"} 2
                http_server_request_duration_seconds_bucket{http_route="/v1/graphql",le="2.5"} 2
                http_server_request_duration_seconds_bucket{http_route="/v1/graphql",le="+Inf"} 3
                http_server_request_duration_seconds_sum{http_route="/v1/graphql"} 1.5
                http_server_request_duration_seconds_count{http_route="/v1/graphql"} 3
                # HELP nself_requests Requests.
                # TYPE nself_requests counter
                nself_requests_total{plugin="a"} 3
                nself_requests_total{plugin="b"} 4
                # HELP process_cpu_seconds CPU time.
                # TYPE process_cpu_seconds counter
                # UNIT process_cpu_seconds seconds
                process_cpu_seconds_total 0.25
                # HELP process_open_fds Open files.
                # TYPE process_open_fds gauge
                process_open_fds 12
                # EOF

                """)
    }

    @Test(
        "The format follows the qualities of Accept",
        arguments: [
            (nil, Format.text), ("", .text), ("*/*", .text), ("text/html", .text),
            (openMetrics, .openMetrics), (scraper, .openMetrics),
            ("application/openmetrics-text", .openMetrics),
            ("APPLICATION/OpenMetrics-Text ; VERSION=\"1.0.0\"", .openMetrics),
            ("application/openmetrics-text; version=2.0.0", .text),
            ("application/openmetrics-text; version=0.0.1", .text),
            ("text/plain;q=0.9, application/openmetrics-text;q=0.8", .text),
            ("text/plain;q=0.5, application/openmetrics-text;q=0.8", .openMetrics),
            ("application/openmetrics-text;q=0, */*;q=0.1", .text),
            ("application/openmetrics-text;q=nonsense", .text), (";;,,=;q", .text),
        ] as [(String?, Format)])
    func negotiation(_ accept: String?, _ format: Format) throws {
        let answer = try Self.scrape([], accept: accept)
        #expect(answer.text == (format == .text ? "" : "# EOF\n"))
    }

    @Test("Backslashes, line ends and quotes are escaped where the format says so")
    func escapes() throws {
        let point = FakeTelemetry.Point(
            .NSELF_METRIC_GAUGE, "odd", "a \\ and\na \"quote\"", labels: [("path", "C:\\x\n\"y\"")],
            value: 1)
        #expect(
            try Self.scrape([point]).text == #"""
                # HELP odd a \\ and\na "quote"
                # TYPE odd gauge
                odd{path="C:\\x\n\"y\""} 1

                """#)
        #expect(
            try Self.scrape([point], accept: Self.openMetrics).text.hasPrefix(
                #"# HELP odd a \\ and\na \"quote\""#))
    }

    @Test("Names that are not Prometheus names are made so, and units get into them")
    func names() throws {
        let answer = try Self.scrape([
            FakeTelemetry.Point(.NSELF_METRIC_HISTOGRAM, "http.client.duration", unit: "s"),
            FakeTelemetry.Point(
                .NSELF_METRIC_GAUGE, "9 lives", labels: [("what.for:x", "y")], value: 9),
            FakeTelemetry.Point(.NSELF_METRIC_COUNTER, "io", unit: "By", value: 5),
            FakeTelemetry.Point(.NSELF_METRIC_GAUGE, "share", unit: "1", value: 0.5),
            FakeTelemetry.Point(.NSELF_METRIC_GAUGE, "waiting", unit: "{requests}", value: 2),
        ]).text
        #expect(answer.contains("# TYPE http_client_duration_seconds histogram\n"))
        #expect(answer.contains("http_client_duration_seconds_bucket{le=\"+Inf\"} 0\n"))
        #expect(answer.contains("_9_lives{what_for_x=\"y\"} 9\n"))
        #expect(answer.contains("io_bytes_total 5\n"))
        #expect(answer.contains("\nshare 0.5\n"))
        #expect(answer.contains("\nwaiting 2\n"))
    }

    @Test("Values are written so that they read back as they were")
    func values() throws {
        let values: [(Double, String)] = [
            (0, "0"), (-1, "-1"), (0.1, "0.1"), (1e-7, "1e-07"), (1e300, "1e+300"),
            (9_007_199_254_740_991, "9007199254740991"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"),
        ]
        for (value, text) in values {
            let answer = try Self.scrape([
                FakeTelemetry.Point(.NSELF_METRIC_GAUGE, "x", value: value)
            ]).text
            #expect(answer.hasSuffix("\nx \(text)\n"))
        }
    }

    @Test("The last bucket and the count are one number, also in a torn reading")
    func torn() throws {
        var point = FakeTelemetry.Point(.NSELF_METRIC_HISTOGRAM, "h", value: 1)
        point.bounds = [1]
        point.counts = [1, 5]
        point.count = 4
        let answer = try Self.scrape([point]).text
        #expect(answer.contains("h_bucket{le=\"+Inf\"} 5\n"))
        #expect(answer.contains("h_count 5\n"))
    }

    @Test("Two metrics of one name: the first stays, the other is left out and counted")
    func collision() throws {
        let host = FakeHost()
        host.telemetry.points = [
            FakeTelemetry.Point(.NSELF_METRIC_COUNTER, "a_total", value: 1),
            FakeTelemetry.Point(.NSELF_METRIC_COUNTER, "a", value: 2),
            FakeTelemetry.Point(.NSELF_METRIC_GAUGE, "b", value: 3),
            FakeTelemetry.Point(.NSELF_METRIC_HISTOGRAM, "b", value: 4),
        ]
        let plugin = try host.load(Prometheus.self)
        defer { plugin.close() }
        let answer = plugin.get("/metrics").text
        #expect(answer.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }.count == 2)
        #expect(host.metrics.value("points_dropped_total") == 2)
        #expect(host.metrics.value("scrapes_total", ["format": "text"]) == 1)
    }

    @Test("Bytes that are not UTF-8 do not cost the scraper the whole answer")
    func repaired() {
        var exposition = Exposition(.text, prefix: "")
        let value: [UInt8] = [0x66, 0xFF, 0x22]
        value.withUnsafeBytes { bytes in
            var field = nself_field(
                name: nself_string(),
                value: nself_string(
                    data: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), size: bytes.count)
            )
            withUnsafePointer(to: &field) { field in
                var point = nself_metric_point()
                point.kind = .NSELF_METRIC_GAUGE
                point.labels = nself_fields(items: field, count: 1)
                withUnsafePointer(to: &point) { exposition.write(.init($0, 1)) }
            }
        }
        var buffer = exposition.finish()
        let text = String(
            decoding: UnsafeRawBufferPointer(start: buffer.data, count: buffer.size), as: UTF8.self)
        nself_buffer_release(&buffer)
        #expect(text.hasSuffix("_{_=\"f\u{FFFD}\\\"\"} 0\n"))
    }

    @Test(
        "The path and a prefix come from the configuration; the route is on the admin listener only"
    )
    func configured() throws {
        let host = FakeHost()
        host.telemetry.points = [FakeTelemetry.Point(.NSELF_METRIC_GAUGE, "x", value: 1)]
        let plugin = try host.load(
            Prometheus.self, config: #"{"path":"/internal/metrics","prefix":"shop_"}"#)
        defer { plugin.close() }
        #expect(plugin.routes.map(\.pattern) == ["/internal/metrics"])
        #expect(plugin.routes[0].flags & nself_route_flags.NSELF_ROUTE_INTERNAL.rawValue != 0)
        #expect(plugin.get("/internal/metrics").text.hasSuffix("\nshop_x 1\n"))
    }

    @Test("A reading that fails is the answer's failure")
    func failure() throws {
        let host = FakeHost()
        host.telemetry.failure = .NSELF_STATUS_UNAVAILABLE
        let plugin = try host.load(Prometheus.self)
        defer { plugin.close() }
        let answer = plugin.get("/metrics")
        #expect(answer.failure != nil)
    }

    @Test("The exporter role is there and asks for no signal")
    func role() throws {
        let plugin = try FakeHost().load(Prometheus.self)
        defer { plugin.close() }
        let role = try #require(plugin.role("nself.role.exporter/1"))
        let table = role.assumingMemoryBound(to: nself_exporter.self)
        #expect(table.pointee.struct_size == UInt32(MemoryLayout<nself_exporter>.size))
        #expect(
            table.pointee.metrics == nil && table.pointee.logs == nil && table.pointee.spans == nil)
    }

    @Test("O1: promtool finds nothing", .enabled(if: Program.find("promtool") != nil))
    func promtool() throws {
        let answer = try Self.scrape(Self.everything)
        let directory = try TemporaryDirectory()
        try Repository.write(answer.bytes, to: directory.path + "/metrics")
        let result = try Program.run([
            "sh", "-c", "promtool check metrics < \(directory.path)/metrics",
        ])
        #expect(result.status == 0)
        #expect(result.output + result.errors == "")
    }
}
