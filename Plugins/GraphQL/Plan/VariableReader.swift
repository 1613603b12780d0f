/// Reads a request's variables in one pass: their shape, which belongs to the plan's key, and their
/// scalars, which become parameters. [loop] hot

/// The shape is text: one mark per scalar (its kind), null or absence, with names of members and
/// enum values in full. Equal shapes can share a plan, whatever the scalars are.
struct VariableReader {
    /// Bytes that say what was given.
    private(set) var shape: [UInt8] = []
    /// The scalars, in the order in which the shape has them.
    private(set) var leaves: [JSONSlice] = []
    private var given: [JSONSlice?] = []

    enum Mark {
        static let absent = UInt8(ascii: "-")
        static let null = UInt8(ascii: "0")
        static let string = UInt8(ascii: "s")
        static let number = UInt8(ascii: "n")
        static let yes = UInt8(ascii: "t")
        static let no = UInt8(ascii: "f")
        static let array = UInt8(ascii: "a")
        static let object = UInt8(ascii: "o")
        static let enumeration = UInt8(ascii: "e")
        static let end = UInt8(ascii: ";")
        static let colon = UInt8(ascii: ":")
    }

    /// Reads the variables of `request` as `operation` declares them.
    mutating func read(
        _ request: GraphQLRequest, in body: UnsafeRawBufferPointer,
        for operation: PreparedOperation,
        schema: RoleSchema
    ) throws(QueryError) {
        shape.removeAll(keepingCapacity: true)
        leaves.removeAll(keepingCapacity: true)
        let variables = operation.variables
        given.removeAll(keepingCapacity: true)
        for _ in variables { given.append(nil) }
        for member in request.variables(in: body) {
            guard let index = operation.variableIndex(member.name, in: body) else {
                throw QueryError(
                    "unexpected variables in variableValues: \(member.name.string(in: body))",
                    path: "$.variableValues")
            }
            given[index] = member.value
        }
        for index in variables.indices {
            try add(given[index], variables[index], body, schema)
        }
    }

    private mutating func add(
        _ value: JSONSlice?, _ variable: PreparedOperation.Variable, _ body: UnsafeRawBufferPointer,
        _ schema: RoleSchema
    ) throws(QueryError) {
        guard let value else {
            guard !variable.isRequired else {
                throw QueryError(
                    "expecting a value for non-nullable variable: \"\(variable.name)\"")
            }
            shape.append(Mark.absent)
            return
        }
        guard value.kind != .null else {
            guard !variable.type.isNonNull else {
                throw QueryError(
                    "null value found for non-nullable type: \"\(variable.type.text)\"")
            }
            shape.append(Mark.null)
            return
        }
        do throws(InputMismatch) {
            if let scalar = variable.scalar {
                try leaf(value, scalar, body)
            } else {
                try structured(value, variable.type, body, schema)
            }
        } catch {
            throw QueryError(error.message, code: error.code, path: variable.firstUse + error.path)
        }
    }

    /// A value of any input type; null is judged by the type.
    private mutating func structured(
        _ value: JSONSlice, _ reference: SchemaTypeReference, _ body: UnsafeRawBufferPointer,
        _ schema: RoleSchema
    ) throws(InputMismatch) {
        if value.kind == .null {
            guard !reference.isNonNull else {
                throw InputMismatch("unexpected null value for type '\(reference.nullable.text)'")
            }
            shape.append(Mark.null)
            return
        }
        switch reference.nullable {
        case .list(let element):
            if case .named(let name) = element.nullable, let scalar = schema.type(named: name),
                scalar.kind == .scalar
            {
                return try scalarList(value, element, scalar, body)
            }
            shape.append(UInt8(ascii: "["))
            if value.kind == .array {
                var index = 0
                for one in JSONElements(value, in: body) {
                    do throws(InputMismatch) {
                        try structured(one, element, body, schema)
                    } catch { throw error.below("[\(index)]") }
                    index += 1
                }
            } else {
                try structured(value, element, body, schema)
            }
            shape.append(UInt8(ascii: "]"))
        case .named(let name), .nonNull(.named(let name)):
            guard let type = schema.type(named: name) else {
                throw InputMismatch("no such type exists in the schema: '\(name)'")
            }
            switch type.kind {
            case .scalar: try leaf(value, type, body)
            case .enumeration: try enumeration(value, type, body)
            default: try object(value, type, body, schema)
            }
        case .nonNull: throw InputMismatch("the type '\(reference.text)' is not well formed")
        }
    }

    /// A list of scalars is one leaf, so that its length is no part of the shape.
    private mutating func scalarList(
        _ value: JSONSlice, _ element: SchemaTypeReference, _ scalar: SchemaType,
        _ body: UnsafeRawBufferPointer
    ) throws(InputMismatch) {
        guard value.kind == .array else { return try leaf(value, scalar, body) }
        var index = 0
        for one in JSONElements(value, in: body) {
            if one.kind == .null {
                guard !element.isNonNull else {
                    throw InputMismatch(
                        "unexpected null value for type '\(scalar.name)'", path: "[\(index)]")
                }
            } else {
                do throws(InputMismatch) { try VariableReader.check(one, scalar, body) } catch {
                    throw error.below("[\(index)]")
                }
            }
            index += 1
        }
        shape.append(Mark.array)
        leaves.append(value)
    }

    private mutating func object(
        _ value: JSONSlice, _ type: SchemaType, _ body: UnsafeRawBufferPointer, _ schema: RoleSchema
    ) throws(InputMismatch) {
        guard value.kind == .object else {
            throw InputMismatch(
                InputWords.mismatch("an object", type, found: value.label(in: body)))
        }
        shape.append(UInt8(ascii: "{"))
        var present = 0
        for member in JSONMembers(value, in: body) {
            let name = member.name.string(in: body)
            guard let field = type.inputField(named: name) else {
                throw InputMismatch(
                    "field '\(name)' not found in type: '\(type.name)'", path: "." + name)
            }
            if field.isRequired { present += 1 }
            shape.append(contentsOf: name.utf8)
            shape.append(Mark.colon)
            do throws(InputMismatch) {
                try structured(member.value, field.type, body, schema)
            } catch { throw error.below("." + name) }
        }
        shape.append(UInt8(ascii: "}"))
        guard present < type.requiredInputFieldCount else { return }
        let names = Set(JSONMembers(value, in: body).map { $0.name.string(in: body) })
        for field in type.inputFields where field.isRequired && !names.contains(field.name) {
            throw InputMismatch("missing required field '\(field.name)'", path: "." + field.name)
        }
    }

    private mutating func enumeration(
        _ value: JSONSlice, _ type: SchemaType, _ body: UnsafeRawBufferPointer
    ) throws(InputMismatch) {
        guard value.kind == .string else {
            throw InputMismatch(
                InputWords.mismatch("an enum value", type, found: value.label(in: body)))
        }
        let name = value.text.string(in: body)
        guard type.enumValue(named: name) != nil else {
            throw InputMismatch(InputWords.unknownEnumValue(name, type))
        }
        shape.append(Mark.enumeration)
        shape.append(contentsOf: name.utf8)
        shape.append(Mark.end)
    }

    private mutating func leaf(
        _ value: JSONSlice, _ scalar: SchemaType, _ body: UnsafeRawBufferPointer
    ) throws(InputMismatch) {
        try VariableReader.check(value, scalar, body)
        switch value.kind {
        case .string: shape.append(Mark.string)
        case .number: shape.append(Mark.number)
        case .boolean: shape.append(value.isTrue ? Mark.yes : Mark.no)
        case .array: shape.append(Mark.array)
        case .object: shape.append(Mark.object)
        case .null: return shape.append(Mark.null)
        }
        leaves.append(value)
    }

    /// That the scalar takes such a value.
    private static func check(
        _ value: JSONSlice, _ scalar: SchemaType, _ body: UnsafeRawBufferPointer
    ) throws(InputMismatch) {
        let fits: Bool
        switch value.kind {
        case .string: fits = scalar.scalarValues.contains(.string)
        case .boolean: fits = scalar.scalarValues.contains(.boolean)
        case .array: fits = scalar.scalarValues.contains(.list)
        case .object: fits = scalar.scalarValues.contains(.object)
        case .null: fits = true
        case .number:
            if scalar.scalarValues.contains(.float) { return }
            fits = scalar.scalarValues.contains(.integer)
            // Nine digits always fit an Int; only longer ones need a look.
            if fits, value.range.count <= 9, value.integer(in: body) != nil { return }
            if fits {
                guard let integer = value.integer(in: body),
                    Int32(exactly: integer) != nil || scalar.name != "Int"
                else {
                    let digits = String(decoding: body[value.range], as: UTF8.self)
                    throw InputMismatch(InputWords.outOfBounds(digits), code: "parse-failed")
                }
                return
            }
        }
        guard !fits else { return }
        throw InputMismatch(
            InputWords.mismatch(
                InputWords.expected(scalar, isNonNegative: false), scalar,
                found: value.label(in: body)))
    }
}

/// A variable's value that does not fit its type; the path is below the variable's place.
struct InputMismatch: Error {
    let message: String
    let code: String
    let path: String

    init(_ message: String, code: String = "validation-failed", path: String = "") {
        self.message = message
        self.code = code
        self.path = path
    }
    func below(_ step: String) -> InputMismatch {
        InputMismatch(message, code: code, path: step + path)
    }
}

extension JSONSlice {
    /// How a message names it.
    func label(in body: UnsafeRawBufferPointer) -> String {
        kind == .number ? (integer(in: body) == nil ? "a float" : "an integer") : kind.label
    }
}
