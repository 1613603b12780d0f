/// One named type of a schema with its members; immutable, and equal only to itself.
final class SchemaType: Sendable {
    enum Kind: UInt8, Sendable {
        case scalar, object, interface, union, enumeration, inputObject
    }

    let kind: Kind
    let name: String
    let description: String?
    /// Of an object or interface.
    let fields: [SchemaField]
    /// The interfaces that an object or interface implements.
    let interfaces: [String]
    /// The object types that an interface or union stands for.
    let possibleTypes: [String]
    let enumValues: [SchemaEnumValue]
    let inputFields: [SchemaInputValue]
    /// Of a scalar: which literals and JSON values it takes.
    let scalarValues: ScalarValues
    let specifiedByURL: String?
    /// How many input fields must be given.
    let requiredInputFieldCount: Int

    /// Positions in `fields` by name.
    private let fieldPositions: [String: Int]
    /// Positions in `inputFields` or `enumValues` by name.
    private let memberPositions: [String: Int]

    init(
        _ kind: Kind, _ name: String, description: String? = nil, fields: [SchemaField] = [],
        interfaces: [String] = [], possibleTypes: [String] = [], enumValues: [SchemaEnumValue] = [],
        inputFields: [SchemaInputValue] = [], scalarValues: ScalarValues = .any,
        specifiedByURL: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.description = description
        self.fields = fields
        self.interfaces = interfaces
        self.possibleTypes = possibleTypes
        self.enumValues = enumValues
        self.inputFields = inputFields
        self.scalarValues = scalarValues
        self.specifiedByURL = specifiedByURL
        requiredInputFieldCount = inputFields.count { $0.isRequired }
        fieldPositions = Self.positions(fields.map(\.name))
        memberPositions = Self.positions(
            kind == .enumeration ? enumValues.map(\.name) : inputFields.map(\.name))
    }

    private static func positions(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    /// Where the field stands in `fields`, which is also its identity for the engine.
    func fieldIndex(named name: String) -> Int? { fieldPositions[name] }

    func field(named name: String) -> SchemaField? { fieldPositions[name].map { fields[$0] } }

    func inputField(named name: String) -> SchemaInputValue? {
        kind == .inputObject ? memberPositions[name].map { inputFields[$0] } : nil
    }

    func enumValue(named name: String) -> SchemaEnumValue? {
        kind == .enumeration ? memberPositions[name].map { enumValues[$0] } : nil
    }

    /// Has fields or possible types: needs a selection set.
    var isComposite: Bool { kind == .object || kind == .interface || kind == .union }

    /// May be the type of an argument or a variable.
    var isInput: Bool { kind == .scalar || kind == .enumeration || kind == .inputObject }
}

struct SchemaField: Sendable {
    let name: String
    var description: String?
    var arguments: [SchemaInputValue] = []
    let type: SchemaTypeReference
    /// Not nil: deprecated.
    var deprecationReason: String?
}

/// An argument, or a field of an input object.
struct SchemaInputValue: Sendable {
    let name: String
    var description: String?
    let type: SchemaTypeReference
    /// As a GraphQL literal: `10`, `{a: B}`. Not nil: need not be given.
    var defaultValue: String?
    var deprecationReason: String?
    /// Of type Int and at least 0, as `limit`.
    var isNonNegative = false

    /// Must be given.
    var isRequired: Bool { type.isNonNull && defaultValue == nil }
}

struct SchemaEnumValue: Sendable {
    let name: String
    var description: String?
    var deprecationReason: String?
}

/// Which literals (and JSON values) a scalar takes.
struct ScalarValues: OptionSet, Sendable {
    let rawValue: UInt8
    static let integer = Self(rawValue: 1)
    static let float = Self(rawValue: 2)
    static let string = Self(rawValue: 4)
    static let boolean = Self(rawValue: 8)
    static let enumeration = Self(rawValue: 16)
    static let list = Self(rawValue: 32)
    static let object = Self(rawValue: 64)

    /// `jsonb`, and columns whose text PostgreSQL judges.
    static let any: Self = [.integer, .float, .string, .boolean, .enumeration, .list, .object]
    static let number: Self = [.integer, .float]
}

extension SchemaType {
    /// The five scalars of the specification.
    static let builtInScalars: [SchemaType] = [
        SchemaType(.scalar, "Int", scalarValues: .integer),
        SchemaType(.scalar, "Float", scalarValues: .number),
        SchemaType(.scalar, "String", scalarValues: .string),
        SchemaType(.scalar, "Boolean", scalarValues: .boolean),
        SchemaType(.scalar, "ID", scalarValues: [.string, .integer]),
    ]
}
