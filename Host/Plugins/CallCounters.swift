/// What a generation has done, per loop: written by that loop alone, read by anyone.

import HostCore
import Synchronization

final class CallCounters: Sendable {
    private let active = Atomic<Int>(0)
    private let calls = Atomic<UInt64>(0)
    private let errors = Atomic<UInt64>(0)
    private let nanoseconds = Atomic<UInt64>(0)
    private let bytes = Atomic<UInt64>(0)

    // One writer: a load and a store, no locked instruction.
    @inline(__always) func enter() {
        active.store(active.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
    }
    @inline(__always) func leave(failed: Bool, bytes more: Int, nanoseconds spent: UInt64) {
        active.store(active.load(ordering: .relaxed) &- 1, ordering: .releasing)
        calls.store(calls.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
        if failed { errors.store(errors.load(ordering: .relaxed) &+ 1, ordering: .relaxed) }
        nanoseconds.store(nanoseconds.load(ordering: .relaxed) &+ spent, ordering: .relaxed)
        bytes.store(bytes.load(ordering: .relaxed) &+ UInt64(more), ordering: .relaxed)
    }
    func add(to totals: inout CallTotals) {
        totals.active += active.load(ordering: .acquiring)
        totals.calls += calls.load(ordering: .relaxed)
        totals.errors += errors.load(ordering: .relaxed)
        totals.nanoseconds += nanoseconds.load(ordering: .relaxed)
        totals.bytes += bytes.load(ordering: .relaxed)
    }
}

public struct CallTotals: Sendable {
    public var active = 0
    public var calls: UInt64 = 0
    public var errors: UInt64 = 0
    public var nanoseconds: UInt64 = 0
    public var bytes: UInt64 = 0
}
