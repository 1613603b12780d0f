/// The content of a request, an object or an answer: nothing, bytes, a stream or a part of a file.

/// Released when it goes out of scope, unless it has been moved on with `take`.
public struct Body: ~Copyable {
    private var raw: nself_body

    /// Takes over what `body` holds (header, O3) and leaves it empty.
    public init(moving body: UnsafeMutablePointer<nself_body>) {
        raw = body.pointee
        body.pointee.kind = .NSELF_BODY_NONE
    }
    public init(_ raw: nself_body) { self.raw = raw }
    deinit {
        var body = raw
        nself_body_release(&body)
    }

    public var kind: nself_body_kind { raw.kind }
    /// Bytes in all, or nil for a stream whose length is not known.
    public var size: UInt64? {
        switch raw.kind {
        case .NSELF_BODY_NONE: 0
        case .NSELF_BODY_STREAM where raw.size == .max: nil
        default: raw.size
        }
    }
    /// The collected bytes: what a route without STREAM gets. Borrowed from this body.
    public var bytes: UnsafeRawBufferPointer {
        guard raw.kind == .NSELF_BODY_BUFFER else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(start: raw.buffer.data, count: raw.buffer.size)
    }
    /// Moves the content on: whoever gets it releases it.
    public consuming func take() -> nself_body {
        let taken = raw
        raw.kind = .NSELF_BODY_NONE
        return taken
    }
}
