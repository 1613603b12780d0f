/// Metrics for Prometheus: GET /metrics on the admin listener, asked for, never pushed.

import PluginAPI
import Synchronization

final class Prometheus: HTTPHandler, Exporter {
    static let id: StaticString = "dev.nself.prometheus"
    static let version: StaticString = "0.1.0"
    static let concurrency = nself_concurrency.NSELF_CONCURRENCY_PARALLEL

    /// A scrape asks for the metrics itself, so the host brings nothing.
    let signals: ExporterSignals = []
    private let telemetry: Telemetry
    private let scrapes: [Counter]
    private let dropped: Counter
    /// Written by a reload, read once per scrape: too rare for anything but a lock.
    private let settings = Mutex(Settings())

    init(host: Host) throws(PluginError) {
        telemetry = try Telemetry(host)
        let metrics = try Metrics(host)
        scrapes = [
            try metrics.counter("scrapes_total", Prometheus.help, labels: [("format", "text")]),
            try metrics.counter(
                "scrapes_total", Prometheus.help, labels: [("format", "openmetrics")]),
        ]
        dropped = try metrics.counter(
            "points_dropped_total", "Points left out because another metric has their name.")
    }
    private static let help: StaticString = "Readings of all metrics, by format."

    func configure(_ mode: nself_configure_mode, _ configuration: UnsafeRawBufferPointer)
        throws(PluginError)
    {
        let read = try Settings(configuration)
        if mode == .NSELF_CONFIGURE_APPLY { settings.withLock { $0 = read } }
    }

    func routes(_ routes: Routes) throws(PluginError) {
        try settings.withLock { $0.path }.withText { path throws(PluginError) in
            try routes.add(
                Text("GET"), path, flags: [.NSELF_ROUTE_INTERNAL, .NSELF_ROUTE_ANONYMOUS])
        }
    }

    /// [loop]
    func handle(_ request: Request, _ body: consuming Body, _ call: HTTPCall) {
        let format = Format(accept: request.header("accept") ?? .empty)
        let prefix = settings.withLock { $0.prefix }
        telemetry.collect { [scrapes, dropped] reading in
            switch reading {
            case .success(let points):
                var exposition = Exposition(format, prefix: prefix)
                exposition.write(points)
                scrapes[format == .text ? 0 : 1].add()
                if exposition.dropped > 0 { dropped.add(Double(exposition.dropped)) }
                call.respond(200, format.contentType, exposition.finish())
            case .failure(let error):
                call.fail(error)
            }
        }
    }
}

@implementation @c
public func nself_plugin_query(_ host_abi_version: UInt32) -> UnsafePointer<nself_plugin>! {
    export(Prometheus.self, for: host_abi_version)
}
