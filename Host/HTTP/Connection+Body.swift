/// Request bodies that are collected before the handler is called.

import CNself
import Glibc
import HostCore

extension Connection {
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
    func reuseInput(_ exchange: Exchange) {
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
    func bodyArrived(_ count: Int) -> Bool {
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
}
