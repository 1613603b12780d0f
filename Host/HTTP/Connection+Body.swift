/// Reading request bodies: collected, pulled by the handler, or dropped.

import CNself
import Glibc
import HostCore

extension Connection {
    // MARK: collecting

    /// The step of the chain: a route with STREAM gets its body later, all others get it whole.
    func collectBody(_ exchange: Exchange) -> Front.Verdict {
        if exchange.policy.pointee.takesStream {
            body.sink = .stream
            return .next(.dispatch)
        }
        body.sink = .collect
        sendContinue()
        beginBodySpan()
        return collectBuffered(exchange)
    }

    /// The client holds its body back until it hears that it is wanted.
    func sendContinue() {
        guard body.owesContinue else { return }
        body.owesContinue = false
        if inputStart < inputEnd { return }
        let text: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"
        output.copy(text.utf8Start, text.utf8CodeUnitCount)
    }

    /// Moves what has been received into the body's memory.
    private func collectBuffered(_ exchange: Exchange) -> Front.Verdict {
        while let input {
            let step = body.next(
                input + inputStart, inputEnd - inputStart, most: .max, front.limits)
            switch step {
            case .content(let start, let count, let consumed):
                guard body.received + UInt64(count) <= body.max else {
                    return .refuse(.bodyTooLarge)
                }
                guard let place = roomToCollect(count) else { return .refuse(.tooManyBodies) }
                place.update(from: input + inputStart + start, count: count)
                collected(count)
                inputStart += consumed
            case .incomplete:
                inputStart = inputEnd
                reuseInput(exchange)
                // A chunk that cannot fit is refused before it is sent.
                if body.received + body.contiguous > body.max { return .refuse(.bodyTooLarge) }
                return .wait
            case .end(let consumed):
                inputStart += consumed
                body.isComplete = true
                exchange.collected = body.memory
                exchange.collectedCount = body.memoryCount
                body.handOverMemory(front)
                readDeadline = .max
                return .next(.dispatch)
            case .refused(let refusal): return .refuse(refusal)
            }
        }
        return .wait
    }
    private func collected(_ count: Int) {
        body.memoryCount += count
        body.received += UInt64(count)
        exchange?.takeUnretainedValue().bodyBytes = body.received
    }

    /// A place for `count` more bytes. Memory grows with what has come, not with what was announced.
    private func roomToCollect(_ count: Int) -> UnsafeMutablePointer<UInt8>? {
        let needed = body.memoryCount + count
        if let memory = body.memory, memory.capacity >= needed {
            return memory.bytes + body.memoryCount
        }
        var capacity = max(needed, body.memoryCount * 2)
        if body.framing == .length {
            let all = body.memoryCount + count + Int(clamping: body.remaining)
            let first = front.limits.bodyPieceBytesMax
            capacity = min(max(capacity, min(all, first)), max(all, needed))
        }
        let memory = front.bodies.take(capacity)
        guard front.collectedBytes + memory.capacity <= front.limits.collectedBytesMax else {
            memory.release()
            return nil
        }
        if let old = body.memory {
            memory.bytes.update(from: old.bytes, count: body.memoryCount)
            body.releaseMemory(front)
        }
        body.memory = memory
        body.memoryCounted = memory.capacity
        front.collectedBytes += memory.capacity
        return memory.bytes + body.memoryCount
    }

    /// All received bytes are done with: the room behind the head is free again.
    private func reuseInput(_ exchange: Exchange) {
        guard inputStart == inputEnd else { return }
        inputStart = headStart + exchange.head.pointee.size
        inputEnd = inputStart
    }

    func receiveCollected() {
        guard let exchange = exchange?.takeUnretainedValue() else { return }
        var count: Int
        let contiguous = body.contiguous
        // Nothing stands between the socket and the body's memory.
        if inputStart == inputEnd, contiguous > 0 {
            let wanted = min(Int(clamping: contiguous), front.limits.bodyPieceBytesMax)
            let spare = (body.memory?.capacity ?? 0) - body.memoryCount
            guard let place = roomToCollect(spare > 0 ? min(spare, wanted) : wanted) else {
                refuse(.tooManyBodies)
                return settle()
            }
            let room = (body.memory?.capacity ?? 0) - body.memoryCount
            count = recv(descriptor, place, min(room, Int(clamping: contiguous)), 0)
            if count > 0 {
                front.counters.received &+= UInt64(count)
                body.took(count)
                collected(count)
            }
        } else {
            count = fill()
        }
        guard bodyArrived(count) else { return }
        if body.received > body.max {
            refuse(.bodyTooLarge)
        } else {
            switch collectBuffered(exchange) {
            case .next(let step):
                exchange.step = step
                isProcessing = true
                front.advance(exchange, self)
                isProcessing = false
            case .refuse(let refusal): refuse(refusal)
            case .wait, .done: break
            }
        }
        settle()
    }

    /// What recv said while a body was wanted. False: there is nothing more to do now.
    private func bodyArrived(_ count: Int) -> Bool {
        if count > 0 {
            body.lastTime = front.loop.now
            readDeadline = min(front.loop.now &+ front.limits.bodyIdleTimeout, body.spanEnd)
            return true
        }
        if count == 0 {
            // Half a request is no request.
            inputEnded = true
            cancelHandler()
            close()
        } else if errno != EAGAIN, errno != EINTR {
            abort()
        }
        return false
    }

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
        guard let exchange = exchange?.takeUnretainedValue() else { return .failed(.NSELF_STATUS_CANCELLED) }
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

    private func beginBodySpan() {
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
