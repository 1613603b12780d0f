/// Variable definitions, and whether a variable may stand where it is used.
extension Validator {
    mutating func checkVariables(of operation: Syntax.Operation) throws(ValidationError) {
        for variable in document[operation.variables] {
            guard variables.updateValue(variable, forKey: variable.name) == nil else {
                throw error(
                    "multiple definitions for variable \"\(document[variable.name])\"",
                    code: "parse-failed",
                    at: variable.offset)
            }
        }
        for (index, isUsed) in reachability.isVariableUsed.enumerated() where isUsed {
            let name = Syntax.Name(index: UInt32(index))
            guard variables[name] == nil else { continue }
            throw ValidationError(message: "unbound variable \"\(document[name])\"", path: "$")
        }
        for variable in document[operation.variables] {
            try check(variable.directives, at: .variableDefinition)
            let type = reference(variable.type)
            guard let named = self.type(named: type.name) else {
                throw error(
                    "no such type exists in the schema: '\(type.name)'", at: variable.offset)
            }
            guard named.isInput else {
                throw error(
                    "variables can only be defined on input types (enums, scalars, input objects), but '\(type.name)' is not one",
                    at: variable.offset)
            }
            guard let value = variable.defaultValue else { continue }
            path.push(.key(document[variable.name]))
            path.push(.key("defaultValue"))
            // Hasura lets `= null` pass on a nullable variable only; on others it is no value.
            try check(value, as: SchemaInputValue(name: "", type: type))
            path.pop(2)
        }
    }

    /// A type of the document in the schema's terms.
    func reference(_ type: Syntax.TypeReference) -> SchemaTypeReference {
        let node = document[type]
        let inner: SchemaTypeReference
        switch node.shape {
        case .named(let name): inner = .named(document[name])
        case .list(let element): inner = .list(reference(element))
        }
        return node.isRequired ? .nonNull(inner) : inner
    }

    /// AreTypesCompatible() and IsVariableUsageAllowed() of the specification.
    func checkUse(of name: Syntax.Name, as input: SchemaInputValue, offset: UInt32)
        throws(ValidationError)
    {
        guard let variable = variables[name] else { return }
        let declared = reference(variable.type)
        var location = input.type
        if case .nonNull(let nullable) = location, !declared.isNonNull {
            let hasDefault: Bool
            switch variable.defaultValue?.shape {
            case nil, .null?: hasDefault = false
            default: hasDefault = true
            }
            if hasDefault || input.defaultValue != nil { location = nullable }
        }
        guard !Self.isCompatible(declared, location) else { return }
        throw error(
            "variable '\(document[name])' is declared as '\(declared.text)', but used where '\(input.type.text)' is expected",
            at: offset)
    }

    private static func isCompatible(
        _ variable: SchemaTypeReference, _ location: SchemaTypeReference
    ) -> Bool {
        switch (variable, location) {
        case (.nonNull(let variable), .nonNull(let location)): isCompatible(variable, location)
        case (_, .nonNull): false
        case (.nonNull(let variable), _): isCompatible(variable, location)
        case (.list(let variable), .list(let location)): isCompatible(variable, location)
        case (.named(let variable), .named(let location)): variable == location
        default: false
        }
    }
}
