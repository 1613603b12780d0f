/// The words for input values that do not fit, the same for literals and for JSON variables.
enum InputWords {
    static func mismatch(_ expected: String, _ type: SchemaType, found: String) -> String {
        "expected \(expected) for type '\(type.name)', but found \(found)"
    }

    static func unknownEnumValue(_ name: String, _ type: SchemaType) -> String {
        let values = type.enumValues.map { "'\($0.name)'" }.joined(separator: ", ")
        return "expected one of the values [\(values)] for type '\(type.name)', but found '\(name)'"
    }

    /// An integer that is not one of 32 bits, written as Hasura writes it.
    static func outOfBounds(_ digits: String) -> String {
        "The value \(scientific(digits)) lies outside the bounds or is not an integer. "
            + "Maybe it is a float, or is there integer overflow?"
    }

    /// What a scalar takes.
    static func expected(_ type: SchemaType, isNonNegative: Bool) -> String {
        switch type.name {
        case "Int": return isNonNegative ? "a non-negative 32-bit integer" : "a 32-bit integer"
        case "Float": return "a float"
        case "String": return "a string"
        case "Boolean": return "a boolean"
        case "ID": return "a String or a 32-bit integer"
        case "uuid": return "a UUID"
        default: break
        }
        let words: [(ScalarValues, String)] = [
            (.float, "a number"), (.integer, "an integer"), (.string, "a string"),
            (.boolean, "a boolean"),
            (.enumeration, "an enum value"), (.list, "a list"), (.object, "an object"),
        ]
        var taken = words.filter { type.scalarValues.contains($0.0) }.map(\.1)
        if taken.first == "a number" { taken.removeAll { $0 == "an integer" } }
        return taken.isEmpty ? "a value" : taken.joined(separator: " or ")
    }

    /// 2147483648 as 2.147483648e9.
    private static func scientific(_ digits: String) -> String {
        guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }) else {
            return digits
        }
        let sign = digits.hasPrefix("-") ? "-" : ""
        let figures = digits.drop { $0 == "-" }
        guard figures.count > 7, let first = figures.first else { return digits + ".0" }
        var rest = figures.dropFirst()
        while rest.last == "0" { rest.removeLast() }
        return "\(sign)\(first).\(rest.isEmpty ? "0" : String(rest))e\(figures.count - 1)"
    }
}
