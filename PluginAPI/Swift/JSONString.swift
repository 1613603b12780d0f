/// A JSON string or number as it stands in the text: a slice, unescaped only when somebody needs it.

/// What stands between the quotes. Escapes have been checked by the reader.
public struct JSONString {
    public let raw: UnsafeRawBufferPointer
    /// False for most: then `raw` is the value itself.
    public let isEscaped: Bool

    @inlinable
    public init(raw: UnsafeRawBufferPointer, isEscaped: Bool) {
        self.raw = raw
        self.isEscaped = isEscaped
    }

    @inlinable
    public static func == (left: JSONString, right: StaticString) -> Bool {
        left.isEscaped
            ? String(left) == right.description
            : left.raw.count == right.utf8CodeUnitCount
                && JSONScan.equal(left.bytes, right.utf8Start, left.raw.count)
    }
    @inlinable
    var bytes: UnsafePointer<UInt8> {
        // A string's slice lies inside the text that was read, so it has a base.
        raw.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
    }

    /// Writes the value to `target`, which has room for `raw.count` bytes (escapes only shrink), and
    /// returns its size in bytes. A lone surrogate becomes U+FFFD.
    public func unescape(into target: UnsafeMutablePointer<UInt8>) -> Int {
        let source = bytes
        var read = 0
        var written = 0
        while read < raw.count {
            let byte = source[read]
            guard byte == UInt8(ascii: "\\") else {
                target[written] = byte
                read += 1
                written += 1
                continue
            }
            let kind = source[read + 1]
            read += 2
            switch kind {
            case UInt8(ascii: "b"): target[written] = 0x08
            case UInt8(ascii: "f"): target[written] = 0x0C
            case UInt8(ascii: "n"): target[written] = 0x0A
            case UInt8(ascii: "r"): target[written] = 0x0D
            case UInt8(ascii: "t"): target[written] = 0x09
            case UInt8(ascii: "u"):
                var scalar = codeUnit(source, &read)
                if scalar & 0xFC00 == 0xD800, read + 6 <= raw.count,
                    source[read] == UInt8(ascii: "\\"), source[read + 1] == UInt8(ascii: "u")
                {
                    var next = read + 2
                    let low = codeUnit(source, &next)
                    if low & 0xFC00 == 0xDC00 {
                        scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
                        read = next
                    }
                }
                let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
                for unit in UTF8.encode(character).unsafelyUnwrapped {  // a scalar always encodes
                    target[written] = unit
                    written += 1
                }
                continue
            default: target[written] = kind  // quote, backslash, slash
            }
            written += 1
        }
        return written
    }
    private func codeUnit(_ source: UnsafePointer<UInt8>, _ read: inout Int) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            unit = unit << 4 | UInt32(JSONScan.hexDigit(source[read]) ?? 0)
            read += 1
        }
        return unit
    }
}

extension String {
    /// The value, unescaped.
    public init(_ string: JSONString) {
        guard string.isEscaped else {
            self = String(decoding: string.raw, as: UTF8.self)
            return
        }
        self = String(unsafeUninitializedCapacity: string.raw.count) { room in
            // The capacity asked for is above zero, because an escape has two bytes.
            string.unescape(into: room.baseAddress.unsafelyUnwrapped)
        }
    }
}

/// The text of a number.
public struct JSONNumber {
    public let raw: UnsafeRawBufferPointer
    /// True without fraction and exponent.
    public let isInteger: Bool

    public init(raw: UnsafeRawBufferPointer, isInteger: Bool) {
        self.raw = raw
        self.isInteger = isInteger
    }
    /// The value when it is a whole number in range.
    public var integer: Int64? {
        guard isInteger else { return nil }
        var value: Int64 = 0
        var digits = raw[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        for digit in digits {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let step = Int64(digit &- UInt8(ascii: "0"))
            let (next, overflowToo) = shifted.addingReportingOverflow(isNegative ? -step : step)
            guard !overflow, !overflowToo else { return nil }
            value = next
        }
        return value
    }
    public var double: Double? { Double(String(decoding: raw, as: UTF8.self)) }
}

/// Eight bytes at a time.
@usableFromInline
enum JSONScan {
    @usableFromInline static let ones: UInt64 = 0x0101_0101_0101_0101
    @usableFromInline static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The high bit of each byte that is a quote, a backslash or a control character. Flags above
    /// the lowest may be wrong, because a borrow passes upwards; the lowest is always right.
    @inlinable @inline(__always)
    static func flags(_ word: UInt64) -> UInt64 {
        let quote = word ^ (ones &* 0x22)
        let slash = word ^ (ones &* 0x5C)
        return
            ((word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (slash &- ones) & ~slash)
            & highs
    }
    /// The offset of the first byte that ends or interrupts a string, or `end`.
    @inlinable
    static func special(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var position = start
        while position + 8 <= end {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
            let flags = flags(word)
            if flags != 0 { return position + flags.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < end {
            let byte = base[position]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { return position }
            position += 1
        }
        return end
    }
    @inlinable
    static func equal(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int)
        -> Bool
    {
        for index in 0..<count where left[index] != right[index] { return false }
        return true
    }
    @usableFromInline
    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
