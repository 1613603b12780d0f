/// Strings: quoted with escapes, or as a block when that gives the same value again.
extension Printer {
    mutating func append(_ text: Syntax.Text, asBlock: Bool) {
        let bytes = document.text[text.range]
        if asBlock, Self.survivesBlock(bytes) {
            appendBlockString(bytes)
        } else {
            appendQuoted(bytes)
        }
    }

    private mutating func appendQuoted(_ bytes: ArraySlice<UInt8>) {
        append("\"")
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0A: append("\\n")
            case 0x0C: append("\\f")
            case 0x0D: append("\\r")
            case 0..<0x20:
                let digits = String(byte, radix: 16, uppercase: true)
                append("\\u00" + (digits.utf8.count == 1 ? "0" : "") + digits)
            default: output.append(byte)
            }
        }
        append("\"")
    }

    /// Begins and ends with a line that is not blank, is not indented as a whole, and holds no
    /// control character but tab and line feed.
    private static func survivesBlock(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first > 0x20 else { return false }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 }) else { return false }
        let lastLine = bytes.reversed().prefix { $0 != 0x0A }
        return lastLine.contains { $0 != 0x20 && $0 != 0x09 }
    }

    private mutating func appendBlockString(_ bytes: ArraySlice<UInt8>) {
        append("\"\"\"")
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.isEmpty { output.append(0x0A) } else { appendLineStart() }
            appendBlockLine(line)
        }
        appendLineStart()
        append("\"\"\"")
    }

    /// Three quotes are written `\"""`.
    private mutating func appendBlockLine(_ line: ArraySlice<UInt8>) {
        var quotes = 0
        for byte in line {
            output.append(byte)
            quotes = byte == UInt8(ascii: "\"") ? quotes + 1 : 0
            if quotes == 3 {
                output.insert(UInt8(ascii: "\\"), at: output.count - 3)
                quotes = 0
            }
        }
    }
}
