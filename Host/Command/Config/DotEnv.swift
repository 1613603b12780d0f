/// Reads a `.env` file: `NAME=value`, one per line, with or without `export` and quotes.
struct DotEnv {
    struct Entry: Equatable {
        let name: String
        let value: String
        let line: Int
    }

    private(set) var entries: [Entry] = []
    private(set) var problems: [Problem] = []

    init(_ text: String, file: String) {
        // One grapheme: "\r\n" would hide the newline from a split by "\n".
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (number, line) in lines.enumerated() { read(line, number + 1, file) }
    }

    /// Later lines win.
    var values: [String: String] {
        Dictionary(entries.map { ($0.name, $0.value) }) { _, last in last }
    }

    private mutating func read(_ line: Substring, _ number: Int, _ file: String) {
        var rest = line.drop { $0 == " " || $0 == "\t" }
        if rest.isEmpty || rest.hasPrefix("#") { return }
        if rest.hasPrefix("export ") { rest = rest.dropFirst(7).drop { $0 == " " } }
        guard let equals = rest.firstIndex(of: "=") else {
            return problem(
                file, number, "the line has no =", "write NAME=value, or begin it with #")
        }
        let name = trimmed(rest[..<equals])
        guard Self.isName(name) else {
            return problem(
                file, number, "\"\(name)\" is no name of a variable",
                "use letters, digits and _, and no digit first")
        }
        guard let value = Self.value(trimmed(rest[rest.index(after: equals)...])) else {
            return problem(
                file, number, "the quote of \(name) is not closed",
                "close it on the same line, and write a newline inside as \\n")
        }
        entries.append(Entry(name: String(name), value: value, line: number))
    }

    /// nil when a quote is not closed.
    private static func value(_ text: Substring) -> String? {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            // A comment needs a space before it: passwords contain #.
            if text.hasPrefix("#") { return "" }
            var end = text.endIndex
            for index in text.indices.dropFirst() where text[index] == "#" {
                let before = text[text.index(before: index)]
                if before == " " || before == "\t" {
                    end = index
                    break
                }
            }
            return String(text[..<end].reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }
        var result = ""
        var escaped = false
        for character in text.dropFirst() {
            if escaped {
                switch character {
                case "n": result.append("\n")
                case "r": result.append("\r")
                case "t": result.append("\t")
                case "\"", "\\", "$": result.append(character)
                default: result += "\\\(character)"
                }
                escaped = false
            } else if character == "\\" && quote == "\"" {
                escaped = true
            } else if character == quote {
                return result
            } else {
                result.append(character)
            }
        }
        return nil
    }

    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == 0x5F
        }
    }

    private func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    private mutating func problem(_ file: String, _ line: Int, _ message: String, _ advice: String)
    {
        problems.append(Problem(.line(file: file, line), message, advice))
    }
}
