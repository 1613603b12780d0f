/// One walk over what an operation reaches, each fragment once: finds undefined and cyclic fragments,
/// the variables used, and how large and deep the operation is when expanded.
struct Reachability {
    struct Extent {
        /// Fields, fragments expanded. Saturates.
        var fieldCount = 0
        /// Nested selection sets and spreads.
        var depth = 0
    }

    private let document: Document
    private let table: FragmentTable
    private var path = ValidationPath()
    private var level = 0
    /// Names of the fragments being walked, outermost first.
    private var stack: [Syntax.Name] = []
    private var extents: [Extent?]
    private(set) var isVariableUsed: [Bool]

    init(_ document: Document, _ table: FragmentTable) {
        self.document = document
        self.table = table
        extents = [Extent?](repeating: nil, count: document.fragments.count)
        isVariableUsed = [Bool](repeating: false, count: document.names.count)
    }

    func isFragmentUsed(_ index: Int) -> Bool { extents[index] != nil }

    func isUsed(variable name: Syntax.Name) -> Bool { isVariableUsed[Int(name.index)] }

    mutating func walk(_ operation: Syntax.Operation) throws(ValidationError) -> Extent {
        visit(operation.directives)
        return try visit(operation.selections)
    }

    /// What is put on the path and the stack stays there when an error is thrown: the walk is over.
    private mutating func visit(_ selections: Syntax.Slice<Syntax.Selection>)
        throws(ValidationError) -> Extent
    {
        path.push(.selectionSet)
        let extent = try visitContents(selections)
        path.pop()
        return extent
    }

    /// The path ends in `selectionSet`.
    private mutating func visitContents(_ selections: Syntax.Slice<Syntax.Selection>)
        throws(ValidationError) -> Extent
    {
        level += 1
        guard level <= ValidateLimit.depthMax else { throw tooDeep }
        var total = Extent()
        for selection in document[selections] {
            let inner: Extent
            switch selection {
            case .field(let field):
                visit(field.arguments)
                visit(field.directives)
                path.push(.key(document[field.name]))
                inner = field.selections.isEmpty ? Extent() : try visit(field.selections)
                path.pop()
                total.fieldCount += 1
            case .inline(let fragment):
                visit(fragment.directives)
                inner = try visitContents(fragment.selections)
            case .spread(let spread):
                visit(spread.directives)
                inner = try visit(spread)
            }
            total.fieldCount += inner.fieldCount
            total.depth = max(total.depth, inner.depth)
            guard total.fieldCount <= ValidateLimit.fieldCountMax else {
                throw ValidationError(
                    message:
                        "the operation selects more than \(ValidateLimit.fieldCountMax) fields",
                    path: "$")
            }
        }
        total.depth += 1
        guard level + total.depth <= ValidateLimit.depthMax + 1 else { throw tooDeep }
        level -= 1
        return total
    }

    private mutating func visit(_ spread: Syntax.FragmentSpread) throws(ValidationError) -> Extent {
        if let start = stack.firstIndex(of: spread.name) {
            let names = englishList(stack[start...].map { document[$0] })
            throw ValidationError(
                message: "the fragment definition(s) \(names) form a cycle", path: path.text,
                offset: spread.offset)
        }
        guard let index = table[spread.name] else {
            throw ValidationError(
                message: "reference to undefined fragment \"\(document[spread.name])\"",
                path: path.text,
                offset: spread.offset)
        }
        if let extent = extents[index] { return extent }
        let fragment = document.fragments[index]
        stack.append(spread.name)
        path.push(.key(document[spread.name]))
        visit(fragment.directives)
        let extent = try visit(fragment.selections)
        path.pop()
        stack.removeLast()
        extents[index] = extent
        return extent
    }

    private var tooDeep: ValidationError {
        ValidationError(
            message: "the operation is nested deeper than \(ValidateLimit.depthMax) levels",
            path: "$")
    }

    // MARK: - Variables

    private mutating func visit(_ directives: Syntax.Slice<Syntax.Directive>) {
        for directive in document[directives] { visit(directive.arguments) }
    }

    private mutating func visit(_ arguments: Syntax.Slice<Syntax.Argument>) {
        for argument in document[arguments] { visit(argument.value) }
    }

    private mutating func visit(_ value: Syntax.Value) {
        switch value.shape {
        case .variable(let name): isVariableUsed[Int(name.index)] = true
        case .list(let elements): for element in document[elements] { visit(element) }
        case .object(let members): visit(members)
        default: break
        }
    }

    /// "a", "a and b", "a, b, and c".
    private func englishList(_ words: [String]) -> String {
        guard words.count > 2 else { return words.joined(separator: " and ") }
        return words.dropLast().joined(separator: ", ") + ", and " + words[words.count - 1]
    }
}
