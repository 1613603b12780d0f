/// Reads JSON where it lies: a cursor over borrowed bytes that hands out slices and copies nothing.

/// What the next value is.
public enum JSONKind: UInt8, Sendable {
    case object, array, string, number, bool, null
}

/// Where JSON is wrong and why.
public struct JSONProblem: Error, Equatable, Sendable {
    public enum Reason: UInt8, Sendable {
        case unexpectedEnd, unexpectedByte, badNumber, badString, badEscape, badLiteral, tooDeep,
            trailingBytes, wrongKind
    }
    public let offset: Int
    public let reason: Reason

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
    public var message: String {
        let what =
            switch reason {
            case .unexpectedEnd: "the text ends inside a value"
            case .unexpectedByte: "unexpected character"
            case .badNumber: "not a number"
            case .badString: "control character in a string"
            case .badEscape: "bad escape in a string"
            case .badLiteral: "expected true, false or null"
            case .tooDeep: "nested deeper than \(JSONReader.depthMax) levels"
            case .trailingBytes: "text after the value"
            case .wrongKind: "a value of another kind was expected"
            }
        return "\(what) at byte \(offset)"
    }
}

/// A cursor. Strict RFC 8259: no comments, no trailing commas. Bytes are borrowed by whoever reads.
///
///     var first = true
///     try reader.beginObject()
///     while let key = try reader.nextKey(&first) {
///         if key == "query" { query = try reader.readString() } else { _ = try reader.skipValue() }
///     }
public struct JSONReader {
    /// Nesting that `skipValue` follows: its recursion stays below 64 KiB of stack.
    public static let depthMax = 256

    public let bytes: UnsafeRawBufferPointer
    public var position: Int
    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let end: Int

    public init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        position = 0
        end = bytes.count
        base =
            bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? JSONReader.nothing.utf8Start
    }
    // Stands in for the null base of an empty buffer; never read, because `end` is 0.
    private static let nothing: StaticString = ""

    /// The kind of the next value, without consuming it.
    @inlinable
    public mutating func peek() throws(JSONProblem) -> JSONKind {
        skipSpace()
        guard position < end else { throw JSONProblem(.unexpectedEnd, at: position) }
        switch base[position] {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw JSONProblem(.unexpectedByte, at: position)
        }
    }

    @inlinable
    public mutating func beginObject() throws(JSONProblem) { try begin(UInt8(ascii: "{")) }
    @inlinable
    public mutating func beginArray() throws(JSONProblem) { try begin(UInt8(ascii: "[")) }

    /// The next key of the object that was begun, its colon consumed; nil past the last one.
    @inlinable
    public mutating func nextKey(_ first: inout Bool) throws(JSONProblem) -> JSONString? {
        guard try advance(&first, closing: UInt8(ascii: "}")) else { return nil }
        let key = try readString()
        skipSpace()
        guard position < end else { throw JSONProblem(.unexpectedEnd, at: position) }
        guard base[position] == UInt8(ascii: ":") else {
            throw JSONProblem(.unexpectedByte, at: position)
        }
        position += 1
        return key
    }
    /// True when another element of the array that was begun follows.
    @inlinable
    public mutating func nextElement(_ first: inout Bool) throws(JSONProblem) -> Bool {
        try advance(&first, closing: UInt8(ascii: "]"))
    }

    @inlinable
    public mutating func readString() throws(JSONProblem) -> JSONString {
        skipSpace()
        guard position < end else { throw JSONProblem(.unexpectedEnd, at: position) }
        guard base[position] == UInt8(ascii: "\"") else {
            throw JSONProblem(.wrongKind, at: position)
        }
        position += 1
        let start = position
        var isEscaped = false
        while true {
            position = JSONScan.special(base, from: position, to: end)
            guard position < end else { throw JSONProblem(.unexpectedEnd, at: position) }
            switch base[position] {
            case UInt8(ascii: "\""):
                let raw = UnsafeRawBufferPointer(start: base + start, count: position - start)
                position += 1
                return JSONString(raw: raw, isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                try skipEscape()
            default:
                throw JSONProblem(.badString, at: position)
            }
        }
    }

    /// The text of a number, checked against the grammar.
    public mutating func readNumber() throws(JSONProblem) -> JSONNumber {
        skipSpace()
        let start = position
        if position < end, base[position] == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        skipDigits()
        let integerDigits = position - firstDigit
        guard integerDigits > 0, integerDigits == 1 || base[firstDigit] != UInt8(ascii: "0") else {
            throw JSONProblem(.badNumber, at: start)
        }
        var isInteger = true
        if position < end, base[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            let fraction = position
            skipDigits()
            guard position > fraction else { throw JSONProblem(.badNumber, at: start) }
        }
        if position < end, base[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if position < end,
                base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            let exponent = position
            skipDigits()
            guard position > exponent else { throw JSONProblem(.badNumber, at: start) }
        }
        return JSONNumber(
            raw: UnsafeRawBufferPointer(start: base + start, count: position - start),
            isInteger: isInteger)
    }
    public mutating func readBool() throws(JSONProblem) -> Bool {
        skipSpace()
        if position < end, base[position] == UInt8(ascii: "t") {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }
    public mutating func readNull() throws(JSONProblem) {
        skipSpace()
        try literal("null")
    }

    /// Steps over one value of any kind and returns its text, checked, without surrounding space.
    public mutating func skipValue() throws(JSONProblem) -> UnsafeRawBufferPointer {
        skipSpace()
        let start = position
        try skip(depth: 0)
        return UnsafeRawBufferPointer(start: base + start, count: position - start)
    }
    /// Throws unless only space is left.
    public mutating func finish() throws(JSONProblem) {
        skipSpace()
        guard position == end else { throw JSONProblem(.trailingBytes, at: position) }
    }

    // MARK: - Steps

    @inlinable @inline(__always)
    mutating func skipSpace() {
        while position < end {
            let byte = base[position]
            // Space, tab, line feed, carriage return.
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
                return
            }
            position += 1
        }
    }
    @inlinable
    mutating func begin(_ opening: UInt8) throws(JSONProblem) {
        skipSpace()
        guard position < end else { throw JSONProblem(.unexpectedEnd, at: position) }
        guard base[position] == opening else { throw JSONProblem(.wrongKind, at: position) }
        position += 1
    }
    @inlinable
    mutating func advance(_ first: inout Bool, closing: UInt8) throws(JSONProblem) -> Bool {
        skipSpace()
        guard position < end else { throw JSONProblem(.unexpectedEnd, at: position) }
        if base[position] == closing {
            position += 1
            return false
        }
        if first {
            first = false
            return true
        }
        guard base[position] == UInt8(ascii: ",") else {
            throw JSONProblem(.unexpectedByte, at: position)
        }
        position += 1
        skipSpace()
        // A comma must be followed by a member: the closing bracket is not one.
        guard position < end, base[position] != closing else {
            throw JSONProblem(position < end ? .unexpectedByte : .unexpectedEnd, at: position)
        }
        return true
    }
    @inline(__always)
    private mutating func skipDigits() {
        while position < end, base[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    }
    private mutating func literal(_ text: StaticString) throws(JSONProblem) {
        let count = text.utf8CodeUnitCount
        guard end - position >= count,
            JSONScan.equal(base + position, text.utf8Start, count)
        else { throw JSONProblem(.badLiteral, at: position) }
        position += count
    }
    @usableFromInline
    mutating func skipEscape() throws(JSONProblem) {
        guard position + 1 < end else { throw JSONProblem(.unexpectedEnd, at: position) }
        switch base[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            guard position + 6 <= end else { throw JSONProblem(.unexpectedEnd, at: position) }
            for index in position + 2..<position + 6 where JSONScan.hexDigit(base[index]) == nil {
                throw JSONProblem(.badEscape, at: position)
            }
            position += 6
        default: throw JSONProblem(.badEscape, at: position)
        }
    }
    private mutating func skip(depth: Int) throws(JSONProblem) {
        switch try peek() {
        case .string: _ = try readString()
        case .number: _ = try readNumber()
        case .bool: _ = try readBool()
        case .null: try readNull()
        case .object:
            guard depth < JSONReader.depthMax else { throw JSONProblem(.tooDeep, at: position) }
            try beginObject()
            var first = true
            while try nextKey(&first) != nil { try skip(depth: depth + 1) }
        case .array:
            guard depth < JSONReader.depthMax else { throw JSONProblem(.tooDeep, at: position) }
            try beginArray()
            var first = true
            while try nextElement(&first) { try skip(depth: depth + 1) }
        }
    }
}
