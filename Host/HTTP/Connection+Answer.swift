/// Answers: from what a handler gives, or from a refusal, to bytes in the output.

import CNself
import Glibc
import HostCore

extension Connection {
    /// [loop] hot. The handler's answer.
    func answer(
        _ exchange: Exchange, _ status: nself_status, _ message: nself_string,
        _ response: UnsafeMutablePointer<nself_http_response>?
    ) {
        requestDeadline = .max
        if body.sink == .stream, let refusal = body.refusal {
            // The body was cut off under the handler: that is the answer, whatever it says.
            if let response { nself_body_release(&response.pointee.body) }
            answerRefusal(exchange, refusal)
        } else if status == .NSELF_STATUS_OK, let response,
            (200...599).contains(response.pointee.status)
        {
            answerResponse(exchange, response)
        } else {
            if let response { nself_body_release(&response.pointee.body) }
            if status == .NSELF_STATUS_OK {
                front.counters.count(.badResponse)
                answerRefusal(exchange, .badResponse)
            } else {
                answerStatus(exchange, status, message)
            }
        }
        settle()
    }

    private func answerResponse(
        _ exchange: Exchange, _ response: UnsafeMutablePointer<nself_http_response>
    ) {
        let status = UInt16(response.pointee.status)
        let kind = response.pointee.body.kind
        var length: UInt64 = 0
        var framing = ResponseHead.Framing.length
        switch kind {
        case .NSELF_BODY_BUFFER: length = ResponseHead.bufferBytes(response.pointee.body)
        case .NSELF_BODY_FILE: length = response.pointee.body.size
        case .NSELF_BODY_STREAM:
            length = response.pointee.body.size
            if length == .max {
                framing = exchange.head.pointee.minorVersion == 0 ? .untilClose : .chunked
            }
        default: break
        }
        let isHead = exchange.method == .head
        let hasContent = status != 204 && status != 304 && !isHead
        if status == 204 || (status == 304 && kind == .NSELF_BODY_NONE) { framing = .none }
        if isHead, kind == .NSELF_BODY_NONE { framing = .handlersLength }
        decideClose(exchange, mayKeep: framing != .untilClose)
        guard
            writeHead(
                exchange, status, framing, length, response.pointee.headers,
                bodyRoom: hasContent && length <= UInt64(front.limits.copiedPieceBytesMax)
                    ? Int(length) : 0)
        else {
            nself_body_release(&response.pointee.body)
            front.counters.count(.badResponse)
            return answerRefusal(exchange, .badResponse)
        }
        guard hasContent else {
            nself_body_release(&response.pointee.body)
            return finishAnswer(exchange)
        }
        switch kind {
        case .NSELF_BODY_BUFFER:
            queue(response.pointee.body.buffer)
            for index in 0..<response.pointee.body.more_count {
                queue(response.pointee.body.more[index])
            }
            answerBytes &+= length
            finishAnswer(exchange)
        case .NSELF_BODY_FILE:
            let file = response.pointee.body.file
            if length > 0, length <= UInt64(Int.max) {
                output.send(
                    file: file, offset: response.pointee.body.offset, count: Int(length))
                answerBytes &+= length
            } else {
                Glibc.close(file)
            }
            finishAnswer(exchange)
        case .NSELF_BODY_STREAM:
            let stream = ResponseStream(
                self, response.pointee.body.reader, framing, length: length)
            self.stream = stream
            stream.pump()
        default: finishAnswer(exchange)
        }
    }

    /// Small pieces and borrowed ones are copied, large ones are lent to the output.
    @inline(__always)
    func queue(_ buffer: nself_buffer) {
        guard let data = buffer.data, buffer.size > 0 else {
            buffer.release?(buffer.owner)
            return
        }
        if buffer.size <= front.limits.copiedPieceBytesMax || buffer.release == nil {
            output.copy(data, buffer.size)
            buffer.release?(buffer.owner)
        } else {
            output.lend(data, buffer.size, owner: buffer.owner, release: buffer.release)
        }
    }

    // MARK: refusals and errors

    /// The front's own answer to the request under way.
    func refuse(_ refusal: Refusal) {
        guard let exchange = exchange?.takeUnretainedValue() else { return }
        front.counters.count(refusal)
        requestDeadline = .max
        answerRefusal(exchange, refusal)
    }

    func answerRefusal(_ exchange: Exchange, _ refusal: Refusal) {
        body.releaseMemory(front)
        if !refusal.keepsConnection { wasCutShort = true }
        decideClose(exchange, mayKeep: refusal.keepsConnection)
        var allow = nself_fields()
        var field = nself_field()
        if refusal == .methodNotAllowed {
            var methods = front.search.allowed.joined(separator: ", ")
            methods.withUTF8 { bytes in
                let place = exchange.arena.take(max(bytes.count, 1))
                if let base = bytes.baseAddress { place.update(from: base, count: bytes.count) }
                field.name = nself_text(literal: "allow")
                field.value = Stretch.string(place, bytes.count)
            }
        }
        let text = refusal.message
        withUnsafePointer(to: field) { field in
            if refusal == .methodNotAllowed { allow = nself_fields(items: field, count: 1) }
            answerError(
                exchange, refusal.status, text.utf8Start, text.utf8CodeUnitCount, allow)
        }
    }

    /// The answer that belongs to a handler's status. What went wrong inside is the log's, not the
    /// client's.
    private func answerStatus(_ exchange: Exchange, _ status: nself_status, _ message: nself_string)
    {
        let code = ErrorBody.status(of: status)
        decideClose(exchange, mayKeep: true)
        if status == .NSELF_STATUS_CANCELLED, exchange.cancelledHandler {
            // The handler gave up because the peer is gone: there is nobody to answer.
            closesAfterAnswer = true
            answerStatus = code
            return finishAnswer(exchange)
        }
        let text = UnsafeRawPointer(message.data)?.assumingMemoryBound(to: UInt8.self)
        let tells = code < 500 && message.size > 0
        answerError(
            exchange, code, tells ? text : nil,
            tells ? min(message.size, ErrorBody.messageBytesMax) : 0, nself_fields())
    }

    private func answerError(
        _ exchange: Exchange, _ status: UInt16, _ message: UnsafePointer<UInt8>?,
        _ messageCount: Int, _ extra: nself_fields
    ) {
        let id = exchange.request.pointee.request_id
        let room = ErrorBody.bytesMax(messageCount, id.size)
        let place = exchange.arena.take(room)
        var pen = Pen(place: place)
        ErrorBody.write(
            status, message, messageCount,
            UnsafeRawPointer(id.data).assumingMemoryBound(to: UInt8.self), id.size, &pen)
        let count = pen.place - place
        withUnsafeTemporaryAllocation(of: nself_field.self, capacity: 2 + extra.count) { fields in
            fields[0] = ResponseHead.jsonType
            for index in 0..<extra.count { fields[1 + index] = extra.items[index] }
            var total = 1 + extra.count
            if status == 401 {
                fields[total] = ResponseHead.bearerChallenge
                total += 1
            }
            _ = writeHead(
                exchange, status, .length, UInt64(count),
                nself_fields(items: UnsafePointer(fields.baseAddress), count: total),
                bodyRoom: count)
        }
        if exchange.method != .head {
            output.copy(place, count)
            answerBytes &+= UInt64(count)
        }
        finishAnswer(exchange)
    }

    // MARK: head and end of an answer

    /// Whether the connection can serve another request after this answer.
    private func decideClose(_ exchange: Exchange, mayKeep: Bool) {
        let head = exchange.head
        var closes = !mayKeep || front.isDraining || inputEnded || head.pointee.wantsClose
        if head.pointee.minorVersion == 0, !head.pointee.wantsKeepAlive { closes = true }
        if !body.isComplete {
            // What the client still sends must be read before the next request can be.
            let isLarge = body.framing == .length && body.remaining > front.limits.discardBytesMax
            if body.owesContinue || body.refusal != nil || isLarge { closes = true }
        }
        closesAfterAnswer = closes
    }

    @inline(__always)
    private func writeHead(
        _ exchange: Exchange, _ status: UInt16, _ framing: ResponseHead.Framing, _ length: UInt64,
        _ fields: nself_fields, bodyRoom: Int
    ) -> Bool {
        let room = ResponseHead.bytesMax(exchange, fields) + bodyRoom
        let place = output.reserve(room)
        front.date.refresh(front.loop.now)
        var pen = Pen(place: place)
        guard
            ResponseHead.write(
                exchange, status, framing, length, fields, closes: closesAfterAnswer,
                date: front.date.bytes, &pen)
        else { return false }
        let count = pen.place - place
        output.commit(count)
        answerBytes = UInt64(count)
        answerStatus = status
        return true
    }

    /// [loop] hot. The last byte of the answer is in the output.
    func finishAnswer(_ exchange: Exchange) {
        if isCounted {
            isCounted = false
            front.counters.active -= 1
            front.finished(exchange, status: answerStatus, bytesSent: answerBytes)
        }
        readDeadline = .max
        if closesAfterAnswer {
            endReader(.NSELF_STATUS_CANCELLED)
            phase = .closing
        } else if body.isComplete {
            if reader != nil { endReader(.NSELF_STATUS_OK) }
            beginNext()
        } else {
            endReader(.NSELF_STATUS_CANCELLED)
            discardBody()
        }
    }

    /// The stream of the answer broke: the client must not take what it has for the whole.
    func answerBroke() { abort() }

    /// The peer went away in the middle of its body.
    func peerGone() {
        inputEnded = true
        cancelHandler()
        close()
    }
    /// The handler wants no more of the body; what comes is dropped after the answer.
    func readerClosed() { reader = nil }
}
