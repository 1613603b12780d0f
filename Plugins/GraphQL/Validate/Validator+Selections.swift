/// Fields, their arguments and selections, fragments and where they may apply.
extension Validator {
    /// The path ends in `selectionSet`.
    mutating func check(
        _ selections: Syntax.Slice<Syntax.Selection>, of parent: SchemaType,
        isQueryRoot: Bool = false
    )
        throws(ValidationError)
    {
        for selection in document[selections] {
            switch selection {
            case .field(let field): try check(field, of: parent, isQueryRoot: isQueryRoot)
            case .inline(let fragment):
                try check(fragment.directives, at: .inlineFragment)
                try check(
                    fragment.selections, when: fragment.typeCondition, of: parent,
                    isQueryRoot: isQueryRoot,
                    at: fragment.offset)
            case .spread(let spread):
                try check(spread.directives, at: .fragmentSpread)
                // A spread of an undefined fragment was found before.
                guard let index = table[spread.name] else { continue }
                let fragment = document.fragments[index]
                if isFragmentChecked[index] {
                    if rules.contains(.possibleSpreads) {
                        _ = try applies(fragment.typeCondition, to: parent, at: spread.offset)
                    }
                    continue
                }
                isFragmentChecked[index] = true
                try check(fragment.directives, at: .fragmentDefinition)
                try check(
                    fragment.selections, when: fragment.typeCondition, of: parent,
                    isQueryRoot: isQueryRoot,
                    at: spread.offset)
            }
        }
    }

    private mutating func check(
        _ selections: Syntax.Slice<Syntax.Selection>, when typeCondition: Syntax.Name?,
        of parent: SchemaType,
        isQueryRoot: Bool, at offset: UInt32
    ) throws(ValidationError) {
        guard let typeCondition else {
            return try check(selections, of: parent, isQueryRoot: isQueryRoot)
        }
        guard let type = try applies(typeCondition, to: parent, at: offset) else { return }
        try check(selections, of: type, isQueryRoot: isQueryRoot && type === parent)
    }

    /// The type of a type condition. Nil when nothing is selected by it, which only the rules of
    /// Hasura allow.
    private func applies(_ condition: Syntax.Name, to parent: SchemaType, at offset: UInt32)
        throws(ValidationError) -> SchemaType?
    {
        guard let type = type(named: document[condition]) else {
            guard rules.contains(.possibleSpreads) else { return nil }
            throw error("no such type exists in the schema: '\(document[condition])'", at: offset)
        }
        guard type.isComposite else {
            guard rules.contains(.possibleSpreads) else { return nil }
            throw error("a fragment cannot be on '\(type.name)', which has no fields", at: offset)
        }
        if rules.contains(.possibleSpreads), !Self.overlap(type, parent) {
            throw error(
                "a fragment on '\(type.name)' can never apply to '\(parent.name)'", at: offset)
        }
        return type
    }

    private static func overlap(_ first: SchemaType, _ second: SchemaType) -> Bool {
        if first === second { return true }
        if first.kind == .object {
            return second.kind != .object && second.possibleTypes.contains(first.name)
        }
        if second.kind == .object { return first.possibleTypes.contains(second.name) }
        return !Set(first.possibleTypes).isDisjoint(with: second.possibleTypes)
    }

    private mutating func check(_ field: Syntax.Field, of parent: SchemaType, isQueryRoot: Bool)
        throws(ValidationError)
    {
        try check(field.directives, at: .field)
        let name = document[field.name]
        path.push(.key(name))
        guard
            let definition = IntrospectionTypes.metaField(name, isQueryRoot: isQueryRoot)
                ?? parent.field(named: name)
        else {
            throw error("field '\(name)' not found in type: '\(parent.name)'", at: field.offset)
        }
        guard let type = type(named: definition.type.name) else {
            throw error(
                "no such type exists in the schema: '\(definition.type.name)'", at: field.offset)
        }
        if !type.isComposite, !field.selections.isEmpty {
            throw error("unexpected subselection set for non-object field", at: field.offset)
        }
        try check(field.arguments, of: name, definition.arguments, at: field.offset)
        if type.isComposite {
            path.push(.selectionSet)
            if field.selections.isEmpty {
                throw error("missing selection set for '\(type.name)'", at: field.offset)
            }
            try check(field.selections, of: type)
            path.pop()
        }
        path.pop()
    }

    /// The arguments of a field or directive; the path ends in its name.
    mutating func check(
        _ arguments: Syntax.Slice<Syntax.Argument>, of owner: String,
        _ definitions: [SchemaInputValue],
        at offset: UInt32
    ) throws(ValidationError) {
        guard !arguments.isEmpty || definitions.contains(where: \.isRequired) else { return }
        try checkUnique(arguments) { "the argument '\($0)' is given more than once" }
        for argument in document[arguments] {
            let name = document[argument.name]
            guard definitions.contains(where: { $0.name == name }) else {
                throw error("'\(owner)' has no argument named '\(name)'", at: argument.offset)
            }
        }
        path.push(.args)
        for definition in definitions {
            path.push(.key(definition.name))
            if let argument = document[arguments].first(where: {
                document[$0.name] == definition.name
            }) {
                try check(argument.value, as: definition)
            } else if definition.isRequired {
                throw error("missing required field '\(definition.name)'", at: offset)
            }
            path.pop()
        }
        path.pop()
    }

    /// That no name stands twice among arguments or the fields of an object value.
    func checkUnique(_ arguments: Syntax.Slice<Syntax.Argument>, _ message: (String) -> String)
        throws(ValidationError)
    {
        guard arguments.count > 1 else { return }
        var seen = Set<Syntax.Name>(minimumCapacity: Int(arguments.count))
        for argument in document[arguments] where !seen.insert(argument.name).inserted {
            throw error(message(document[argument.name]), at: argument.offset)
        }
    }
}
