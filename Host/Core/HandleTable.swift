/// Numbers instead of pointers: the upper half counts reuse, so a late handle meets nobody.

/// Objects by handle. Owned by one loop or behind a lock: it has none of its own.
///
/// A handle is generation << 32 | tag << 24 | slot; the tag is the owner's (the loop's index).
/// 0 is never a handle, since generations begin with 1. A class over plain memory, because every
/// call into a plugin goes through one: an array of slots would be checked for sharing each time.
public final class HandleTable<Element: AnyObject> {
    private struct Slot {
        var generation: UInt32
        var nextFree: Int32
        /// Holds one reference.
        var element: Unmanaged<Element>?
    }
    private var slots: UnsafeMutablePointer<Slot>
    private var capacity = 16
    private var used = 0
    private var firstFree: Int32 = -1
    private let tag: UInt64
    private let slotsMax: Int
    private var taken = 0

    public var count: Int { taken }

    public init(tag: UInt32, slotsMax: Int = Limits.handlesPerLoopMax) {
        precondition(tag < 256, "a handle's tag has 8 bits")
        precondition(slotsMax <= 1 << 24, "a handle's slot has 24 bits")
        self.tag = UInt64(tag) << 24
        self.slotsMax = slotsMax
        slots = .allocate(capacity: capacity)
    }
    deinit {
        for index in 0..<used { slots[index].element?.release() }
        slots.deallocate()
    }

    /// The tag of a handle made by such a table.
    @inline(__always) public static func tag(of handle: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: handle >> 24) & 0xFF
    }

    /// 0 when the table is full.
    @inline(__always)
    public func insert(_ element: Element) -> UInt64 {
        let index: Int
        if firstFree >= 0 {
            index = Int(firstFree)
            firstFree = slots[index].nextFree
        } else {
            guard used < slotsMax else { return 0 }
            if used == capacity { grow() }
            index = used
            used += 1
            (slots + index).initialize(to: Slot(generation: 1, nextFree: -1, element: nil))
        }
        slots[index].element = .passRetained(element)
        taken += 1
        return UInt64(slots[index].generation) << 32 | tag | UInt64(index)
    }
    private func grow() {
        let larger = UnsafeMutablePointer<Slot>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: slots, count: used)
        slots.deallocate()
        slots = larger
        capacity *= 2
    }
    /// The element, or nil for a handle that is late, twice used or invented.
    @inline(__always)
    public subscript(handle: UInt64) -> Element? {
        guard let index = index(of: handle) else { return nil }
        return slots[index].element?.takeUnretainedValue()
    }
    /// Takes the element out; the handle is dead from here on.
    @inline(__always)
    public func remove(_ handle: UInt64) -> Element? {
        guard let index = index(of: handle), let element = slots[index].element else { return nil }
        let slot = slots + index
        slot.pointee.element = nil
        slot.pointee.generation = slot.pointee.generation == .max ? 1 : slot.pointee.generation + 1
        slot.pointee.nextFree = firstFree
        firstFree = Int32(truncatingIfNeeded: index)
        taken -= 1
        return element.takeRetainedValue()
    }
    /// In no particular order; `body` may remove elements, also the one it is given.
    public func forEach(_ body: (Element) -> Void) {
        var index = 0
        while index < used {
            if let element = slots[index].element?.takeUnretainedValue() { body(element) }
            index += 1
        }
    }
    @inline(__always)
    private func index(of handle: UInt64) -> Int? {
        let index = Int(handle & 0xFF_FFFF)
        guard index < used, handle & 0xFF00_0000 == tag,
            slots[index].generation == UInt32(truncatingIfNeeded: handle >> 32),
            slots[index].element != nil
        else { return nil }
        return index
    }
}
