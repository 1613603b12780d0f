/// The plugin's metrics. What changes with every request is counted per loop and told by the tick.

import PluginAPI

/// [any] Handles are made once.
final class Meters: @unchecked Sendable {  // immutable once made
    enum State: String, CaseIterable { case connecting, ready }
    /// What a loop has told so far.
    struct Reported {
        var waiting = 0
        var inFlight = 0
        var hits = 0
        var misses = 0
    }

    private let host: Host
    private let table: UnsafePointer<nself_host_metrics>?
    private var connecting = nself_metric()
    private var ready = nself_metric()
    private var waiting = nself_metric()
    private var inFlight = nself_metric()
    private var reconnects = nself_metric()
    private var hits = nself_metric()
    private var misses = nself_metric()
    private var operation = nself_metric()

    init(_ host: Host) {
        self.host = host
        table = host.optionalTable("nself.host.metrics/1", nself_host_metrics.self)
        connecting = define(
            .NSELF_METRIC_GAUGE, "db_connections", Self.connections, "1", "connecting")
        ready = define(.NSELF_METRIC_GAUGE, "db_connections", Self.connections, "1", "ready")
        waiting = define(
            .NSELF_METRIC_GAUGE, "db_requests_waiting", "Requests that wait for a connection.", "1")
        inFlight = define(
            .NSELF_METRIC_GAUGE, "db_requests_in_flight", "Requests the server works on.", "1")
        reconnects = define(
            .NSELF_METRIC_COUNTER, "db_connections_lost_total", "Connections that were lost.", "1")
        hits = define(
            .NSELF_METRIC_COUNTER, "db_prepared_hits_total",
            "Statements that were prepared already.", "1")
        misses = define(
            .NSELF_METRIC_COUNTER, "db_prepared_misses_total",
            "Statements that were prepared for a request.", "1")
        operation = define(
            .NSELF_METRIC_HISTOGRAM, "db_client_operation_duration_seconds",
            "From sending a request to its last result.", "s")
    }
    private static let connections: StaticString = "Connections to the server by state."

    private func define(
        _ kind: nself_metric_kind, _ name: StaticString, _ help: StaticString, _ unit: StaticString,
        _ state: StaticString? = nil
    ) -> nself_metric {
        var metric = nself_metric()
        guard let table else { return metric }
        var spec = nself_metric_spec()
        spec.kind = kind
        spec.name = Text(name).raw
        spec.help = Text(help).raw
        spec.unit = Text(unit).raw
        var label = nself_field(name: Text("state").raw, value: Text(state ?? "").raw)
        withUnsafePointer(to: &label) { label in
            let labels = nself_fields(items: label, count: state == nil ? 0 : 1)
            // A refusal leaves 0, which the host ignores: metrics never stop the database.
            _ = table.pointee.define(host.raw, &spec, labels, &metric)
        }
        return metric
    }

    func connection(_ state: State, _ change: Double) {
        table?.pointee.record(host.raw, state == .ready ? ready : connecting, change)
    }
    func reconnected() { table?.pointee.record(host.raw, reconnects, 1) }
    /// hot
    func duration(_ nanoseconds: UInt64) {
        table?.pointee.record(host.raw, operation, Double(nanoseconds) * 1e-9)
    }
    /// Adds what has changed since the last time: several loops share a series.
    func report(_ before: inout Reported, _ now: Reported) {
        guard let table else { return }
        let add = { [host] (metric: nself_metric, change: Int) in
            if change != 0 { table.pointee.record(host.raw, metric, Double(change)) }
        }
        add(waiting, now.waiting - before.waiting)
        add(inFlight, now.inFlight - before.inFlight)
        add(hits, now.hits - before.hits)
        add(misses, now.misses - before.misses)
        before = now
    }
}
