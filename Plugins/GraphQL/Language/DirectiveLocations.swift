/// Where a directive may stand: the nineteen locations of the specification as a set.
struct DirectiveLocations: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let query = Self(rawValue: 1 << 0)
    static let mutation = Self(rawValue: 1 << 1)
    static let subscription = Self(rawValue: 1 << 2)
    static let field = Self(rawValue: 1 << 3)
    static let fragmentDefinition = Self(rawValue: 1 << 4)
    static let fragmentSpread = Self(rawValue: 1 << 5)
    static let inlineFragment = Self(rawValue: 1 << 6)
    static let variableDefinition = Self(rawValue: 1 << 7)
    static let schema = Self(rawValue: 1 << 8)
    static let scalar = Self(rawValue: 1 << 9)
    static let object = Self(rawValue: 1 << 10)
    static let fieldDefinition = Self(rawValue: 1 << 11)
    static let argumentDefinition = Self(rawValue: 1 << 12)
    static let interface = Self(rawValue: 1 << 13)
    static let union = Self(rawValue: 1 << 14)
    static let enumeration = Self(rawValue: 1 << 15)
    static let enumValue = Self(rawValue: 1 << 16)
    static let inputObject = Self(rawValue: 1 << 17)
    static let inputFieldDefinition = Self(rawValue: 1 << 18)

    /// The words of the specification, in bit order.
    static let words = [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD",
        "INLINE_FRAGMENT", "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION",
        "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT",
        "INPUT_FIELD_DEFINITION",
    ]

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init?(word: String) {
        guard let bit = Self.words.firstIndex(of: word) else { return nil }
        rawValue = 1 << UInt32(bit)
    }

    /// The words of the locations in this set.
    var words: [String] {
        Self.words.indices.filter { rawValue & (1 << UInt32($0)) != 0 }.map { Self.words[$0] }
    }
}
