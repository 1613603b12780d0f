/// libFuzzer entry: any bytes as a GraphQL document, through lexer, parser, printer, validation and
/// introspection.
private let schema: TextSchema = {
    guard let schema = try? TextSchema(ValidateFixture.source) else {
        fatalError("the schema of the tests is broken")
    }
    return schema
}()

@c(LLVMFuzzerTestOneInput)
public func fuzzDocument(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: data, count: count)
    if let failure = LanguageProperties.failure(ofDocument: bytes, schema: schema) {
        fatalError(failure)
    }
    return 0
}
