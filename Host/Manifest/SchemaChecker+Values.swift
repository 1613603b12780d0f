/// Checks of numbers, texts, arrays and objects against the keywords for them.

extension SchemaChecker {
    // MARK: single values

    mutating func checkNumber(_ value: JSONValue, _ node: SchemaNode, at path: ConfigPath) {
        guard let number = value.doubleValue else { return }
        let now = isNow(value, node)
        if let least = node.minimum, number < least {
            fail(path, "must be at least \(JSONSchema.text(least))\(now)")
        }
        if let most = node.maximum, number > most {
            fail(path, "must be at most \(JSONSchema.text(most))\(now)")
        }
        if let bound = node.exclusiveMinimum, number <= bound {
            fail(path, "must be more than \(JSONSchema.text(bound))\(now)")
        }
        if let bound = node.exclusiveMaximum, number >= bound {
            fail(path, "must be less than \(JSONSchema.text(bound))\(now)")
        }
        if let divisor = node.multipleOf {
            let quotient = number / divisor
            if quotient != quotient.rounded() {
                fail(path, "must be a multiple of \(JSONSchema.text(divisor))\(now)")
            }
        }
    }

    mutating func checkText(_ value: String, _ node: SchemaNode, at path: ConfigPath) {
        let now = isNow(.string(value), node)
        let length = value.unicodeScalars.count
        if let least = node.lengthMin, length < least {
            fail(
                path,
                least == 1
                    ? "must not be empty"
                    : "must have at least \(least) characters and has \(length)")
        }
        if let most = node.lengthMax, length > most {
            fail(path, "must have at most \(most) characters and has \(length)")
        }
        if let pattern = node.pattern, !pattern.matches(value) {
            fail(path, "must match \(node.patternText)\(now)")
        }
        switch node.format {
        case "duration":
            guard Quantity.nanoseconds(value) == nil else { break }
            fail(
                path, "must be a time\(now)",
                "write a number and one of ns, us, ms, s, min, h, d, for example \"30 s\"")
        case "size":
            guard Quantity.bytes(value) == nil else { break }
            fail(
                path, "must be a size\(now)",
                "write a number and one of B, kB, MB, GB, KiB, MiB, GiB, for example \"10 MiB\"")
        default: break  // other formats are annotations, as the standard says
        }
    }

    mutating func failChoice(
        _ value: JSONValue, _ node: SchemaNode, _ allowed: [JSONValue], at path: ConfigPath
    ) {
        let words = allowed.map(\.text).joined(separator: ", ")
        let near = value.stringValue.flatMap {
            Suggestion.nearest(to: $0, among: allowed.compactMap(\.stringValue))
        }
        fail(
            path, "must be one of \(words)\(isNow(value, node))",
            near.map { "write \"\($0)\"" } ?? "")
    }

    // MARK: arrays and objects

    mutating func checkArray(_ elements: [JSONValue], _ node: SchemaNode, at path: ConfigPath)
        -> [JSONValue]
    {
        if let least = node.itemsMin, elements.count < least {
            fail(path, "must have at least \(least) elements and has \(elements.count)")
        }
        if let most = node.itemsMax, elements.count > most {
            fail(path, "must have at most \(most) elements and has \(elements.count)")
        }
        if node.itemsUnique {
            // Quadratic, so bounded: an array that long is no configuration.
            for (number, element) in elements.prefix(1_000).enumerated()
            where elements[..<number].contains(where: { $0.means(element) }) {
                fail(path.appending(number), "is there twice\(isNow(element, node))", "remove it")
            }
        }
        guard let item = node.items.first else { return elements }
        return elements.enumerated().map { check($0.element, item, at: path.appending($0.offset)) }
    }

    mutating func checkObject(
        _ object: JSONObject, _ node: SchemaNode, at path: ConfigPath, _ known: Set<String>
    ) -> JSONObject {
        var result = object
        for member in object {
            let place = path.appending(member.key)
            if let names = node.propertyNames.first {
                let before = violations.count
                _ = check(.string(member.key), names, at: place)
                if violations.count > before { continue }
            }
            var matched = false
            if let property = node.property(member.key) {
                result[member.key] = check(member.value, property, at: place)
                matched = true
            }
            for (pattern, schema) in node.patternProperties where pattern.matches(member.key) {
                result[member.key] = check(result[member.key] ?? member.value, schema, at: place)
                matched = true
            }
            if !matched, let additional = node.additional.first, additional.accepts {
                result[member.key] = check(member.value, additional, at: place)
            } else if !matched, refusesOthers(node), !known.contains(member.key),
                !branchKeys(node).contains(member.key)
            {
                failKey(member.key, node, known, at: place)
            }
        }
        for name in node.required where object[name] == nil {
            if schema.resolve(node.property(name) ?? SchemaNode())?.fallback != nil { continue }
            fail(path, "needs \(name)", "add it: \(name) = \(schema.example(node.property(name)))")
        }
        fillDefaults(into: &result, node, at: path)
        if let least = node.propertiesMin, result.count < least {
            fail(path, "must have at least \(least) keys and has \(result.count)")
        }
        if let most = node.propertiesMax, result.count > most {
            fail(path, "must have at most \(most) keys and has \(result.count)")
        }
        return result
    }

    private func refusesOthers(_ node: SchemaNode) -> Bool {
        if let additional = node.additional.first { return !additional.accepts }
        return node.isOutermost || !node.properties.isEmpty || !node.patternProperties.isEmpty
    }

    private mutating func fillDefaults(
        into object: inout JSONObject, _ node: SchemaNode, at path: ConfigPath
    ) {
        for property in node.properties where object[property.name] == nil {
            guard let target = schema.resolve(property.node) else { continue }
            let place = path.appending(property.name)
            if let fallback = property.node.fallback ?? target.fallback {
                object[property.name] = check(fallback, property.node, at: place)
            } else if target.types == [.object], !node.required.contains(property.name) {
                // An absent table whose members all have defaults, or may be absent.
                var inner = attempt()
                let filled = inner.check(.object(JSONObject()), property.node, at: place)
                takeOver(inner)
                if inner.violations.isEmpty, filled.objectValue?.isEmpty == false {
                    object[property.name] = filled
                }
            }
        }
    }

    private mutating func failKey(
        _ key: String, _ node: SchemaNode, _ known: Set<String>, at place: ConfigPath
    ) {
        let names = node.properties.map(\.name) + known.sorted() + branchKeys(node).sorted()
        if let near = Suggestion.nearest(to: key, among: names) {
            fail(place, "is not known", "write \(near) instead, or remove it")
        } else if names.isEmpty {
            fail(place, "is not known", "remove it: nothing can be set here")
        } else {
            fail(place, "is not known", "remove it; known are \(names.joined(separator: ", "))")
        }
    }
}
