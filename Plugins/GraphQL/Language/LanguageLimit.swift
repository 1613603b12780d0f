/// The limits of a GraphQL document, each with its reason; a document over one is refused, in linear time.
enum LanguageLimit {
    /// Bytes of one document. Large values belong in variables; the largest generated documents
    /// of clients (all fragments of an application) stay below 200 KB.
    static let sourceSizeMax = 1 << 20

    /// Nesting of selection sets, lists, objects and list types together. The parser, the printer and
    /// the walks after it recurse: 200 levels need well under 128 KiB of stack in a debug build.
    static let depthMax = 200

    /// Tokens of one document. A parse costs about 35 ns a token (measured), so this is below 5 ms of a loop.
    static let tokenCountMax = 100_000
}
