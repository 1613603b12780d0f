/// The head of an answer, checked and written in one pass.

import CNself
import HostCore

enum ResponseHead {
    enum Framing {
        /// No content and no length: 204, 304.
        case none
        case length
        case chunked
        /// HTTP/1.0 without a known length.
        case untilClose
        /// HEAD: the length is the one the handler names, if it names one.
        case handlersLength
    }

    static var jsonType: nself_field {
        nself_field(
            name: nself_text(literal: "content-type"),
            value: nself_text(literal: "application/json"))
    }
    static var bearerChallenge: nself_field {
        nself_field(
            name: nself_text(literal: "www-authenticate"), value: nself_text(literal: "Bearer"))
    }

    /// All that the front itself may add, generously.
    private static let ownBytesMax = 384

    static func bufferBytes(_ body: nself_body) -> UInt64 {
        var size = UInt64(body.buffer.size)
        for index in 0..<body.more_count { size += UInt64(body.more[index].size) }
        return size
    }

    @inline(__always)
    static func bytesMax(_ exchange: Exchange, _ fields: nself_fields) -> Int {
        var size = ownBytesMax + exchange.request.pointee.request_id.size
        for index in 0..<fields.count {
            size += fields.items[index].name.size + fields.items[index].value.size + 4
        }
        return size
    }

    /// [loop] hot. False: a field of the handler would break the answer apart; nothing is sent then.
    static func write(
        _ exchange: Exchange, _ status: UInt16, _ framing: Framing, _ length: UInt64,
        _ fields: nself_fields, closes: Bool, date: UnsafePointer<UInt8>, _ pen: inout Pen
    ) -> Bool {
        StatusLines.all.write(status, &pen)
        pen.write(date, DateField.size)
        switch framing {
        case .length:
            pen.write("Content-Length: ")
            pen.write(decimal: length)
            pen.write("\r\n")
        case .chunked: pen.write("Transfer-Encoding: chunked\r\n")
        case .none, .untilClose, .handlersLength: break
        }
        let id = exchange.request.pointee.request_id
        pen.write("X-Request-Id: ")
        pen.write(UnsafeRawPointer(id.data).assumingMemoryBound(to: UInt8.self), id.size)
        pen.write("\r\n")
        if exchange.isTraced {
            pen.write("traceparent: ")
            TraceContext.write(exchange.request.pointee.trace, to: pen.place)
            pen.place += TraceContext.size
            pen.write("\r\n")
        }
        if closes {
            pen.write("Connection: close\r\n")
        } else if exchange.head.pointee.minorVersion == 0 {
            pen.write("Connection: keep-alive\r\n")
        }
        for index in 0..<fields.count {
            let name = bytes(fields.items[index].name)
            let value = bytes(fields.items[index].value)
            guard isSound(name, value) else { return false }
            if isOwn(name, isTraced: exchange.isTraced) {
                guard framing == .handlersLength, isLength(name, value) else { continue }
            }
            if let base = name.baseAddress { pen.write(base, name.count) }
            pen.write(": ")
            if let base = value.baseAddress { pen.write(base, value.count) }
            pen.write("\r\n")
        }
        pen.write("\r\n")
        return true
    }

    @inline(__always)
    private static func bytes(_ text: nself_string) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: UnsafeRawPointer(text.data)?.assumingMemoryBound(to: UInt8.self),
            count: text.size)
    }

    /// A token, and a value that no reader can take for two lines.
    @inline(__always)
    private static func isSound(
        _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard name.count > 0, let start = name.baseAddress else { return false }
        let classes = Characters.tables.classes
        for index in 0..<name.count where classes[Int(start[index])] & CharacterClass.token == 0 {
            return false
        }
        guard let first = value.baseAddress else { return true }
        let end = first + value.count
        return firstControl(first, end) == end
    }

    /// Fields that only the front can get right; a handler's are dropped.
    @inline(__always)
    private static func isOwn(_ name: UnsafeBufferPointer<UInt8>, isTraced: Bool) -> Bool {
        guard let start = name.baseAddress else { return false }
        @inline(__always) func named(_ text: StaticString) -> Bool {
            equalsIgnoringCase(start, name.count, text)
        }
        switch name.count {
        case 2: return named("te")
        case 4: return named("date")
        case 6: return named("server")
        case 7: return named("trailer") || named("upgrade")
        case 10: return named("connection") || named("keep-alive")
        case 11: return isTraced && named("traceparent")
        case 12: return named("x-request-id")
        case 14: return named("content-length")
        case 16: return named("proxy-connection")
        case 17: return named("transfer-encoding")
        default: return false
        }
    }
    private static func isLength(
        _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard let start = name.baseAddress, equalsIgnoringCase(start, name.count, "content-length")
        else { return false }
        return value.count > 0 && value.allSatisfy { $0 &- 0x30 < 10 }
    }
}
