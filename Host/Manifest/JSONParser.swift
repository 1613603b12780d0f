/// A strict JSON reader (RFC 8259): UTF-8 is checked, keys are unique, depth is bounded.

/// Why a text is not JSON, and where.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    public let reason: String
    /// Bytes from the start.
    public let offset: Int
    /// Both count from 1; the column counts bytes.
    public let line: Int
    public let column: Int

    public var description: String { "line \(line), column \(column): \(reason)" }
}

extension JSONValue {
    /// Nested arrays and objects. Deeper than any configuration, far from the end of an 8 MiB
    /// stack, also where a value is walked recursively later.
    public static let depthMax = 64

    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    public init(parsing bytes: [UInt8]) throws(JSONError) {
        try self.init(parsing: bytes[...])
    }

    public init(parsing bytes: ArraySlice<UInt8>) throws(JSONError) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }
}

struct JSONParser {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var depth = 0

    init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let result = try value()
        skipSpace()
        guard position == bytes.endIndex else { throw failure("text after the end of the value") }
        return result
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        guard let first = peek else { throw failure("the text ends where a value is expected") }
        switch first {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure("this is not the start of a value")
        }
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        var result = JSONObject()
        if skipTo(UInt8(ascii: "}")) { return leave(.object(result)) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw failure("a key in quotes is expected") }
            let start = position
            let key = try string()
            guard result[key] == nil else {
                position = start
                throw failure("the key \"\(key)\" is there twice")
            }
            guard skipTo(UInt8(ascii: ":")) else { throw failure("a colon is expected") }
            result[key] = try value()
        } while skipTo(UInt8(ascii: ","))
        guard skipTo(UInt8(ascii: "}")) else { throw failure("a comma or } is expected") }
        return leave(.object(result))
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        var result: [JSONValue] = []
        if skipTo(UInt8(ascii: "]")) { return leave(.array(result)) }
        repeat { result.append(try value()) } while skipTo(UInt8(ascii: ","))
        guard skipTo(UInt8(ascii: "]")) else { throw failure("a comma or ] is expected") }
        return leave(.array(result))
    }

    private mutating func string() throws(JSONError) -> String {
        let start = position
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let text = String(validating: content, as: UTF8.self) else {
                    position = start
                    throw failure("the string is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20: throw failure("a control character in a string must be escaped")
            default:
                content.append(byte)
                position += 1
            }
        }
        position = start
        throw failure("the string does not end")
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONError) {
        let start = position
        position += 1
        guard let kind = peek else { throw failure("the text ends in an escape") }
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(kind)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code) {
                guard peek == UInt8(ascii: "\\"), peekNext == UInt8(ascii: "u") else {
                    position = start
                    throw failure("half of a surrogate pair")
                }
                position += 2
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else {
                    position = start
                    throw failure("half of a surrogate pair")
                }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else {
                position = start
                throw failure("half of a surrogate pair")
            }
            content.append(contentsOf: UTF8.encode(scalar)!)
        default:
            position = start
            throw failure("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("four hexadecimal digits are expected")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        var whole = true
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if peek == UInt8(ascii: ".") {
            whole = false
            position += 1
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            whole = false
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if whole, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            position = start
            throw failure("the number \(text.prefix(40)) is too large")
        }
        return .double(value)
    }

    private mutating func digits() throws(JSONError) {
        guard let first = peek, isDigit(first) else { throw failure("a digit is expected") }
        while let byte = peek, isDigit(byte) { position += 1 }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONError)
        -> JSONValue
    {
        let end = position + text.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard end <= bytes.endIndex, bytes[position..<end].elementsEqual(expected) else {
            throw failure("this is not the start of a value")
        }
        position = end
        return value
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }
    private var peekNext: UInt8? { position + 1 < bytes.endIndex ? bytes[position + 1] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    /// Skips space and, when it follows, `byte`.
    private mutating func skipTo(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func enter() throws(JSONError) {
        guard depth < JSONValue.depthMax else {
            throw failure("nested deeper than \(JSONValue.depthMax) levels")
        }
        depth += 1
        position += 1
    }

    private mutating func leave(_ value: JSONValue) -> JSONValue {
        depth -= 1
        return value
    }

    private func failure(_ reason: String) -> JSONError {
        let before = bytes[bytes.startIndex..<position]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? bytes.startIndex
        return JSONError(
            reason: reason, offset: position - bytes.startIndex,
            line: before.count { $0 == 0x0A } + 1, column: position - lineStart + 1)
    }
}
