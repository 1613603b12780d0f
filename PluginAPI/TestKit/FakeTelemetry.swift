/// The readings that a FakeHost gives to exporters: whatever the test has put there.

import CNself
import PluginAPI

/// [any]
public final class FakeTelemetry: @unchecked Sendable {  // all state is behind the lock
    public struct Point: Sendable {
        public var kind: nself_metric_kind
        public var name: String
        public var help: String
        public var unit: String
        public var labels: [(String, String)]
        public var value: Double
        public var count: UInt64 = 0
        public var bounds: [Double] = []
        /// Cumulative, one more than bounds.
        public var counts: [UInt64] = []

        public init(
            _ kind: nself_metric_kind, _ name: String, _ help: String = "Help.", unit: String = "",
            labels: [(String, String)] = [], value: Double = 0
        ) {
            self.kind = kind
            self.name = name
            self.help = help
            self.unit = unit
            self.labels = labels
            self.value = value
        }
    }

    private let all = Guarded<[Point]>([])
    private let refused = Guarded<nself_status?>(nil)

    public var points: [Point] {
        get { all.with { $0 } }
        set { all.with { $0 = newValue } }
    }
    /// When set, a reading ends with it.
    public var failure: nself_status? {
        get { refused.with { $0 } }
        set { refused.with { $0 = newValue } }
    }

    /// Lends the points to `done` in the layout of the interface.
    func answer(_ context: UnsafeMutableRawPointer?, _ done: nself_points_done) {
        if let failure {
            return "the reading was refused".withText { done(context, failure, $0.raw, nil, 0) }
        }
        let points = points
        let block = FakeMemory()
        let base = block.take(points.count, nself_metric_point.self)
        for (index, point) in points.enumerated() {
            var raw = nself_metric_point()
            raw.kind = point.kind
            raw.name = block.text(point.name)
            raw.help = block.text(point.help)
            raw.unit = block.text(point.unit)
            let labels = block.take(point.labels.count, nself_field.self)
            for (place, label) in point.labels.enumerated() {
                (labels + place).initialize(
                    to: nself_field(name: block.text(label.0), value: block.text(label.1)))
            }
            raw.labels = nself_fields(items: labels, count: point.labels.count)
            raw.value = point.value
            raw.count = point.count
            let bounds = block.take(point.bounds.count, Double.self)
            for (place, bound) in point.bounds.enumerated() {
                (bounds + place).initialize(to: bound)
            }
            raw.bucket_bounds = UnsafePointer(bounds)
            raw.bucket_count = point.bounds.count
            if !point.counts.isEmpty {
                let counts = block.take(point.counts.count, UInt64.self)
                for (place, count) in point.counts.enumerated() {
                    (counts + place).initialize(to: count)
                }
                raw.bucket_counts = UnsafePointer(counts)
            }
            (base + index).initialize(to: raw)
        }
        done(context, .NSELF_STATUS_OK, nself_string(), base, points.count)
    }
}

/// Memory that is lent for the length of one call and poisoned afterwards: whoever kept a pointer
/// reads nonsense.
private final class FakeMemory {
    private var blocks: [UnsafeMutableRawBufferPointer] = []

    func take<Element>(_ count: Int, _ type: Element.Type) -> UnsafeMutablePointer<Element> {
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 16)
        blocks.append(block)
        return block.baseAddress.unsafelyUnwrapped.bindMemory(to: type, capacity: max(1, count))
    }
    func text(_ text: String) -> nself_string {
        let place = take(text.utf8.count, CChar.self)
        for (index, byte) in text.utf8.enumerated() { place[index] = CChar(bitPattern: byte) }
        return nself_string(data: place, size: text.utf8.count)
    }
    deinit {
        for block in blocks {
            block.initializeMemory(as: UInt8.self, repeating: 0xDE)
            block.deallocate()
        }
    }
}

extension FakeTables {
    nonisolated(unsafe) static let telemetry: UnsafeMutablePointer<nself_host_telemetry> = {
        let table = UnsafeMutablePointer<nself_host_telemetry>.allocate(capacity: 1)
        table.initialize(to: nself_host_telemetry())
        table.pointee.struct_size = UInt32(MemoryLayout<nself_host_telemetry>.size)
        table.pointee.collect = { host, context, done in
            guard let done else { return nself_operation() }
            let request = Unmanaged.passRetained(
                Reading(telemetry: HostSide.of(host).host.telemetry, context: context, done: done))
            HostSide.of(host).host.post(
                HostSide.of(host).host.currentLoop?.index ?? 0,
                FakeLoop.Task(context: request.toOpaque()) { context in
                    guard let context else { return }
                    let reading = Unmanaged<Reading>.fromOpaque(context).takeRetainedValue()
                    reading.telemetry.answer(reading.context, reading.done)
                })
            return nself_operation(id: FakeCalls.nextID())
        }
        return table
    }()

    private final class Reading {
        let telemetry: FakeTelemetry
        let context: UnsafeMutableRawPointer?
        let done: nself_points_done
        init(
            telemetry: FakeTelemetry, context: UnsafeMutableRawPointer?,
            done: @escaping nself_points_done
        ) {
            self.telemetry = telemetry
            self.context = context
            self.done = done
        }
    }
}
