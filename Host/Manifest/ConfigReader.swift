/// Typed reading of one object in `config.json`, with the place in every error.
struct ConfigReader {
    let value: JSONValue
    let path: String
    let place: String

    func member(_ key: String) throws(ResolvedConfigError) -> JSONValue {
        guard let member = value[key] else { throw failure(key, "there") }
        return member
    }

    func string(_ key: String) throws(ResolvedConfigError) -> String {
        guard let text = try member(key).stringValue else { throw failure(key, "a string") }
        return text
    }

    func optionalString(_ key: String) throws(ResolvedConfigError) -> String? {
        try member(key).isNull ? nil : string(key)
    }

    func integer(_ key: String) throws(ResolvedConfigError) -> Int {
        guard let number = try member(key).integerValue else {
            throw failure(key, "a whole number")
        }
        return number
    }

    func bool(_ key: String) throws(ResolvedConfigError) -> Bool {
        guard let flag = try member(key).boolValue else { throw failure(key, "true or false") }
        return flag
    }

    func choice<Choice: RawRepresentable<String>>(_ key: String) throws(ResolvedConfigError)
        -> Choice
    {
        guard let choice = Choice(rawValue: try string(key)) else {
            throw failure(key, "one of the known words")
        }
        return choice
    }

    func object(_ key: String) throws(ResolvedConfigError) -> ConfigReader {
        let member = try member(key)
        guard member.objectValue != nil else { throw failure(key, "an object") }
        return ConfigReader(value: member, path: path, place: place + key + ".")
    }

    func optionalObject(_ key: String) throws(ResolvedConfigError) -> ConfigReader? {
        try member(key).isNull ? nil : object(key)
    }

    func elements(_ key: String) throws(ResolvedConfigError) -> [ConfigReader] {
        guard let elements = try member(key).arrayValue else { throw failure(key, "an array") }
        return elements.enumerated().map {
            ConfigReader(value: $0.element, path: path, place: "\(place)\(key)[\($0.offset)].")
        }
    }

    func strings(_ key: String) throws(ResolvedConfigError) -> [String] {
        let elements = try member(key).arrayValue
        let texts = elements?.compactMap(\.stringValue) ?? []
        guard let elements, texts.count == elements.count else {
            throw failure(key, "an array of strings")
        }
        return texts
    }

    func map(_ key: String) throws(ResolvedConfigError) -> [String: String] {
        var result: [String: String] = [:]
        guard let object = try member(key).objectValue else { throw failure(key, "an object") }
        for member in object {
            guard let text = member.value.stringValue else {
                throw failure("\(key).\(member.key)", "a string")
            }
            result[member.key] = text
        }
        return result
    }

    func failure(_ key: String, _ expected: String) -> ResolvedConfigError {
        ResolvedConfigError(
            description:
                "\(path): \(place)\(key) is not \(expected); write it again with `nself run`")
    }
}
