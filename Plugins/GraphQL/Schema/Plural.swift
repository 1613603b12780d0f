/// English plurals and singulars of table names, by the rules that relationship names follow.

enum Plural {
    /// `album` → `albums`, `category` → `categories`, `play_log` → `play_logs`.
    static func of(_ name: String) -> String {
        let (head, word) = lastWord(name)
        return head + pluralWord(word)
    }
    /// `albums` → `album`; a word that is singular stays.
    static func singular(_ name: String) -> String {
        let (head, word) = lastWord(name)
        return head + singularWord(word)
    }

    private static func lastWord(_ name: String) -> (Substring, Substring) {
        guard let position = name.lastIndex(of: "_") else { return ("", name[...]) }
        let start = name.index(after: position)
        return (name[..<start], name[start...])
    }

    private static let irregular: [(String, String)] = [
        ("person", "people"), ("man", "men"), ("woman", "women"), ("child", "children"),
        ("foot", "feet"), ("tooth", "teeth"), ("goose", "geese"), ("mouse", "mice"), ("ox", "oxen"),
        ("quiz", "quizzes"), ("leaf", "leaves"), ("life", "lives"), ("wife", "wives"),
        ("knife", "knives"), ("shelf", "shelves"), ("half", "halves"), ("hero", "heroes"),
        ("potato", "potatoes"), ("tomato", "tomatoes"), ("echo", "echoes"), ("index", "indices"),
        ("vertex", "vertices"), ("matrix", "matrices"), ("datum", "data"), ("medium", "media"),
        ("analysis", "analyses"), ("basis", "bases"), ("crisis", "crises"),
    ]
    private static let unchanged: Set<String> = [
        "series", "species", "news", "information", "equipment", "sheep", "fish", "deer", "media",
        "data", "metadata", "feedback", "staff",
    ]

    private static let singularAs: Set<String> = [
        "alias", "atlas", "bias", "canvas", "chaos", "gas",
    ]

    private static func pluralWord(_ word: Substring) -> String {
        let lower = word.lowercased()
        if unchanged.contains(lower) { return String(word) }
        for (one, many) in irregular {
            if lower == many { return String(word) }
            if lower == one { return String(word.prefix(1)) + many.dropFirst() }
        }
        if isPlural(lower) { return String(word) }
        if lower.hasSuffix("y"), let before = lower.dropLast().last, !"aeiou".contains(before) {
            return String(word.dropLast()) + "ies"
        }
        if ["s", "x", "z", "ch", "sh"].contains(where: { lower.hasSuffix($0) }) {
            return word + "es"
        }
        return word + "s"
    }
    private static func singularWord(_ word: Substring) -> String {
        let lower = word.lowercased()
        if unchanged.contains(lower) { return String(word) }
        for (one, many) in irregular where lower == many {
            return String(word.prefix(1)) + one.dropFirst()
        }
        guard isPlural(lower) else { return String(word) }
        if lower.hasSuffix("ies"), lower.count > 4 { return String(word.dropLast(3)) + "y" }
        for ending in ["sses", "xes", "zes", "ches", "shes"] where lower.hasSuffix(ending) {
            return String(word.dropLast(2))
        }
        return String(word.dropLast())
    }
    /// Ends as a plural does: `albums`, not `status`, `address`, `analysis`.
    private static func isPlural(_ lower: String) -> Bool {
        lower.count > 2 && lower.hasSuffix("s") && !singularAs.contains(lower)
            && !["ss", "us", "is"].contains { lower.hasSuffix($0) }
    }
}
