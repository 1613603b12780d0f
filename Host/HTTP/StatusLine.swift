/// Status lines with the fields that never change, laid out once.

/// Bytes "HTTP/1.1 200 OK\r\nServer: nself\r\n" for each status from 200 to 599.
struct StatusLines: @unchecked Sendable {  // written once, before it is published
    static let all = StatusLines()
    /// Longest line, for reserving room.
    static let bytesMax = 96

    private let starts: UnsafeMutablePointer<UnsafePointer<UInt8>>
    private let counts: UnsafeMutablePointer<Int>

    private init() {
        starts = .allocate(capacity: 600)
        counts = .allocate(capacity: 600)
        for status in 0..<600 {
            let reason = StatusLines.reason(UInt16(status))
            let text = "HTTP/1.1 \(status) \(reason)\r\nServer: nself\r\n"
            let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: text.utf8.count)
            _ = UnsafeMutableBufferPointer(start: bytes, count: text.utf8.count)
                .initialize(from: text.utf8)
            starts.advanced(by: status).initialize(to: UnsafePointer(bytes))
            counts.advanced(by: status).initialize(to: text.utf8.count)
        }
    }

    @inline(__always)
    func write(_ status: UInt16, _ pen: inout Pen) {
        let index = status < 600 ? Int(status) : 500
        pen.write(starts[index], counts[index])
    }

    /// Reason phrases of the IANA registry; empty where it has none.
    static func reason(_ status: UInt16) -> StaticString {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 203: "Non-Authoritative Information"
        case 204: "No Content"
        case 205: "Reset Content"
        case 206: "Partial Content"
        case 207: "Multi-Status"
        case 208: "Already Reported"
        case 226: "IM Used"
        case 300: "Multiple Choices"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 305: "Use Proxy"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 407: "Proxy Authentication Required"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 423: "Locked"
        case 424: "Failed Dependency"
        case 425: "Too Early"
        case 426: "Upgrade Required"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 451: "Unavailable For Legal Reasons"
        case 499: "Client Closed Request"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        case 507: "Insufficient Storage"
        case 508: "Loop Detected"
        case 511: "Network Authentication Required"
        default: ""
        }
    }
}

/// Writes into memory that has been reserved; who reserves counts the bytes.
struct Pen {
    var place: UnsafeMutablePointer<UInt8>

    @inline(__always)
    mutating func write(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        place.update(from: bytes, count: count)
        place += count
    }
    @inline(__always)
    mutating func write(_ text: StaticString) {
        write(text.utf8Start, text.utf8CodeUnitCount)
    }
    @inline(__always)
    mutating func write(_ byte: UInt8) {
        place.pointee = byte
        place += 1
    }
    /// At most 20 bytes.
    @inline(__always)
    mutating func write(decimal number: UInt64) {
        var count = 1
        var rest = number / 10
        while rest > 0 {
            count += 1
            rest /= 10
        }
        rest = number
        var index = count
        while index > 0 {
            index -= 1
            place[index] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
            rest /= 10
        }
        place += count
    }
    /// At most 16 bytes, without leading zeros.
    mutating func write(hexadecimal number: UInt64) {
        var shift = max(0, (63 - number.leadingZeroBitCount) & ~3)
        if number == 0 { shift = 0 }
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 15
            write(digit < 10 ? digit + 0x30 : digit - 10 + 0x61)
            shift -= 4
        }
    }
}
