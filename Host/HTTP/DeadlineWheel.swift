/// Deadlines of all connections of a loop: slots of 100 ms, and entries that move only when a
/// deadline becomes earlier than their slot.

import HostCore

/// [loop] Setting a later deadline is one store; a timer runs only while some slot is in use.
final class DeadlineWheel {
    /// Time-outs are seconds: nobody sees 100 ms.
    private static let slotNanoseconds: UInt64 = 100_000_000
    /// 1,024 slots = 102 s, so that the usual 60 s need no second round.
    private static let slotCount = 1024

    private let loop: Loop
    private let slots: UnsafeMutablePointer<Unmanaged<Connection>?>
    /// One bit for each slot that has an entry.
    private let occupied: UnsafeMutablePointer<UInt64>
    private var tickDone: UInt64
    private var timer: LoopTimer?
    private var timerTick = UInt64.max
    private var isTurning = false

    init(loop: Loop) {
        self.loop = loop
        slots = .allocate(capacity: DeadlineWheel.slotCount)
        slots.initialize(repeating: nil, count: DeadlineWheel.slotCount)
        occupied = .allocate(capacity: DeadlineWheel.slotCount / 64)
        occupied.initialize(repeating: 0, count: DeadlineWheel.slotCount / 64)
        tickDone = Clock.monotonic() / DeadlineWheel.slotNanoseconds
    }
    deinit {
        timer?.cancel()
        slots.deallocate()
        occupied.deallocate()
    }

    /// [loop] hot. UInt64.max: none.
    @inline(__always)
    func set(_ connection: Connection, _ deadline: UInt64) {
        connection.deadline = deadline
        if deadline == .max { return }
        let tick = deadline / DeadlineWheel.slotNanoseconds + 1
        if connection.wheelTick <= tick { return }
        move(connection, tick)
    }

    private func move(_ connection: Connection, _ wanted: UInt64) {
        remove(connection)
        // Nothing was in the wheel: it stood still meanwhile.
        if timerTick == .max, !isTurning {
            tickDone = max(tickDone, Clock.monotonic() / DeadlineWheel.slotNanoseconds)
        }
        let first = tickDone + 1
        let tick = min(max(wanted, first), tickDone + UInt64(DeadlineWheel.slotCount) - 1)
        let slot = Int(tick % UInt64(DeadlineWheel.slotCount))
        connection.wheelTick = tick
        connection.wheelPrevious = nil
        connection.wheelNext = slots[slot]?.takeUnretainedValue()
        connection.wheelNext?.wheelPrevious = connection
        slots[slot] = .passUnretained(connection)
        occupied[slot >> 6] |= 1 << UInt64(slot & 63)
        if tick < timerTick { arm(tick) }
    }

    /// Out of the wheel: before a connection ends.
    func remove(_ connection: Connection) {
        guard connection.wheelTick != .max else { return }
        let slot = Int(connection.wheelTick % UInt64(DeadlineWheel.slotCount))
        connection.wheelNext?.wheelPrevious = connection.wheelPrevious
        if let previous = connection.wheelPrevious {
            previous.wheelNext = connection.wheelNext
        } else {
            slots[slot] = connection.wheelNext.map { .passUnretained($0) }
            if slots[slot] == nil { occupied[slot >> 6] &= ~(1 << UInt64(slot & 63)) }
        }
        connection.wheelNext = nil
        connection.wheelPrevious = nil
        connection.wheelTick = .max
    }

    private func arm(_ tick: UInt64) {
        timer?.cancel()
        timerTick = tick
        let time = tick * DeadlineWheel.slotNanoseconds
        let now = Clock.monotonic()
        timer = loop.schedule(after: time > now ? time - now : 0) { [unowned self] in turn() }
    }

    /// Visits the slots whose time has come.
    private func turn() {
        timer = nil
        timerTick = .max
        isTurning = true
        defer { isTurning = false }
        let now = Clock.monotonic()
        let target = now / DeadlineWheel.slotNanoseconds
        while tickDone < target {
            let slot = Int((tickDone + 1) % UInt64(DeadlineWheel.slotCount))
            // The deadlines in it may have become later since.
            while let connection = slots[slot]?.takeUnretainedValue() {
                remove(connection)
                if connection.deadline <= now {
                    connection.expire(now)
                } else if connection.deadline != .max {
                    // Counts from this slot, which is empty by now.
                    move(connection, connection.deadline / DeadlineWheel.slotNanoseconds + 1)
                }
            }
            tickDone += 1
        }
        if let next = nextOccupied(), next < timerTick { arm(next) }
    }

    private func nextOccupied() -> UInt64? {
        for tick in tickDone + 1..<tickDone + UInt64(DeadlineWheel.slotCount) {
            let slot = Int(tick % UInt64(DeadlineWheel.slotCount))
            if occupied[slot >> 6] & (1 << UInt64(slot & 63)) != 0 { return tick }
        }
        return nil
    }
}
