/// How much of a request body has come, and where it goes.

/// [loop] One per connection, used again; the connection reads, this counts.
final class BodyIntake {
    enum Framing: UInt8 { case none, length, chunked }
    enum Sink: UInt8 {
        /// Nobody has decided: bytes stay in the receive buffer.
        case undecided
        /// Into one piece of memory, before the handler is called.
        case collect
        /// The handler pulls.
        case stream
        /// Read and dropped, so that the next request can be found.
        case discard
    }
    var framing = Framing.none
    var sink = Sink.undecided
    var isComplete = true
    /// The client waits for "100 Continue".
    var owesContinue = false
    /// Bytes of content that have not come: with Content-Length.
    var remaining: UInt64 = 0
    var decoder = ChunkedDecoder()
    var received: UInt64 = 0
    var max: UInt64 = .max
    /// Why the rest is not read.
    var refusal: Refusal?
    var memory: BodyMemory?
    var memoryCount = 0
    /// Bytes of memory that count against the loop's limit.
    var memoryCounted = 0
    /// Bytes received when the current span of time began, and its end.
    var spanStart: UInt64 = 0
    var spanEnd: UInt64 = 0
    /// When the last bytes came, and when the handler stopped reading.
    var lastTime: UInt64 = 0
    var pausedTime: UInt64 = 0

    /// [loop] hot. Ready for the body that `head` announces.
    func begin(_ head: borrowing RequestHead) {
        if head.hasBody || framing != .none { reset() }
        if head.isChunked {
            framing = .chunked
            isComplete = false
        } else if head.contentLength > 0 {
            framing = .length
            remaining = head.contentLength
            isComplete = false
        }
        owesContinue = head.expectsContinue && !isComplete
    }
    /// No body, or none that could be found.
    func reset() {
        framing = .none
        sink = .undecided
        isComplete = true
        owesContinue = false
        remaining = 0
        decoder = ChunkedDecoder()
        received = 0
        max = .max
        refusal = nil
        memoryCount = 0
        spanStart = 0
        spanEnd = 0
        lastTime = 0
        pausedTime = 0
    }

    /// Content bytes that certainly come next without framing between them.
    var contiguous: UInt64 {
        switch framing {
        case .none: 0
        case .length: remaining
        case .chunked: decoder.remainingInChunk
        }
    }

    /// [loop] hot. Finds the next content among `count` bytes, at most `most`.
    func next(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, most: Int, _ limits: borrowing HTTPLimits
    ) -> ChunkedDecoder.Step {
        switch framing {
        case .none: return .end(consumed: 0)
        case .length:
            if remaining == 0 { return .end(consumed: 0) }
            if count == 0 { return .incomplete }
            let piece = Int(min(remaining, UInt64(min(count, most))))
            remaining -= UInt64(piece)
            return .content(start: 0, count: piece, consumed: piece)
        case .chunked: return decoder.next(bytes, count, most: most, limits)
        }
    }
    /// `count` content bytes have been read past `next`.
    func took(_ count: Int) {
        switch framing {
        case .none: break
        case .length: remaining -= UInt64(count)
        case .chunked: decoder.took(count)
        }
    }

    /// The exchange has it from here on: it is not being collected any more.
    func handOverMemory(_ front: Front) {
        memory = nil
        front.collectedBytes -= memoryCounted
        memoryCounted = 0
    }

    func releaseMemory(_ front: Front) {
        memory?.release()
        memory = nil
        front.collectedBytes -= memoryCounted
        memoryCounted = 0
    }
}
