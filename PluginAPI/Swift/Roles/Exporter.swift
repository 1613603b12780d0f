/// Role nself.role.exporter/1: taking metrics, logs and spans away.

/// Which of them the host brings.
public struct ExporterSignals: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let metrics = ExporterSignals(rawValue: 1)
    public static let logs = ExporterSignals(rawValue: 2)
    public static let spans = ExporterSignals(rawValue: 4)
    static let kindsCount = 3
}

/// The host batches, tries a batch that was answered UNAVAILABLE again, and counts what it drops.
/// What is passed is borrowed until the call has been completed. An exporter that is asked, as by a
/// scrape, names no signal and uses `Telemetry`.
public protocol Exporter: Plugin {
    /// The same for the life of the instance.
    var signals: ExporterSignals { get }

    func export(_ points: MetricPoints, _ call: Call)  // [loop]
    func export(_ records: UnsafePointer<nself_log_record>, _ count: Int, _ call: Call)  // [loop]
    func export(_ spans: UnsafePointer<nself_span>, _ count: Int, _ call: Call)  // [loop]
}

extension Exporter {
    public func export(_ points: MetricPoints, _ call: Call) {
        call.complete(.NSELF_STATUS_UNIMPLEMENTED)
    }
    public func export(_ records: UnsafePointer<nself_log_record>, _ count: Int, _ call: Call) {
        call.complete(.NSELF_STATUS_UNIMPLEMENTED)
    }
    public func export(_ spans: UnsafePointer<nself_span>, _ count: Int, _ call: Call) {
        call.complete(.NSELF_STATUS_UNIMPLEMENTED)
    }
}

/// A function that is null is a signal nobody brings: one table for each set of signals.
func exporterTable(_ signals: ExporterSignals) -> UnsafePointer<nself_exporter> {
    UnsafePointer(exporterTables + Int(signals.rawValue) % exporterTablesCount)
}

private let exporterTablesCount = 1 << ExporterSignals.kindsCount

nonisolated(unsafe) private let exporterTables: UnsafeMutablePointer<nself_exporter> = {
    let tables = UnsafeMutablePointer<nself_exporter>.allocate(capacity: exporterTablesCount)
    for index in 0..<exporterTablesCount {
        let signals = ExporterSignals(rawValue: UInt8(index))
        var table = nself_exporter()
        table.struct_size = UInt32(MemoryLayout<nself_exporter>.size)
        if signals.contains(.metrics) {
            table.metrics = { instance, points, count, call, done in
                guard let done, let exporter = Instance.at(instance).exporter else { return }
                exporter.export(MetricPoints(points, count), Call(call, done))
            }
        }
        if signals.contains(.logs) {
            table.logs = { instance, records, count, call, done in
                guard let done, let exporter = Instance.at(instance).exporter else { return }
                guard let records else { return Call(call, done).succeed() }
                exporter.export(records, count, Call(call, done))
            }
        }
        if signals.contains(.spans) {
            table.spans = { instance, spans, count, call, done in
                guard let done, let exporter = Instance.at(instance).exporter else { return }
                guard let spans else { return Call(call, done).succeed() }
                exporter.export(spans, count, Call(call, done))
            }
        }
        (tables + index).initialize(to: table)
    }
    return tables
}()
