/// What one loop keeps between requests: the schemas of its roles, its plans, its scratch memory.

import PluginAPI

/// Touched by its loop only, so nothing here is locked.
final class LoopState {
    let plans = PlanCache(sizeMax: Settings().planCacheBytesMax)
    private(set) var settings = Settings()
    private(set) var settingsVersion: UInt64 = 0
    let scratch = ScratchArena()
    let levels = LevelMemory()
    var variables = VariableReader()
    private(set) var source: SourceSchema?
    private var roles: [String: RoleSchema] = [:]
    /// Requests whose answer the database owes.
    var pendingCount = 0
    /// Set while the instance drains: runs when nothing is pending.
    var onIdle: (() -> Void)?
    private var spare: [Exchange] = []

    /// Contexts kept for reuse. More requests than this at once on a loop are rare.
    private static let spareMax = 256

    /// Takes over a new schema; plans and types of the old one go.
    func adopt(_ source: SourceSchema?) {
        self.source = source
        roles = [:]
        plans.removeAll()
    }
    func adopt(_ settings: Settings, _ version: UInt64) {
        self.settings = settings
        settingsVersion = version
        plans.sizeMax = settings.planCacheBytesMax
    }
    func schema(_ session: borrowing Session) -> RoleSchema? {
        guard let source else { return nil }
        if let schema = roles[session.role] { return schema }
        let schema = RoleSchema(source, role: session.role)
        // Names of roles come from clients that know the admin secret; still there is a limit.
        if roles.count >= LoopState.rolesMax { roles = [:] }
        roles[session.role] = schema
        return schema
    }
    private static let rolesMax = 256

    func takeExchange() -> Exchange { spare.popLast() ?? Exchange() }
    func giveBack(_ exchange: Exchange) {
        exchange.plan = nil
        exchange.sink = .none
        if spare.count < LoopState.spareMax { spare.append(exchange) }
        pendingCount -= 1
        if pendingCount == 0, let onIdle {
            self.onIdle = nil
            onIdle()
        }
    }
}

/// One request on its way through the database.
final class Exchange {
    var plan: Plan?
    var loop: LoopState?
    var plugin: GraphQL?
    var sink = Sink.none

    enum Sink {
        case none
        case http(HTTPCall)
        case batch(Batch, Int)
    }
}

/// Several requests in one body: their answers in order, as one array.
final class Batch {
    private let call: HTTPCall
    private var answers: [SharedBytes?]
    private var counts: [Int]
    private var left: Int

    init(_ call: HTTPCall, count: Int) {
        self.call = call
        answers = Array(repeating: nil, count: count)
        counts = Array(repeating: 0, count: count)
        left = count
    }
    func set(_ index: Int, _ buffer: nself_buffer) {
        let bytes = SharedBytes(capacity: buffer.size)
        if let data = buffer.data { bytes.base.copyMemory(from: data, byteCount: buffer.size) }
        buffer.release?(buffer.owner)
        answers[index] = bytes
        counts[index] = buffer.size
        left -= 1
        guard left == 0 else { return }
        var writer = JSONWriter(capacity: counts.reduce(2) { $0 + $1 + 1 })
        writer.write("[")
        for (index, answer) in answers.enumerated() {
            if index > 0 { writer.write(",") }
            if let answer {
                writer.write(UnsafeRawBufferPointer(start: answer.base, count: counts[index]))
            }
        }
        writer.write("]")
        call.respond(200, Answer.contentType, writer.finish())
    }
}
