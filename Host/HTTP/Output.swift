/// What waits to be written to a connection: heads and small pieces in blocks, large pieces by
/// reference, files by the kernel.

import CNself
import Glibc
import HostShim

/// [loop] hot. A queue of segments; neighbouring small pieces are one segment.
final class Output {
    typealias Release = @convention(c) (UnsafeMutableRawPointer?) -> Void

    /// What became of a flush.
    enum Progress {
        case done
        /// The socket takes no more now.
        case blocked
        case failed
    }
    private struct Segment {
        enum Kind: UInt8 { case block, memory, file }
        var kind: Kind
        /// The block ends with this segment and goes back to the pool after it.
        var endsBlock = false
        var file: Int32 = -1
        /// Bytes still to be written.
        var count: Int
        var base: UnsafePointer<UInt8>?
        /// The block's first byte and size, or the file's offset.
        var block: UnsafeMutablePointer<UInt8>?
        var blockCapacity = 0
        var offset: UInt64 = 0
        var owner: UnsafeMutableRawPointer?
        var release: Release?
    }
    /// Entries of one sendmsg: what a handler gives as pieces, with room.
    private static let vectorMax = 64

    private let pool: BlockPool
    private var segments: UnsafeMutablePointer<Segment>
    private var capacity = 4
    private var first = 0
    private var end = 0
    private var block: UnsafeMutablePointer<UInt8>?
    private var blockCapacity = 0
    private var blockUsed = 0
    /// Bytes that have not been written yet, those of files not counted.
    private(set) var pending = 0
    /// Bytes written to the socket since the connection began.
    private(set) var written: UInt64 = 0

    init(pool: BlockPool) {
        self.pool = pool
        segments = .allocate(capacity: 4)
    }
    deinit {
        clear()
        segments.deallocate()
    }

    var isEmpty: Bool { first == end }

    // MARK: adding

    /// A place for up to `count` bytes; `commit` says how many there are.
    @inline(__always)
    func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if let block, blockCapacity - blockUsed >= count { return block + blockUsed }
        return reserveInNewBlock(count)
    }
    private func reserveInNewBlock(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        closeBlock()
        let made: UnsafeMutablePointer<UInt8>
        if count <= BlockPool.blockBytes {
            made = pool.take()
            blockCapacity = BlockPool.blockBytes
        } else {
            made = .allocate(capacity: count)
            blockCapacity = count
        }
        block = made
        blockUsed = 0
        return made
    }
    /// The current block gets no more bytes; its last segment takes it along.
    private func closeBlock() {
        guard let old = block else { return }
        block = nil
        var index = end
        while index > first {
            index -= 1
            guard segments[index].kind == .block, segments[index].block == old else { continue }
            segments[index].endsBlock = true
            return
        }
        pool.give(old, capacity: blockCapacity)
    }

    @inline(__always)
    func commit(_ count: Int) {
        guard count > 0, let block else { return }
        let start = UnsafePointer(block + blockUsed)
        blockUsed += count
        pending += count
        if end > first {
            let last = segments + (end - 1)
            if last.pointee.kind == .block, let base = last.pointee.base,
                base + last.pointee.count == start, last.pointee.block == block
            {
                last.pointee.count += count
                return
            }
        }
        append(
            Segment(
                kind: .block, count: count, base: start, block: block, blockCapacity: blockCapacity)
        )
    }
    @inline(__always)
    func copy(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        reserve(count).update(from: bytes, count: count)
        commit(count)
    }
    /// Bytes that stay where they are until they are written; `release(owner)` then.
    func lend(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, owner: UnsafeMutableRawPointer?,
        release: Release?
    ) {
        pending += count
        append(Segment(kind: .memory, count: count, base: bytes, owner: owner, release: release))
    }
    /// `count` bytes of a file, which is closed afterwards.
    func send(file: Int32, offset: UInt64, count: Int) {
        append(Segment(kind: .file, file: file, count: count, base: nil, offset: offset))
    }

    private func append(_ segment: Segment) {
        if end == capacity { makeRoom() }
        (segments + end).initialize(to: segment)
        end += 1
    }
    private func makeRoom() {
        if first > 0 {
            segments.update(from: segments + first, count: end - first)
        } else {
            let larger = UnsafeMutablePointer<Segment>.allocate(capacity: capacity * 2)
            larger.moveInitialize(from: segments, count: end)
            segments.deallocate()
            segments = larger
            capacity *= 2
        }
        end -= first
        first = 0
    }

    // MARK: writing

    /// Writes as much as the socket takes; at most `fileBytesMax` of files.
    func flush(to descriptor: Int32, fileBytesMax: Int) -> Progress {
        var fileBytes = 0
        while first < end {
            if segments[first].kind == .file {
                guard fileBytes < fileBytesMax else { return .blocked }
                let sent = sendFile(descriptor, most: fileBytesMax - fileBytes)
                if sent <= 0 { return sent == 0 ? .blocked : .failed }
                fileBytes += sent
                continue
            }
            let sent = sendMemory(descriptor)
            if sent < 0 {
                if errno == EINTR { continue }
                return errno == EAGAIN ? .blocked : .failed
            }
            pending -= sent
            written += UInt64(sent)
            drop(sent)
        }
        first = 0
        end = 0
        if let block {
            pool.give(block, capacity: blockCapacity)
            self.block = nil
        }
        return .done
    }

    @inline(__always)
    private func sendMemory(_ descriptor: Int32) -> Int {
        let segment = segments[first]
        if end - first == 1 {
            return nself_shim_send(descriptor, segment.base, segment.count)
        }
        return sendVector(descriptor)
    }
    private func sendVector(_ descriptor: Int32) -> Int {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: Output.vectorMax) { vector in
            var count = 0
            var index = first
            while index < end, count < Output.vectorMax, segments[index].kind != .file {
                vector[count] = iovec(
                    iov_base: UnsafeMutableRawPointer(mutating: segments[index].base),
                    iov_len: segments[index].count)
                count += 1
                index += 1
            }
            var message = msghdr()
            message.msg_iov = vector.baseAddress
            message.msg_iovlen = count
            // A head waits for the first bytes of its file, to leave in one packet.
            let more = index < end ? Int32(MSG_MORE) : 0
            return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL) | more)
        }
    }
    /// Bytes sent; 0: blocked; -1: the file is shorter than was said, or the connection broke.
    private func sendFile(_ descriptor: Int32, most: Int) -> Int {
        var offset = off_t(segments[first].offset)
        while true {
            let sent = sendfile(
                descriptor, segments[first].file, &offset, min(segments[first].count, most))
            if sent < 0 {
                if errno == EINTR { continue }
                return errno == EAGAIN ? 0 : -1
            }
            if sent == 0 { return -1 }
            segments[first].offset = UInt64(offset)
            segments[first].count -= sent
            written += UInt64(sent)
            if segments[first].count == 0 { releaseFirst() }
            return sent
        }
    }

    /// `count` bytes from the front have left.
    @inline(__always)
    private func drop(_ count: Int) {
        var left = count
        while left > 0 {
            let segment = segments + first
            if left < segment.pointee.count {
                segment.pointee.count -= left
                segment.pointee.base = segment.pointee.base.map { $0 + left }
                return
            }
            left -= segment.pointee.count
            releaseFirst()
        }
    }
    @inline(__always)
    private func releaseFirst() {
        let segment = segments[first]
        first += 1
        switch segment.kind {
        case .block:
            if segment.endsBlock, let block = segment.block {
                pool.give(block, capacity: segment.blockCapacity)
            }
        case .memory: segment.release?(segment.owner)
        case .file: close(segment.file)
        }
    }

    /// Everything that waits is given up.
    func clear() {
        while first < end { releaseFirst() }
        first = 0
        end = 0
        pending = 0
        if let block {
            pool.give(block, capacity: blockCapacity)
            self.block = nil
        }
    }
}
