/// Recursive descent over the grammar of the October 2021 specification, with one token of lookahead.
/// Depth, tokens and size are limited (`LanguageLimit`); an error is the first one, with its place.
struct Parser {
    /// What a document may hold: a request only operations and fragments, a schema only definitions.
    enum Content { case executable, typeSystem, any }

    var lexer: Lexer
    var token: Token
    var names = NameTable()
    var depth = 0
    private var tokenCount = 0

    var definitions: [Syntax.Definition] = []
    var operations: [Syntax.Operation] = []
    var fragments: [Syntax.Fragment] = []
    var nodes = Document.Nodes()
    var typeSystem = Document.TypeSystemNodes()
    /// Children are collected here and moved to their array when their list closes: so lists are contiguous.
    var pending = Document.Nodes()

    /// Parses a whole document. The bytes are borrowed for the call and copied once.
    static func parse(_ source: UnsafeRawBufferPointer, as content: Content = .executable)
        throws(SyntaxError) -> Document
    {
        var parser = try Parser(source)
        try parser.document(content)
        return Document(
            text: Array(source) + parser.lexer.decoded, sourceSize: source.count,
            names: parser.names.names,
            definitions: parser.definitions, operations: parser.operations,
            fragments: parser.fragments,
            nodes: parser.nodes, typeSystem: parser.typeSystem)
    }

    static func parse(_ source: String, as content: Content = .executable) throws(SyntaxError)
        -> Document
    {
        let bytes = Array(source.utf8)
        return try bytes.withUnsafeBufferPointer { (buffer) throws(SyntaxError) -> Document in
            try parse(UnsafeRawBufferPointer(buffer), as: content)
        }
    }

    private init(_ source: UnsafeRawBufferPointer) throws(SyntaxError) {
        lexer = Lexer(source)
        token = Token(.endOfFile, start: 0, end: 0)
        guard source.count <= LanguageLimit.sourceSizeMax else {
            throw lexer.error(
                "the document has \(source.count) bytes, at most \(LanguageLimit.sourceSizeMax) are allowed",
                at: 0)
        }
        if let offset = UTF8Check.firstInvalid(source) {
            throw lexer.error("the document is not valid UTF-8", at: offset)
        }
        try advance()
    }

    private mutating func document(_ content: Content) throws(SyntaxError) {
        repeat {
            try definition(content)
        } while token.kind != .endOfFile
    }

    private mutating func definition(_ content: Content) throws(SyntaxError) {
        if token.kind == .braceOpen, content != .typeSystem { return try shorthandOperation() }
        if token.kind == .name, content != .typeSystem {
            if let kind = operationKind() { return try operation(kind) }
            if isKeyword("fragment") { return try fragment() }
        }
        if content != .executable, token.kind == .name || isString {
            return try typeSystemDefinition()
        }
        throw unexpected(
            content == .executable
                ? "\"query\", \"mutation\", \"subscription\", \"fragment\" or \"{\""
                : "a definition")
    }
}

// MARK: - Tokens

extension Parser {
    mutating func advance() throws(SyntaxError) {
        token = try lexer.next()
        tokenCount += 1
        if tokenCount > LanguageLimit.tokenCountMax {
            throw lexer.error(
                "the document has more than \(LanguageLimit.tokenCountMax) tokens",
                at: Int(token.start))
        }
    }

    mutating func expect(_ kind: Token.Kind) throws(SyntaxError) {
        guard token.kind == kind else { throw unexpected(kind.label) }
        try advance()
    }

    /// Goes on when the current token is of that kind.
    mutating func skip(_ kind: Token.Kind) throws(SyntaxError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    mutating func name() throws(SyntaxError) -> Syntax.Name {
        guard token.kind == .name else { throw unexpected("a name") }
        let name = names.intern(Int(token.start)..<Int(token.end), of: lexer.source)
        try advance()
        return name
    }

    var isString: Bool { token.kind == .string || token.kind == .blockString }

    func isKeyword(_ word: StaticString) -> Bool {
        let count = Int(token.end - token.start)
        guard token.kind == .name, count == word.utf8CodeUnitCount else { return false }
        let bytes = lexer.source[Int(token.start)..<Int(token.end)]
        return bytes.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: count))
    }

    mutating func expectKeyword(_ word: StaticString) throws(SyntaxError) {
        guard isKeyword(word) else { throw unexpected("\"\(word)\"") }
        try advance()
    }

    mutating func skipKeyword(_ word: StaticString) throws(SyntaxError) -> Bool {
        guard isKeyword(word) else { return false }
        try advance()
        return true
    }

    func operationKind() -> Syntax.OperationKind? {
        if isKeyword("query") { return .query }
        if isKeyword("mutation") { return .mutation }
        if isKeyword("subscription") { return .subscription }
        return nil
    }

    /// One level deeper, until the matching `leave`.
    mutating func enter() throws(SyntaxError) {
        depth += 1
        if depth > LanguageLimit.depthMax {
            throw lexer.error(
                "the document is nested deeper than \(LanguageLimit.depthMax) levels",
                at: Int(token.start))
        }
    }

    mutating func leave() { depth -= 1 }

    /// An error at the current token: what was expected, what is there.
    func unexpected(_ expected: String) -> SyntaxError {
        let found: String
        switch token.kind {
        case .name, .integer, .float:
            // Long tokens are cut: the message is for a person.
            let end = min(Int(token.end), Int(token.start) + 40)
            found =
                "\"" + String(decoding: lexer.source[Int(token.start)..<end], as: UTF8.self) + "\""
        default: found = token.kind.label
        }
        return lexer.error("expected \(expected), found \(found)", at: Int(token.start))
    }
}
