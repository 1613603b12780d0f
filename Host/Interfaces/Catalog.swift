/// Every interface this host serves, in one list.

import CNself
import HostCore
import HostPlugins

public enum Interfaces {
    /// What get_interface can find. Called once, before any plugin is loaded.
    /// `checkRoute` says why a route is not one, or nil.
    public static func catalog(
        _ runtime: Runtime, checkRoute: @escaping @Sendable (StagedRoute) -> String?
    ) -> InterfaceCatalog {
        let catalog = InterfaceCatalog()
        catalog.add("nself.host.core/1", CoreInterface.table())
        catalog.add("nself.host.poll/1", PollInterface.table(runtime))
        catalog.add("nself.host.clock/1", ClockInterface.table())
        catalog.add("nself.host.log/1", LogInterface.table())
        catalog.add("nself.host.metrics/1", MetricsInterface.table())
        catalog.add("nself.host.telemetry/1", TelemetryInterface.table())
        catalog.add("nself.host.config/1", ConfigInterface.table())
        catalog.add("nself.host.routes/1", RoutesInterface.table(checkRoute))
        catalog.add("nself.host.database/1", UnsafeRawPointer(DatabaseBroker.table))
        return catalog
    }
}

/// A zeroed table of `type` with its size filled in; it lives as long as the process.
func makeTable<Table>(
    _ type: Table.Type, _ zero: Table, _ fill: (UnsafeMutablePointer<Table>) -> Void
)
    -> UnsafeRawPointer
{
    let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
    table.initialize(to: zero)
    UnsafeMutableRawPointer(table).storeBytes(of: UInt32(MemoryLayout<Table>.size), as: UInt32.self)
    fill(table)
    return UnsafeRawPointer(table)
}

extension String {
    /// A copy of borrowed text; invalid UTF-8 is repaired.
    init(borrowed text: nself_string) {
        guard let data = text.data else {
            self = ""
            return
        }
        self.init(decoding: UnsafeRawBufferPointer(start: data, count: text.size), as: UTF8.self)
    }
}

/// Writes why a [control] call failed and returns the status.
func fail(_ error: UnsafeMutablePointer<nself_error>?, _ status: nself_status, _ message: String)
    -> nself_status
{
    message.withCString { nself_fail(error, status, $0) }
}
