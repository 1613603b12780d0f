/// Why a plugin is not running: what, which, and what to do.

import CNself

public struct PluginFailure: Error, CustomStringConvertible, Sendable {
    public let message: String
    public init(_ message: String) { self.message = message }
    public var description: String { message }

    /// What a control function of a plugin wrote.
    init(_ status: nself_status, _ error: nself_error, doing step: String) {
        var copy = error
        let size = min(Int(error.message_size), MemoryLayout.size(ofValue: copy.message))
        let text = withUnsafeBytes(of: &copy.message) {
            String(decoding: $0.prefix(size), as: UTF8.self)
        }
        message = text.isEmpty ? "\(step) ended with \(status.name) and no message" : text
    }
}

extension nself_status {
    /// The canonical name, for messages and labels.
    public var name: String {
        switch self {
        case .NSELF_STATUS_OK: "OK"
        case .NSELF_STATUS_CANCELLED: "CANCELLED"
        case .NSELF_STATUS_INVALID_ARGUMENT: "INVALID_ARGUMENT"
        case .NSELF_STATUS_DEADLINE_EXCEEDED: "DEADLINE_EXCEEDED"
        case .NSELF_STATUS_NOT_FOUND: "NOT_FOUND"
        case .NSELF_STATUS_ALREADY_EXISTS: "ALREADY_EXISTS"
        case .NSELF_STATUS_PERMISSION_DENIED: "PERMISSION_DENIED"
        case .NSELF_STATUS_RESOURCE_EXHAUSTED: "RESOURCE_EXHAUSTED"
        case .NSELF_STATUS_FAILED_PRECONDITION: "FAILED_PRECONDITION"
        case .NSELF_STATUS_ABORTED: "ABORTED"
        case .NSELF_STATUS_OUT_OF_RANGE: "OUT_OF_RANGE"
        case .NSELF_STATUS_UNIMPLEMENTED: "UNIMPLEMENTED"
        case .NSELF_STATUS_INTERNAL: "INTERNAL"
        case .NSELF_STATUS_UNAVAILABLE: "UNAVAILABLE"
        case .NSELF_STATUS_DATA_LOSS: "DATA_LOSS"
        case .NSELF_STATUS_UNAUTHENTICATED: "UNAUTHENTICATED"
        default: "UNKNOWN"
        }
    }
}

extension String {
    init(_ text: nself_string) {
        guard let data = text.data else {
            self = ""
            return
        }
        self.init(
            decoding: UnsafeRawBufferPointer(start: data, count: text.size), as: UTF8.self)
    }
}

/// Lends `text` as an nself_string.
func withString<Result>(_ text: String, _ body: (nself_string) -> Result) -> Result {
    var copy = text
    return copy.withUTF8 { utf8 in
        body(
            nself_string(
                data: UnsafeRawPointer(utf8.baseAddress)?.assumingMemoryBound(to: CChar.self),
                size: utf8.count))
    }
}
