/// Reads a shape back into values, when a plan is made for it.

struct VariableShape {
    private let bytes: [UInt8]
    private var position = 0
    private var leafCount = 0

    init(_ shape: [UInt8]) { bytes = shape }

    /// The value of each variable of the operation; defaults take the place of what is absent.
    static func values(_ shape: [UInt8], of operation: PreparedOperation) -> [Syntax.Name:
        InputValue]
    {
        var reader = VariableShape(shape)
        var values: [Syntax.Name: InputValue] = [:]
        for variable in operation.variables {
            if let value = reader.value() {
                values[variable.symbol] = value
            } else if let literal = variable.defaultValue {
                values[variable.symbol] = InputValue(
                    literal, in: operation.document, variables: [:])
            }
        }
        return values
    }

    /// The next value; nil when it is absent.
    private mutating func value() -> InputValue? {
        switch next() {
        case VariableReader.Mark.absent: return nil
        case VariableReader.Mark.string: return leaf(.string)
        case VariableReader.Mark.number: return leaf(.number)
        case VariableReader.Mark.yes: return leaf(.yes)
        case VariableReader.Mark.no: return leaf(.no)
        case VariableReader.Mark.array: return leaf(.array)
        case VariableReader.Mark.object: return leaf(.object)
        case VariableReader.Mark.enumeration:
            return .enumeration(name(until: VariableReader.Mark.end))
        case UInt8(ascii: "["):
            var elements: [InputValue] = []
            while peek() != UInt8(ascii: "]") { elements.append(value() ?? .null) }
            position += 1
            return .list(elements)
        case UInt8(ascii: "{"):
            var members: [InputValue.Member] = []
            while peek() != UInt8(ascii: "}") {
                let name = name(until: VariableReader.Mark.colon)
                members.append(InputValue.Member(name: name, value: value() ?? .null))
            }
            position += 1
            return .object(members)
        default: return .null
        }
    }
    private mutating func leaf(_ kind: InputValue.Leaf.Kind) -> InputValue {
        leafCount += 1
        return .leaf(.variable(kind, leafCount - 1))
    }
    private func peek() -> UInt8 {
        // `VariableReader` closes what it opens.
        precondition(position < bytes.count, "a shape that ends inside a value")
        return bytes[position]
    }
    private mutating func next() -> UInt8 {
        let byte = peek()
        position += 1
        return byte
    }
    private mutating func name(until end: UInt8) -> String {
        let start = position
        while peek() != end { position += 1 }
        position += 1
        return String(decoding: bytes[start..<position - 1], as: UTF8.self)
    }
}
