/// {"error","message","status","requestId"}: the body of every answer the host gives by itself.

import CNself

enum ErrorBody {
    /// The HTTP status of a handler's status.
    static func status(of status: nself_status) -> UInt16 {
        switch status {
        case .NSELF_STATUS_OK: 200
        case .NSELF_STATUS_CANCELLED: 499
        case .NSELF_STATUS_INVALID_ARGUMENT, .NSELF_STATUS_OUT_OF_RANGE: 400
        case .NSELF_STATUS_DEADLINE_EXCEEDED: 504
        case .NSELF_STATUS_NOT_FOUND: 404
        case .NSELF_STATUS_ALREADY_EXISTS, .NSELF_STATUS_ABORTED: 409
        case .NSELF_STATUS_PERMISSION_DENIED: 403
        case .NSELF_STATUS_RESOURCE_EXHAUSTED: 429
        case .NSELF_STATUS_FAILED_PRECONDITION: 412
        case .NSELF_STATUS_UNIMPLEMENTED: 501
        case .NSELF_STATUS_UNAVAILABLE: 503
        case .NSELF_STATUS_UNAUTHENTICATED: 401
        default: 500
        }
    }

    /// The "error" of an HTTP status: a word that programs can compare.
    static func word(_ status: UInt16) -> StaticString {
        switch status {
        case 400: "bad_request"
        case 401: "unauthenticated"
        case 403: "forbidden"
        case 404: "not_found"
        case 405: "method_not_allowed"
        case 408: "timeout"
        case 409: "conflict"
        case 412: "failed_precondition"
        case 413: "content_too_large"
        case 414: "uri_too_long"
        case 417: "expectation_failed"
        case 429: "too_many_requests"
        case 431: "header_too_large"
        case 499: "cancelled"
        case 501: "not_implemented"
        case 503: "unavailable"
        case 504: "timeout"
        case 505: "version_not_supported"
        default: "internal"
        }
    }

    /// Bytes that are enough for a message of `count` bytes and an id of `idCount`.
    static func bytesMax(_ count: Int, _ idCount: Int) -> Int { 128 + count * 6 + idCount }

    /// Longer messages are cut: they are for people.
    static let messageBytesMax = 1024

    static func write(
        _ status: UInt16, _ message: UnsafePointer<UInt8>?, _ messageCount: Int,
        _ id: UnsafePointer<UInt8>, _ idCount: Int, _ pen: inout Pen
    ) {
        pen.write("{\"error\":\"")
        pen.write(word(status))
        pen.write("\",\"message\":\"")
        if let message, isUTF8(message, messageCount) {
            for index in 0..<messageCount { writeEscaped(message[index], &pen) }
        } else {
            pen.write(StatusLines.reason(status))
        }
        pen.write("\",\"status\":")
        pen.write(decimal: UInt64(status))
        pen.write(",\"requestId\":\"")
        pen.write(id, idCount)
        pen.write("\"}")
    }

    private static func writeEscaped(_ byte: UInt8, _ pen: inout Pen) {
        switch byte {
        case 0x22, 0x5C:
            pen.write(0x5C)
            pen.write(byte)
        case 0..<0x20:
            pen.write("\\u00")
            pen.write(byte >> 4 + 0x30)
            pen.write(byte & 15 < 10 ? byte & 15 + 0x30 : byte & 15 - 10 + 0x61)
        default: pen.write(byte)
        }
    }
}
