/// Fronts by number, for completions that come from other threads with nothing but a number.

import HostCore

enum FrontDirectory {
    /// A handle's tag has 8 bits; 0 stays free.
    private static let countMax = 256
    private static let taken = Locked<[Bool]>(Array(repeating: false, count: countMax))
    /// A slot is written by the front's own init, before anyone knows its number.
    nonisolated(unsafe) private static let slots = {
        let slots = UnsafeMutablePointer<Unmanaged<Front>?>.allocate(capacity: countMax)
        slots.initialize(repeating: nil, count: countMax)
        return slots
    }()

    /// [any]
    static func claim() -> UInt32 {
        taken.withLock { taken in
            guard let free = taken.indices.dropFirst().first(where: { !taken[$0] }) else {
                preconditionFailure("more than \(countMax - 1) HTTP fronts in one process")
            }
            taken[free] = true
            return UInt32(free)
        }
    }
    static func publish(_ front: Front, _ number: UInt32) {
        slots[Int(number)] = .passUnretained(front)
    }
    static func free(_ number: UInt32) {
        slots[Int(number)] = nil
        taken.withLock { $0[Int(number)] = false }
    }
    /// [any]
    static func front(_ number: UInt32) -> Front? {
        slots[Int(number & 255)]?.takeUnretainedValue()
    }
}
