/// nself.host.database/1: forwards to the current generation of the provider.
///
/// In process that is one more indirect call and one slot in the call table. The provider is called
/// on the caller's loop when it may be (PARALLEL); else request and answer are copied and posted.

import CNself
import HostCore
import HostManifest

/// One operation of a caller, and the call of the provider that answers it. [loop] the caller's
final class DatabaseCall: PendingCall {
    var context: UnsafeMutableRawPointer?
    var done: nself_db_done?
    /// The provider's function has not returned yet: an answer given now is passed on later.
    var inside = false
}

public enum DatabaseBroker {
    // Set once by `prepare`; what is inside belongs to its loop.
    nonisolated(unsafe) static var perLoop: [PerLoop] = []
    nonisolated(unsafe) static var providers: Providers?
    nonisolated(unsafe) private static var metrics: Metrics?
    nonisolated(unsafe) private static var duration = Metric(id: 0)
    nonisolated(unsafe) private static var failures = Metric(id: 0)

    /// What a loop keeps for the broker. [loop]
    final class PerLoop {
        let loop: Loop
        var sessions: HandleTable<DatabaseSession>
        /// Finished calls, used again: no allocation per query.
        private var free: [DatabaseCall] = []

        init(_ loop: Loop) {
            self.loop = loop
            sessions = HandleTable(tag: loop.index)
        }
        func takeCall() -> DatabaseCall { free.popLast() ?? DatabaseCall() }
        func giveBack(_ call: DatabaseCall) {
            call.context = nil
            call.done = nil
            // As many as are in flight at once, up to a bound: 1,024 x 96 bytes.
            if free.count < 1024 { free.append(call) }
        }
    }

    static func prepare(_ runtime: Runtime, _ providers: Providers) {
        perLoop = runtime.loops.map(PerLoop.init)
        self.providers = providers
        metrics = runtime.metrics
        var point = MetricPoint(
            .histogram, "db_client_operation_duration_seconds",
            "Duration of database operations as their callers see it.", unit: "s")
        point.bucketBounds = [
            0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10,
        ]
        duration = runtime.metrics.define(point) ?? duration
        failures =
            runtime.metrics.define(
                MetricPoint(
                    .counter, "db_client_operation_errors_total",
                    "Database operations that ended with another status than OK."))
            ?? failures
    }

    /// The table that get_interface hands out; lives as long as the process.
    nonisolated(unsafe) public static let table: UnsafePointer<nself_host_database> = {
        let table = UnsafeMutablePointer<nself_host_database>.allocate(capacity: 1)
        table.initialize(to: nself_host_database())
        table.pointee.struct_size = UInt32(MemoryLayout<nself_host_database>.size)
        table.pointee.execute = { host, request, context, done in
            guard let request, let done else { return nself_operation() }
            return execute(Generation.of(host), request, context, done)
        }
        table.pointee.open_session = { host, source, flags, context, done in
            guard let done else { return nself_operation() }
            return openSession(Generation.of(host), source, flags, context, done)
        }
        table.pointee.close_session = { host, session in closeSession(session) }
        table.pointee.listen = { host, source, channel, context, noticed in
            guard let noticed else { return nself_subscription() }
            return listen(Generation.of(host), source, channel, context, noticed)
        }
        table.pointee.unlisten = { host, subscription in unlisten(subscription) }
        return UnsafePointer(table)
    }()

    /// Named source, else the instance's own provider. [any] hot
    static func provider(_ caller: Generation, _ source: nself_string) -> Generation? {
        if source.size == 0 { return caller.databaseProvider?.current }
        return providers?[String(source)]?.current
    }

    // MARK: execute

    /// [any] hot
    private static func execute(
        _ caller: Generation, _ request: UnsafePointer<nself_db_request>,
        _ context: UnsafeMutableRawPointer?, _ done: @escaping nself_db_done
    ) -> nself_operation {
        guard let loop = Loop.current else {
            // From a plugin's own thread: on loop 0, and cannot be cancelled.
            let copy = DatabaseRequestCopy(request)
            nonisolated(unsafe) let context = context
            caller.runtime.loops[0].post {
                withUnsafePointer(to: copy.request) { _ = execute(caller, $0, context, done) }
            }
            return nself_operation()
        }
        let here = perLoop[Int(loop.index)]
        let call = here.takeCall()
        call.context = context
        call.done = done
        if request.pointee.session.id != 0 { return executeInSession(call, request, here) }
        guard let provider = provider(caller, request.pointee.source), let role = provider.database
        else {
            return refuse(
                call, here, .NSELF_STATUS_UNAVAILABLE,
                "no database: name one in [providers] of plugins.toml, and see its state with nself plugin list"
            )
        }
        guard Calls.table(of: loop).arm(call, provider, at: loop.now) else {
            return refuse(
                call, here, .NSELF_STATUS_RESOURCE_EXHAUSTED,
                "too many calls are under way on this loop")
        }
        let number = nself_call(id: call.id)
        if provider.parallel || provider.homeLoop === loop {
            call.inside = true
            role.pointee.execute(provider.pointer, request, number, executed)
            call.inside = false
        } else {
            let copy = DatabaseRequestCopy(request)
            nonisolated(unsafe) let role = role
            provider.homeLoop.post {
                withUnsafePointer(to: copy.request) {
                    role.pointee.execute(provider.pointer, $0, number, executed)
                }
            }
        }
        return nself_operation(id: number.id)
    }

    /// Answers in a later turn: never before the starting function has returned. [loop]
    static func refuse(
        _ call: DatabaseCall, _ here: PerLoop, _ status: nself_status, _ message: StaticString
    ) -> nself_operation {
        nonisolated(unsafe) let context = call.context
        let done = call.done
        here.giveBack(call)
        here.loop.post {
            withString("\(message)") { done?(context, status, $0, nil, 0, nil) }
        }
        return nself_operation()
    }

    /// nself_db_call_done: the provider's answer. [any]
    static let executed: nself_db_call_done = { number, status, message, results, count, error in
        guard let loop = Calls.loop(of: number.id) else { return drop(results, count) }
        if loop.isCurrent, let call = Calls.table(of: loop).find(number.id) as? DatabaseCall,
            !call.inside
        {
            return deliver(loop, number, status, message, results, count, error)
        }
        let copy = DatabaseAnswerCopy(number, status, message, results, count, error)
        loop.post {
            copy.deliver { deliver(loop, number, $0, $1, $2, $3, $4) }
        }
    }

    /// [loop] the caller's
    private static func deliver(
        _ loop: Loop, _ number: nself_call, _ status: nself_status, _ message: nself_string,
        _ results: UnsafeMutablePointer<nself_db_result>?, _ count: UInt32,
        _ error: UnsafePointer<nself_db_error>?
    ) {
        let table = Calls.table(of: loop)
        guard let found = table.find(number.id) else {
            Calls.countStale()
            return drop(results, count)
        }
        guard let call = found as? DatabaseCall else {
            Calls.countStale()
            return drop(results, count)
        }
        metrics?.record(duration, Double(loop.now &- call.startedAt) / 1e9, loop: loop)
        let failed = status != .NSELF_STATUS_OK
        if failed { metrics?.add(failures, 1, loop: loop) }
        _ = table.retire(number.id, failed: failed, at: loop.now)
        let (context, done) = (call.context, call.done)
        perLoop[Int(loop.index)].giveBack(call)
        if failed {
            drop(results, count)
            done?(context, status, message, nil, 0, error)
        } else {
            done?(context, status, message, results, count, nil)
        }
    }
    /// Results that nobody takes.
    private static func drop(_ results: UnsafeMutablePointer<nself_db_result>?, _ count: UInt32) {
        guard let results else { return }
        for index in 0..<Int(count) { nself_db_result_release(results + index) }
    }
}
