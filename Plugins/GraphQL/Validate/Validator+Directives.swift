/// Directives: known, allowed where they stand, not repeated, with the right arguments.
extension Validator {
    mutating func check(
        _ directives: Syntax.Slice<Syntax.Directive>, at location: DirectiveLocations
    )
        throws(ValidationError)
    {
        guard !directives.isEmpty else { return }
        var seen = Set<Syntax.Name>()
        for directive in document[directives] {
            let name = document[directive.name]
            guard let definition = BuiltInDirectives.find(name, in: schema) else {
                throw error(
                    "directive '\(name)' is not defined in the schema", at: directive.offset)
            }
            guard definition.locations.contains(location) else {
                throw error(
                    "directive '\(name)' is not allowed on \(location.label)", at: directive.offset)
            }
            guard definition.isRepeatable || seen.insert(directive.name).inserted else {
                throw error(
                    "the following directives are used more than once: ['\(name)']",
                    at: directive.offset)
            }
            path.push(.key(name))
            try check(directive.arguments, of: name, definition.arguments, at: directive.offset)
            path.pop()
        }
    }
}

extension DirectiveLocations {
    /// How a message names an executable location.
    fileprivate var label: String {
        switch self {
        case .query: "a query"
        case .mutation: "a mutation"
        case .subscription: "a subscription"
        case .field: "a field"
        case .fragmentDefinition: "a fragment definition"
        case .fragmentSpread: "a fragment spread"
        case .inlineFragment: "an inline fragment"
        case .variableDefinition: "a variable definition"
        default: words.joined(separator: ", ")
        }
    }
}
