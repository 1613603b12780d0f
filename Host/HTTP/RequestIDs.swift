/// Names for requests: the client's X-Request-Id when it is sane, else sixteen digits of our own.

/// One per loop: a counter mixed with a random start, so that ids are unique and cannot be guessed
/// from each other by eye.
final class RequestIDs {
    /// Bytes of an id of our own.
    static let size = 16
    /// Longer ones are not taken over: they would be repeated in each log line.
    static let foreignSizeMax = 128

    private var counter: UInt64

    init() { counter = UInt64.random(in: .min ... .max) }

    /// [loop] hot. A number that this loop has not given out before (splitmix64 is a bijection).
    @inline(__always)
    func next() -> UInt64 {
        counter &+= 0x9E37_79B9_7F4A_7C15
        var mixed = counter
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// [loop] hot. Sixteen hexadecimal digits, eight at a time.
    @inline(__always)
    static func write(_ id: UInt64, to place: UnsafeMutablePointer<UInt8>) {
        let raw = UnsafeMutableRawPointer(place)
        raw.storeBytes(of: digits(UInt32(truncatingIfNeeded: id >> 32)), as: UInt64.self)
        raw.storeBytes(of: digits(UInt32(truncatingIfNeeded: id)), toByteOffset: 8, as: UInt64.self)
    }
    @inline(__always)
    private static func digits(_ value: UInt32) -> UInt64 {
        // Spread the eight nibbles over eight bytes, first digit in the lowest byte.
        var spread = UInt64(value.byteSwapped)
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
        spread = ((spread >> 4) & 0x000F_000F_000F_000F) | ((spread & 0x000F_000F_000F_000F) << 8)
        // 6 more than 9 carries into the upper nibble: those are letters.
        let letters = ((spread &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
        return spread &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
    }

    /// Letters, digits and a few marks: fit for logs, headers and JSON as it is.
    @inline(__always)
    static func isSane(_ value: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count > 0, count <= foreignSizeMax else { return false }
        let classes = Characters.tables.classes
        for index in 0..<count where classes[Int(value[index])] & CharacterClass.identifier == 0 {
            return false
        }
        return true
    }
}
