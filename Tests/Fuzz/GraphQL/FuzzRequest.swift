/// libFuzzer entry: any bytes as the body of a GraphQL request.
@c(LLVMFuzzerTestOneInput)
public func fuzzRequest(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: data, count: count)
    if let failure = LanguageProperties.failure(ofRequest: bytes) { fatalError(failure) }
    return 0
}
