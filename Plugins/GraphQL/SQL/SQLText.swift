/// Names in SQL text: the only strings that ever become part of a statement, always from the catalogue.

enum SQLText {
    /// A quoted identifier.
    static func quoted(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "\"")) else { return "\"" + name + "\"" }
        var quoted = "\""
        for character in name.unicodeScalars {
            if character == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
    /// A quoted string constant, for names the catalogue or a document's grammar has limited.
    static func literal(_ text: String) -> String {
        var literal = text.utf8.contains(UInt8(ascii: "\\")) ? " E'" : "'"
        for character in text.unicodeScalars {
            if character == "'" || character == "\\" { literal.unicodeScalars.append(character) }
            literal.unicodeScalars.append(character)
        }
        return literal + "'"
    }
}
