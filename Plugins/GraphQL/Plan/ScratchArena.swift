/// Memory for the parameters of one request that cannot point into its body; emptied for the next.

/// One per loop. What was allocated stays where it is until `reset`.
final class ScratchArena {
    /// The block that is kept between requests. Enough for the escaped strings of common requests.
    private static let keptSize = 16 * 1024

    private var blocks: [UnsafeMutableRawBufferPointer]
    private var used = 0

    init() { blocks = [.allocate(byteCount: ScratchArena.keptSize, alignment: 16)] }
    deinit { for block in blocks { block.deallocate() } }

    func reset() {
        used = 0
        guard blocks.count > 1 else { return }
        for block in blocks.dropFirst() { block.deallocate() }
        blocks.removeSubrange(1...)
    }
    func allocate(_ size: Int) -> UnsafeMutablePointer<UInt8> {
        if blocks[blocks.count - 1].count - used < size {
            blocks.append(.allocate(byteCount: max(size, ScratchArena.keptSize), alignment: 16))
            used = 0
        }
        let block = blocks[blocks.count - 1]
        // A block is never empty, so it has a base.
        let memory = block.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self) + used
        used += size
        return memory
    }
    func copy(_ bytes: [UInt8]) -> UnsafePointer<UInt8> {
        let memory = allocate(bytes.count)
        for (index, byte) in bytes.enumerated() { memory[index] = byte }
        return UnsafePointer(memory)
    }
}
