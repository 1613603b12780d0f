/// What can be told of a statement from its first words, without parsing SQL.

import PluginAPI

enum StatementText {
    /// Statements whose effect outlives the transaction of one request.
    private static let sessionWords: [StaticString] = [
        "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare",
        "deallocate", "set", "reset", "listen", "unlisten", "discard", "declare", "fetch", "move",
        "close", "load",
    ]

    static func kind(_ sql: Text) -> Statement.Kind {
        var words = Words(sql.bytes)
        guard let first = words.next() else { return .plain }
        guard sessionWords.contains(where: { matches(sql.bytes, first, $0) }) else { return .plain }
        // SET LOCAL and SET CONSTRAINTS end with the transaction.
        if matches(sql.bytes, first, "set"), let second = words.next(),
            matches(sql.bytes, second, "local") || matches(sql.bytes, second, "constraints")
        {
            return .plain
        }
        return .session
    }

    private static func matches(
        _ bytes: UnsafeRawBufferPointer, _ word: Range<Int>, _ expected: StaticString
    ) -> Bool {
        guard word.count == expected.utf8CodeUnitCount else { return false }
        for index in 0..<word.count
        where bytes[word.lowerBound + index] | 0x20 != expected.utf8Start[index] { return false }
        return true
    }

    /// Words of letters, past space and comments.
    private struct Words {
        let bytes: UnsafeRawBufferPointer
        var at = 0
        init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        mutating func next() -> Range<Int>? {
            skipSpace()
            let start = at
            while at < bytes.count, bytes[at] | 0x20 >= UInt8(ascii: "a"),
                bytes[at] | 0x20 <= UInt8(ascii: "z")
            { at += 1 }
            return at > start ? start..<at : nil
        }
        private mutating func skipSpace() {
            while at < bytes.count {
                if bytes[at] <= 0x20 {
                    at += 1
                } else if starts(with: "--") {
                    while at < bytes.count, bytes[at] != 0x0A { at += 1 }
                } else if starts(with: "/*") {
                    skipComment()
                } else {
                    return
                }
            }
        }
        /// They nest in PostgreSQL.
        private mutating func skipComment() {
            var depth = 0
            repeat {
                if starts(with: "/*") {
                    depth += 1
                    at += 2
                } else if starts(with: "*/") {
                    depth -= 1
                    at += 2
                } else {
                    at += 1
                }
            } while depth > 0 && at < bytes.count
        }
        private func starts(with text: StaticString) -> Bool {
            guard at + text.utf8CodeUnitCount <= bytes.count else { return false }
            for index in 0..<text.utf8CodeUnitCount
            where bytes[at + index] != text.utf8Start[index] { return false }
            return true
        }
    }
}
