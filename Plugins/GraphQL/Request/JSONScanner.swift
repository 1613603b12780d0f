/// Reads strict JSON (RFC 8259) once, front to back, over the body's bytes: checks everything,
/// copies nothing. [any] hot
struct JSONScanner {
    let bytes: UnsafeRawBufferPointer
    private(set) var offset: Int
    let end: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
    }

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.bytes = bytes
        offset = range.lowerBound
        end = range.upperBound
    }

    /// The next byte that is not white space, which stays; 0 at the end.
    mutating func peek() -> UInt8 {
        while offset < end {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            case let byte: return byte
            }
        }
        return 0
    }

    /// Goes on when the next byte is this one.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte, offset < end else { return false }
        offset += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard skip(byte) else { throw unexpected("\"\(Character(UnicodeScalar(byte)))\"") }
    }

    var isAtEnd: Bool {
        mutating get { peek() == 0 && offset == end }
    }

    func unexpected(_ expected: String) -> JSONError {
        let found = offset < end ? Lexer.describe(bytes, at: offset) : "the end of the body"
        return JSONError(reason: "expected \(expected), found \(found)", offset: offset)
    }

    /// Checks the next value and says where it is.
    mutating func value(depth: Int = 0) throws(JSONError) -> JSONSlice {
        let first = peek()
        let start = offset
        let kind: JSONKind
        switch first {
        case UInt8(ascii: "\""):
            let text = try string()
            return JSONSlice(
                kind: .string, range: start..<offset, hasEscapes: text.hasEscapes,
                hasNull: text.hasNull)
        case UInt8(ascii: "{"):
            try object(depth: depth + 1)
            kind = .object
        case UInt8(ascii: "["):
            try array(depth: depth + 1)
            kind = .array
        case UInt8(ascii: "t"):
            try word("true")
            kind = .boolean
        case UInt8(ascii: "f"):
            try word("false")
            kind = .boolean
        case UInt8(ascii: "n"):
            try word("null")
            kind = .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number()
            kind = .number
        default: throw unexpected("a value")
        }
        return JSONSlice(kind: kind, range: start..<offset, hasEscapes: false, hasNull: false)
    }

    private mutating func object(depth: Int) throws(JSONError) {
        try enter(depth)
        if skip(UInt8(ascii: "}")) { return }
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw unexpected("a member's name") }
            _ = try string()
            try expect(UInt8(ascii: ":"))
            _ = try value(depth: depth)
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    private mutating func array(depth: Int) throws(JSONError) {
        try enter(depth)
        if skip(UInt8(ascii: "]")) { return }
        repeat {
            _ = try value(depth: depth)
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth <= RequestLimit.depthMax else {
            throw JSONError(
                reason: "nested deeper than \(RequestLimit.depthMax) levels", offset: offset)
        }
        offset += 1
    }

    private mutating func word(_ word: StaticString) throws(JSONError) {
        let count = word.utf8CodeUnitCount
        guard offset + count <= end,
            bytes[offset..<offset + count].elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: count))
        else { throw unexpected("a value") }
        offset += count
    }

    private mutating func number() throws(JSONError) {
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        if offset < end, bytes[offset] == UInt8(ascii: "0") {
            offset += 1
        } else {
            try digits()
        }
        if offset < end, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if offset < end, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < end,
                bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
            {
                offset += 1
            }
            try digits()
        }
    }

    private mutating func digits() throws(JSONError) {
        guard offset < end, bytes[offset] &- 0x30 < 10 else { throw unexpected("a digit") }
        while offset < end, bytes[offset] &- 0x30 < 10 { offset += 1 }
    }

    /// The string that begins here.
    mutating func string() throws(JSONError) -> JSONText {
        offset += 1
        let start = offset
        var hasEscapes = false
        var hasNull = false
        while true {
            skipPlain()
            guard offset < end else { break }
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return JSONText(range: start..<offset - 1, hasEscapes: hasEscapes, hasNull: hasNull)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                if try escape() == 0 { hasNull = true }
            case 0x20..<0x80: offset += 1
            case 0x80...0xFF:
                let rest = UnsafeRawBufferPointer(rebasing: bytes[..<end])
                let length = UTF8Check.sequenceLength(rest, at: offset)
                guard length > 0 else {
                    throw JSONError(reason: "a string is not valid UTF-8", offset: offset)
                }
                offset += length
            default:
                throw JSONError(
                    reason: "a control character in a string must be escaped", offset: offset)
            }
        }
        throw JSONError(reason: "a string is not closed", offset: start - 1)
    }

    /// Passes over characters of a string that need no look, eight at a time.
    private mutating func skipPlain() {
        while offset + 8 <= end {
            let word = UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            // The top bit of a byte is set when the byte is a control character, `"`, `\` or not ASCII.
            // A borrow only reaches bytes after one that is marked, so the first mark is right.
            let marks =
                (word | (word &- 0x2020_2020_2020_2020)
                    | ((word ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101)
                    | ((word ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101))
                & 0x8080_8080_8080_8080
            guard marks == 0 else {
                offset += marks.trailingZeroBitCount / 8
                return
            }
            offset += 8
        }
    }

    /// Checks one escape; returns its scalar value when it is a `\u` escape, else 1.
    private mutating func escape() throws(JSONError) -> UInt32 {
        let start = offset
        guard offset + 1 < end else {
            throw JSONError(reason: "a string is not closed", offset: start)
        }
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 2
            return 1
        case UInt8(ascii: "u"):
            let unit = try hexQuad(start)
            if UnicodeEscape.isScalar(unit) { return unit }
            guard unit < 0xDC00, offset + 1 < end, bytes[offset] == UInt8(ascii: "\\"),
                bytes[offset + 1] == UInt8(ascii: "u")
            else { throw JSONError(reason: "a surrogate stands alone in a string", offset: start) }
            let low = try hexQuad(start)
            guard low >= 0xDC00, low <= 0xDFFF else {
                throw JSONError(reason: "a surrogate stands alone in a string", offset: start)
            }
            return 1
        default: throw JSONError(reason: "unknown escape in a string", offset: start)
        }
    }

    /// `\uXXXX` at `offset`; `start` is where the message points.
    private mutating func hexQuad(_ start: Int) throws(JSONError) -> UInt32 {
        guard offset + 6 <= end else {
            throw JSONError(reason: "\"\\u\" takes four hexadecimal digits", offset: start)
        }
        var unit: UInt32 = 0
        for distance in 2..<6 {
            guard let digit = UnicodeEscape.hexDigit(bytes[offset + distance]) else {
                throw JSONError(reason: "\"\\u\" takes four hexadecimal digits", offset: start)
            }
            unit = unit << 4 | digit
        }
        offset += 6
        return unit
    }
}

/// Bytes that are not JSON: what was wrong and where.
struct JSONError: Error, Equatable, Sendable {
    let reason: String
    /// Offset in the body.
    let offset: Int
}
