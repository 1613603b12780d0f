/// Schemas as text.
extension Printer {
    mutating func append(_ schema: Syntax.SchemaDefinition) {
        appendDescription(schema.description)
        append(schema.isExtension ? "extend schema" : "schema")
        append(schema.directives)
        guard !schema.roots.isEmpty else { return }
        append(" ")
        appendBlock(document[schema.roots]) { printer, root in
            printer.append(root.kind.keyword)
            printer.append(": ")
            printer.append(printer.document[root.type])
        }
    }

    mutating func append(_ type: Syntax.TypeDefinition) {
        appendDescription(type.description)
        if type.isExtension { append("extend ") }
        append(type.kind.keyword)
        append(" ")
        append(document[type.name])
        if type.kind != .union, !type.types.isEmpty {
            append(" implements ")
            appendNames(type.types, separator: " & ")
        }
        append(type.directives)
        if type.kind == .union, !type.types.isEmpty {
            append(" = ")
            appendNames(type.types, separator: " | ")
        }
        if !type.fields.isEmpty {
            append(" ")
            appendBlock(document[type.fields]) { printer, field in printer.append(field) }
        }
        if !type.values.isEmpty {
            append(" ")
            appendBlock(document[type.values]) { printer, value in
                printer.appendDescription(value.description)
                printer.append(printer.document[value.name])
                printer.append(value.directives)
            }
        }
        if !type.inputFields.isEmpty {
            append(" ")
            appendBlock(document[type.inputFields]) { printer, field in
                printer.appendDescription(field.description)
                printer.append(field)
            }
        }
    }

    mutating func append(_ directive: Syntax.DirectiveDefinition) {
        appendDescription(directive.description)
        append("directive @")
        append(document[directive.name])
        appendArguments(directive.arguments)
        if directive.isRepeatable { append(" repeatable") }
        append(" on ")
        append(directive.locations.words.joined(separator: " | "))
    }

    private mutating func append(_ field: Syntax.FieldDefinition) {
        appendDescription(field.description)
        append(document[field.name])
        appendArguments(field.arguments)
        append(": ")
        append(document.typeText(field.type))
        append(field.directives)
    }

    private mutating func append(_ value: Syntax.InputValueDefinition) {
        append(document[value.name])
        append(": ")
        append(document.typeText(value.type))
        appendDefault(value.defaultValue)
        append(value.directives)
    }

    /// On one line, or one argument a line when any has a description.
    private mutating func appendArguments(_ arguments: Syntax.Slice<Syntax.InputValueDefinition>) {
        guard !arguments.isEmpty else { return }
        let isDescribed = document[arguments].contains { $0.description != nil }
        append("(")
        level += 1
        for (index, argument) in document[arguments].enumerated() {
            if isDescribed {
                appendLineStart()
                appendDescription(argument.description)
            } else if index > 0 {
                append(", ")
            }
            append(argument)
        }
        level -= 1
        if isDescribed { appendLineStart() }
        append(")")
    }

    /// And the line after it.
    private mutating func appendDescription(_ description: Syntax.Text?) {
        guard let description else { return }
        append(description, asBlock: document.text[description.range].contains(0x0A))
        appendLineStart()
    }

    private mutating func appendNames(_ names: Syntax.Slice<Syntax.Name>, separator: String) {
        append(document[names].map { document[$0] }.joined(separator: separator))
    }
}
