/// HTTP figures of all loops under OpenTelemetry's semantic names, in Prometheus spelling.

import HostCore
import HostHTTP

final class HTTPMetrics: LoopMetricSource, @unchecked Sendable {  // each front is read on its own loop
    private let fronts: [Front]

    init(_ fronts: [Front]) { self.fronts = fronts }

    /// [loop]
    func collect(on loop: Loop, into points: inout [MetricPoint]) {
        let counters = fronts[Int(loop.index)].counters
        counters.forEachSeries { series in
            let labels = [
                ("http_request_method", "\(series.method.text)"), ("http_route", series.template),
                ("http_response_status_code", series.status == 0 ? "other" : "\(series.status)"),
            ]
            var duration = MetricPoint(
                .histogram, "http_server_request_duration_seconds",
                "Time from the head of a request to the last byte of its answer.", unit: "s",
                labels: labels, value: series.seconds)
            duration.bucketBounds = FrontCounters.bucketBounds
            var running: UInt64 = 0
            for bucket in series.buckets {
                running += bucket
                duration.bucketCounts.append(running)
            }
            duration.count = running
            points.append(duration)
            points.append(
                MetricPoint(
                    .counter, "http_server_request_body_bytes_total", "Content of requests.",
                    unit: "By",
                    labels: labels, value: Double(series.requestBytes)))
            points.append(
                MetricPoint(
                    .counter, "http_server_response_body_bytes_total", "Answers with their heads.",
                    unit: "By",
                    labels: labels, value: Double(series.responseBytes)))
        }
        func add(
            _ kind: MetricKind, _ name: String, _ help: String, _ value: Double, unit: String = ""
        ) {
            points.append(MetricPoint(kind, name, help, unit: unit, value: value))
        }
        add(
            .gauge, "http_server_active_requests", "Requests under way.",
            Double(counters.requestsActive))
        add(
            .gauge, "http_server_open_connections", "Open connections.",
            Double(counters.connectionsActive))
        add(
            .counter, "http_server_connections_total", "Connections that were accepted.",
            Double(counters.connectionsAccepted))
        add(
            .counter, "http_server_connections_refused_total", "Connections beyond the limit.",
            Double(counters.connectionsRefused))
        add(
            .counter, "http_server_network_received_bytes_total", "Bytes from clients.",
            Double(counters.bytesReceived), unit: "By")
        add(
            .counter, "http_server_network_sent_bytes_total", "Bytes to clients.",
            Double(counters.bytesSent), unit: "By")
        add(
            .counter, "http_server_answers_lost_total",
            "Answers whose connection broke or stalled.", Double(counters.answersLost))
        for refusal in Refusal.allCases {
            let count = counters.refused(refusal)
            guard count > 0 else { continue }
            points.append(
                MetricPoint(
                    .counter, "http_server_requests_refused_total",
                    "Requests the front refused itself.",
                    labels: [("reason", "\(refusal)")], value: Double(count)))
        }
    }
}
