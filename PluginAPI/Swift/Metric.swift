/// Metrics of an instance: defined once, recorded without a lock.

/// Defines series. The host puts `nself_plugin_` before each name and adds the label `plugin`. [any]
///
///     let sent = try Metrics(host).counter("mails_sent_total", "Mails the relay has taken.")
///     sent.add()
public struct Metrics: @unchecked Sendable {  // immutable pointers
    private let host: Host
    private let table: UnsafePointer<nself_host_metrics>

    public init(_ host: Host) throws(PluginError) {
        self.host = host
        table = try host.table("nself.host.metrics/1", nself_host_metrics.self)
    }

    /// `name` by Prometheus' rules, `unit` by UCUM ("s", "By", empty for a number). The same name
    /// and labels give the same series. Throws RESOURCE_EXHAUSTED past the instance's limit.
    public func counter(
        _ name: StaticString, _ help: StaticString, unit: StaticString = "",
        labels: [(StaticString, String)] = []
    ) throws(PluginError) -> Counter {
        Counter(series: try define(.NSELF_METRIC_COUNTER, name, help, unit, labels, []))
    }
    public func gauge(
        _ name: StaticString, _ help: StaticString, unit: StaticString = "",
        labels: [(StaticString, String)] = []
    ) throws(PluginError) -> Gauge {
        Gauge(series: try define(.NSELF_METRIC_GAUGE, name, help, unit, labels, []))
    }
    /// `bounds` are upper ends of buckets, ascending, without infinity; empty: the host's default,
    /// which suits durations in seconds.
    public func histogram(
        _ name: StaticString, _ help: StaticString, unit: StaticString = "",
        labels: [(StaticString, String)] = [], bounds: [Double] = []
    ) throws(PluginError) -> Histogram {
        Histogram(series: try define(.NSELF_METRIC_HISTOGRAM, name, help, unit, labels, bounds))
    }

    private func define(
        _ kind: nself_metric_kind, _ name: StaticString, _ help: StaticString,
        _ unit: StaticString, _ labels: [(StaticString, String)], _ bounds: [Double]
    ) throws(PluginError) -> Series {
        var spec = nself_metric_spec()
        spec.kind = kind
        spec.name = Text(name).raw
        spec.help = Text(help).raw
        spec.unit = Text(unit).raw
        var metric = nself_metric()
        let status = Metrics.withFields(labels) { fields in
            bounds.withUnsafeBufferPointer { bounds in
                spec.bucket_bounds = bounds.isEmpty ? nil : bounds.baseAddress
                spec.bucket_count = bounds.count
                return table.pointee.define(host.raw, &spec, fields, &metric)
            }
        }
        guard status == .NSELF_STATUS_OK else {
            throw PluginError(status, "\(host.instance) cannot define the metric \(name)")
        }
        return Series(host: host, table: table, metric: metric)
    }

    /// Lends the labels as C knows them: names are immortal, values are copied side by side.
    private static func withFields<Result>(
        _ labels: [(StaticString, String)], _ body: (nself_fields) -> Result
    ) -> Result {
        let values = labels.flatMap { Array($0.1.utf8) }
        return values.withUnsafeBytes { bytes in
            let fields = UnsafeMutablePointer<nself_field>.allocate(capacity: max(1, labels.count))
            defer { fields.deallocate() }
            var offset = 0
            for (index, label) in labels.enumerated() {
                let size = label.1.utf8.count
                let value = Text(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + size]))
                (fields + index).initialize(
                    to: nself_field(name: Text(label.0).raw, value: value.raw))
                offset += size
            }
            return body(nself_fields(items: fields, count: labels.count))
        }
    }
}

/// One series and the host that counts it.
struct Series: @unchecked Sendable {  // a number and immutable pointers
    let host: Host
    let table: UnsafePointer<nself_host_metrics>
    let metric: nself_metric

    func record(_ value: Double) { table.pointee.record(host.raw, metric, value) }
}

/// Only grows. [any]
public struct Counter: Sendable {
    let series: Series
    public func add(_ amount: Double = 1) { series.record(amount) }
}

/// Goes up and down. [any]
public struct Gauge: Sendable {
    let series: Series
    public func add(_ amount: Double) { series.record(amount) }
    public func set(_ value: Double) {
        series.table.pointee.set(series.host.raw, series.metric, value)
    }
}

/// Counts observations in buckets. [any]
public struct Histogram: Sendable {
    let series: Series
    public func observe(_ value: Double) { series.record(value) }
}
