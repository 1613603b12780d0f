/// Operations, selections, fragments, arguments and directives.
extension Parser {
    mutating func shorthandOperation() throws(SyntaxError) {
        let offset = token.start
        let selections = try selectionSet()
        add(
            Syntax.Operation(
                kind: .query, name: nil, variables: .empty, directives: .empty,
                selections: selections,
                offset: offset))
    }

    mutating func operation(_ kind: Syntax.OperationKind) throws(SyntaxError) {
        let offset = token.start
        try advance()
        let name = token.kind == .name ? try name() : nil
        let variables = try variableDefinitions()
        let directives = try directives(isConstant: false)
        let selections = try selectionSet()
        add(
            Syntax.Operation(
                kind: kind, name: name, variables: variables, directives: directives,
                selections: selections, offset: offset))
    }

    private mutating func add(_ operation: Syntax.Operation) {
        definitions.append(.operation(operations.count))
        operations.append(operation)
    }

    mutating func fragment() throws(SyntaxError) {
        let offset = token.start
        try advance()
        guard !isKeyword("on") else { throw unexpected("a fragment's name, which is not \"on\"") }
        let name = try name()
        try expectKeyword("on")
        let typeCondition = try self.name()
        let directives = try directives(isConstant: false)
        let selections = try selectionSet()
        definitions.append(.fragment(fragments.count))
        fragments.append(
            Syntax.Fragment(
                name: name, typeCondition: typeCondition, directives: directives,
                selections: selections,
                offset: offset))
    }

    private mutating func variableDefinitions() throws(SyntaxError)
        -> Syntax.Slice<Syntax.VariableDefinition>
    {
        guard try skip(.parenthesisOpen) else { return .empty }
        let start = nodes.variables.count
        repeat {
            let offset = token.start
            try expect(.dollar)
            let name = try name()
            try expect(.colon)
            let type = try typeReference()
            let defaultValue = try skip(.equals) ? try value(isConstant: true) : nil
            let directives = try directives(isConstant: true)
            nodes.variables.append(
                Syntax.VariableDefinition(
                    name: name, type: type, defaultValue: defaultValue, directives: directives,
                    offset: offset))
        } while try !skip(.parenthesisClose)
        return slice(from: start, to: nodes.variables.count)
    }

    mutating func selectionSet() throws(SyntaxError) -> Syntax.Slice<Syntax.Selection> {
        try enter()
        try expect(.braceOpen)
        let base = pending.selections.count
        repeat {
            let selection = try selection()
            pending.selections.append(selection)
        } while try !skip(.braceClose)
        leave()
        let start = nodes.selections.count
        nodes.selections.append(contentsOf: pending.selections[base...])
        pending.selections.removeLast(pending.selections.count - base)
        return slice(from: start, to: nodes.selections.count)
    }

    private mutating func selection() throws(SyntaxError) -> Syntax.Selection {
        let offset = token.start
        if try skip(.spread) { return try spread(offset) }
        let first = try name()
        var alias: Syntax.Name?
        var name = first
        if try skip(.colon) {
            alias = first
            name = try self.name()
        }
        let arguments = try arguments(isConstant: false)
        let directives = try directives(isConstant: false)
        let selections = token.kind == .braceOpen ? try selectionSet() : .empty
        return .field(
            Syntax.Field(
                alias: alias, name: name, arguments: arguments, directives: directives,
                selections: selections, offset: offset))
    }

    private mutating func spread(_ offset: UInt32) throws(SyntaxError) -> Syntax.Selection {
        var typeCondition: Syntax.Name?
        if try skipKeyword("on") {
            typeCondition = try name()
        } else if token.kind == .name {
            let name = try name()
            let directives = try directives(isConstant: false)
            return .spread(
                Syntax.FragmentSpread(name: name, directives: directives, offset: offset))
        }
        let directives = try directives(isConstant: false)
        let selections = try selectionSet()
        return .inline(
            Syntax.InlineFragment(
                typeCondition: typeCondition, directives: directives, selections: selections,
                offset: offset))
    }

    mutating func arguments(isConstant: Bool) throws(SyntaxError) -> Syntax.Slice<Syntax.Argument> {
        guard try skip(.parenthesisOpen) else { return .empty }
        return try namedValues(until: .parenthesisClose, isConstant: isConstant)
    }

    /// `name: value` until the closing token: at least one.
    private mutating func namedValues(until end: Token.Kind, isConstant: Bool)
        throws(SyntaxError) -> Syntax.Slice<Syntax.Argument>
    {
        let base = pending.arguments.count
        repeat {
            let offset = token.start
            let name = try name()
            try expect(.colon)
            let value = try value(isConstant: isConstant)
            pending.arguments.append(Syntax.Argument(name: name, value: value, offset: offset))
        } while try !skip(end)
        let start = nodes.arguments.count
        nodes.arguments.append(contentsOf: pending.arguments[base...])
        pending.arguments.removeLast(pending.arguments.count - base)
        return slice(from: start, to: nodes.arguments.count)
    }

    mutating func directives(isConstant: Bool) throws(SyntaxError) -> Syntax.Slice<Syntax.Directive>
    {
        let start = nodes.directives.count
        while token.kind == .at {
            let offset = token.start
            try advance()
            let name = try name()
            let arguments = try arguments(isConstant: isConstant)
            nodes.directives.append(
                Syntax.Directive(name: name, arguments: arguments, offset: offset))
        }
        return slice(from: start, to: nodes.directives.count)
    }

    // MARK: - Values

    /// A value; a constant one holds no variable.
    mutating func value(isConstant: Bool) throws(SyntaxError) -> Syntax.Value {
        let offset = token.start
        return Syntax.Value(shape: try valueShape(isConstant: isConstant), offset: offset)
    }

    private mutating func valueShape(isConstant: Bool) throws(SyntaxError) -> Syntax.Value.Shape {
        let current = token
        switch current.kind {
        case .dollar:
            if isConstant {
                throw lexer.error(
                    "a variable must not stand in a constant value", at: Int(current.start))
            }
            try advance()
            return .variable(try name())
        case .integer, .float:
            try advance()
            let text = Syntax.Text(start: current.start, count: current.end - current.start)
            return current.kind == .integer ? .integer(text) : .float(text)
        case .string, .blockString:
            try advance()
            return .string(current.text, isBlock: current.kind == .blockString)
        case .bracketOpen: return .list(try listValue(isConstant: isConstant))
        case .braceOpen: return .object(try objectValue(isConstant: isConstant))
        case .name:
            if try skipKeyword("true") { return .boolean(true) }
            if try skipKeyword("false") { return .boolean(false) }
            if try skipKeyword("null") { return .null }
            return .enumeration(try name())
        default: throw unexpected("a value")
        }
    }

    private mutating func listValue(isConstant: Bool) throws(SyntaxError)
        -> Syntax.Slice<Syntax.Value>
    {
        try enter()
        try advance()
        let base = pending.values.count
        while try !skip(.bracketClose) {
            let value = try value(isConstant: isConstant)
            pending.values.append(value)
        }
        leave()
        let start = nodes.values.count
        nodes.values.append(contentsOf: pending.values[base...])
        pending.values.removeLast(pending.values.count - base)
        return slice(from: start, to: nodes.values.count)
    }

    private mutating func objectValue(isConstant: Bool) throws(SyntaxError)
        -> Syntax.Slice<Syntax.Argument>
    {
        try enter()
        defer { leave() }
        try advance()
        if try skip(.braceClose) { return .empty }
        return try namedValues(until: .braceClose, isConstant: isConstant)
    }

    // MARK: - Types

    mutating func typeReference() throws(SyntaxError) -> Syntax.TypeReference {
        let offset = token.start
        let shape: Syntax.TypeNode.Shape
        if try skip(.bracketOpen) {
            try enter()
            shape = .list(try typeReference())
            try expect(.bracketClose)
            leave()
        } else {
            shape = .named(try name())
        }
        let isRequired = try skip(.exclamation)
        nodes.types.append(Syntax.TypeNode(shape: shape, isRequired: isRequired, offset: offset))
        return Syntax.TypeReference(index: UInt32(nodes.types.count - 1))
    }

    func slice<Element>(from start: Int, to end: Int) -> Syntax.Slice<Element> {
        Syntax.Slice(start: UInt32(start), count: UInt32(end - start))
    }
}
