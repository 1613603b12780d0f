/// Owned bytes that cross the boundary without a copy.

/// Memory with a count of references, so that one answer can go to many receivers. [any]
public final class SharedBytes: @unchecked Sendable {  // written only before it is shared
    public let base: UnsafeMutableRawPointer
    public let capacity: Int

    public init(capacity: Int) {
        self.capacity = capacity
        base = UnsafeMutableRawPointer.allocate(byteCount: max(capacity, 1), alignment: 16)
    }
    deinit { base.deallocate() }

    /// A buffer over the first `count` bytes that holds one reference to this object.
    public func buffer(count: Int) -> nself_buffer {
        precondition(count <= capacity, "a buffer of \(count) bytes in memory of \(capacity)")
        return nself_buffer(
            data: base.assumingMemoryBound(to: UInt8.self), size: count,
            owner: Unmanaged.passRetained(self).toOpaque(),
            retain: { owner in
                if let owner { _ = Unmanaged<SharedBytes>.fromOpaque(owner).retain() }
            },
            release: { owner in
                if let owner { Unmanaged<SharedBytes>.fromOpaque(owner).release() }
            })
    }
}

extension nself_buffer {
    /// Bytes that live as long as the image: nothing is owned.
    @inlinable public static func immortal(_ text: StaticString) -> nself_buffer {
        nself_buffer(
            data: text.utf8Start, size: text.utf8CodeUnitCount, owner: nil, retain: nil,
            release: nil)
    }
    /// A copy of `bytes`, owned by the buffer.
    public static func copy(_ bytes: UnsafeRawBufferPointer) -> nself_buffer {
        let memory = SharedBytes(capacity: bytes.count)
        if let source = bytes.baseAddress {
            memory.base.copyMemory(from: source, byteCount: bytes.count)
        }
        return memory.buffer(count: bytes.count)
    }
    public static func copy(_ text: String) -> nself_buffer {
        text.withText { nself_buffer.copy($0.bytes) }
    }
}
