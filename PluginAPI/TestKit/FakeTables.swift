/// The host tables a FakeHost serves by itself, as C function pointers.

import CNself
import PluginAPI

/// What `nself_host.context` points to: the host, and which instance asks.
final class HostSide {
    unowned let host: FakeHost
    let name: String
    let directory: String
    /// What `configure` was last given; kept until the host side goes.
    private(set) var configuration = nself_bytes()
    var routes: [FakeRoute] = []
    let raw: UnsafeMutablePointer<nself_host>
    private let text: UnsafeMutablePointer<CChar>

    init(_ host: FakeHost, _ name: String, _ directory: String) {
        self.host = host
        self.name = name
        self.directory = directory
        let bytes = Array((name + "\0" + directory + "\0").utf8)
        text = .allocate(capacity: bytes.count)
        for (index, byte) in bytes.enumerated() { text[index] = CChar(bitPattern: byte) }
        raw = .allocate(capacity: 1)
        raw.initialize(to: nself_host())
        raw.pointee.struct_size = UInt32(MemoryLayout<nself_host>.size)
        raw.pointee.abi_version = UInt32(NSELF_ABI_VERSION)
        raw.pointee.generation = 1
        raw.pointee.version = Text("0.0.0").raw
        raw.pointee.instance = nself_string(data: text, size: name.utf8.count)
        raw.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        raw.pointee.get_interface = { host, id in
            guard let id else { return nil }
            return HostSide.of(host).interface(String(cString: id))
        }
    }
    deinit {
        raw.deallocate()
        text.deallocate()
        configuration.data?.deallocate()
    }

    func setConfiguration(_ json: String) {
        configuration.data?.deallocate()
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(json.utf8.count, 1))
        for (index, byte) in json.utf8.enumerated() { bytes[index] = byte }
        configuration = nself_bytes(data: bytes, size: json.utf8.count)
    }

    var directoryText: nself_string {
        nself_string(data: text + name.utf8.count + 1, size: directory.utf8.count)
    }

    static func of(_ host: UnsafePointer<nself_host>?) -> HostSide {
        guard let context = host?.pointee.context else { preconditionFailure("no host was passed") }
        return Unmanaged<HostSide>.fromOpaque(context).takeUnretainedValue()
    }

    private func interface(_ id: String) -> UnsafeRawPointer? {
        if let own = host.interfaces.with({ $0[id] }) { return own }
        switch id {
        case NSELF_HOST_CORE_ID: return UnsafeRawPointer(FakeTables.core)
        case NSELF_HOST_POLL_ID: return UnsafeRawPointer(FakeTables.poll)
        case NSELF_HOST_CLOCK_ID: return UnsafeRawPointer(FakeTables.clock)
        case NSELF_HOST_LOG_ID: return UnsafeRawPointer(FakeTables.log)
        case NSELF_HOST_METRICS_ID: return UnsafeRawPointer(FakeTables.metrics)
        case NSELF_HOST_TELEMETRY_ID: return UnsafeRawPointer(FakeTables.telemetry)
        case NSELF_HOST_ROUTES_ID: return UnsafeRawPointer(FakeTables.routes)
        case NSELF_HOST_CONFIG_ID: return UnsafeRawPointer(FakeTables.config)
        case NSELF_HOST_DATABASE_ID:
            return host.database == nil ? nil : UnsafeRawPointer(FakeTables.database)
        default: return nil
        }
    }
}

func fieldDictionary(_ fields: nself_fields) -> [String: String] {
    var result: [String: String] = [:]
    for index in 0..<fields.count {
        result[String(fields.items[index].name)] = String(fields.items[index].value)
    }
    return result
}

/// Made once and never freed (header, O4).
enum FakeTables {
    private static func make<Table>(_ empty: Table, _ fill: (inout Table) -> Void)
        -> UnsafeMutablePointer<Table>
    {
        let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
        table.initialize(to: empty)
        fill(&table.pointee)
        UnsafeMutableRawPointer(table).storeBytes(
            of: UInt32(MemoryLayout<Table>.size), as: UInt32.self)
        return table
    }

    nonisolated(unsafe) static let core = make(nself_host_core()) { table in
        table.cancel = { host, operation in
            HostSide.of(host).host.database?.cancel(operation)
        }
        table.loop_count = { host in UInt32(HostSide.of(host).host.loops.count) }
        table.current_loop = { host in
            HostSide.of(host).host.currentLoop.map { UInt32($0.index) } ?? UInt32.max
        }
        table.loop_of = { _, call in UInt32(FakeCalls.loop(of: call)) }
        table.run_on_loop = { host, loop, context, task in
            guard let task else { return }
            HostSide.of(host).host.post(Int(loop), FakeLoop.Task(context: context, run: task))
        }
        table.run_at_turn_end = { host, context, task in
            guard let task else { return }
            HostSide.of(host).host.currentLoop?.atTurnEnd(
                FakeLoop.Task(context: context, run: task))
        }
        table.run_blocking = { host, context, task in
            guard let task else { return .NSELF_STATUS_INVALID_ARGUMENT }
            return HostSide.of(host).host.runBlocking(FakeLoop.Task(context: context, run: task))
        }
        table.request_restart = { host, reason in
            let reason = String(reason)
            HostSide.of(host).host.restarts.with { $0.append(reason) }
        }
    }

    nonisolated(unsafe) static let poll = make(nself_host_poll()) { table in
        table.watch = { host, descriptor, events, context, ready in
            guard let ready, let loop = HostSide.of(host).host.currentLoop else {
                return nself_poll()
            }
            return nself_poll(id: loop.watch(descriptor, events, context, ready))
        }
        table.change = { host, poll, events in
            HostSide.of(host).host.currentLoop?.change(poll.id, events)
        }
        table.stop = { host, poll in HostSide.of(host).host.currentLoop?.stop(poll.id) }
    }

    nonisolated(unsafe) static let clock = make(nself_host_clock()) { table in
        table.monotonic = { host in HostSide.of(host).host.clock.monotonic }
        table.unix_time = { host in HostSide.of(host).host.clock.unixTime }
        table.schedule = { host, delay, period, context, task in
            let host = HostSide.of(host).host
            guard let task else { return nself_timer() }
            let loop = host.currentLoop ?? host.loops[0]
            return nself_timer(
                id: loop.schedule(
                    host.clock.monotonic &+ delay, period,
                    FakeLoop.Task(context: context, run: task)))
        }
        table.cancel = { host, timer, stopped in
            let host = HostSide.of(host).host
            for loop in host.loops {
                guard let context = loop.cancel(timer.id) else { continue }
                if let stopped {
                    host.post(loop.index, FakeLoop.Task(context: context, run: stopped))
                }
            }
        }
    }

    nonisolated(unsafe) static let log = make(nself_host_log()) { table in
        table.level = { host in HostSide.of(host).host.level }
        table.write = { host, _, level, message, fields in
            let side = HostSide.of(host)
            let record = FakeHost.Record(
                instance: side.name, level: level.rawValue, message: String(message),
                fields: fieldDictionary(fields))
            side.host.written.with { $0.append(record) }
        }
    }

    nonisolated(unsafe) static let metrics = make(nself_host_metrics()) { table in
        table.define = { host, spec, labels, metric in
            guard let spec, let metric else { return .NSELF_STATUS_INVALID_ARGUMENT }
            metric.pointee.id = HostSide.of(host).host.metrics.define(
                String(spec.pointee.name), fieldDictionary(labels))
            return .NSELF_STATUS_OK
        }
        table.record = { host, metric, value in
            HostSide.of(host).host.metrics.change(metric.id) { $0.value += value }
        }
        table.set = { host, metric, value in
            HostSide.of(host).host.metrics.change(metric.id) { $0.value = value }
        }
    }

    nonisolated(unsafe) static let routes = make(nself_host_routes()) { table in
        table.add = { host, route, _ in
            guard let route else { return .NSELF_STATUS_INVALID_ARGUMENT }
            HostSide.of(host).routes.append(FakeRoute(route.pointee))
            return .NSELF_STATUS_OK
        }
    }

    nonisolated(unsafe) static let config = make(nself_host_config()) { table in
        table.current = { host in HostSide.of(host).configuration }
        table.data_directory = { host in HostSide.of(host).directoryText }
    }
}
