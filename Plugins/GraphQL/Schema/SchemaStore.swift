/// Keeps the source's schema: reads the catalogue at the start and when it is told, and hands the
/// newest schema to every loop.

import PluginAPI
import Synchronization

/// [any] Loops compare `generation`, an atomic load, and take the schema only when it has changed.
final class SchemaStore: Sendable {
    /// Between attempts to reach the database, in nanoseconds: doubles from the first to the last.
    private static let retryMin: UInt64 = 200_000_000
    private static let retryMax: UInt64 = 5_000_000_000
    /// How long one reading of the catalogue may take.
    private static let timeout: UInt64 = 60_000_000_000

    let generation = Atomic<UInt64>(0)
    // Not on the hot path: taken once per loop and generation, and by readings.
    private let state = Mutex(State())
    private let database: Database
    private let timers: Timers
    private let log: Log

    private struct State {
        var schema: SourceSchema?
        var schemas: [String] = ["public"]
        var isReading = false
        var isWanted = false
        var isStopped = false
        var delay = SchemaStore.retryMin
        var waiting: [@Sendable (String?) -> Void] = []
    }

    init(_ host: Host) throws(PluginError) {
        database = try Database(host)
        timers = try Timers(host)
        log = Log(host)
    }

    var schema: SourceSchema? { state.withLock { $0.schema } }
    func setSchemas(_ schemas: [String]) { state.withLock { $0.schemas = schemas } }
    func stop() { state.withLock { $0.isStopped = true } }

    /// Reads the catalogue; `done` hears nil when the schema is there, or else why this attempt
    /// failed. Attempts go on until one succeeds.
    func read(_ done: (@Sendable (String?) -> Void)? = nil) {
        let isFirst = state.withLock { state in
            if let done { state.waiting.append(done) }
            // One that comes while another is under way needs a fresh one after it.
            if state.isReading { state.isWanted = true }
            defer { state.isReading = true }
            return !state.isReading
        }
        if isFirst { begin() }
    }

    private func begin() {
        database.execute(
            CatalogQuery.statements, flags: .NSELF_DB_READ_ONLY, timeout: SchemaStore.timeout
        ) {
            [self] outcome in
            guard outcome.status == .NSELF_STATUS_OK, outcome.count == CatalogQuery.statements.count
            else {
                return failed(outcome.failure)
            }
            let catalog = CatalogReader.read(outcome)
            let schema = SourceSchema(
                catalog, schemas: state.withLock { $0.schemas },
                generation: generation.load(ordering: .relaxed) + 1)
            for reason in schema.skipped { log.warning("not tracked: \(reason)") }
            log.info("tracking \(schema.tables.count) tables and views")
            publish(schema)
        }
    }

    private func publish(_ schema: SourceSchema) {
        let (waiting, isWanted) = state.withLock { state in
            state.schema = schema
            state.delay = SchemaStore.retryMin
            let isWanted = state.isWanted
            state.isWanted = false
            state.isReading = isWanted
            // Those who asked during this reading wait for the next.
            let waiting = isWanted ? [] : state.waiting
            if !isWanted { state.waiting = [] }
            return (waiting, isWanted)
        }
        generation.store(schema.generation, ordering: .releasing)
        for done in waiting { done(nil) }
        if isWanted { begin() }
    }

    private func failed(_ reason: String) {
        let (waiting, delay, isStopped) = state.withLock { state in
            let waiting = state.waiting
            state.waiting = []
            let delay = state.delay
            state.delay = min(delay * 2, SchemaStore.retryMax)
            return (waiting, delay, state.isStopped)
        }
        log.warning("the catalogue cannot be read: \(reason)")
        for done in waiting { done(reason) }
        guard !isStopped else { return }
        _ = timers.schedule(after: delay, Unmanaged.passRetained(self).toOpaque()) { context in
            guard let context else { return }
            let store = Unmanaged<SchemaStore>.fromOpaque(context).takeRetainedValue()
            if !store.state.withLock({ $0.isStopped }) { store.begin() }
        }
    }
}
