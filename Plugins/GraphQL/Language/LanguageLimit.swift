/// The limits of a GraphQL document, each with its reason; a document over one is refused, in linear time.
enum LanguageLimit {
    /// Bytes of one document. Large values belong in variables; the largest generated documents
    /// of clients (all fragments of an application) stay below 200 KB.
    static let sourceSizeMax = 1 << 20

    /// Nesting of selection sets, lists, objects and list types together. The parser, the printer
    /// and the walks after it recur: 200 levels take less than 192 KiB of stack in a release build
    /// and less than 512 KiB, the smallest stack of the test runner's threads, in a debug build.
    static let depthMax = 200

    /// Tokens of one document. A parse costs about 35 ns a token (measured), so this is below 5 ms of a loop.
    static let tokenCountMax = 100_000
}
