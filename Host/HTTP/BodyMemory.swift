/// Memory for request bodies that plugins receive: counted, released from any thread.

import CNself
import HostShim
import Synchronization

/// A pointer to one piece of such memory: a header, then `capacity` bytes.
struct BodyMemory {
    fileprivate struct Header: ~Copyable {
        let references = Atomic<Int>(1)
        let pool: Unmanaged<BodyPool>
        let capacity: Int
        var next: UnsafeMutableRawPointer?
    }
    fileprivate static let headerBytes = 64

    fileprivate let raw: UnsafeMutableRawPointer
    fileprivate var header: UnsafeMutablePointer<Header> {
        raw.assumingMemoryBound(to: Header.self)
    }
    var bytes: UnsafeMutablePointer<UInt8> {
        raw.advanced(by: BodyMemory.headerBytes).assumingMemoryBound(to: UInt8.self)
    }
    var capacity: Int { header.pointee.capacity }

    /// A buffer over the first `count` bytes that takes over this reference. [any]
    func buffer(count: Int) -> nself_buffer {
        nself_buffer(
            data: UnsafePointer(bytes), size: count, owner: raw,
            retain: { owner in if let owner { BodyMemory(raw: owner).retain() } },
            release: { owner in if let owner { BodyMemory(raw: owner).release() } })
    }
    private func retain() { header.pointee.references.wrappingAdd(1, ordering: .relaxed) }
    /// [any]
    func release() {
        let (old, _) = header.pointee.references.wrappingSubtract(
            1, ordering: .acquiringAndReleasing)
        precondition(old > 0, "a request body was released more often than it was retained")
        if old == 1 { header.pointee.pool._withUnsafeGuaranteedRef { $0.give(self) } }
    }
}

/// [loop] Spare pieces of two sizes; larger ones come from the heap and go back to it.
final class BodyPool {
    private struct Size {
        let capacity: Int
        let spareMax: Int
        var spare: UnsafeMutableRawPointer?
        var count = 0
    }
    /// 64 x 4 KiB for API calls, 16 x 64 KiB for uploads: 1.3 MiB at most.
    private var small = Size(capacity: 4 << 10, spareMax: 64)
    private var large = Size(capacity: 64 << 10, spareMax: 16)
    private let loop: UnsafeMutableRawPointer?

    /// `loop`: the loop whose thread may touch the spare ones.
    init(loop: UnsafeMutableRawPointer?) { self.loop = loop }

    /// Frees the spare ones. Those in use hold the pool until they are released.
    func empty() {
        BodyPool.empty(&small)
        BodyPool.empty(&large)
    }
    private static func empty(_ size: inout Size) {
        while let raw = size.spare {
            let memory = BodyMemory(raw: raw)
            size.spare = memory.header.pointee.next
            free(memory)
        }
        size.count = 0
    }

    /// [loop] hot. At least `capacity` bytes.
    func take(_ capacity: Int) -> BodyMemory {
        if capacity <= small.capacity { return take(from: &small) }
        if capacity <= large.capacity { return take(from: &large) }
        return make(capacity)
    }
    private func take(from size: inout Size) -> BodyMemory {
        guard let raw = size.spare else { return make(size.capacity) }
        let memory = BodyMemory(raw: raw)
        size.spare = memory.header.pointee.next
        size.count -= 1
        memory.header.pointee.references.store(1, ordering: .relaxed)
        return memory
    }
    private func make(_ capacity: Int) -> BodyMemory {
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: BodyMemory.headerBytes + capacity, alignment: 16)
        raw.initializeMemory(
            as: BodyMemory.Header.self,
            to: BodyMemory.Header(pool: .passRetained(self), capacity: capacity, next: nil))
        return BodyMemory(raw: raw)
    }

    /// [any]
    fileprivate func give(_ memory: BodyMemory) {
        if let loop, nself_shim_loop() == loop {
            if memory.capacity == small.capacity {
                return BodyPool.give(memory, to: &small)
            } else if memory.capacity == large.capacity {
                return BodyPool.give(memory, to: &large)
            }
        }
        BodyPool.free(memory)
    }
    private static func give(_ memory: BodyMemory, to size: inout Size) {
        guard size.count < size.spareMax else { return free(memory) }
        memory.header.pointee.next = size.spare
        size.spare = memory.raw
        size.count += 1
    }
    private static func free(_ memory: BodyMemory) {
        let pool = memory.header.pointee.pool
        memory.header.deinitialize(count: 1)
        memory.raw.deallocate()
        pool.release()
    }
}
