/// Whether fields that share a response name can be merged. Two walks over the expanded operation,
/// each field visited once in each: one compares names and arguments where parents can be the same
/// object, the other the shapes of the answers. Groups are compared with one representative, because
/// to be the same field is an equivalence.
struct MergeCheck<Schema: SchemaView> {
    private let validator: Validator<Schema>
    private let document: Document
    private var path = ValidationPath()
    private var stepCount = 0
    /// By fragment: the collection that took it last, so that each takes it once.
    private var takenBy: [Int]
    private var collectionCount = 0

    init(_ validator: Validator<Schema>) {
        self.validator = validator
        document = validator.document
        takenBy = [Int](repeating: 0, count: validator.document.fragments.count)
    }

    /// A field as selected on a type.
    private struct Use {
        let field: Syntax.Field
        let parent: SchemaType
        /// Nil for a field that the parent does not have, which was refused before.
        let type: SchemaTypeReference?
    }

    /// A selection set with the type it is on.
    private struct SelectionSet {
        let selections: Syntax.Slice<Syntax.Selection>
        let parent: SchemaType
    }

    private enum Aspect { case names, shapes }

    mutating func check(_ operation: Syntax.Operation, _ root: SchemaType) throws(ValidationError) {
        let sets = [SelectionSet(selections: operation.selections, parent: root)]
        try check(sets, .names)
        if validator.rules.contains(.responseShapes) { try check(sets, .shapes) }
    }

    private mutating func check(_ sets: [SelectionSet], _ aspect: Aspect) throws(ValidationError) {
        path.push(.selectionSet)
        for group in collect(sets) {
            path.push(.key(document[group[0].field.name]))
            if aspect == .shapes {
                try checkShapes(group)
                try checkNested(group, .shapes)
            } else if group.count == 1 || group.contains(where: { $0.parent.kind != .object }) {
                try checkNames(group)
                try checkNested(group, .names)
            } else {
                for part in partition(group) {
                    try checkNames(part)
                    try checkNested(part, .names)
                }
            }
            path.pop()
        }
        path.pop()
    }

    private mutating func checkNested(_ group: [Use], _ aspect: Aspect) throws(ValidationError) {
        var sets: [SelectionSet] = []
        for use in group where !use.field.selections.isEmpty {
            guard let name = use.type?.name, let type = validator.type(named: name) else {
                continue
            }
            sets.append(SelectionSet(selections: use.field.selections, parent: type))
        }
        if !sets.isEmpty { try check(sets, aspect) }
    }

    /// Uses on different object types never meet in one answer.
    private func partition(_ group: [Use]) -> [[Use]] {
        var positions: [ObjectIdentifier: Int] = [:]
        var parts: [[Use]] = []
        for use in group {
            let id = ObjectIdentifier(use.parent)
            if let position = positions[id] {
                parts[position].append(use)
            } else {
                positions[id] = parts.count
                parts.append([use])
            }
        }
        return parts
    }

    // MARK: - Collecting

    /// The fields of the sets with fragments expanded, by response name, in order of appearance.
    private mutating func collect(_ sets: [SelectionSet]) -> [[Use]] {
        collectionCount += 1
        var positions: [Syntax.Name: Int] = [:]
        var groups: [[Use]] = []
        for set in sets { collect(set.selections, set.parent, &positions, &groups) }
        return groups
    }

    private mutating func collect(
        _ selections: Syntax.Slice<Syntax.Selection>, _ parent: SchemaType,
        _ positions: inout [Syntax.Name: Int],
        _ groups: inout [[Use]]
    ) {
        for selection in document[selections] {
            switch selection {
            case .field(let field):
                let name = document[field.name]
                let definition =
                    parent.field(named: name)
                    ?? IntrospectionTypes.metaField(name, isQueryRoot: true)
                let use = Use(field: field, parent: parent, type: definition?.type)
                if let position = positions[field.responseKey] {
                    groups[position].append(use)
                } else {
                    positions[field.responseKey] = groups.count
                    groups.append([use])
                }
            case .inline(let fragment):
                guard let type = type(fragment.typeCondition, or: parent) else { continue }
                collect(fragment.selections, type, &positions, &groups)
            case .spread(let spread):
                guard let index = validator.table[spread.name], takenBy[index] != collectionCount
                else { continue }
                takenBy[index] = collectionCount
                let fragment = document.fragments[index]
                guard let type = type(fragment.typeCondition, or: parent) else { continue }
                collect(fragment.selections, type, &positions, &groups)
            }
        }
    }

    private func type(_ condition: Syntax.Name?, or parent: SchemaType) -> SchemaType? {
        condition.map { validator.type(named: document[$0]) } ?? parent
    }

    // MARK: - Comparing

    private mutating func checkNames(_ group: [Use]) throws(ValidationError) {
        let first = group[0].field
        for use in group.dropFirst() where use.field.offset != first.offset {
            let field = use.field
            guard field.name == first.name else {
                throw conflict(
                    "selection of both '\(document[first.name])' and '\(document[field.name])' specify the same "
                        + "response name, '\(document[field.responseKey])'", field)
            }
            guard try isEqual(first.arguments, field.arguments) else {
                throw conflict(
                    "inconsistent arguments between multiple selections of field '\(document[first.name])'",
                    field)
            }
        }
    }

    private func checkShapes(_ group: [Use]) throws(ValidationError) {
        guard let first = group[0].type else { return }
        for use in group.dropFirst() {
            guard let type = use.type, !haveSameShape(first, type) else { continue }
            throw conflict(
                "the fields '\(document[group[0].field.name])' and '\(document[use.field.name])' specify the same "
                    + "response name, '\(document[use.field.responseKey])', and have different types, "
                    + "'\(first.text)' and '\(type.text)'", use.field)
        }
    }

    private func haveSameShape(_ first: SchemaTypeReference, _ second: SchemaTypeReference) -> Bool
    {
        switch (first, second) {
        case (.nonNull(let first), .nonNull(let second)), (.list(let first), .list(let second)):
            return haveSameShape(first, second)
        case (.named(let first), .named(let second)):
            if first == second { return true }
            guard let one = validator.type(named: first), let other = validator.type(named: second)
            else { return false }
            return one.isComposite && other.isComposite
        default: return false
        }
    }

    /// The conflict is one of the selection set, as Hasura places it.
    private func conflict(_ message: String, _ field: Syntax.Field) -> ValidationError {
        var place = path
        place.pop()
        return ValidationError(message: message, path: place.text, offset: field.offset)
    }

    /// The same names with the same values, in any order.
    private mutating func isEqual(
        _ first: Syntax.Slice<Syntax.Argument>, _ second: Syntax.Slice<Syntax.Argument>
    )
        throws(ValidationError) -> Bool
    {
        guard first.count == second.count else { return false }
        try step(Int(first.count))
        var values: [Syntax.Name: Syntax.Value] = [:]
        for (one, other) in zip(document[first], document[second]) {
            if values.isEmpty, one.name == other.name {
                guard try isEqual(one.value, other.value) else { return false }
            } else {
                // Out of order from here on.
                for argument in document[first] { values[argument.name] = argument.value }
                guard let value = values[other.name], try isEqual(value, other.value) else {
                    return false
                }
            }
        }
        return true
    }

    private mutating func isEqual(_ first: Syntax.Value, _ second: Syntax.Value)
        throws(ValidationError) -> Bool
    {
        try step(1)
        switch (first.shape, second.shape) {
        case (.variable(let first), .variable(let second)),
            (.enumeration(let first), .enumeration(let second)):
            return first == second
        case (.integer(let first), .integer(let second)), (.float(let first), .float(let second)),
            (.string(let first, _), .string(let second, _)):
            guard first.count == second.count else { return false }
            try step(Int(first.count) / 8)
            return document.text[first.range].elementsEqual(document.text[second.range])
        case (.boolean(let first), .boolean(let second)): return first == second
        case (.null, .null): return true
        case (.list(let first), .list(let second)):
            guard first.count == second.count else { return false }
            for (one, other) in zip(document[first], document[second]) {
                guard try isEqual(one, other) else { return false }
            }
            return true
        case (.object(let first), .object(let second)): return try isEqual(first, second)
        default: return false
        }
    }

    private mutating func step(_ count: Int) throws(ValidationError) {
        stepCount += count
        guard stepCount <= ValidateLimit.mergeStepMax else {
            throw ValidationError(
                message: "the operation repeats too many long arguments", path: "$")
        }
    }
}
