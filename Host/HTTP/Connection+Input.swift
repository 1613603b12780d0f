/// Reading from the socket, and the requests in what was read.

import CNself
import Glibc
import HostCore
import HostShim

extension Connection {
    /// A body is received behind its head; with less room than this the head moves to a larger
    /// buffer first.
    private static let bodyRoomMin = 4 << 10

    /// [loop] hot. The socket has something, or its end.
    func receive() {
        switch phase {
        case .head:
            let count = fill()
            if count > 0 {
                process()
            } else if !receivedNothing(count) {
                return
            }
            settle()
        case .request: receiveForRequest()
        case .closing: dropWhileWriting()
        case .lingering: dropInput()
        case .closed: break
        }
    }

    /// recv into the free end of the buffer. 0: the peer has ended its side; negative: errno says.
    func fill() -> Int {
        if input == nil {
            input = front.blocks.take()
            inputCapacity = BlockPool.blockBytes
            inputStart = 0
            inputEnd = 0
        } else if inputEnd == inputCapacity, phase == .head {
            makeRoomForHead()
        }
        guard let input, inputEnd < inputCapacity else {
            errno = ENOBUFS
            return -1
        }
        let count = nself_shim_receive(descriptor, input + inputEnd, inputCapacity - inputEnd)
        if count > 0 {
            inputEnd += count
            front.counters.received &+= UInt64(count)
        }
        return count
    }

    /// What a recv without bytes means. False: the connection has ended.
    private func receivedNothing(_ count: Int) -> Bool {
        if count == 0 {
            inputEnded = true
            // Answers may still be on their way to a peer that has only ended its own side.
            if phase == .head, output.isEmpty {
                close()
            } else if phase == .head {
                phase = .closing
            }
        } else if errno != EAGAIN, errno != EINTR {
            abort()
        }
        return phase != .closed
    }

    /// The head fills the buffer: to its front, or to a buffer that holds the largest head.
    private func makeRoomForHead() {
        guard let input else { return }
        if inputStart > 0 {
            let start = input + inputStart
            memmove(input, start, inputEnd - inputStart)
            exchange?.takeUnretainedValue().head.pointee.moved(from: start, to: input)
            inputEnd -= inputStart
            inputStart = 0
        } else {
            growInput(from: 0, to: front.limits.headBytesMax + Connection.bodyRoomMin)
        }
    }
    private func growInput(from start: Int, to capacity: Int) {
        guard let old = input, capacity > inputCapacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: old + start, count: inputEnd - start)
        exchange?.takeUnretainedValue().head.pointee.moved(from: old + start, to: larger)
        front.blocks.give(old, capacity: inputCapacity)
        input = larger
        inputCapacity = capacity
        inputStart -= start
        inputEnd -= start
    }

    /// [loop] hot. Serves what is in the buffer, request by request.
    func process() {
        isProcessing = true
        while phase == .head, inputStart < inputEnd, let input,
            output.pending < front.limits.outputBytesMax
        {
            let isWhole = current()._withUnsafeGuaranteedRef { exchange in
                let outcome = exchange.head.pointee.parse(
                    input + inputStart, inputEnd - inputStart, front.limits)
                switch outcome {
                case .complete: begin(exchange)
                case .refused(let refusal): refuseHead(exchange, refusal)
                case .incomplete:
                    if !headBegun {
                        headBegun = true
                        readDeadline = front.loop.now &+ front.limits.headTimeout
                    }
                    return false
                }
                return true
            }
            if !isWhole { break }
        }
        isProcessing = false
    }

    @inline(__always)
    private func current() -> Unmanaged<Exchange> {
        if let exchange { return exchange }
        let taken = front.takeExchange()
        taken._withUnsafeGuaranteedRef { $0.connection = self }
        exchange = taken
        return taken
    }

    @inline(__always)
    private func begin(_ exchange: Exchange) {
        let size = exchange.head.pointee.size
        headStart = inputStart
        inputStart += size
        headBegun = false
        phase = .request
        readDeadline = .max
        body.begin(exchange.head.pointee)
        if !body.isComplete, inputCapacity - inputEnd < Connection.bodyRoomMin {
            growInput(
                from: headStart, to: inputEnd - headStart + max(BlockPool.blockBytes, size))
            headStart = 0
        }
        exchange.begin(
            headBase, now: front.loop.now, remoteAddress: remoteAddress, remoteAddressCount)
        isCounted = true
        front.counters.active += 1
        front.advance(exchange, self)
    }

    /// The stream of bytes makes no sense from here on.
    func refuseHead(_ exchange: Exchange, _ refusal: Refusal) {
        phase = .request
        readDeadline = .max
        headStart = inputStart
        inputStart = inputEnd
        headBegun = false
        body.reset()
        exchange.beginBroken(
            now: front.loop.now, remoteAddress: remoteAddress, remoteAddressCount)
        isCounted = true
        front.counters.active += 1
        refuse(refusal)
    }

    // MARK: while a request is under way

    private func receiveForRequest() {
        switch body.sink {
        case .collect where !body.isComplete: receiveCollected()
        case .discard where !body.isComplete: receiveDiscarded()
        case .stream where !body.isComplete:
            // Nobody waits: the kernel's buffer fills, and the client feels it.
            guard let reader, reader.isWaiting else {
                inputPaused = true
                updateWatch()
                return
            }
            reader.serve()
            settle()
        default: readAhead()
        }
    }

    /// The next request may come early; and this is how the end of the peer is noticed.
    private func readAhead() {
        let count = fill()
        if count > 0 { return }
        if count < 0, errno == ENOBUFS {
            inputPaused = true
        } else if count == 0 {
            inputEnded = true
            readDeadline = front.loop.now &+ front.limits.halfCloseTimeout
        } else if errno != EAGAIN, errno != EINTR {
            return abort()
        }
        updateWatch()
        updateDeadline()
    }

    private func dropWhileWriting() {
        let count = nself_shim_drop(descriptor, 1 << 20)
        if count > 0 {
            lingerBytes += count
            if lingerBytes > front.limits.lingerBytesMax { inputPaused = true }
        } else if count == 0 {
            inputEnded = true
        } else if errno != EAGAIN, errno != EINTR {
            return abort()
        }
        updateWatch()
    }

    /// [loop] hot. The request is over; the connection waits for the next.
    func beginNext() {
        if let held = exchange {
            exchange = nil
            held._withUnsafeGuaranteedRef { front.giveBack($0) }
        }
        phase = inputEnded ? .closing : .head
        headBegun = false
        inputPaused = false
        requestDeadline = .max
        readDeadline = front.loop.now &+ front.limits.keepAliveTimeout
        if inputStart == inputEnd {
            inputStart = 0
            inputEnd = 0
        }
        if front.isDraining, phase == .head, inputStart == inputEnd { phase = .closing }
    }
}

extension Connection {
    private var isIdle: Bool { phase == .head && inputStart == inputEnd && !headBegun }

    /// No more requests: an idle connection ends, a busy one with its answer.
    func drain() {
        guard isIdle else { return }
        // A request that is in the kernel already was sent in good faith.
        receive()
        guard isIdle else { return }
        if output.isEmpty { close() } else { phase = .closing }
    }
}
