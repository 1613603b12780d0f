/// What the front itself reads from the fields of a request: framing, Host, connection options.

import CNself
import Glibc

extension RequestHead {
    /// [loop] hot. Takes note of one field; `name` is in lower case.
    @inline(__always)
    mutating func note(
        _ base: UnsafePointer<UInt8>, _ name: UnsafePointer<UInt8>, _ nameCount: Int,
        _ value: UnsafePointer<UInt8>, _ count: Int
    ) -> Refusal? {
        @inline(__always) func named(_ text: StaticString) -> Bool {
            memcmp(name, text.utf8Start, nameCount) == 0
        }
        switch nameCount {
        case 4 where named("host"):
            if seen.contains(.host) { return .severalHosts }
            seen.insert(.host)
            hostField = Stretch(value - base, count)
        case 6 where named("expect"):
            // HTTP/1.0 has no 100 (RFC 9110, 10.1.1): the field is ignored.
            guard minorVersion > 0 else { return nil }
            guard equalsIgnoringCase(value, count, "100-continue") else {
                return .unknownExpectation
            }
            expectsContinue = true
        case 10 where named("connection"): noteConnection(value, count)
        case 11 where named("traceparent"):
            // Two contradict each other: then there is none (W3C Trace Context, 3.2).
            traceParent = seen.contains(.traceParent) ? Stretch() : Stretch(value - base, count)
            seen.insert(.traceParent)
        case 12 where named("x-request-id"):
            if requestID.isEmpty, RequestIDs.isSane(value, count) {
                requestID = Stretch(value - base, count)
            }
        case 14 where named("content-length"): return noteContentLength(value, count)
        case 17 where named("transfer-encoding"): return noteTransferEncoding(value, count)
        default: break
        }
        return nil
    }

    /// [loop] hot. What only the whole head can tell.
    mutating func finish(_ base: UnsafePointer<UInt8>) -> Outcome {
        if isChunked {
            if seen.contains(.contentLength) { return .refused(.lengthAndTransferCoding) }
            if minorVersion == 0 { return .refused(.transferCodingInOldVersion) }
        }
        if seen.contains(.host) {
            let host = hostField.of(base)
            guard Authority.isValid(host, Int(hostField.count)) else { return .refused(.badHost) }
            if isAbsolute {
                guard
                    Authority.same(
                        host, Int(hostField.count), authority.of(base), Int(authority.count))
                else { return .refused(.hostDiffersFromTarget) }
            } else {
                authority = hostField
            }
        } else if minorVersion > 0 {
            return .refused(.missingHost)
        }
        return .complete
    }

    /// Only digits, once: "5, 5" and a second field are refused even when they agree.
    private mutating func noteContentLength(_ value: UnsafePointer<UInt8>, _ count: Int) -> Refusal?
    {
        if seen.contains(.contentLength) { return .severalContentLengths }
        seen.insert(.contentLength)
        guard count > 0 else { return .badContentLength }
        var length: UInt64 = 0
        for index in 0..<count {
            let digit = value[index] &- 0x30
            guard digit < 10 else { return .badContentLength }
            let (product, over) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !over, !carry else { return .badContentLength }
            length = sum
        }
        contentLength = length
        return nil
    }

    /// "chunked" alone, once. Codings we do not undo are 501 when chunked comes last or not at
    /// all; everything else is malformed.
    private mutating func noteTransferEncoding(_ value: UnsafePointer<UInt8>, _ count: Int)
        -> Refusal?
    {
        if seen.contains(.transferEncoding) { return .severalTransferCodings }
        seen.insert(.transferEncoding)
        if equalsIgnoringCase(value, count, "chunked") {
            isChunked = true
            return nil
        }
        var codings = 0
        var position = 0
        let classes = Characters.tables.classes
        while true {
            let start = position
            while position < count, classes[Int(value[position])] & CharacterClass.token != 0 {
                position += 1
            }
            guard position > start else { return .badTransferCoding }
            let isChunkedHere = equalsIgnoringCase(value + start, position - start, "chunked")
            codings += 1
            if position == count {
                return isChunkedHere && codings == 1 ? nil : .unknownTransferCoding
            }
            // "chunked" may only come last.
            if isChunkedHere { return .badTransferCoding }
            while position < count, value[position] == 0x20 || value[position] == 0x09 {
                position += 1
            }
            guard position < count, value[position] == 0x2C else { return .badTransferCoding }
            position += 1
            while position < count, value[position] == 0x20 || value[position] == 0x09 {
                position += 1
            }
        }
    }

    private mutating func noteConnection(_ value: UnsafePointer<UInt8>, _ count: Int) {
        var position = 0
        while position < count {
            while position < count,
                value[position] == 0x2C || value[position] == 0x20 || value[position] == 0x09
            { position += 1 }
            let start = position
            while position < count, value[position] != 0x2C { position += 1 }
            var last = position
            while last > start, value[last - 1] == 0x20 || value[last - 1] == 0x09 { last -= 1 }
            if equalsIgnoringCase(value + start, last - start, "close") { wantsClose = true }
            if equalsIgnoringCase(value + start, last - start, "keep-alive") {
                wantsKeepAlive = true
            }
        }
    }
}

/// The authority of a request: a host and perhaps a port.
enum Authority {
    /// A registered name, an IPv4 address or an IPv6 address in brackets; a port of 1 to 65535.
    static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let host = hostCount(bytes, count)
        guard host > 0 else { return false }
        if bytes[0] == 0x5B {
            guard host > 2, bytes[host - 1] == 0x5D else { return false }
            for index in 1..<host - 1 {
                let byte = bytes[index]
                guard byte == 0x3A || byte == 0x2E || Characters.tables.hexValue[Int(byte)] != 0xFF
                else { return false }
            }
        } else {
            let classes = Characters.tables.classes
            for index in 0..<host where classes[Int(bytes[index])] & CharacterClass.host == 0 {
                return false
            }
        }
        if host == count { return true }
        guard bytes[host] == 0x3A, count - host > 1, count - host <= 6 else { return false }
        var port = 0
        for index in host + 1..<count {
            let digit = bytes[index] &- 0x30
            guard digit < 10 else { return false }
            port = port * 10 + Int(digit)
        }
        return port > 0 && port <= 65_535
    }

    /// Bytes before the port.
    @inline(__always)
    static func hostCount(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var index = 0
        if count > 0, bytes[0] == 0x5B {
            while index < count {
                index += 1
                if bytes[index - 1] == 0x5D { break }
            }
            return index
        }
        while index < count, bytes[index] != 0x3A { index += 1 }
        return index
    }

    /// The same host, and the same port or the default one on either side.
    static func same(
        _ left: UnsafePointer<UInt8>, _ leftCount: Int, _ right: UnsafePointer<UInt8>,
        _ rightCount: Int
    ) -> Bool {
        func end(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
            let host = hostCount(bytes, count)
            let isDefault = count - host == 3 && bytes[host + 1] == 0x38 && bytes[host + 2] == 0x30
            return isDefault ? host : count
        }
        let leftEnd = end(left, leftCount)
        guard leftEnd == end(right, rightCount) else { return false }
        return strncasecmp(
            UnsafeRawPointer(left).assumingMemoryBound(to: CChar.self),
            UnsafeRawPointer(right).assumingMemoryBound(to: CChar.self), leftEnd) == 0
    }
}
