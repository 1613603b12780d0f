/// Request bodies that the handler pulls, and those that nobody wants.

import CNself
import Glibc
import HostCore

extension Connection {
    // MARK: pulled by the handler

    func openReader() -> nself_reader {
        let reader = RequestBodyReader(self)
        self.reader = reader
        return reader.lend()
    }

    /// [loop] hot. The next piece of a streamed body, at most `most` bytes.
    func pullBody(most: Int) -> RequestBodyReader.Pulled {
        if let refusal = body.refusal { return .failed(RequestBodyReader.status(of: refusal)) }
        if body.isComplete { return .end }
        guard let exchange = exchange?.takeUnretainedValue() else {
            return .failed(.NSELF_STATUS_CANCELLED)
        }
        sendContinue()
        let memory = front.bodies.take(min(max(most, 1), front.limits.bodyPieceBytesMax))
        let room = min(memory.capacity, max(most, 1))
        var count = takeBuffered(memory, room)
        reuseInput(exchange)
        if count == 0, !body.isComplete, body.refusal == nil {
            let received = pullFromSocket(memory, room, &count)
            guard received > 0 else {
                memory.release()
                if received == 0 { return .gone }
                if errno != EAGAIN, errno != EINTR { return .gone }
                waitForBody()
                return .wait
            }
            body.lastTime = front.loop.now
            reuseInput(exchange)
        }
        body.received += UInt64(count)
        exchange.bodyBytes = body.received
        if body.received > body.max { body.refusal = .bodyTooLarge }
        if let refusal = body.refusal {
            memory.release()
            front.counters.count(refusal)
            return .failed(RequestBodyReader.status(of: refusal))
        }
        if count == 0 {
            memory.release()
            if body.isComplete { return .end }
            waitForBody()
            return .wait
        }
        // The handler makes progress as long as it takes pieces.
        if exchange.state == .handed {
            requestDeadline = front.loop.now &+ exchange.policy.pointee.timeout
        }
        readDeadline = .max
        body.pausedTime = front.loop.now
        return .piece(memory.buffer(count: count))
    }

    /// recv straight into the piece when nothing but content can come, else into the buffer.
    private func pullFromSocket(_ memory: BodyMemory, _ room: Int, _ count: inout Int) -> Int {
        let contiguous = body.contiguous
        guard contiguous > 0 else {
            let received = fill()
            if received > 0 { count = takeBuffered(memory, room) }
            return received
        }
        let received = recv(descriptor, memory.bytes, min(room, Int(clamping: contiguous)), 0)
        if received > 0 {
            front.counters.received &+= UInt64(received)
            body.took(received)
            if body.framing == .length, body.remaining == 0 { body.isComplete = true }
            count = received
        }
        return received
    }

    /// Content of the receive buffer into the piece; how many bytes.
    private func takeBuffered(_ memory: BodyMemory, _ room: Int) -> Int {
        var count = 0
        while inputStart < inputEnd, count < room, !body.isComplete, let input {
            let step = body.next(
                input + inputStart, inputEnd - inputStart, most: room - count, front.limits)
            switch step {
            case .content(let start, let size, let consumed):
                (memory.bytes + count).update(from: input + inputStart + start, count: size)
                count += size
                inputStart += consumed
                if body.framing == .length, body.remaining == 0 { body.isComplete = true }
            case .incomplete: inputStart = inputEnd
            case .end(let consumed):
                inputStart += consumed
                body.isComplete = true
            case .refused(let refusal):
                body.refusal = refusal
                return count
            }
        }
        return count
    }

    private func waitForBody() {
        inputPaused = false
        let now = front.loop.now
        if body.spanEnd == 0 {
            beginBodySpan()
        } else {
            // The time in which the handler did not read is not the client's.
            body.spanEnd &+= now &- body.pausedTime
            readDeadline = min(now &+ front.limits.bodyIdleTimeout, body.spanEnd)
        }
        body.lastTime = now
        updateWatch()
        updateDeadline()
    }

    // MARK: dropping

    /// The answer is out before the body has come in: the rest is in the way of the next request.
    func discardBody() {
        body.sink = .discard
        body.releaseMemory(front)
        body.received = 0
        inputPaused = false
        beginBodySpan()
        discardBuffered()
    }
    private func discardBuffered() {
        while let input, inputStart < inputEnd || body.framing == .length {
            let step = body.next(
                input + inputStart, inputEnd - inputStart, most: .max, front.limits)
            switch step {
            case .content(_, let count, let consumed):
                body.received += UInt64(count)
                inputStart += consumed
                if body.received > front.limits.discardBytesMax { return giveUpDiscarding() }
            case .incomplete:
                inputStart = inputEnd
                if let exchange = exchange?.takeUnretainedValue() { reuseInput(exchange) }
                return
            case .end(let consumed):
                inputStart += consumed
                body.isComplete = true
                return beginNext()
            case .refused: return giveUpDiscarding()
            }
        }
    }
    private func giveUpDiscarding() {
        closesAfterAnswer = true
        phase = .closing
    }
    func receiveDiscarded() {
        guard bodyArrived(fill()) else { return }
        discardBuffered()
        if phase == .head { process() }
        settle()
    }

    // MARK: time

    func beginBodySpan() {
        body.spanStart = body.received
        body.lastTime = front.loop.now
        body.spanEnd = front.loop.now &+ front.limits.bodyIdleTimeout
        readDeadline = body.spanEnd
    }

    /// Nothing for a while, or too little in a span: the client is too slow.
    func bodyExpired(_ now: UInt64) {
        let isIdle = body.lastTime &+ front.limits.bodyIdleTimeout <= now
        let seconds = front.limits.bodyIdleTimeout / HTTPLimits.second
        let least = max(seconds * front.limits.bodyRateMin, 1)
        if !isIdle, body.received - body.spanStart >= least {
            let last = body.lastTime
            beginBodySpan()
            body.lastTime = last
            readDeadline = min(last &+ front.limits.bodyIdleTimeout, body.spanEnd)
            return
        }
        switch body.sink {
        case .stream:
            body.refusal = .bodyTimeout
            reader?.serve()
            settle()
        case .discard: close()
        case .collect, .undecided:
            refuse(.bodyTimeout)
            settle()
        }
    }
}
