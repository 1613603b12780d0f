/// Splits UTF-8 bytes into tokens, one at a time. Works on the caller's bytes; only strings with
/// escapes and block strings are written anew, into `decoded`.
struct Lexer {
    let source: UnsafeRawBufferPointer
    /// Strings whose value is not a run of the source, one after the other.
    var decoded: [UInt8] = []
    private var offset = 0

    init(_ source: UnsafeRawBufferPointer) { self.source = source }

    mutating func next() throws(SyntaxError) -> Token {
        skipIgnored()
        let start = offset
        guard start < source.count else { return Token(.endOfFile, start: start, end: start) }
        let byte = source[start]
        switch byte {
        case UInt8(ascii: "!"): return punctuator(.exclamation)
        case UInt8(ascii: "$"): return punctuator(.dollar)
        case UInt8(ascii: "&"): return punctuator(.ampersand)
        case UInt8(ascii: "("): return punctuator(.parenthesisOpen)
        case UInt8(ascii: ")"): return punctuator(.parenthesisClose)
        case UInt8(ascii: ":"): return punctuator(.colon)
        case UInt8(ascii: "="): return punctuator(.equals)
        case UInt8(ascii: "@"): return punctuator(.at)
        case UInt8(ascii: "["): return punctuator(.bracketOpen)
        case UInt8(ascii: "]"): return punctuator(.bracketClose)
        case UInt8(ascii: "{"): return punctuator(.braceOpen)
        case UInt8(ascii: "|"): return punctuator(.pipe)
        case UInt8(ascii: "}"): return punctuator(.braceClose)
        case UInt8(ascii: "."):
            guard peek(1) == byte, peek(2) == byte else {
                throw error("unexpected \".\": a spread is written \"...\"", at: start)
            }
            offset += 3
            return Token(.spread, start: start, end: offset)
        case UInt8(ascii: "\""):
            if peek(1) == byte, peek(2) == byte { return try blockString() }
            return try string()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "_"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            offset += 1
            while Self.isNameContinue(peek(0)) { offset += 1 }
            return Token(.name, start: start, end: offset)
        default: throw error("unexpected character \(Self.describe(source, at: start))", at: start)
        }
    }

    func error(_ reason: String, at offset: Int) -> SyntaxError {
        SyntaxError(reason: reason, position: SourcePosition(of: offset, in: source))
    }

    /// The byte `distance` after the current one; 0 after the end, which is no character of GraphQL.
    func peek(_ distance: Int) -> UInt8 {
        let index = offset + distance
        return index < source.count ? source[index] : 0
    }

    private mutating func punctuator(_ kind: Token.Kind) -> Token {
        offset += 1
        return Token(kind, start: offset - 1, end: offset)
    }

    /// White space, line ends, commas, comments and byte order marks.
    private mutating func skipIgnored() {
        while offset < source.count {
            switch source[offset] {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "#"):
                // A control character ends the comment here and is refused as a token.
                while offset < source.count, source[offset] >= 0x20 || source[offset] == 0x09 {
                    offset += 1
                }
            case 0xEF where peek(1) == 0xBB && peek(2) == 0xBF: offset += 3
            default: return
            }
        }
    }

    // MARK: - Numbers

    private mutating func number() throws(SyntaxError) -> Token {
        let start = offset
        var isFloat = false
        if peek(0) == UInt8(ascii: "-") { offset += 1 }
        if peek(0) == UInt8(ascii: "0") {
            offset += 1
            if Self.isDigit(peek(0)) {
                throw error("a number must not begin with 0 and more digits", at: start)
            }
        } else {
            try digits()
        }
        if peek(0) == UInt8(ascii: ".") {
            isFloat = true
            offset += 1
            try digits()
        }
        if peek(0) | 0x20 == UInt8(ascii: "e") {
            isFloat = true
            offset += 1
            if peek(0) == UInt8(ascii: "+") || peek(0) == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        if peek(0) == UInt8(ascii: ".") || Self.isNameContinue(peek(0)) {
            throw error(
                "a number must not be followed by \(Self.describe(source, at: offset))", at: offset)
        }
        return Token(isFloat ? .float : .integer, start: start, end: offset)
    }

    private mutating func digits() throws(SyntaxError) {
        guard Self.isDigit(peek(0)) else {
            throw error("expected a digit, found \(Self.describe(source, at: offset))", at: offset)
        }
        while Self.isDigit(peek(0)) { offset += 1 }
    }

    // MARK: - Strings

    private mutating func string() throws(SyntaxError) -> Token {
        let start = offset
        offset += 1
        let content = offset
        while offset < source.count {
            switch source[offset] {
            case UInt8(ascii: "\""):
                let text = Syntax.Text(start: UInt32(content), count: UInt32(offset - content))
                offset += 1
                return Token(.string, start: start, end: offset, text: text)
            case UInt8(ascii: "\\"): return try escapedString(start: start, content: content)
            case 0x20...0xFF, 0x09: offset += 1
            case 0x0A, 0x0D: throw error("a string must end on its line", at: start)
            default:
                throw error(
                    "unexpected character \(Self.describe(source, at: offset)) in a string",
                    at: offset)
            }
        }
        throw error("a string is not closed", at: start)
    }

    /// From the first escape on: the value is collected in `decoded`.
    private mutating func escapedString(start: Int, content: Int) throws(SyntaxError) -> Token {
        let first = decoded.count
        decoded.append(contentsOf: source[content..<offset])
        while offset < source.count {
            let byte = source[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return Token(.string, start: start, end: offset, text: decodedText(from: first))
            case UInt8(ascii: "\\"): try escape()
            case 0x20...0xFF, 0x09:
                decoded.append(byte)
                offset += 1
            case 0x0A, 0x0D: throw error("a string must end on its line", at: start)
            default:
                throw error(
                    "unexpected character \(Self.describe(source, at: offset)) in a string",
                    at: offset)
            }
        }
        throw error("a string is not closed", at: start)
    }

    private mutating func escape() throws(SyntaxError) {
        let start = offset
        switch peek(1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(peek(1))
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            offset += 2
            UnicodeEscape.append(try unicodeEscape(start: start), to: &decoded)
            return
        default:
            throw error(
                "unknown escape in a string: \"\\\" before \(Self.describe(source, at: start + 1))",
                at: start)
        }
        offset += 2
    }

    /// After `\u`: `XXXX`, a surrogate pair of two such, or `{X...}`.
    private mutating func unicodeEscape(start: Int) throws(SyntaxError) -> UInt32 {
        if peek(0) == UInt8(ascii: "{") {
            offset += 1
            var scalar: UInt32 = 0
            let digits = offset
            while let digit = UnicodeEscape.hexDigit(peek(0)) {
                scalar = min(scalar << 4 | digit, 0x110000)
                offset += 1
            }
            guard offset > digits, peek(0) == UInt8(ascii: "}"), UnicodeEscape.isScalar(scalar)
            else {
                throw error(
                    "not a Unicode scalar value: \"\\u{...}\" takes 0 to 10FFFF without D800 to DFFF",
                    at: start)
            }
            offset += 1
            return scalar
        }
        let unit = try hexQuad(start: start)
        if UnicodeEscape.isScalar(unit) { return unit }
        guard unit < 0xDC00, peek(0) == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") else {
            throw error("a surrogate stands alone in a string escape", at: start)
        }
        offset += 2
        let low = try hexQuad(start: start)
        guard low >= 0xDC00, low <= 0xDFFF else {
            throw error("a surrogate stands alone in a string escape", at: start)
        }
        return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
    }

    private mutating func hexQuad(start: Int) throws(SyntaxError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = UnicodeEscape.hexDigit(peek(0)) else {
                throw error("\"\\u\" takes four hexadecimal digits", at: start)
            }
            unit = unit << 4 | digit
            offset += 1
        }
        return unit
    }

    private mutating func blockString() throws(SyntaxError) -> Token {
        let start = offset
        offset += 3
        let content = offset
        while offset < source.count {
            switch source[offset] {
            case UInt8(ascii: "\"")
            where peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\""):
                let raw = UnsafeRawBufferPointer(rebasing: source[content..<offset])
                let first = decoded.count
                BlockString.append(raw, to: &decoded)
                offset += 3
                return Token(
                    .blockString, start: start, end: offset, text: decodedText(from: first))
            case UInt8(ascii: "\\")
            where peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"")
                && peek(3) == UInt8(ascii: "\""):
                offset += 4
            case 0x20...0xFF, 0x09, 0x0A, 0x0D: offset += 1
            default:
                throw error(
                    "unexpected character \(Self.describe(source, at: offset)) in a string",
                    at: offset)
            }
        }
        throw error("a block string is not closed", at: start)
    }

    private func decodedText(from first: Int) -> Syntax.Text {
        Syntax.Text(start: UInt32(source.count + first), count: UInt32(decoded.count - first))
    }

    // MARK: - Characters

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    static func isNameContinue(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
    }

    /// The character at `offset` for a message: itself when printable ASCII, else its code.
    static func describe(_ source: UnsafeRawBufferPointer, at offset: Int) -> String {
        guard offset < source.count else { return "the end of the document" }
        let rest = UnsafeRawBufferPointer(rebasing: source[offset..<min(offset + 4, source.count)])
        guard let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first else {
            return "nothing"
        }
        if scalar.value > 0x20, scalar.value < 0x7F { return "\"\(Character(scalar))\"" }
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
}
