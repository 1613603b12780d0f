/// The way to a value in a configuration: "plugins.auth.config.cron[0].at".
public struct ConfigPath: Sendable, Hashable, CustomStringConvertible {
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    public var steps: [Step]

    public init(_ steps: [Step] = []) { self.steps = steps }
    public init(_ keys: String...) { steps = keys.map { .key($0) } }

    public func appending(_ key: String) -> ConfigPath { ConfigPath(steps + [.key(key)]) }
    public func appending(_ index: Int) -> ConfigPath { ConfigPath(steps + [.index(index)]) }
    public static func + (a: ConfigPath, b: ConfigPath) -> ConfigPath {
        ConfigPath(a.steps + b.steps)
    }

    public var isEmpty: Bool { steps.isEmpty }

    /// As TOML writes it: keys that are not bare are quoted.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key):
                if !text.isEmpty { text += "." }
                text += Self.isBare(key) ? key : JSONValue.string(key).text
            }
        }
        return text
    }

    public static func isBare(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || $0 == 0x5F || $0 == 0x2D
            }
    }
}
