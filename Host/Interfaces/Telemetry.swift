/// nself.host.telemetry/1: all metrics of the host and of every instance, as of now.

import CNself
import HostCore
import HostPlugins

enum TelemetryInterface {
    static func table() -> UnsafeRawPointer {
        makeTable(nself_host_telemetry.self, nself_host_telemetry()) { table in
            table.pointee.collect = { host, context, done in
                guard let done else { return nself_operation() }
                let runtime = Generation.of(host).runtime
                nonisolated(unsafe) let context = context
                runtime.collectMetrics(on: runtime.nearestLoop) { points in
                    let points = PointList(points)
                    done(context, .NSELF_STATUS_OK, nself_string(), points.base, points.count)
                }
                return nself_operation()
            }
        }
    }
}

/// Points as the interface lays them out; all texts and arrays in memory that lives as long as this.
private final class PointList {
    let base: UnsafeMutablePointer<nself_metric_point>
    let count: Int
    private var blocks: [UnsafeMutableRawPointer] = []
    private var room: UnsafeMutableRawBufferPointer = .init(start: nil, count: 0)
    private var texts: [String: nself_string] = [:]

    init(_ points: [MetricPoint]) {
        count = points.count
        base = .allocate(capacity: max(1, points.count))
        for (index, point) in points.enumerated() {
            var raw = nself_metric_point()
            raw.name = shared(point.name)
            raw.help = shared(point.help)
            raw.unit = shared(point.unit)
            raw.kind = nself_metric_kind(rawValue: point.kind.rawValue) ?? .NSELF_METRIC_COUNTER
            raw.value = point.value
            raw.count = point.count
            let labels = take(point.labels.count, nself_field.self)
            for (place, label) in point.labels.enumerated() {
                (labels + place).initialize(
                    to: nself_field(name: shared(label.name), value: text(label.value)))
            }
            raw.labels = nself_fields(items: labels, count: point.labels.count)
            let bounds = take(point.bucketBounds.count, Double.self)
            bounds.initialize(from: point.bucketBounds, count: point.bucketBounds.count)
            let counts = take(point.bucketCounts.count, UInt64.self)
            counts.initialize(from: point.bucketCounts, count: point.bucketCounts.count)
            raw.bucket_bounds = UnsafePointer(bounds)
            raw.bucket_counts = UnsafePointer(counts)
            raw.bucket_count = point.bucketBounds.count
            (base + index).initialize(to: raw)
        }
    }
    deinit {
        base.deallocate()
        for block in blocks { block.deallocate() }
    }

    private func take<Element>(_ count: Int, _ type: Element.Type) -> UnsafeMutablePointer<Element>
    {
        let size = (max(1, count) * MemoryLayout<Element>.stride + 15) & ~15
        if room.count < size {
            let block = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(size, 32 << 10), alignment: 16)
            if let start = block.baseAddress { blocks.append(start) }
            room = block
        }
        guard let start = room.baseAddress else {
            preconditionFailure("no memory for a metrics reading")
        }
        room = UnsafeMutableRawBufferPointer(rebasing: room[size...])
        return start.bindMemory(to: type, capacity: max(1, count))
    }
    private func text(_ text: String) -> nself_string {
        let place = take(text.utf8.count, CChar.self)
        for (index, byte) in text.utf8.enumerated() { place[index] = CChar(bitPattern: byte) }
        return nself_string(data: place, size: text.utf8.count)
    }
    /// Names and helps repeat in every series of a family.
    private func shared(_ string: String) -> nself_string {
        if let known = texts[string] { return known }
        let made = text(string)
        texts[string] = made
        return made
    }
}
