/// A value as a small tree, for what must be looked into: input objects, `jsonb` literals with
/// variables inside, arguments of introspection. Simple variables are bound from slices instead.
enum GraphQLValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// Digits as written, so that nothing is lost on the way to `numeric`.
    case number(String)
    case string(String)
    /// Only from a document's literal.
    case enumeration(String)
    case list([GraphQLValue])
    /// In the order written.
    case object([Member])

    struct Member: Hashable, Sendable {
        let name: String
        let value: GraphQLValue
    }

    subscript(name: String) -> GraphQLValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// How a message names it.
    var label: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .number(let digits):
            digits.utf8.contains { $0 == 0x2E || $0 | 0x20 == 0x65 } ? "a float" : "an integer"
        case .string: "a string"
        case .enumeration: "an enum value"
        case .list: "a list"
        case .object: "an object"
        }
    }
}

extension GraphQLValue {
    /// From JSON that a `JSONScanner` accepted, in one pass; other bytes give null.
    init(_ slice: JSONSlice, in body: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(body, slice.range)
        self = (try? Self.read(&scanner, depth: 0)) ?? .null
    }

    private static func read(_ scanner: inout JSONScanner, depth: Int) throws(JSONError)
        -> GraphQLValue
    {
        let first = scanner.peek()
        if first == UInt8(ascii: "["), depth < RequestLimit.depthMax {
            _ = scanner.skip(first)
            var elements: [GraphQLValue] = []
            if scanner.skip(UInt8(ascii: "]")) { return .list(elements) }
            repeat {
                elements.append(try read(&scanner, depth: depth + 1))
            } while scanner.skip(UInt8(ascii: ","))
            try scanner.expect(UInt8(ascii: "]"))
            return .list(elements)
        }
        if first == UInt8(ascii: "{"), depth < RequestLimit.depthMax {
            _ = scanner.skip(first)
            var members: [Member] = []
            if scanner.skip(UInt8(ascii: "}")) { return .object(members) }
            repeat {
                guard scanner.peek() == UInt8(ascii: "\"") else {
                    throw scanner.unexpected("a member's name")
                }
                let name = try scanner.string().string(in: scanner.bytes)
                try scanner.expect(UInt8(ascii: ":"))
                members.append(Member(name: name, value: try read(&scanner, depth: depth + 1)))
            } while scanner.skip(UInt8(ascii: ","))
            try scanner.expect(UInt8(ascii: "}"))
            return .object(members)
        }
        let value = try scanner.value(depth: depth)
        switch value.kind {
        case .boolean: return .boolean(value.isTrue)
        case .number: return .number(String(decoding: scanner.bytes[value.range], as: UTF8.self))
        case .string: return .string(value.text.string(in: scanner.bytes))
        case .null, .array, .object: return .null
        }
    }

    /// From a document's literal. A variable that has no value is null in a list, and left out of an object.
    init(_ value: Syntax.Value, in document: Document, variables: (String) -> GraphQLValue?) {
        switch value.shape {
        case .variable(let name): self = variables(document[name]) ?? .null
        case .integer(let text), .float(let text): self = .number(document[text: text])
        case .string(let text, _): self = .string(document[text: text])
        case .boolean(let flag): self = .boolean(flag)
        case .null: self = .null
        case .enumeration(let name): self = .enumeration(document[name])
        case .list(let elements):
            self = .list(
                document[elements].map { GraphQLValue($0, in: document, variables: variables) })
        case .object(let members):
            self = .object(
                document[members].compactMap { member in
                    if case .variable(let name) = member.value.shape,
                        variables(document[name]) == nil
                    {
                        return nil
                    }
                    return Member(
                        name: document[member.name],
                        value: GraphQLValue(member.value, in: document, variables: variables))
                })
        }
    }

    /// Appends the value as JSON; an enum value is a string there.
    func appendJSON(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .boolean(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let digits): output.append(contentsOf: digits.utf8)
        case .string(let text), .enumeration(let text): JSONText.appendQuoted(text, to: &output)
        case .list(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.appendJSON(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                JSONText.appendQuoted(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.appendJSON(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }
}

extension JSONText {
    /// Appends a string as JSON, with quotes; only what must be escaped is.
    static func appendQuoted(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0x0A: output.append(contentsOf: "\\n".utf8)
            case 0x0D: output.append(contentsOf: "\\r".utf8)
            case 0x09: output.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                output.append(contentsOf: "\\u00".utf8)
                output.append(contentsOf: [hex(byte >> 4), hex(byte & 15)])
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func hex(_ digit: UInt8) -> UInt8 {
        digit < 10 ? 0x30 + digit : 0x61 + digit - 10
    }
}
