/// Finds where a variable is used first, because messages about its value point there.

enum VariableUse {
    /// The path in Hasura's form; `$` when the variable stands in a directive only.
    static func path(
        of name: Syntax.Name, in operation: Syntax.Operation, _ document: Document,
        _ fragments: FragmentTable
    ) -> String {
        var seen = Set<Syntax.Name>()
        return find(name, operation.selections, "$.selectionSet", document, fragments, &seen) ?? "$"
    }

    private static func find(
        _ name: Syntax.Name, _ selections: Syntax.Slice<Syntax.Selection>, _ path: String,
        _ document: Document, _ fragments: FragmentTable, _ seen: inout Set<Syntax.Name>
    ) -> String? {
        for selection in document[selections] {
            let found: String?
            switch selection {
            case .field(let field):
                let here = path + "." + document[field.name]
                found =
                    find(name, document[field.arguments], here + ".args", document)
                    ?? find(
                        name, field.selections, here + ".selectionSet", document, fragments, &seen)
            case .inline(let fragment):
                found = find(name, fragment.selections, path, document, fragments, &seen)
            case .spread(let spread):
                guard let index = fragments[spread.name], seen.insert(spread.name).inserted else {
                    continue
                }
                found = find(
                    name, document.fragments[index].selections,
                    path + "." + document[spread.name] + ".selectionSet", document, fragments, &seen
                )
            }
            if let found { return found }
        }
        return nil
    }

    private static func find(
        _ name: Syntax.Name, _ arguments: ArraySlice<Syntax.Argument>, _ path: String,
        _ document: Document
    ) -> String? {
        for argument in arguments {
            if let found = find(
                name, argument.value, path + "." + document[argument.name], document)
            {
                return found
            }
        }
        return nil
    }
    private static func find(
        _ name: Syntax.Name, _ value: Syntax.Value, _ path: String, _ document: Document
    ) -> String? {
        switch value.shape {
        case .variable(let other): return other == name ? path : nil
        case .object(let members): return find(name, document[members], path, document)
        case .list(let elements):
            for (index, element) in document[elements].enumerated() {
                if let found = find(name, element, path + "[\(index)]", document) { return found }
            }
            return nil
        default: return nil
        }
    }
}
