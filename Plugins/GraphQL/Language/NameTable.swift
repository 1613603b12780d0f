/// Interns the names of one document: a String per distinct name, none per token.
struct NameTable {
    private(set) var names: [String] = []
    /// Where each name first stood, to compare bytes with bytes.
    private var ranges: [Range<Int>] = []
    /// Open addressing; a slot holds index + 1, 0 is free. At most half full.
    private var slots = [UInt32](repeating: 0, count: 64)

    /// The bytes `range` of `source` as a name. The hash is the standard library's, seeded per
    /// process, so that a document cannot be built to collide.
    mutating func intern(_ range: Range<Int>, of source: UnsafeRawBufferPointer) -> Syntax.Name {
        let bytes = UnsafeRawBufferPointer(rebasing: source[range])
        var slot = Self.hash(bytes) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot] - 1)
            if UnsafeRawBufferPointer(rebasing: source[ranges[index]]).elementsEqual(bytes) {
                return Syntax.Name(index: UInt32(index))
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        names.append(String(decoding: bytes, as: UTF8.self))
        ranges.append(range)
        slots[slot] = UInt32(names.count)
        if names.count * 2 > slots.count { grow(source) }
        return Syntax.Name(index: UInt32(names.count - 1))
    }

    private mutating func grow(_ source: UnsafeRawBufferPointer) {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (index, range) in ranges.enumerated() {
            var slot =
                Self.hash(UnsafeRawBufferPointer(rebasing: source[range])) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(index + 1)
        }
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: bytes)
        return hasher.finalize()
    }
}
