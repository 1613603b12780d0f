/// Checks that bytes are UTF-8: shortest forms only, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
    /// The offset of the first byte that is not UTF-8; nil when all is well. Eight ASCII bytes a step.
    static func firstInvalid(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        let count = bytes.count
        while index < count {
            if index + 8 <= count,
                bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080
                    == 0
            {
                index += 8
                continue
            }
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let length = sequenceLength(bytes, at: index)
            if length == 0 { return index }
            index += length
        }
        return nil
    }

    /// The length of the multi-byte sequence at `index`, 2 to 4; 0 when there is no valid one.
    static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        let first = bytes[index]
        let left = bytes.count - index
        func isContinuation(_ distance: Int) -> Bool { bytes[index + distance] & 0xC0 == 0x80 }
        switch first {
        case 0xC2...0xDF: return left >= 2 && isContinuation(1) ? 2 : 0
        case 0xE0...0xEF:
            guard left >= 3, isContinuation(1), isContinuation(2) else { return 0 }
            if first == 0xE0, bytes[index + 1] < 0xA0 { return 0 }
            if first == 0xED, bytes[index + 1] > 0x9F { return 0 }
            return 3
        case 0xF0...0xF4:
            guard left >= 4, isContinuation(1), isContinuation(2), isContinuation(3) else {
                return 0
            }
            if first == 0xF0, bytes[index + 1] < 0x90 { return 0 }
            if first == 0xF4, bytes[index + 1] > 0x8F { return 0 }
            return 4
        default: return 0
        }
    }
}
