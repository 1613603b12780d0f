/// W3C trace context: the "traceparent" of a request in, that of our span out.

import CNself

enum TraceContext {
    /// Bytes of a version 00 traceparent.
    static let size = 55

    /// The trace id and flags of `value` with its parent id as span id; nil when it is not valid.
    static func parse(_ value: UnsafePointer<UInt8>, _ count: Int) -> nself_trace? {
        guard count >= size, value[2] == 0x2D, value[35] == 0x2D, value[52] == 0x2D else {
            return nil
        }
        guard let version = hexByte(value), version != 0xFF else { return nil }
        // A later version may be longer, but only behind another dash.
        guard count == size || (version > 0 && value[size] == 0x2D) else { return nil }
        var trace = nself_trace()
        var some: UInt8 = 0
        let isTrace = withUnsafeMutableBytes(of: &trace.trace_id) { room in
            for index in 0..<16 {
                guard let byte = hexByte(value + 3 + index * 2) else { return false }
                room[index] = byte
                some |= byte
            }
            return some != 0
        }
        guard isTrace else { return nil }
        some = 0
        let isSpan = withUnsafeMutableBytes(of: &trace.span_id) { room in
            for index in 0..<8 {
                guard let byte = hexByte(value + 36 + index * 2) else { return false }
                room[index] = byte
                some |= byte
            }
            return some != 0
        }
        guard isSpan, let flags = hexByte(value + 53) else { return nil }
        trace.flags = UInt32(flags & 1)
        return trace
    }

    /// Writes 55 bytes.
    static func write(_ trace: nself_trace, to place: UnsafeMutablePointer<UInt8>) {
        var copy = trace
        place[0] = 0x30
        place[1] = 0x30
        place[2] = 0x2D
        withUnsafeBytes(of: &copy.trace_id) { bytes in
            for index in 0..<16 { writeHex(bytes[index], place + 3 + index * 2) }
        }
        place[35] = 0x2D
        withUnsafeBytes(of: &copy.span_id) { bytes in
            for index in 0..<8 { writeHex(bytes[index], place + 36 + index * 2) }
        }
        place[52] = 0x2D
        writeHex(UInt8(truncatingIfNeeded: trace.flags), place + 53)
    }

    static func setSpan(_ trace: inout nself_trace, _ id: UInt64) {
        var id = id == 0 ? 1 : id
        withUnsafeMutableBytes(of: &trace.span_id) { room in
            withUnsafeBytes(of: &id) { room.copyMemory(from: $0) }
        }
    }

    /// Lower case only, as the standard says.
    private static func hexByte(_ digits: UnsafePointer<UInt8>) -> UInt8? {
        func value(_ byte: UInt8) -> UInt8? {
            if byte &- 0x30 < 10 { return byte &- 0x30 }
            return byte &- 0x61 < 6 ? byte &- 0x61 + 10 : nil
        }
        guard let high = value(digits[0]), let low = value(digits[1]) else { return nil }
        return high << 4 | low
    }
    private static func writeHex(_ byte: UInt8, _ place: UnsafeMutablePointer<UInt8>) {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? value + 0x30 : value - 10 + 0x61 }
        place[0] = digit(byte >> 4)
        place[1] = digit(byte & 15)
    }
}
