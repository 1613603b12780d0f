/// Finds the line of a key path in TOML text.
///
/// The TOML parser gives positions for syntax errors only. This reader follows keys, tables,
/// arrays and strings and passes over everything else, so it is meant for text that the parser
/// accepts; with other text it still ends, and answers with less.
import HostManifest

struct Lines {
    private struct Place {
        let line: Int
        let order: Int
    }

    private var places: [ConfigPath: Place] = [:]

    init(_ text: String) {
        var reader = LineReader(text)
        reader.document { path, line in
            for length in 1...max(1, path.steps.count) {
                let part = ConfigPath(Array(path.steps.prefix(length)))
                if places[part] == nil { places[part] = Place(line: line, order: places.count) }
            }
        }
    }

    /// The line of exactly this path, from 1.
    subscript(path: ConfigPath) -> Int? { places[path]?.line }

    /// The line of the path or of the nearest table around it; nil when nothing of it is there.
    func nearest(_ path: ConfigPath) -> Int? {
        var path = path
        while !path.isEmpty {
            if let place = places[path] { return place.line }
            path.steps.removeLast()
        }
        return nil
    }

    /// Sorts keys as they were written.
    func order(of path: ConfigPath) -> Int { places[path]?.order ?? .max }
}

private struct LineReader {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// Elements of arrays of tables so far.
    private var counts: [ConfigPath: Int] = [:]
    private var depth = 0
    /// Inline values in inline values; the TOML parser refuses more than 256.
    private static let depthMax = 300

    typealias Visit = (ConfigPath, Int) -> Void

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func document(_ visit: Visit) {
        var table = ConfigPath()
        while true {
            skipBlank()
            guard let byte = peek else { return }
            let start = position
            if byte == UInt8(ascii: "[") {
                let isElement = next == UInt8(ascii: "[")
                position += isElement ? 2 : 1
                table = header(key(), isElement: isElement)
                visit(table, line)
                skipLine()
            } else {
                assignment(in: table, visit)
            }
            if position == start { skipLine() }
        }
    }

    /// Follows array-of-tables into their last element.
    private mutating func header(_ keys: [String], isElement: Bool) -> ConfigPath {
        var path = ConfigPath()
        for (number, key) in keys.enumerated() {
            path = path.appending(key)
            if isElement && number == keys.count - 1 {
                counts[path, default: 0] += 1
            }
            if let count = counts[path] { path = path.appending(count - 1) }
        }
        return path
    }

    private mutating func assignment(in table: ConfigPath, _ visit: Visit) {
        let start = line
        let path = key().reduce(table) { $0.appending($1) }
        visit(path, start)
        skipSpace()
        guard peek == UInt8(ascii: "=") else { return }
        position += 1
        value(at: path, visit)
    }

    private mutating func value(at path: ConfigPath, _ visit: Visit) {
        skipSpace()
        guard depth < Self.depthMax else { return skipLine() }
        depth += 1
        defer { depth -= 1 }
        switch peek {
        case UInt8(ascii: "{"):
            position += 1
            list(until: UInt8(ascii: "}")) { reader, _ in reader.assignment(in: path, visit) }
        case UInt8(ascii: "["):
            position += 1
            list(until: UInt8(ascii: "]")) { reader, number in
                visit(path.appending(number), reader.line)
                reader.value(at: path.appending(number), visit)
            }
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        default:
            while let byte = peek, !Self.ends.contains(byte) { position += 1 }
        }
    }

    private static let ends = Array(",]}#\n".utf8)

    private mutating func list(until end: UInt8, _ element: (inout LineReader, Int) -> Void) {
        var number = 0
        while true {
            skipBlank()
            guard let byte = peek else { return }
            let start = position
            if byte == end {
                position += 1
                return
            }
            if byte == UInt8(ascii: ",") {
                position += 1
                continue
            }
            element(&self, number)
            number += 1
            if position == start { position += 1 }
        }
    }

    /// A dotted key.
    private mutating func key() -> [String] {
        var keys: [String] = []
        while true {
            skipSpace()
            switch peek {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): keys.append(string())
            default:
                let start = position
                while let byte = peek, !Self.keyEnds.contains(byte) { position += 1 }
                if position == start { return keys }
                keys.append(String(decoding: bytes[start..<position], as: UTF8.self))
            }
            skipSpace()
            guard peek == UInt8(ascii: ".") else { return keys }
            position += 1
        }
    }

    private static let keyEnds = Array(" \t\r\n.=[]{},#\"'".utf8)

    /// Passes over a string of any kind; its content matters for keys only, where escapes are rare
    /// and left as they are.
    private mutating func string() -> String {
        let quote = bytes[position]
        let long = bytes[position...].starts(with: [quote, quote, quote])
        position += long ? 3 : 1
        let start = position
        while let byte = peek {
            if byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
                position += 1
                if peek == 0x0A { line += 1 }
                position += 1
                continue
            }
            if byte == quote, !long || bytes[position...].starts(with: [quote, quote, quote]) {
                let end = position
                position += long ? 3 : 1
                // A long string may end with one or two quotes of its own.
                while long, peek == quote { position += 1 }
                return String(decoding: bytes[start..<end], as: UTF8.self)
            }
            if byte == 0x0A {
                guard long else { break }
                line += 1
            }
            position += 1
        }
        return String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
    private var next: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
    }

    /// Space, newlines and comments.
    private mutating func skipBlank() {
        while let byte = peek {
            if byte == UInt8(ascii: "#") {
                while let byte = peek, byte != 0x0A { position += 1 }
            } else if byte == 0x0A {
                line += 1
                position += 1
            } else if byte == 0x20 || byte == 0x09 || byte == 0x0D {
                position += 1
            } else {
                return
            }
        }
    }

    /// To the newline, which stays.
    private mutating func skipLine() {
        while let byte = peek, byte != 0x0A { position += 1 }
        if position < bytes.count, bytes[position] == 0x0A {
            line += 1
            position += 1
        }
    }
}
