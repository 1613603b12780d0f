/// The numbers of calls into plugins: a late or second completion is refused and counted.

import CNself
import HostCore
import Synchronization

/// What waits for a plugin's completion. One subclass per kind of call.
open class PendingCall {
    public final var id: UInt64 { number }
    /// Held from dispatch to completion.
    public final var generation: Generation? { heldGeneration }
    /// When it began, for the accounts. Monotonic.
    public final var startedAt: UInt64 { begunAt }
    public init() {}

    // Written by the call table only: what other modules cannot reach needs no access checks.
    final var number: UInt64 = 0
    final var heldGeneration: Generation?
    final var begunAt: UInt64 = 0
}

/// The calls of one loop. [loop]
public final class CallTable {
    private let table: HandleTable<PendingCall>

    init(loop: UInt32) {
        table = HandleTable(tag: loop, slotsMax: Limits.callsPerLoopMax)
    }
    public var count: Int { table.count }

    /// Gives the call its number, before the plugin is called: it may complete inside.
    /// False when there are too many.
    @inline(__always)
    public func arm(_ call: PendingCall, _ generation: Generation, at now: UInt64) -> Bool {
        let id = table.insert(call)
        guard id != 0 else { return false }
        call.number = id
        call.heldGeneration = generation
        call.begunAt = now
        generation.enter()
        return true
    }
    public func find(_ id: UInt64) -> PendingCall? { table[id] }

    /// Ends the call: its number is dead from here on. Nil: late, second or invented.
    @inline(__always)
    public func retire(_ id: UInt64, failed: Bool, bytes: Int = 0, at now: UInt64) -> PendingCall? {
        guard let call = table.remove(id) else {
            Calls.countStale()
            return nil
        }
        call.heldGeneration?.leave(
            failed: failed, bytes: bytes, nanoseconds: now &- call.begunAt)
        call.heldGeneration = nil
        return call
    }
    public func forEach(_ body: (PendingCall) -> Void) { table.forEach(body) }
}

/// The tables of all loops, found by the number alone: a completion comes with nothing else.
public enum Calls {
    // Set once by `prepare`, before any loop or plugin runs; read-only afterwards.
    nonisolated(unsafe) private static var tables: [CallTable] = []
    nonisolated(unsafe) private static var loops: [Loop] = []
    private static let stale = Atomic<UInt64>(0)

    public static func prepare(_ runtime: Runtime) {
        loops = runtime.loops
        tables = runtime.loops.map { CallTable(loop: $0.index) }
    }
    /// The table of the loop this thread runs. [loop]
    @inline(__always) public static func table(of loop: Loop) -> CallTable {
        tables[Int(loop.index)]
    }

    /// The loop a number belongs to, or nil for an invented one. [any]
    @inline(__always) public static func loop(of id: UInt64) -> Loop? {
        let tag = Int(HandleTable<PendingCall>.tag(of: id))
        return tag < loops.count ? loops[tag] : nil
    }
    public static func countStale() { stale.wrappingAdd(1, ordering: .relaxed) }
    /// Completions that met nobody: late, twice or with an invented number.
    public static var staleCount: UInt64 { stale.load(ordering: .relaxed) }
    /// Asks for an early end of every call into `generation`. [control]
    static func cancelAll(of generation: Generation) {
        for loop in loops {
            loop.post {
                table(of: loop).forEach { call in
                    if call.generation === generation {
                        generation.cancel(nself_call(id: call.id), from: loop)
                    }
                }
            }
        }
    }
}
