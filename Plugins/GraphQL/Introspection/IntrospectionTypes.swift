/// The schema of schemas: the types `__Schema`, `__Type`, … and the fields that lead to them.
enum IntrospectionTypes {
    private static let string = SchemaTypeReference.named("String")
    private static let boolean = SchemaTypeReference.named("Boolean")

    private static func required(_ name: String) -> SchemaTypeReference { .nonNull(.named(name)) }

    private static func list(_ name: String) -> SchemaTypeReference {
        .list(.nonNull(.named(name)))
    }

    private static let includeDeprecated = [
        SchemaInputValue(name: "includeDeprecated", type: boolean, defaultValue: "false")
    ]

    static let all: [SchemaType] = [
        SchemaType(
            .object, "__Schema",
            fields: [
                SchemaField(name: "description", type: string),
                SchemaField(name: "types", type: .nonNull(list("__Type"))),
                SchemaField(name: "queryType", type: required("__Type")),
                SchemaField(name: "mutationType", type: .named("__Type")),
                SchemaField(name: "subscriptionType", type: .named("__Type")),
                SchemaField(name: "directives", type: .nonNull(list("__Directive"))),
            ]),
        SchemaType(
            .object, "__Type",
            fields: [
                SchemaField(name: "kind", type: required("__TypeKind")),
                SchemaField(name: "name", type: string),
                SchemaField(name: "description", type: string),
                SchemaField(name: "fields", arguments: includeDeprecated, type: list("__Field")),
                SchemaField(name: "interfaces", type: list("__Type")),
                SchemaField(name: "possibleTypes", type: list("__Type")),
                SchemaField(
                    name: "enumValues", arguments: includeDeprecated, type: list("__EnumValue")),
                SchemaField(
                    name: "inputFields", arguments: includeDeprecated, type: list("__InputValue")),
                SchemaField(name: "ofType", type: .named("__Type")),
                SchemaField(name: "specifiedByURL", type: string),
            ]),
        SchemaType(
            .object, "__Field",
            fields: [
                SchemaField(name: "name", type: required("String")),
                SchemaField(name: "description", type: string),
                SchemaField(
                    name: "args", arguments: includeDeprecated, type: .nonNull(list("__InputValue"))
                ),
                SchemaField(name: "type", type: required("__Type")),
                SchemaField(name: "isDeprecated", type: required("Boolean")),
                SchemaField(name: "deprecationReason", type: string),
            ]),
        SchemaType(
            .object, "__InputValue",
            fields: [
                SchemaField(name: "name", type: required("String")),
                SchemaField(name: "description", type: string),
                SchemaField(name: "type", type: required("__Type")),
                SchemaField(name: "defaultValue", type: string),
                SchemaField(name: "isDeprecated", type: required("Boolean")),
                SchemaField(name: "deprecationReason", type: string),
            ]),
        SchemaType(
            .object, "__EnumValue",
            fields: [
                SchemaField(name: "name", type: required("String")),
                SchemaField(name: "description", type: string),
                SchemaField(name: "isDeprecated", type: required("Boolean")),
                SchemaField(name: "deprecationReason", type: string),
            ]),
        SchemaType(
            .object, "__Directive",
            fields: [
                SchemaField(name: "name", type: required("String")),
                SchemaField(name: "description", type: string),
                SchemaField(name: "locations", type: .nonNull(list("__DirectiveLocation"))),
                SchemaField(
                    name: "args", arguments: includeDeprecated, type: .nonNull(list("__InputValue"))
                ),
                SchemaField(name: "isRepeatable", type: required("Boolean")),
            ]),
        SchemaType(
            .enumeration, "__TypeKind",
            enumValues: [
                "SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT", "LIST",
                "NON_NULL",
            ].map { SchemaEnumValue(name: $0) }),
        SchemaType(
            .enumeration, "__DirectiveLocation",
            enumValues: DirectiveLocations.words.map { SchemaEnumValue(name: $0) }),
    ]

    private static let positions = Dictionary(
        uniqueKeysWithValues: zip(all.map(\.name), all.indices))

    static func type(named name: String) -> SchemaType? { positions[name].map { all[$0] } }

    private static let typename = SchemaField(name: "__typename", type: required("String"))
    private static let schema = SchemaField(name: "__schema", type: required("__Schema"))
    private static let type = SchemaField(
        name: "__type", arguments: [SchemaInputValue(name: "name", type: required("String"))],
        type: .named("__Type"))

    /// The fields that no schema lists: `__typename` everywhere, `__schema` and `__type` on the query root.
    static func metaField(_ name: String, isQueryRoot: Bool) -> SchemaField? {
        switch name {
        case "__typename": typename
        case "__schema": isQueryRoot ? schema : nil
        case "__type": isQueryRoot ? type : nil
        default: nil
        }
    }
}
