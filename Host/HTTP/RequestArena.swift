/// Memory that lives as long as one request: a pointer that moves on, and a reset.

/// [loop] One chunk is kept for ever; what does not fit is taken from the heap and given back
/// at reset.
final class RequestArena {
    /// Decoded paths and captures of nearly all requests.
    private static let chunkBytes = 2 << 10

    private let chunk = UnsafeMutablePointer<UInt8>.allocate(capacity: chunkBytes)
    private var used = 0
    private var overflow: [UnsafeMutablePointer<UInt8>] = []

    deinit {
        reset()
        chunk.deallocate()
    }

    /// [loop] hot. `count` bytes, not initialised, valid until reset.
    func take(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if count <= RequestArena.chunkBytes - used {
            defer { used += count }
            return chunk + used
        }
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
        overflow.append(memory)
        return memory
    }
    @inline(__always) func reset() {
        used = 0
        if !overflow.isEmpty { giveBack() }
    }
    private func giveBack() {
        for memory in overflow { memory.deallocate() }
        overflow.removeAll()
    }
}
