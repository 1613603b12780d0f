/// Writes a JSON value as compact or as indented text.

extension JSONValue {
    /// In one line, without spaces.
    public var text: String { String(decoding: serialized(), as: UTF8.self) }

    /// Over several lines, indented by two spaces, with a newline at the end.
    public var prettyText: String { String(decoding: serialized(pretty: true), as: UTF8.self) }

    public func serialized(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.write(self)
        if pretty { writer.bytes.append(0x0A) }
        return writer.bytes
    }
}

struct JSONWriter {
    let pretty: Bool
    var bytes: [UInt8] = []
    private var depth = 0

    init(pretty: Bool) { self.pretty = pretty }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .integer(let value): put(String(value))
        // JSON has no word for these; a parsed value is never one, a computed one may be.
        case .double(let value): put(value.isFinite ? value.description : "null")
        case .string(let value): write(string: value)
        case .array(let elements):
            list("[", "]", elements) { $0.write($1) }
        case .object(let object):
            list("{", "}", object.members) { writer, member in
                writer.write(string: member.key)
                writer.put(writer.pretty ? ": " : ":")
                writer.write(member.value)
            }
        }
    }

    private mutating func list<Element>(
        _ open: String, _ close: String, _ elements: [Element],
        _ each: (inout JSONWriter, Element) -> Void
    ) {
        put(open)
        depth += 1
        for (number, element) in elements.enumerated() {
            if number > 0 { put(",") }
            newLine()
            each(&self, element)
        }
        depth -= 1
        if !elements.isEmpty { newLine() }
        put(close)
    }

    private mutating func newLine() {
        guard pretty else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
    }

    private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func write(string: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: put("\\n")
            case 0x0D: put("\\r")
            case 0x09: put("\\t")
            case 0..<0x20, 0x7F:
                let digits = Array("0123456789abcdef".utf8)
                put("\\u00")
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
