/// Reads a JSON Schema into nodes and collects what is wrong with it.
struct SchemaCompiler {
    var problems: [String] = []
    private(set) var references: [(name: String, at: String)] = []

    private static let annotations: Set<String> = [
        "$schema", "$id", "$comment", "$defs", "title", "description", "examples", "deprecated",
        "readOnly",
    ]

    mutating func node(_ json: JSONValue, at place: String) -> SchemaNode {
        var node = SchemaNode()
        switch json {
        case .bool(let accepts): node.accepts = accepts
        case .object(let object):
            for member in object { read(member.key, member.value, into: &node, at: place) }
            let numeric = node.types.contains(.integer) || node.types.contains(.number)
            if node.unit != nil, !numeric {
                problem(place, "unit", "needs \"type\": \"integer\" or \"number\"")
            }
        default: problems.append("\(place): a schema is an object or a boolean, not \(json.kind)")
        }
        return node
    }

    private mutating func read(
        _ key: String, _ value: JSONValue, into node: inout SchemaNode, at place: String
    ) {
        let inner = "\(place)/\(key)"
        switch key {
        case "type": node.types = kinds(value, at: place)
        case "enum":
            node.enumeration = value.arrayValue
            if value.arrayValue == nil { problem(place, key, "must be an array") }
        case "const": node.constant = value
        case "default": node.fallback = value
        case "minimum": node.minimum = number(value, key, place)
        case "maximum": node.maximum = number(value, key, place)
        case "exclusiveMinimum": node.exclusiveMinimum = number(value, key, place)
        case "exclusiveMaximum": node.exclusiveMaximum = number(value, key, place)
        case "multipleOf":
            node.multipleOf = number(value, key, place)
            if let divisor = node.multipleOf, divisor <= 0 {
                problem(place, key, "must be more than 0")
                node.multipleOf = nil
            }
        case "minLength": node.lengthMin = count(value, key, place)
        case "maxLength": node.lengthMax = count(value, key, place)
        case "pattern":
            node.patternText = value.stringValue ?? ""
            node.pattern = pattern(value, inner)
        case "format": node.format = text(value, key, place)
        case "unit":
            node.unit = value.stringValue.flatMap(SchemaNode.Unit.init)
            if node.unit == nil {
                let units = SchemaNode.Unit.allCases.map(\.rawValue).joined(separator: ", ")
                problem(place, key, "must be one of \(units)")
            }
        case "properties":
            for (name, schema) in members(value, key, place) {
                node.add(.init(name: name, node: self.node(schema, at: "\(inner)/\(name)")))
            }
        case "required":
            let names = value.arrayValue?.compactMap(\.stringValue)
            if names == nil || names?.count != value.arrayValue?.count {
                problem(place, key, "must be an array of strings")
            }
            node.required = names ?? []
        case "additionalProperties": node.additional = [self.node(value, at: inner)]
        case "patternProperties":
            for (name, schema) in members(value, key, place) {
                guard let pattern = pattern(.string(name), inner) else { continue }
                node.patternProperties.append((pattern, self.node(schema, at: "\(inner)/\(name)")))
            }
        case "propertyNames": node.propertyNames = [self.node(value, at: inner)]
        case "minProperties": node.propertiesMin = count(value, key, place)
        case "maxProperties": node.propertiesMax = count(value, key, place)
        case "items": node.items = [self.node(value, at: inner)]
        case "minItems": node.itemsMin = count(value, key, place)
        case "maxItems": node.itemsMax = count(value, key, place)
        case "uniqueItems": node.itemsUnique = flag(value, key, place)
        case "allOf": node.allOf = branches(value, inner)
        case "anyOf": node.anyOf = branches(value, inner)
        case "oneOf": node.oneOf = branches(value, inner)
        case "writeOnly": node.isSecret = flag(value, key, place)
        case "$ref": node.reference = reference(value, place)
        default:
            if !Self.annotations.contains(key), !key.hasPrefix("x-") {
                problem(place, key, "is a keyword that this program does not check")
            }
        }
    }

    private mutating func kinds(_ value: JSONValue, at place: String) -> [SchemaNode.Kind] {
        let names = value.arrayValue ?? [value]
        return names.compactMap { name in
            if let kind = name.stringValue.flatMap(SchemaNode.Kind.init) { return kind }
            let all = SchemaNode.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            problem(place, "type", "\(name.text) is none of \(all)")
            return nil
        }
    }

    private mutating func branches(_ value: JSONValue, _ inner: String) -> [SchemaNode] {
        guard let schemas = value.arrayValue, !schemas.isEmpty else {
            problems.append("\(inner): must be an array of at least one schema")
            return []
        }
        return schemas.enumerated().map { self.node($0.element, at: "\(inner)/\($0.offset)") }
    }

    private mutating func reference(_ value: JSONValue, _ place: String) -> String? {
        let text = value.stringValue ?? ""
        let name: String
        if text == "#" {
            name = ""
        } else if text.hasPrefix("#/$defs/"), text.count > 8 {
            name = String(text.dropFirst(8))
        } else {
            problem(place, "$ref", "must be \"#\" or \"#/$defs/<name>\"")
            return nil
        }
        references.append((name, place))
        return name
    }

    private mutating func pattern(_ value: JSONValue, _ inner: String) -> Pattern? {
        do throws(Pattern.Failure) {
            guard let text = value.stringValue else {
                throw Pattern.Failure(reason: "it must be a string")
            }
            return try Pattern(text)
        } catch {
            problems.append("\(inner): \(error.reason)")
            return nil
        }
    }

    private mutating func members(_ value: JSONValue, _ key: String, _ place: String)
        -> [(String, JSONValue)]
    {
        guard let object = value.objectValue else {
            problem(place, key, "must be an object")
            return []
        }
        return object.map { ($0.key, $0.value) }
    }

    private mutating func number(_ value: JSONValue, _ key: String, _ place: String) -> Double? {
        if value.doubleValue == nil { problem(place, key, "must be a number") }
        return value.doubleValue
    }

    private mutating func count(_ value: JSONValue, _ key: String, _ place: String) -> Int? {
        guard let count = value.integerValue, count >= 0 else {
            problem(place, key, "must be a whole number from 0")
            return nil
        }
        return count
    }

    private mutating func flag(_ value: JSONValue, _ key: String, _ place: String) -> Bool {
        if value.boolValue == nil { problem(place, key, "must be true or false") }
        return value.boolValue ?? false
    }

    private mutating func text(_ value: JSONValue, _ key: String, _ place: String) -> String? {
        if value.stringValue == nil { problem(place, key, "must be a string") }
        return value.stringValue
    }

    private mutating func problem(_ place: String, _ key: String, _ what: String) {
        problems.append("\(place): \"\(key)\" \(what)")
    }
}
