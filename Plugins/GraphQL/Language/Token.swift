/// One lexical token: a kind and the bytes it spans. Nothing is copied out of the source.
struct Token: Equatable {
    enum Kind: UInt8 {
        case endOfFile
        case exclamation, dollar, ampersand, parenthesisOpen, parenthesisClose, spread, colon,
            equals
        case at, bracketOpen, bracketClose, braceOpen, pipe, braceClose
        case name, integer, float, string, blockString
    }

    var kind: Kind
    /// Offset of the first byte.
    var start: UInt32
    /// Offset after the last byte.
    var end: UInt32
    /// Of a string: its value without quotes, with escapes resolved.
    var text: Syntax.Text

    init(_ kind: Kind, start: Int, end: Int, text: Syntax.Text = .empty) {
        self.kind = kind
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.text = text
    }
}

extension Token.Kind {
    /// How a message names what was expected.
    var label: String {
        switch self {
        case .endOfFile: "the end of the document"
        case .exclamation: "\"!\""
        case .dollar: "\"$\""
        case .ampersand: "\"&\""
        case .parenthesisOpen: "\"(\""
        case .parenthesisClose: "\")\""
        case .spread: "\"...\""
        case .colon: "\":\""
        case .equals: "\"=\""
        case .at: "\"@\""
        case .bracketOpen: "\"[\""
        case .bracketClose: "\"]\""
        case .braceOpen: "\"{\""
        case .pipe: "\"|\""
        case .braceClose: "\"}\""
        case .name: "a name"
        case .integer: "an integer"
        case .float: "a float"
        case .string, .blockString: "a string"
        }
    }
}
