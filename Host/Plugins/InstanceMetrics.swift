/// The accounts of every instance, as metrics.

import HostCore

extension Registry: MetricSource {
    /// [any]
    public func collect(into points: inout [MetricPoint]) {
        func add(
            _ kind: MetricKind, _ name: String, _ help: String, unit: String = "",
            _ value: (Instance, CallTotals) -> Double
        ) {
            for instance in instances {
                var point = MetricPoint(kind, name, help, unit: unit)
                point.labels = [("plugin", instance.name)]
                point.value = value(instance, instance.totals)
                points.append(point)
            }
        }
        add(.gauge, "nself_plugin_up", "1 while the instance is running.") { instance, _ in
            instance.state.phase == .running ? 1 : 0
        }
        add(.gauge, "nself_plugin_generation", "Generation that serves; 0: none was loaded.") {
            instance, _ in
            Double(instance.current?.number ?? 0)
        }
        add(.gauge, "nself_plugin_calls_active", "Calls into the instance that are under way.") {
            _, totals in
            Double(totals.active)
        }
        add(.counter, "nself_plugin_calls_total", "Calls into the instance that have ended.") {
            _, totals in
            Double(totals.calls)
        }
        add(.counter, "nself_plugin_errors_total", "Calls that ended with another status than OK.")
        { _, totals in
            Double(totals.errors)
        }
        add(
            .counter, "nself_plugin_seconds_total", "Time between calls and their completions.",
            unit: "s"
        ) { _, totals in
            Double(totals.nanoseconds) / 1e9
        }
        add(.counter, "nself_plugin_bytes_total", "Content in both directions.", unit: "By") {
            _, totals in
            Double(totals.bytes)
        }
        points.append(
            MetricPoint(
                .counter, "nself_stale_completions_total",
                "Completions that met no call: late, twice or with an invented number.",
                value: Double(Calls.staleCount)))
    }
}
