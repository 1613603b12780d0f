/// Walks the members of an object and the elements of an array in place. The slices come from a
/// `JSONScanner`, so they are well formed; bytes that are not end the walk.
struct JSONMember {
    let name: JSONText
    let value: JSONSlice
}

/// The members of an object, in order. Nested values are passed over, not walked.
struct JSONMembers: Sequence, IteratorProtocol {
    private var scanner: JSONScanner
    private var isFirst = true

    init(_ object: JSONSlice, in body: UnsafeRawBufferPointer) {
        let isObject = object.kind == .object
        scanner = JSONScanner(
            body, isObject ? object.range : object.range.upperBound..<object.range.upperBound)
    }

    mutating func next() -> JSONMember? {
        guard scanner.skip(UInt8(ascii: isFirst ? "{" : ",")) else { return nil }
        isFirst = false
        guard scanner.peek() == UInt8(ascii: "\""), let name = try? scanner.string(),
            scanner.skip(UInt8(ascii: ":")), let value = try? scanner.value()
        else { return nil }
        return JSONMember(name: name, value: value)
    }
}

/// The elements of an array, in order.
struct JSONElements: Sequence, IteratorProtocol {
    private var scanner: JSONScanner
    private var isFirst = true

    init(_ array: JSONSlice, in body: UnsafeRawBufferPointer) {
        let isArray = array.kind == .array
        scanner = JSONScanner(
            body, isArray ? array.range : array.range.upperBound..<array.range.upperBound)
    }

    mutating func next() -> JSONSlice? {
        guard scanner.skip(UInt8(ascii: isFirst ? "[" : ",")) else { return nil }
        isFirst = false
        return try? scanner.value()
    }
}
