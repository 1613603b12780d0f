/// Literals against the types of their places.
extension Validator {
    /// The path names the place.
    mutating func check(_ value: Syntax.Value, as input: SchemaInputValue) throws(ValidationError) {
        if case .variable(let name) = value.shape {
            return try checkUse(of: name, as: input, offset: value.offset)
        }
        if case .null = value.shape, !input.type.isNonNull { return }
        switch input.type.nullable {
        case .list(let element): try checkList(value, of: element)
        case .named(let name), .nonNull(.named(let name)):
            guard let type = type(named: name) else {
                throw error("no such type exists in the schema: '\(name)'", at: value.offset)
            }
            try check(value, as: type, isNonNegative: input.isNonNegative)
        case .nonNull:
            throw error("the type '\(input.type.text)' is not well formed", at: value.offset)
        }
    }

    private mutating func checkList(_ value: Syntax.Value, of element: SchemaTypeReference)
        throws(ValidationError)
    {
        let input = SchemaInputValue(name: "", type: element)
        switch value.shape {
        case .null: throw error("expected a list, but found null", at: value.offset)
        case .list(let elements):
            for (index, value) in document[elements].enumerated() {
                path.push(.index(index))
                try check(value, as: input)
                path.pop()
            }
        default:
            // One value where a list is expected is a list of one.
            path.push(.index(0))
            try check(value, as: input)
            path.pop()
        }
    }

    private mutating func check(_ value: Syntax.Value, as type: SchemaType, isNonNegative: Bool)
        throws(ValidationError)
    {
        switch type.kind {
        case .inputObject: try checkObject(value, as: type)
        case .enumeration: try checkEnumeration(value, as: type)
        case .scalar: try checkScalar(value, as: type, isNonNegative: isNonNegative)
        case .object, .interface, .union:
            throw error("the type '\(type.name)' is not an input type", at: value.offset)
        }
    }

    private mutating func checkObject(_ value: Syntax.Value, as type: SchemaType)
        throws(ValidationError)
    {
        guard case .object(let members) = value.shape else {
            throw mismatch("an object", type, value)
        }
        try checkUnique(members) { "the field '\($0)' is given more than once" }
        var requiredCount = 0
        for member in document[members] {
            let name = document[member.name]
            path.push(.key(name))
            guard let field = type.inputField(named: name) else {
                throw error("field '\(name)' not found in type: '\(type.name)'", at: member.offset)
            }
            if field.isRequired { requiredCount += 1 }
            try check(member.value, as: field)
            path.pop()
        }
        guard type.requiredInputFieldCount > requiredCount else { return }
        for field in type.inputFields where field.isRequired {
            guard !document[members].contains(where: { document[$0.name] == field.name }) else {
                continue
            }
            path.push(.key(field.name))
            throw error("missing required field '\(field.name)'", at: value.offset)
        }
    }

    private func checkEnumeration(_ value: Syntax.Value, as type: SchemaType)
        throws(ValidationError)
    {
        guard case .enumeration(let name) = value.shape else {
            throw mismatch("an enum value", type, value)
        }
        guard type.enumValue(named: document[name]) == nil else { return }
        throw error(InputWords.unknownEnumValue(document[name], type), at: value.offset)
    }

    private func checkScalar(_ value: Syntax.Value, as type: SchemaType, isNonNegative: Bool)
        throws(ValidationError)
    {
        guard let kind = value.scalarKind, type.scalarValues.contains(kind) else {
            throw mismatch(InputWords.expected(type, isNonNegative: isNonNegative), type, value)
        }
        guard type.name == "Int", case .integer(let text) = value.shape else { return }
        let digits = document[text: text]
        if isNonNegative, digits.utf8.first == UInt8(ascii: "-"), digits != "-0" {
            throw mismatch(InputWords.expected(type, isNonNegative: true), type, value)
        }
        if Int32(digits) == nil {
            throw error(InputWords.outOfBounds(digits), code: "parse-failed", at: value.offset)
        }
    }

    private func mismatch(_ expected: String, _ type: SchemaType, _ value: Syntax.Value)
        -> ValidationError
    {
        error(InputWords.mismatch(expected, type, found: value.label), at: value.offset)
    }
}

extension Syntax.Value {
    /// How a message names the literal.
    var label: String {
        switch shape {
        case .variable: "a variable"
        case .integer: "an integer"
        case .float: "a float"
        case .string: "a string"
        case .boolean: "a boolean"
        case .null: "null"
        case .enumeration: "an enum value"
        case .list: "a list"
        case .object: "an object"
        }
    }

    /// What a scalar must take for this literal; nil for null and variables.
    fileprivate var scalarKind: ScalarValues? {
        switch shape {
        case .variable, .null: nil
        case .integer: .integer
        case .float: .float
        case .string: .string
        case .boolean: .boolean
        case .enumeration: .enumeration
        case .list: .list
        case .object: .object
        }
    }
}
