/// Numbers instead of pointers: the upper half counts reuse, so a late handle meets nobody.

/// Objects by handle. Owned by one loop or behind a lock: it has none of its own.
///
/// A handle is generation << 32 | tag << 24 | slot; the tag is the owner's (the loop's index).
/// 0 is never a handle, since generations begin with 1.
public struct HandleTable<Element: AnyObject> {
    private struct Slot {
        var generation: UInt32
        var element: Element?
        var nextFree: Int32
    }
    private var slots: [Slot] = []
    private var firstFree: Int32 = -1
    private let tag: UInt64
    private let slotsMax: Int
    public private(set) var count = 0

    public init(tag: UInt32, slotsMax: Int = Limits.handlesPerLoopMax) {
        precondition(tag < 256, "a handle's tag has 8 bits")
        precondition(slotsMax <= 1 << 24, "a handle's slot has 24 bits")
        self.tag = UInt64(tag) << 24
        self.slotsMax = slotsMax
    }

    /// The tag of a handle made by such a table.
    @inline(__always) public static func tag(of handle: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: handle >> 24) & 0xFF
    }

    /// 0 when the table is full.
    public mutating func insert(_ element: Element) -> UInt64 {
        let index: Int
        if firstFree >= 0 {
            index = Int(firstFree)
            firstFree = slots[index].nextFree
        } else {
            guard slots.count < slotsMax else { return 0 }
            index = slots.count
            slots.append(Slot(generation: 1, element: nil, nextFree: -1))
        }
        slots[index].element = element
        count += 1
        return UInt64(slots[index].generation) << 32 | tag | UInt64(index)
    }
    /// The element, or nil for a handle that is late, twice used or invented.
    public subscript(handle: UInt64) -> Element? {
        guard let index = index(of: handle) else { return nil }
        return slots[index].element
    }
    /// Takes the element out; the handle is dead from here on.
    public mutating func remove(_ handle: UInt64) -> Element? {
        guard let index = index(of: handle), let element = slots[index].element else { return nil }
        slots[index].element = nil
        slots[index].generation = slots[index].generation == .max ? 1 : slots[index].generation + 1
        slots[index].nextFree = firstFree
        firstFree = Int32(index)
        count -= 1
        return element
    }
    public func forEach(_ body: (Element) -> Void) {
        for slot in slots { if let element = slot.element { body(element) } }
    }
    private func index(of handle: UInt64) -> Int? {
        let index = Int(handle & 0xFF_FFFF)
        guard index < slots.count, handle & 0xFF00_0000 == tag,
            slots[index].generation == UInt32(truncatingIfNeeded: handle >> 32),
            slots[index].element != nil
        else { return nil }
        return index
    }
}
