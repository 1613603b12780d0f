/// The value of an argument while a plan is made: literals and variables look alike, and what will
/// only be known with the request is a leaf.

indirect enum InputValue {
    case null
    case leaf(Leaf)
    case enumeration(String)
    case list([InputValue])
    case object([Member])

    struct Member {
        let name: String
        let value: InputValue
    }

    /// A scalar: from the document, or from the request's variables.
    enum Leaf: Hashable, Sendable {
        /// Text as PostgreSQL reads it, without quotes.
        case literal(Kind, String)
        /// The n-th scalar of the variables, in the order of `VariableReader`.
        case variable(Kind, Int)

        enum Kind: UInt8, Sendable {
            case string, number, yes, no, array, object
        }
        var kind: Kind {
            switch self {
            case .literal(let kind, _), .variable(let kind, _): kind
            }
        }
    }

    subscript(name: String) -> InputValue? {
        guard case .object(let members) = self else { return nil }
        // A name that JSON repeats: the last one counts.
        return members.last { $0.name == name }?.value
    }
    /// The members of an object, each name once.
    var members: [Member] {
        guard case .object(let members) = self else { return [] }
        var seen = Set<String>()
        let unique = members.reversed().filter { seen.insert($0.name).inserted }
        return unique.reversed()
    }
    /// A list's elements; any other value is a list of itself.
    var elements: [InputValue] {
        if case .list(let elements) = self { elements } else { [self] }
    }
    /// A list of the document or of the request.
    var isList: Bool {
        switch self {
        case .list, .leaf(.variable(.array, _)): true
        default: false
        }
    }
    var isNull: Bool { if case .null = self { true } else { false } }
    /// A Boolean is part of a plan's shape, so it is known.
    var bool: Bool? {
        guard case .leaf(let leaf) = self else { return nil }
        switch leaf.kind {
        case .yes: return true
        case .no: return false
        default: return nil
        }
    }
    var name: String? { if case .enumeration(let name) = self { name } else { nil } }
}

extension InputValue {
    /// From a literal of the document. A variable without a value is null in a list and no member
    /// of an object; alone it is nil.
    init?(_ value: Syntax.Value, in document: Document, variables: [Syntax.Name: InputValue]) {
        switch value.shape {
        case .variable(let name):
            guard let value = variables[name] else { return nil }
            self = value
        case .integer(let text), .float(let text):
            self = .leaf(.literal(.number, document[text: text]))
        case .string(let text, _): self = .leaf(.literal(.string, document[text: text]))
        case .boolean(let flag): self = .leaf(.literal(flag ? .yes : .no, flag ? "true" : "false"))
        case .null: self = .null
        case .enumeration(let name): self = .enumeration(document[name])
        case .list(let elements):
            self = .list(
                document[elements].map {
                    InputValue($0, in: document, variables: variables) ?? .null
                })
        case .object(let members):
            self = .object(
                document[members].compactMap { member in
                    InputValue(member.value, in: document, variables: variables).map {
                        Member(name: document[member.name], value: $0)
                    }
                })
        }
    }
}
