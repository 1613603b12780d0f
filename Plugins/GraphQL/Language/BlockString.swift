/// The value of a block string: common indentation and blank outer lines removed, as the
/// specification's BlockStringValue() says.
enum BlockString {
    /// Appends the value of `raw`, which is what stands between the triple quotes. Linear.
    static func append(_ raw: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var commonIndent = Int.max
        var firstLine: Int?
        var lastLine = 0
        var lineNumber = 0
        forEachLine(raw) { line in
            let indent = leadingSpace(raw, line)
            if indent < line.count {
                if lineNumber > 0 { commonIndent = min(commonIndent, indent) }
                if firstLine == nil { firstLine = lineNumber }
                lastLine = lineNumber
            }
            lineNumber += 1
        }
        guard let first = firstLine else { return }
        if commonIndent == .max { commonIndent = 0 }
        lineNumber = 0
        forEachLine(raw) { line in
            defer { lineNumber += 1 }
            guard lineNumber >= first, lineNumber <= lastLine else { return }
            if lineNumber > first { output.append(0x0A) }
            let cut = lineNumber == 0 ? 0 : min(commonIndent, line.count)
            appendLine(raw, line.lowerBound + cut..<line.upperBound, to: &output)
        }
    }

    /// One line; `\"""` is three quotes.
    private static func appendLine(
        _ raw: UnsafeRawBufferPointer, _ line: Range<Int>, to output: inout [UInt8]
    ) {
        var index = line.lowerBound
        while index < line.upperBound {
            if raw[index] == UInt8(ascii: "\\"), index + 3 < line.upperBound,
                raw[index + 1] == UInt8(ascii: "\""), raw[index + 2] == UInt8(ascii: "\""),
                raw[index + 3] == UInt8(ascii: "\"")
            {
                index += 1
                for _ in 0..<3 { output.append(UInt8(ascii: "\"")) }
                index += 3
            } else {
                output.append(raw[index])
                index += 1
            }
        }
    }

    private static func leadingSpace(_ raw: UnsafeRawBufferPointer, _ line: Range<Int>) -> Int {
        var count = 0
        while count < line.count,
            raw[line.lowerBound + count] == 0x20 || raw[line.lowerBound + count] == 0x09
        {
            count += 1
        }
        return count
    }

    private static func forEachLine(_ raw: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
        var start = 0
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            if byte == 0x0A || byte == 0x0D {
                body(start..<index)
                if byte == 0x0D, index + 1 < raw.count, raw[index + 1] == 0x0A { index += 1 }
                start = index + 1
            }
            index += 1
        }
        body(start..<raw.count)
    }
}
