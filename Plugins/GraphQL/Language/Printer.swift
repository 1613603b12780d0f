/// Writes a document as canonical text: two spaces a level, one space between tokens, no commas in
/// selections. Parsing the text again gives the same tree.
struct Printer {
    let document: Document
    var output: [UInt8] = []
    var level = 0

    static func print(_ document: Document) -> String {
        var printer = Printer(document: document)
        for (index, definition) in document.definitions.enumerated() {
            if index > 0 { printer.append("\n\n") }
            printer.append(definition)
        }
        return String(decoding: printer.output, as: UTF8.self)
    }

    private mutating func append(_ definition: Syntax.Definition) {
        switch definition {
        case .operation(let index): append(document.operations[index])
        case .fragment(let index): append(document.fragments[index])
        case .schema(let index): append(document.typeSystem.schemas[index])
        case .type(let index): append(document.typeSystem.types[index])
        case .directive(let index): append(document.typeSystem.directives[index])
        }
    }

    // MARK: - Operations and fragments

    private mutating func append(_ operation: Syntax.Operation) {
        let isShorthand =
            operation.kind == .query && operation.name == nil && operation.variables.isEmpty
            && operation.directives.isEmpty
        if !isShorthand {
            append(operation.kind.keyword)
            if operation.name != nil || !operation.variables.isEmpty { append(" ") }
            if let name = operation.name { append(document[name]) }
            if !operation.variables.isEmpty {
                append("(")
                for (index, variable) in document[operation.variables].enumerated() {
                    if index > 0 { append(", ") }
                    append(variable)
                }
                append(")")
            }
            append(operation.directives)
            append(" ")
        }
        append(operation.selections)
    }

    private mutating func append(_ variable: Syntax.VariableDefinition) {
        append("$")
        append(document[variable.name])
        append(": ")
        append(document.typeText(variable.type))
        appendDefault(variable.defaultValue)
        append(variable.directives)
    }

    mutating func appendDefault(_ value: Syntax.Value?) {
        guard let value else { return }
        append(" = ")
        append(value)
    }

    private mutating func append(_ fragment: Syntax.Fragment) {
        append("fragment ")
        append(document[fragment.name])
        append(" on ")
        append(document[fragment.typeCondition])
        append(fragment.directives)
        append(" ")
        append(fragment.selections)
    }

    private mutating func append(_ selections: Syntax.Slice<Syntax.Selection>) {
        appendBlock(document[selections]) { printer, selection in printer.append(selection) }
    }

    private mutating func append(_ selection: Syntax.Selection) {
        switch selection {
        case .field(let field):
            if let alias = field.alias {
                append(document[alias])
                append(": ")
            }
            append(document[field.name])
            append(field.arguments)
            append(field.directives)
            if !field.selections.isEmpty {
                append(" ")
                append(field.selections)
            }
        case .spread(let spread):
            append("...")
            append(document[spread.name])
            append(spread.directives)
        case .inline(let fragment):
            append("...")
            if let condition = fragment.typeCondition {
                append(" on ")
                append(document[condition])
            }
            append(fragment.directives)
            append(" ")
            append(fragment.selections)
        }
    }

    private mutating func append(_ arguments: Syntax.Slice<Syntax.Argument>) {
        guard !arguments.isEmpty else { return }
        append("(")
        appendNamed(arguments)
        append(")")
    }

    private mutating func appendNamed(_ arguments: Syntax.Slice<Syntax.Argument>) {
        for (index, argument) in document[arguments].enumerated() {
            if index > 0 { append(", ") }
            append(document[argument.name])
            append(": ")
            append(argument.value)
        }
    }

    /// Each with a space before it.
    mutating func append(_ directives: Syntax.Slice<Syntax.Directive>) {
        for directive in document[directives] {
            append(" @")
            append(document[directive.name])
            append(directive.arguments)
        }
    }

    // MARK: - Values

    mutating func append(_ value: Syntax.Value) {
        switch value.shape {
        case .variable(let name):
            append("$")
            append(document[name])
        case .integer(let text), .float(let text):
            output.append(contentsOf: document.text[text.range])
        case .string(let text, let isBlock): append(text, asBlock: isBlock)
        case .boolean(let flag): append(flag ? "true" : "false")
        case .null: append("null")
        case .enumeration(let name): append(document[name])
        case .list(let elements):
            append("[")
            for (index, element) in document[elements].enumerated() {
                if index > 0 { append(", ") }
                append(element)
            }
            append("]")
        case .object(let members):
            append("{")
            appendNamed(members)
            append("}")
        }
    }

    // MARK: - Text

    mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

    mutating func appendLineStart() {
        output.append(0x0A)
        for _ in 0..<level { append("  ") }
    }

    /// Lines in braces, one level deeper.
    mutating func appendBlock<Elements: Collection>(
        _ elements: Elements, _ body: (inout Printer, Elements.Element) -> Void
    ) {
        append("{")
        level += 1
        for element in elements {
            appendLineStart()
            body(&self, element)
        }
        level -= 1
        appendLineStart()
        append("}")
    }
}
