/// Reads TOML text into a JSON value whose keys stand in the order of the file.
import HostManifest
import TOMLKit

enum TOML {
    /// A syntax error with its place, both numbers from 1.
    struct Failure: Error, Equatable {
        let line: Int
        let message: String
    }

    static func parse(_ text: String, lines: Lines) throws(Failure) -> JSONObject {
        do {
            return object(try TOMLTable(string: text), ConfigPath(), lines)
        } catch let error as TOMLParseError {
            throw Failure(line: error.source.begin.line, message: sentence(error.description))
        } catch {
            throw Failure(line: 1, message: "\(error)")
        }
    }

    /// The value of one assignment, as environment variables give it; nil when it is no TOML value.
    static func value(_ text: String) -> JSONValue? {
        guard !text.contains("\n"), let table = try? TOMLTable(string: "v = \(text)"),
            table.count == 1, let value = table["v"]
        else { return nil }
        return convert(value, ConfigPath(), Lines(""))
    }

    private static func object(_ table: TOMLTable, _ path: ConfigPath, _ lines: Lines) -> JSONObject
    {
        let keys = table.keys.sorted { a, b in
            let (first, second) = (
                lines.order(of: path.appending(a)), lines.order(of: path.appending(b))
            )
            return first == second ? a < b : first < second
        }
        return JSONObject(
            keys.compactMap { key in
                table[key].map { (key, convert($0, path.appending(key), lines)) }
            })
    }

    private static func convert(
        _ value: any TOMLValueConvertible, _ path: ConfigPath, _ lines: Lines
    )
        -> JSONValue
    {
        switch value.type {
        case .table: return value.table.map { .object(object($0, path, lines)) } ?? .null
        case .array:
            guard let array = value.array else { return .null }
            return .array(
                array.enumerated().map { convert($0.element, path.appending($0.offset), lines) })
        case .string: return value.string.map { .string($0) } ?? .null
        case .int: return value.int.map { .integer($0) } ?? .null
        case .double: return value.double.map { .double($0) } ?? .null
        case .bool: return value.bool.map { .bool($0) } ?? .null
        // JSON has no dates: they travel as the text that TOML writes.
        case .date, .time, .dateTime: return .string(value.debugDescription)
        }
    }

    /// The parser's words in our form: first letter small, no full stop at the end.
    private static func sentence(_ text: String) -> String {
        var text = text
        if text.hasSuffix(".") { text.removeLast() }
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
