/// What the head of a request says: places in the receive buffer, not copies.

import CNself

/// A stretch of the receive buffer, counted from the first byte of the head, so that it stays
/// right when the buffer moves.
struct Stretch: Equatable {
    var start: UInt32 = 0
    var count: UInt32 = 0

    @inline(__always) init() {}
    @inline(__always) init(_ start: Int, _ count: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.count = UInt32(truncatingIfNeeded: count)
    }
    @inline(__always) var isEmpty: Bool { count == 0 }
    @inline(__always) func of(_ base: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        base + Int(start)
    }
}

/// The methods that routes are compared by with one number.
public enum HTTPMethod: UInt8, CaseIterable, Sendable {
    case get, head, post, put, delete, patch, options, trace, connect, other

    /// How metrics call it (OpenTelemetry).
    public var text: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .patch: "PATCH"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other: "_OTHER"
        }
    }
    /// `other` for what is none of these; methods are case-sensitive.
    @inline(__always) init(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        @inline(__always) func named(_ text: StaticString) -> Bool {
            for index in 0..<count where bytes[index] != text.utf8Start[index] { return false }
            return true
        }
        switch count {
        case 3: self = named("GET") ? .get : named("PUT") ? .put : .other
        case 4: self = named("POST") ? .post : named("HEAD") ? .head : .other
        case 5: self = named("PATCH") ? .patch : named("TRACE") ? .trace : .other
        case 6: self = named("DELETE") ? .delete : .other
        case 7: self = named("OPTIONS") ? .options : named("CONNECT") ? .connect : .other
        default: self = .other
        }
    }
    public init(_ name: String) {
        var copy = name
        self = copy.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return .other }
            return HTTPMethod(base, bytes.count)
        }
    }
}

/// The result of parsing, and the state of it while bytes are missing.
struct RequestHead {
    enum Phase: UInt8 { case requestLine, fields, complete }
    /// What has been said once and may not be said again.
    struct Seen: OptionSet {
        let rawValue: UInt8
        static let host = Seen(rawValue: 1)
        static let contentLength = Seen(rawValue: 2)
        static let transferEncoding = Seen(rawValue: 4)
        static let traceParent = Seen(rawValue: 8)
    }

    var phase = Phase.requestLine
    var method = HTTPMethod.other
    /// 0 for HTTP/1.0; HTTP/1.1 and any later 1.x is 1.
    var minorVersion: UInt8 = 1
    var seen: Seen = []
    /// CharacterClass.percent and .dot when the path has such characters.
    var pathClasses: UInt8 = 0
    var isChunked = false
    var expectsContinue = false
    var wantsClose = false
    var wantsKeepAlive = false
    var isAsterisk = false
    var isAbsolute = false
    /// An empty line before the request line has been passed over: one is allowed (RFC 9112, 2.2).
    var skippedLine = false

    var methodName = Stretch()
    var path = Stretch()
    var query = Stretch()
    /// The value of Host, or of the target's authority.
    var authority = Stretch()
    var hostField = Stretch()
    var requestID = Stretch()
    var traceParent = Stretch()
    var contentLength: UInt64 = 0

    /// Where the line begins that is not complete yet, and how far its end has been looked for.
    var lineStart = 0
    var scanned = 0
    /// Bytes of the head with its empty line, once complete.
    var size = 0
    var fieldCount = 0
    /// Room for fieldsMax fields; the names in it are in lower case.
    let fields: UnsafeMutablePointer<nself_field>

    init(fields: UnsafeMutablePointer<nself_field>) { self.fields = fields }

    var hasBody: Bool { isChunked || contentLength > 0 }

    /// Ready for the next head.
    mutating func reset() { self = RequestHead(fields: fields) }

    /// The buffer has moved: fields are pointers into it.
    mutating func moved(from old: UnsafePointer<UInt8>, to new: UnsafePointer<UInt8>) {
        let delta = UnsafeRawPointer(new) - UnsafeRawPointer(old)
        func shift(_ pointer: UnsafePointer<CChar>?) -> UnsafePointer<CChar>? {
            guard let pointer else { return nil }
            return UnsafeRawPointer(pointer).advanced(by: delta).assumingMemoryBound(to: CChar.self)
        }
        for index in 0..<fieldCount {
            fields[index].name.data = shift(fields[index].name.data)
            fields[index].value.data = shift(fields[index].value.data)
        }
    }
}
