/// Numbers instead of pointers: the upper half counts reuse, so a late handle meets nobody.

/// Objects by handle. Owned by one loop or behind a lock: it has none of its own.
///
/// A handle is generation << 32 | tag << 24 | slot; the tag is the owner's (the loop's index).
/// 0 is never a handle, since generations begin with 1.
public struct HandleTable<Element: AnyObject> {
    @usableFromInline struct Slot {
        @usableFromInline var generation: UInt32
        @usableFromInline var element: Element?
        @usableFromInline var nextFree: Int32

        @inlinable init(generation: UInt32) {
            self.generation = generation
            nextFree = -1
        }
    }
    @usableFromInline var slots: [Slot] = []
    @usableFromInline var firstFree: Int32 = -1
    @usableFromInline let tag: UInt64
    @usableFromInline let slotsMax: Int
    @usableFromInline var used = 0
    @inlinable public var count: Int { used }

    @inlinable public init(tag: UInt32, slotsMax: Int = Limits.handlesPerLoopMax) {
        precondition(tag < 256, "a handle's tag has 8 bits")
        precondition(slotsMax <= 1 << 24, "a handle's slot has 24 bits")
        self.tag = UInt64(tag) << 24
        self.slotsMax = slotsMax
    }

    /// The tag of a handle made by such a table.
    @inlinable @inline(__always) public static func tag(of handle: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: handle >> 24) & 0xFF
    }

    /// 0 when the table is full.
    @inlinable public mutating func insert(_ element: Element) -> UInt64 {
        let index: Int
        if firstFree >= 0 {
            index = Int(firstFree)
            firstFree = slots[index].nextFree
        } else {
            guard slots.count < slotsMax else { return 0 }
            index = slots.count
            slots.append(Slot(generation: 1))
        }
        slots[index].element = element
        used += 1
        return UInt64(slots[index].generation) << 32 | tag | UInt64(index)
    }
    /// The element, or nil for a handle that is late, twice used or invented.
    @inlinable public subscript(handle: UInt64) -> Element? {
        guard let index = index(of: handle) else { return nil }
        return slots[index].element
    }
    /// Takes the element out; the handle is dead from here on.
    @inlinable public mutating func remove(_ handle: UInt64) -> Element? {
        guard let index = index(of: handle), let element = slots[index].element else { return nil }
        slots[index].element = nil
        slots[index].generation = slots[index].generation == .max ? 1 : slots[index].generation + 1
        slots[index].nextFree = firstFree
        firstFree = Int32(index)
        used -= 1
        return element
    }
    @inlinable public func forEach(_ body: (Element) -> Void) {
        for slot in slots { if let element = slot.element { body(element) } }
    }
    @inlinable func index(of handle: UInt64) -> Int? {
        let index = Int(handle & 0xFF_FFFF)
        guard index < slots.count, handle & 0xFF00_0000 == tag,
            slots[index].generation == UInt32(truncatingIfNeeded: handle >> 32),
            slots[index].element != nil
        else { return nil }
        return index
    }
}
