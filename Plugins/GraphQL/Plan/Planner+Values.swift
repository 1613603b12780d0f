/// Values: which parameter carries them and in what form.

import PluginAPI

extension Planner {
    /// A value for a column of `type`.
    func sqlValue(_ value: InputValue, _ type: ScalarType) throws(QueryError) -> SQLValue {
        if case .null = value { return .null(cast: type.cast) }
        if type.isJSON { return .parameter(jsonSource(value), cast: type.cast) }
        if type.isArray { return try sqlArray(value, type.element, cast: type.cast) }
        // A domain over an array is a scalar by name and takes lists all the same.
        if type.isArrayDomain, value.isList { return try sqlArray(value, .text, cast: type.cast) }
        switch value {
        case .null: return .null(cast: type.cast)
        case .leaf(.literal(_, let text)): return .parameter(.constant(text), cast: type.cast)
        case .leaf(.variable(let kind, let index)):
            // A list or object for a type that is neither JSON nor an array: its own input decides.
            let form: ParameterForm = kind == .array || kind == .object ? .json : .text
            return .parameter(.variable(index, form), cast: type.cast)
        case .enumeration(let name): return .parameter(.constant(name), cast: type.cast)
        case .list, .object: return .parameter(jsonSource(value), cast: type.cast)
        }
    }

    /// Values of `type` for `_in`, as one array.
    func sqlList(_ value: InputValue, _ type: ScalarType) throws(QueryError) -> SQLValue {
        try sqlArray(value, type, cast: type.arrayCast)
    }

    private func sqlArray(_ value: InputValue, _ element: ScalarType, cast: String)
        throws(QueryError) -> SQLValue
    {
        if case .leaf(.variable(.array, let index)) = value {
            return .parameter(.variable(index, element.isJSON ? .jsonArray : .array), cast: cast)
        }
        // An array in PostgreSQL's own text form, `"{1,2}"`, is understood by its input.
        if case .leaf(.literal(.string, let text)) = value, text.hasPrefix("{"), !element.isJSON {
            return .parameter(.constant(text), cast: cast)
        }
        var constants: [UInt8] = [UInt8(ascii: "{")]
        var elements: [SQLValue] = []
        var isConstant = true
        for (index, one) in value.elements.enumerated() {
            let element = try sqlValue(one, element)
            elements.append(element)
            if index > 0 { constants.append(UInt8(ascii: ",")) }
            switch element {
            case .null: constants.append(contentsOf: "NULL".utf8)
            case .parameter(.constant(let text), _): ArrayText.quote(text.utf8, to: &constants)
            default: isConstant = false
            }
        }
        guard isConstant else { return .array(elements, cast: cast) }
        constants.append(UInt8(ascii: "}"))
        return .parameter(.constant(String(decoding: constants, as: UTF8.self)), cast: cast)
    }

    /// The value as JSON; scalars of the request are put in when they are known.
    func jsonSource(_ value: InputValue) -> ParameterSource {
        if case .leaf(.variable(_, let index)) = value { return .variable(index, .json) }
        var pieces: [JSONPiece] = []
        var text = ""
        append(value, &text, &pieces)
        guard !pieces.isEmpty else { return .constant(text) }
        if !text.isEmpty { pieces.append(.text(text)) }
        return .json(pieces)
    }
    private func append(_ value: InputValue, _ text: inout String, _ pieces: inout [JSONPiece]) {
        switch value {
        case .null: text += "null"
        case .leaf(.literal(.string, let string)), .enumeration(let string):
            text += Planner.quoted(string)
        case .leaf(.literal(_, let word)): text += word
        case .leaf(.variable(_, let index)):
            if !text.isEmpty { pieces.append(.text(text)) }
            text = ""
            pieces.append(.variable(index))
        case .list(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                append(element, &text, &pieces)
            }
            text += "]"
        case .object:
            text += "{"
            for (index, member) in value.members.enumerated() {
                if index > 0 { text += "," }
                text += Planner.quoted(member.name) + ":"
                append(member.value, &text, &pieces)
            }
            text += "}"
        }
    }
    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter(capacity: text.utf8.count + 16)
        writer.writeString(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
