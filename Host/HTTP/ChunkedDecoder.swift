/// The strict decoder of the chunked transfer coding (RFC 9112, 7.1): a state machine over bytes.

/// A value without I/O: it is given bytes and says which of them are content.
struct ChunkedDecoder {
    enum Step: Equatable {
        /// `count` bytes from `start` are content; `consumed` bytes are done with.
        case content(start: Int, count: Int, consumed: Int)
        /// All bytes are done with and more are needed.
        case incomplete
        /// The body is complete; `consumed` bytes belonged to it.
        case end(consumed: Int)
        case refused(Refusal)
    }
    private enum State: UInt8 {
        case size, sizeDigits, extensionName, extensionNameMore, extensionValue, extensionToken
        case extensionQuoted, extensionEscape, extensionAfterQuoted, sizeLineFeed
        case content, contentReturn, contentLineFeed
        case trailerStart, trailerName, trailerValue, trailerLineFeed, lastLineFeed
        case finished
    }
    private var state = State.size
    private var digits = 0
    private var remaining: UInt64 = 0
    private var extensionBytes = 0
    private var trailerBytes = 0

    /// Content bytes of the chunk that have not been given out.
    var remainingInChunk: UInt64 { state == .content ? remaining : 0 }

    /// `count` bytes of the chunk's content, at most remainingInChunk, went another way.
    mutating func took(_ count: Int) {
        remaining -= UInt64(count)
        if remaining == 0 { state = .contentReturn }
    }

    /// [loop] hot. Gives out the next stretch of content among the `count` bytes, at most `most`.
    mutating func next(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, most: Int, _ limits: borrowing HTTPLimits
    ) -> Step {
        var index = 0
        while true {
            if state == .content {
                if index == count { return .incomplete }
                let piece = Int(min(remaining, UInt64(min(count - index, most))))
                remaining -= UInt64(piece)
                if remaining == 0 { state = .contentReturn }
                return .content(start: index, count: piece, consumed: index + piece)
            }
            guard index < count else { return .incomplete }
            let byte = bytes[index]
            index += 1
            if let refusal = take(byte, limits) { return .refused(refusal) }
            if state == .finished { return .end(consumed: index) }
        }
    }

    /// One byte of what is not content.
    @inline(__always)
    private mutating func take(_ byte: UInt8, _ limits: borrowing HTTPLimits) -> Refusal? {
        switch state {
        case .size, .sizeDigits: return takeSize(byte)
        case .sizeLineFeed:
            guard byte == 0x0A else { return .bareCarriageReturn }
            state = remaining == 0 ? .trailerStart : .content
        case .contentReturn:
            guard byte == 0x0D else { return .badChunkEnd }
            state = .contentLineFeed
        case .contentLineFeed:
            guard byte == 0x0A else { return .badChunkEnd }
            state = .size
        case .extensionName, .extensionNameMore, .extensionValue, .extensionToken,
            .extensionQuoted, .extensionEscape, .extensionAfterQuoted:
            extensionBytes += 1
            if extensionBytes > limits.chunkExtensionBytesMax { return .chunkExtensionsTooLarge }
            return takeExtension(byte)
        case .trailerStart, .trailerName, .trailerValue, .trailerLineFeed, .lastLineFeed:
            trailerBytes += 1
            if trailerBytes > limits.trailerBytesMax { return .trailersTooLarge }
            return takeTrailer(byte)
        case .content, .finished: break
        }
        return nil
    }

    /// 1 to 16 digits, nothing around them: no sign, no prefix, no white space.
    @inline(__always)
    private mutating func takeSize(_ byte: UInt8) -> Refusal? {
        let value = Characters.tables.hexValue[Int(byte)]
        if value != 0xFF {
            if state == .size {
                remaining = 0
                digits = 0
                state = .sizeDigits
            }
            digits += 1
            remaining = remaining << 4 | UInt64(value)
            // The sign bit of a reader with 64 signed bits stays clear.
            return digits > 16 || remaining > UInt64(Int64.max) ? .badChunkSize : nil
        }
        guard state == .sizeDigits else { return .badChunkSize }
        switch byte {
        case 0x0D: state = .sizeLineFeed
        case 0x3B: state = .extensionName
        case 0x0A: return .bareLineFeed
        default: return .badChunkSize
        }
        return nil
    }

    /// *( ";" name [ "=" ( token / quoted-string ) ] ), without the "bad" white space.
    private mutating func takeExtension(_ byte: UInt8) -> Refusal? {
        let isToken = Characters.tables.classes[Int(byte)] & CharacterClass.token != 0
        switch state {
        case .extensionName:
            guard isToken else { return .badChunkExtension }
            state = .extensionNameMore
        case .extensionNameMore:
            if isToken { return nil }
            if byte == 0x3D {
                state = .extensionValue
            } else {
                return endExtension(byte)
            }
        case .extensionValue:
            if byte == 0x22 {
                state = .extensionQuoted
            } else if isToken {
                state = .extensionToken
            } else {
                return .badChunkExtension
            }
        case .extensionToken:
            return isToken ? nil : endExtension(byte)
        case .extensionQuoted:
            if byte == 0x22 {
                state = .extensionAfterQuoted
            } else if byte == 0x5C {
                state = .extensionEscape
            } else if (byte < 0x20 && byte != 0x09) || byte == 0x7F {
                return .badChunkExtension
            }
        case .extensionEscape:
            if (byte < 0x20 && byte != 0x09) || byte == 0x7F { return .badChunkExtension }
            state = .extensionQuoted
        default: return endExtension(byte)
        }
        return nil
    }
    private mutating func endExtension(_ byte: UInt8) -> Refusal? {
        switch byte {
        case 0x3B: state = .extensionName
        case 0x0D: state = .sizeLineFeed
        default: return .badChunkExtension
        }
        return nil
    }

    /// Field lines that are checked and dropped: a trailer never becomes a header (RFC 9110, 6.5.1).
    private mutating func takeTrailer(_ byte: UInt8) -> Refusal? {
        let isToken = Characters.tables.classes[Int(byte)] & CharacterClass.token != 0
        switch state {
        case .trailerStart:
            if byte == 0x0D {
                state = .lastLineFeed
            } else if isToken {
                state = .trailerName
            } else {
                return .badTrailer
            }
        case .trailerName:
            if byte == 0x3A {
                state = .trailerValue
            } else if !isToken {
                return .badTrailer
            }
        case .trailerValue:
            if byte == 0x0D {
                state = .trailerLineFeed
            } else if (byte < 0x20 && byte != 0x09) || byte == 0x7F {
                return .badTrailer
            }
        case .trailerLineFeed:
            guard byte == 0x0A else { return .badTrailer }
            state = .trailerStart
        default:
            guard byte == 0x0A else { return .badTrailer }
            state = .finished
        }
        return nil
    }
}
