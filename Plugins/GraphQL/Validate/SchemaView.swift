/// What validation and introspection need to know of a role's schema. The engine's schema implements
/// it; types may be made when they are asked for, and must then stay the same object.
protocol SchemaView {
    /// The named type, also a built-in scalar (`Int`, `String`, …); nil when the role does not see it.
    /// The introspection types (`__Schema`, `__Type`, …) are not asked for here.
    func type(named name: String) -> SchemaType?

    /// The root type of a kind of operation, `query_root`; nil when the role has none.
    func rootType(_ kind: Syntax.OperationKind) -> SchemaType?

    /// The names of all types the role sees, in the order that introspection lists them.
    var typeNames: [String] { get }

    /// Directives besides `@include`, `@skip`, `@deprecated` and `@specifiedBy`, which are always there.
    var directives: [SchemaDirective] { get }
}

/// `Int`, `[author!]!`: the type of a field, argument or input field.
indirect enum SchemaTypeReference: Hashable, Sendable {
    case named(String)
    case list(SchemaTypeReference)
    case nonNull(SchemaTypeReference)

    /// The name inside all lists and `!`.
    var name: String {
        switch self {
        case .named(let name): name
        case .list(let inner), .nonNull(let inner): inner.name
        }
    }

    var isNonNull: Bool {
        if case .nonNull = self { true } else { false }
    }

    /// Without an outer `!`.
    var nullable: SchemaTypeReference {
        if case .nonNull(let inner) = self { inner } else { self }
    }

    /// As GraphQL writes it.
    var text: String {
        switch self {
        case .named(let name): name
        case .list(let inner): "[" + inner.text + "]"
        case .nonNull(let inner): inner.text + "!"
        }
    }
}

/// A directive that the schema knows.
struct SchemaDirective: Sendable {
    let name: String
    var description: String?
    var arguments: [SchemaInputValue] = []
    let locations: DirectiveLocations
    var isRepeatable = false
}
