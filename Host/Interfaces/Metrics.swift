/// nself.host.metrics/1: metrics of an instance.

import CNself
import HostCore
import HostPlugins

enum MetricsInterface {
    static func table() -> UnsafeRawPointer {
        makeTable(nself_host_metrics.self, nself_host_metrics()) { table in
            table.pointee.define = { host, spec, labels, metric in
                guard let spec, let metric else { return .NSELF_STATUS_INVALID_ARGUMENT }
                return MetricsInterface.define(Generation.of(host), spec.pointee, labels, metric)
            }
            table.pointee.record = { host, metric, value in
                Generation.of(host).runtime.metrics.record(Metric(id: metric.id), value)
            }
            table.pointee.set = { host, metric, value in
                Generation.of(host).runtime.metrics.set(Metric(id: metric.id), value)
            }
        }
    }

    private static func define(
        _ generation: Generation, _ spec: nself_metric_spec, _ labels: nself_fields,
        _ metric: UnsafeMutablePointer<nself_metric>
    ) -> nself_status {
        let name = String(borrowed: spec.name)
        guard isName(name) else { return .NSELF_STATUS_INVALID_ARGUMENT }
        var point = MetricPoint(
            MetricKind(rawValue: spec.kind.rawValue) ?? .counter, "nself_plugin_" + name,
            String(borrowed: spec.help), unit: String(borrowed: spec.unit))
        point.labels = [("plugin", generation.config.name)]
        for index in 0..<labels.count {
            let label = String(borrowed: labels.items[index].name)
            guard isName(label), !label.utf8.contains(58) else {
                return .NSELF_STATUS_INVALID_ARGUMENT
            }
            point.labels.append((label, String(borrowed: labels.items[index].value)))
        }
        if point.kind == .histogram {
            point.bucketBounds =
                spec.bucket_bounds == nil
                ? HostCore.Metrics.durationBounds
                : Array(UnsafeBufferPointer(start: spec.bucket_bounds, count: spec.bucket_count))
            guard point.bucketBounds.sorted() == point.bucketBounds else {
                return .NSELF_STATUS_INVALID_ARGUMENT
            }
        }
        guard let made = generation.runtime.metrics.define(point, owner: generation.config.name)
        else {
            return .NSELF_STATUS_RESOURCE_EXHAUSTED
        }
        metric.pointee = nself_metric(id: made.id)
        return .NSELF_STATUS_OK
    }

    /// [a-zA-Z_:][a-zA-Z0-9_:]* (Prometheus data model).
    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
        return name.utf8.allSatisfy {
            (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95
                || $0 == 58
        }
    }
}
