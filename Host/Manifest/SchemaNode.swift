/// One schema in a schema, read once into typed fields.
struct SchemaNode: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case null, boolean, integer, number, string, array, object
    }

    enum Unit: String, Sendable, CaseIterable {
        case nanoseconds, microseconds, milliseconds, seconds, bytes
    }

    struct Property: Sendable {
        let name: String
        let node: SchemaNode
    }

    /// The boolean schemas: true accepts everything, false nothing.
    var accepts = true
    var isOutermost = false
    var types: [Kind] = []
    var enumeration: [JSONValue]?
    var constant: JSONValue?
    var minimum: Double?
    var maximum: Double?
    var exclusiveMinimum: Double?
    var exclusiveMaximum: Double?
    var multipleOf: Double?
    var lengthMin: Int?
    var lengthMax: Int?
    var pattern: Pattern?
    var patternText = ""
    var format: String?
    var unit: Unit?
    var properties: [Property] = []
    private var positions: [String: Int] = [:]
    var required: [String] = []
    /// None: not said.
    var additional: [SchemaNode] = []
    var patternProperties: [(pattern: Pattern, node: SchemaNode)] = []
    var propertyNames: [SchemaNode] = []
    var propertiesMin: Int?
    var propertiesMax: Int?
    /// One or none.
    var items: [SchemaNode] = []
    var itemsMin: Int?
    var itemsMax: Int?
    var itemsUnique = false
    var allOf: [SchemaNode] = []
    var anyOf: [SchemaNode] = []
    var oneOf: [SchemaNode] = []
    var fallback: JSONValue?
    /// The name in $defs; empty: the whole schema.
    var reference: String?
    var isSecret = false

    static var emptyObject: SchemaNode {
        var node = SchemaNode()
        node.isOutermost = true
        node.types = [.object]
        return node
    }

    func property(_ name: String) -> SchemaNode? { positions[name].map { properties[$0].node } }

    mutating func add(_ property: Property) {
        positions[property.name] = properties.count
        properties.append(property)
    }
}
