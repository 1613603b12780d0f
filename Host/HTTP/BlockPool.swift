/// Blocks of one size for receiving and for what is about to be sent; last in, first out, so that
/// the memory is warm.

/// [loop]
final class BlockPool {
    /// Holds nearly every request head and small answer.
    static let blockBytes = 16 << 10
    /// 128 x 16 KiB = 2 MiB that a loop keeps when it has been busy.
    private static let spareMax = 128

    private var spare: UnsafeMutableRawPointer?
    private var spareCount = 0

    deinit {
        while let block = spare {
            spare = block.load(as: UnsafeMutableRawPointer?.self)
            block.deallocate()
        }
    }

    /// [loop] hot.
    func take() -> UnsafeMutablePointer<UInt8> {
        guard let block = spare else {
            return .allocate(capacity: BlockPool.blockBytes)
        }
        spare = block.load(as: UnsafeMutableRawPointer?.self)
        spareCount -= 1
        return block.assumingMemoryBound(to: UInt8.self)
    }
    /// [loop] hot. `capacity` tells blocks of the pool from larger ones.
    func give(_ block: UnsafeMutablePointer<UInt8>, capacity: Int = blockBytes) {
        guard capacity == BlockPool.blockBytes, spareCount < BlockPool.spareMax else {
            block.deallocate()
            return
        }
        let raw = UnsafeMutableRawPointer(block)
        raw.storeBytes(of: spare, as: UnsafeMutableRawPointer?.self)
        spare = raw
        spareCount += 1
    }
}
