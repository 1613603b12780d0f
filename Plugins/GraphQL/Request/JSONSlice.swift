/// Pieces of JSON that stay where they are: ranges of the body with what the reader learnt of them.
enum JSONKind: UInt8, Sendable {
    case null, boolean, number, string, array, object

    /// How a message names it.
    var label: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// The content of a JSON string, between its quotes.
struct JSONText: Equatable, Sendable {
    let range: Range<Int>
    /// When false, the bytes are the value.
    let hasEscapes: Bool
    /// Holds U+0000, which PostgreSQL's text cannot.
    let hasNull: Bool
}

/// One JSON value in the body.
struct JSONSlice: Equatable, Sendable {
    let kind: JSONKind
    /// Of a string with its quotes.
    let range: Range<Int>
    let hasEscapes: Bool
    let hasNull: Bool

    /// Of a string: its content.
    var text: JSONText {
        JSONText(
            range: range.lowerBound + 1..<range.upperBound - 1, hasEscapes: hasEscapes,
            hasNull: hasNull)
    }

    /// Of a boolean: `true` has four letters.
    var isTrue: Bool { kind == .boolean && range.count == 4 }
}

extension JSONText {
    /// Appends the value, with escapes resolved. The range was accepted by `JSONScanner`.
    func append(from body: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard hasEscapes else {
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: body[range]))
            return
        }
        output.reserveCapacity(output.count + range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            var run = index
            while run < range.upperBound, body[run] != UInt8(ascii: "\\") { run += 1 }
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: body[index..<run]))
            index = run
            guard index + 1 < range.upperBound else { break }
            switch body[index + 1] {
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "u"):
                var unit = hexQuad(body, at: index + 2)
                if !UnicodeEscape.isScalar(unit) {
                    let low = hexQuad(body, at: index + 8)
                    unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF)
                    index += 6
                }
                UnicodeEscape.append(unit, to: &output)
                index += 4
            case let other: output.append(other)
            }
            index += 2
        }
    }

    private func hexQuad(_ body: UnsafeRawBufferPointer, at index: Int) -> UInt32 {
        guard index + 4 <= range.upperBound else { return 0xFFFD }
        var unit: UInt32 = 0
        for distance in 0..<4 {
            unit = unit << 4 | (UnicodeEscape.hexDigit(body[index + distance]) ?? 0)
        }
        return unit
    }

    func string(in body: UnsafeRawBufferPointer) -> String {
        guard hasEscapes else { return String(decoding: body[range], as: UTF8.self) }
        var bytes: [UInt8] = []
        append(from: body, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the value is `name`. Allocates only for a name with escapes.
    func equals(_ name: StaticString, in body: UnsafeRawBufferPointer) -> Bool {
        guard hasEscapes else {
            return range.count == name.utf8CodeUnitCount
                && body[range].elementsEqual(
                    UnsafeBufferPointer(start: name.utf8Start, count: range.count))
        }
        return string(in: body) == name.description
    }

    /// Whether the value is these UTF-8 bytes. Allocates only for a name with escapes.
    func equals(_ name: UnsafeRawBufferPointer, in body: UnsafeRawBufferPointer) -> Bool {
        guard hasEscapes else {
            return range.count == name.count && body[range].elementsEqual(name)
        }
        var bytes: [UInt8] = []
        append(from: body, to: &bytes)
        return bytes.elementsEqual(name)
    }
}

extension JSONSlice {
    /// Of a number without fraction and exponent that fits.
    func integer(in body: UnsafeRawBufferPointer) -> Int64? {
        guard kind == .number else { return nil }
        var index = range.lowerBound
        let isNegative = body[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var value: Int64 = 0
        while index < range.upperBound {
            let digit = body[index] &- 0x30
            guard digit < 10 else { return nil }
            let (product, overflowA) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowB) =
                isNegative
                ? product.subtractingReportingOverflow(Int64(digit))
                : product.addingReportingOverflow(Int64(digit))
            guard !overflowA, !overflowB else { return nil }
            value = sum
            index += 1
        }
        return value
    }

    /// Of a number; nil when it is not one or not finite.
    func double(in body: UnsafeRawBufferPointer) -> Double? {
        guard kind == .number, let value = Double(String(decoding: body[range], as: UTF8.self)),
            value.isFinite
        else { return nil }
        return value
    }
}
