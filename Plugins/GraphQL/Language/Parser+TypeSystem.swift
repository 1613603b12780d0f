/// The type system definition language: schema, types, directives and extensions.
extension Parser {
    mutating func typeSystemDefinition() throws(SyntaxError) {
        let offset = token.start
        var description: Syntax.Text?
        if isString {
            description = token.text
            try advance()
        }
        let isExtension = isKeyword("extend")
        if isExtension {
            guard description == nil else {
                throw unexpected("a definition: an extension has no description")
            }
            try advance()
        }
        let head = DefinitionHead(
            offset: offset, description: description, isExtension: isExtension)
        if try skipKeyword("schema") { return try schemaDefinition(head) }
        if try skipKeyword("scalar") { return try typeDefinition(.scalar, head) }
        if try skipKeyword("type") { return try typeDefinition(.object, head) }
        if try skipKeyword("interface") { return try typeDefinition(.interface, head) }
        if try skipKeyword("union") { return try typeDefinition(.union, head) }
        if try skipKeyword("enum") { return try typeDefinition(.enumeration, head) }
        if try skipKeyword("input") { return try typeDefinition(.inputObject, head) }
        if !isExtension, try skipKeyword("directive") { return try directiveDefinition(head) }
        throw unexpected(
            "\"schema\", \"scalar\", \"type\", \"interface\", \"union\", \"enum\", \"input\" or \"directive\""
        )
    }

    /// What stands before the keyword.
    private struct DefinitionHead {
        let offset: UInt32
        let description: Syntax.Text?
        let isExtension: Bool
    }

    private mutating func schemaDefinition(_ head: DefinitionHead) throws(SyntaxError) {
        let directives = try directives(isConstant: true)
        let start = typeSystem.roots.count
        if head.isExtension, token.kind != .braceOpen {
            if directives.isEmpty { throw unexpected("\"{\" or a directive") }
        } else {
            try expect(.braceOpen)
            repeat {
                let offset = token.start
                guard let kind = operationKind() else {
                    throw unexpected("\"query\", \"mutation\" or \"subscription\"")
                }
                try advance()
                try expect(.colon)
                typeSystem.roots.append(
                    Syntax.RootOperation(kind: kind, type: try name(), offset: offset))
            } while try !skip(.braceClose)
        }
        definitions.append(.schema(typeSystem.schemas.count))
        typeSystem.schemas.append(
            Syntax.SchemaDefinition(
                isExtension: head.isExtension, description: head.description,
                directives: directives,
                roots: slice(from: start, to: typeSystem.roots.count), offset: head.offset))
    }

    private mutating func typeDefinition(_ kind: Syntax.TypeKind, _ head: DefinitionHead)
        throws(SyntaxError)
    {
        let name = try name()
        var types = Syntax.Slice<Syntax.Name>.empty
        if kind == .object || kind == .interface, try skipKeyword("implements") {
            types = try nameList(separator: .ampersand)
        }
        let directives = try directives(isConstant: true)
        var fields = Syntax.Slice<Syntax.FieldDefinition>.empty
        var values = Syntax.Slice<Syntax.EnumValueDefinition>.empty
        var inputFields = Syntax.Slice<Syntax.InputValueDefinition>.empty
        switch kind {
        case .scalar: break
        case .object, .interface: fields = try fieldDefinitions()
        case .union: if try skip(.equals) { types = try nameList(separator: .pipe) }
        case .enumeration: values = try enumValueDefinitions()
        case .inputObject:
            inputFields = try inputValueDefinitions(open: .braceOpen, close: .braceClose)
        }
        if head.isExtension, types.isEmpty, directives.isEmpty, fields.isEmpty, values.isEmpty,
            inputFields.isEmpty
        {
            throw unexpected("something that extends the type")
        }
        definitions.append(.type(typeSystem.types.count))
        typeSystem.types.append(
            Syntax.TypeDefinition(
                kind: kind, isExtension: head.isExtension, description: head.description,
                name: name,
                types: types, directives: directives, fields: fields, values: values,
                inputFields: inputFields, offset: head.offset))
    }

    /// Names between separators; one may also stand before the first.
    private mutating func nameList(separator: Token.Kind) throws(SyntaxError)
        -> Syntax.Slice<Syntax.Name>
    {
        let start = typeSystem.names.count
        _ = try skip(separator)
        repeat {
            typeSystem.names.append(try name())
        } while try skip(separator)
        return slice(from: start, to: typeSystem.names.count)
    }

    private mutating func description() throws(SyntaxError) -> Syntax.Text? {
        guard isString else { return nil }
        let text = token.text
        try advance()
        return text
    }

    private mutating func fieldDefinitions() throws(SyntaxError)
        -> Syntax.Slice<Syntax.FieldDefinition>
    {
        guard try skip(.braceOpen) else { return .empty }
        let start = typeSystem.fields.count
        repeat {
            let offset = token.start
            let description = try description()
            let name = try name()
            let arguments = try inputValueDefinitions(
                open: .parenthesisOpen, close: .parenthesisClose)
            try expect(.colon)
            let type = try typeReference()
            let directives = try directives(isConstant: true)
            typeSystem.fields.append(
                Syntax.FieldDefinition(
                    description: description, name: name, arguments: arguments, type: type,
                    directives: directives, offset: offset))
        } while try !skip(.braceClose)
        return slice(from: start, to: typeSystem.fields.count)
    }

    /// Arguments or input fields: they hold no lists of their own kind, so they are contiguous.
    private mutating func inputValueDefinitions(open: Token.Kind, close: Token.Kind)
        throws(SyntaxError) -> Syntax.Slice<Syntax.InputValueDefinition>
    {
        guard try skip(open) else { return .empty }
        let start = typeSystem.inputValues.count
        repeat {
            let offset = token.start
            let description = try description()
            let name = try name()
            try expect(.colon)
            let type = try typeReference()
            let defaultValue = try skip(.equals) ? try value(isConstant: true) : nil
            let directives = try directives(isConstant: true)
            typeSystem.inputValues.append(
                Syntax.InputValueDefinition(
                    description: description, name: name, type: type, defaultValue: defaultValue,
                    directives: directives, offset: offset))
        } while try !skip(close)
        return slice(from: start, to: typeSystem.inputValues.count)
    }

    private mutating func enumValueDefinitions() throws(SyntaxError)
        -> Syntax.Slice<Syntax.EnumValueDefinition>
    {
        guard try skip(.braceOpen) else { return .empty }
        let start = typeSystem.enumValues.count
        repeat {
            let offset = token.start
            let description = try description()
            if isKeyword("true") || isKeyword("false") || isKeyword("null") {
                throw unexpected("an enum value, which is not true, false or null")
            }
            let name = try name()
            let directives = try directives(isConstant: true)
            typeSystem.enumValues.append(
                Syntax.EnumValueDefinition(
                    description: description, name: name, directives: directives, offset: offset))
        } while try !skip(.braceClose)
        return slice(from: start, to: typeSystem.enumValues.count)
    }

    private mutating func directiveDefinition(_ head: DefinitionHead) throws(SyntaxError) {
        try expect(.at)
        let name = try name()
        let arguments = try inputValueDefinitions(open: .parenthesisOpen, close: .parenthesisClose)
        let isRepeatable = try skipKeyword("repeatable")
        try expectKeyword("on")
        var locations = DirectiveLocations()
        _ = try skip(.pipe)
        repeat {
            guard token.kind == .name,
                let location = DirectiveLocations(
                    word: String(
                        decoding: lexer.source[Int(token.start)..<Int(token.end)], as: UTF8.self))
            else { throw unexpected("a directive location such as FIELD or OBJECT") }
            try advance()
            locations.insert(location)
        } while try skip(.pipe)
        definitions.append(.directive(typeSystem.directives.count))
        typeSystem.directives.append(
            Syntax.DirectiveDefinition(
                description: head.description, name: name, arguments: arguments,
                isRepeatable: isRepeatable,
                locations: locations, offset: head.offset))
    }
}
