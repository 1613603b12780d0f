/// The directives that every schema has.
enum BuiltInDirectives {
    static let skip = inclusion("skip", "whether this query should be skipped")
    static let include = inclusion("include", "whether this query should be included")

    static let deprecated = SchemaDirective(
        name: "deprecated", description: "marks an element of a schema as no longer supported",
        arguments: [
            SchemaInputValue(
                name: "reason", type: .named("String"), defaultValue: "\"No longer supported\"")
        ],
        locations: [.fieldDefinition, .argumentDefinition, .inputFieldDefinition, .enumValue])

    static let specifiedBy = SchemaDirective(
        name: "specifiedBy", description: "the address of the specification of a scalar",
        arguments: [SchemaInputValue(name: "url", type: .nonNull(.named("String")))],
        locations: .scalar)

    /// Lets a subscription select several root fields, as Hasura's own tests do. Not in introspection.
    static let multipleTopLevelFields = SchemaDirective(
        name: "_multiple_top_level_fields", locations: .subscription)

    /// What introspection lists, before the schema's own.
    static let listed = [include, skip, deprecated, specifiedBy]

    /// The directive of that name, the schema's own included.
    static func find(_ name: String, in schema: some SchemaView) -> SchemaDirective? {
        listed.first { $0.name == name }
            ?? (name == multipleTopLevelFields.name ? multipleTopLevelFields : nil)
            ?? schema.directives.first { $0.name == name }
    }

    private static func inclusion(_ name: String, _ description: String) -> SchemaDirective {
        SchemaDirective(
            name: name, description: description,
            arguments: [SchemaInputValue(name: "if", type: .nonNull(.named("Boolean")))],
            locations: [.field, .fragmentSpread, .inlineFragment])
    }
}
