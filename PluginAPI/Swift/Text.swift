/// Borrowed UTF-8 that crosses the boundary: a pointer and a size, never a copy.

@_exported import CNself

/// Borrowed text (header, O1/O2). Copy it with `String(text)` to keep it.
public struct Text {
    public let base: UnsafePointer<CChar>?
    public let count: Int

    @inlinable public init(base: UnsafePointer<CChar>?, count: Int) {
        self.base = base
        self.count = count
    }
    @inlinable public init(_ raw: nself_string) { self.init(base: raw.data, count: raw.size) }
    /// Text that lives as long as the image.
    @inlinable public init(_ text: StaticString) {
        self.init(
            base: UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self),
            count: text.utf8CodeUnitCount)
    }
    @inlinable public init(_ bytes: UnsafeRawBufferPointer) {
        self.init(
            base: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count: bytes.count)
    }

    @inlinable public static var empty: Text { Text(base: nil, count: 0) }
    @inlinable public var isEmpty: Bool { count == 0 }
    @inlinable public var raw: nself_string { nself_string(data: base, size: count) }
    @inlinable public var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: count)
    }

    @inlinable public static func == (left: Text, right: StaticString) -> Bool {
        left.count == right.utf8CodeUnitCount && left.bytes.elementsEqual(Text(right).bytes)
    }
    @inlinable public static func == (left: Text, right: Text) -> Bool {
        left.count == right.count && left.bytes.elementsEqual(right.bytes)
    }
}

extension String {
    /// A copy; invalid UTF-8 is repaired.
    @inlinable public init(_ text: Text) { self.init(decoding: text.bytes, as: UTF8.self) }
    @inlinable public init(_ text: nself_string) { self.init(Text(text)) }

    /// Lends the UTF-8 of this string to `body`.
    @inlinable public func withText<Result, Failure: Error>(
        _ body: (Text) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var copy = self
        let outcome: Swift.Result<Result, Failure> = copy.withUTF8 { utf8 in
            do throws(Failure) {
                return .success(try body(Text(UnsafeRawBufferPointer(utf8))))
            } catch { return .failure(error) }
        }
        return try outcome.get()
    }
}
