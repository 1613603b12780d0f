/// A document that is not GraphQL: what was wrong and where.
struct SyntaxError: Error, Equatable, Sendable {
    /// What Hasura answers for every syntax error, at path `$.query` with code `validation-failed`.
    static let message = "not a valid graphql query"
    static let path = "$.query"
    static let code = "validation-failed"

    /// What was wrong, for the developer: `expected a name, found "}"`.
    let reason: String
    let position: SourcePosition
}

/// A place in a document as people count it.
struct SourcePosition: Equatable, Sendable {
    /// From 1. LF, CR LF and CR end a line.
    let line: Int
    /// From 1, in Unicode scalars.
    let column: Int

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Counted on demand, because only errors need it: linear in `offset`.
    init(of offset: Int, in source: UnsafeRawBufferPointer) {
        var line = 1
        var column = 1
        var index = 0
        let end = min(offset, source.count)
        while index < end {
            let byte = source[index]
            if byte == 0x0A
                || (byte == 0x0D && !(index + 1 < source.count && source[index + 1] == 0x0A))
            {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80, byte != 0x0D {
                column += 1
            }
            index += 1
        }
        self.line = line
        self.column = column
    }
}
