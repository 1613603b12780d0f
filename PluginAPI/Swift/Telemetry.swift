/// Reading all metrics of the host and of every instance: for exporters.

/// Points in the host's memory, in no order. Borrowed: valid until the function they were passed
/// to returns.
public struct MetricPoints {
    private let base: UnsafePointer<nself_metric_point>?
    public let count: Int

    public init(_ base: UnsafePointer<nself_metric_point>?, _ count: Int) {
        self.base = base
        self.count = base == nil ? 0 : count
    }
    @inlinable public var indices: Range<Int> { 0..<count }
    public subscript(index: Int) -> UnsafePointer<nself_metric_point> {
        guard let base, index >= 0, index < count else {
            preconditionFailure("metric point \(index) of \(count)")
        }
        return base + index
    }
}

/// [any] Needs the grant `telemetry`.
public struct Telemetry: @unchecked Sendable {  // immutable pointers
    private let host: Host
    private let table: UnsafePointer<nself_host_telemetry>

    public init(_ host: Host) throws(PluginError) {
        self.host = host
        table = try host.table("nself.host.telemetry/1", nself_host_telemetry.self)
    }

    /// What a reading ended with.
    public typealias Reading = Result<MetricPoints, PluginError>

    /// Reads all metrics as of now. `receive` runs once, on the loop this was called on (elsewhere:
    /// loop 0), and never before this returns.
    public func collect(_ receive: @escaping (Reading) -> Void) {
        let context = Unmanaged.passRetained(Receiver(receive)).toOpaque()
        _ = table.pointee.collect(host.raw, context) { context, status, message, points, count in
            guard let context else { return }
            let receiver = Unmanaged<Receiver>.fromOpaque(context).takeRetainedValue()
            if status == .NSELF_STATUS_OK {
                receiver.receive(.success(MetricPoints(points, count)))
            } else {
                receiver.receive(.failure(PluginError(status, String(message))))
            }
        }
    }

    private final class Receiver {
        let receive: (Reading) -> Void
        init(_ receive: @escaping (Reading) -> Void) { self.receive = receive }
    }
}
