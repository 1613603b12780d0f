/// A document that the schema does not allow: the first thing that was wrong, in Hasura's words.
struct ValidationError: Error, Equatable, Sendable {
    let message: String
    /// `validation-failed`, for some `parse-failed`.
    var code = "validation-failed"
    /// As Hasura gives it: `$.selectionSet.author.args.where`.
    let path: String
    /// Where in the document, when the error has one place.
    var offset: UInt32?
}

/// The way from the operation to what is being looked at.
struct ValidationPath {
    enum Component {
        case selectionSet
        case args
        case key(String)
        case index(Int)
    }

    private var components: [Component] = []

    mutating func push(_ component: Component) { components.append(component) }

    mutating func pop() { components.removeLast() }

    mutating func pop(_ count: Int) { components.removeLast(count) }

    var text: String {
        var text = "$"
        for component in components {
            switch component {
            case .selectionSet: text += ".selectionSet"
            case .args: text += ".args"
            case .key(let name): text += Self.isPlain(name) ? "." + name : "[\"" + name + "\"]"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, first &- 0x30 >= 10 else { return false }
        return name.utf8.allSatisfy { Lexer.isNameContinue($0) }
    }
}
