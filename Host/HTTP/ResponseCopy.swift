/// A response on its way from another thread to the loop of its connection.

import CNself

/// The body is moved into it and out again; headers and the list of pieces are copied. [any]
final class ResponseCopy: @unchecked Sendable {  // handed from one thread to another, used by one
    private let status: nself_status
    private let message: [UInt8]
    private var response = nself_http_response()
    private let hasResponse: Bool
    private let fields: UnsafeMutablePointer<nself_field>?
    private let pieces: UnsafeMutablePointer<nself_buffer>?
    private let text: UnsafeMutableRawPointer?

    init(
        _ status: nself_status, _ message: nself_string,
        _ source: UnsafeMutablePointer<nself_http_response>?
    ) {
        self.status = status
        self.message = Array(
            UnsafeRawBufferPointer(
                start: message.data, count: message.data == nil ? 0 : message.size))
        guard let source else {
            hasResponse = false
            (fields, pieces, text) = (nil, nil, nil)
            return
        }
        hasResponse = true
        response = source.pointee
        source.pointee.body.kind = .NSELF_BODY_NONE
        let headers = response.headers
        var size = 0
        for index in 0..<headers.count {
            size += headers.items[index].name.size + headers.items[index].value.size
        }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, size), alignment: 1)
        let copies = UnsafeMutablePointer<nself_field>.allocate(capacity: max(1, headers.count))
        var next = memory
        func copy(_ text: nself_string) -> nself_string {
            guard let data = text.data, text.size > 0 else { return nself_string() }
            next.copyMemory(from: data, byteCount: text.size)
            defer { next += text.size }
            return nself_string(data: next.assumingMemoryBound(to: CChar.self), size: text.size)
        }
        for index in 0..<headers.count {
            copies[index] = nself_field(
                name: copy(headers.items[index].name), value: copy(headers.items[index].value))
        }
        response.headers = nself_fields(items: copies, count: headers.count)
        (fields, text) = (copies, memory)
        if let more = response.body.more, response.body.more_count > 0,
            response.body.kind == .NSELF_BODY_BUFFER
        {
            let list = UnsafeMutablePointer<nself_buffer>.allocate(
                capacity: response.body.more_count)
            list.initialize(from: more, count: response.body.more_count)
            response.body.more = list
            pieces = list
        } else {
            pieces = nil
        }
    }
    deinit {
        fields?.deallocate()
        pieces?.deallocate()
        text?.deallocate()
    }

    /// Passes everything on; the body is the receiver's from here on.
    func deliver(
        _ body: (nself_status, nself_string, UnsafeMutablePointer<nself_http_response>?) -> Void
    ) {
        message.withUnsafeBytes {
            let message = nself_string(
                data: $0.baseAddress?.assumingMemoryBound(to: CChar.self), size: $0.count)
            if hasResponse { body(status, message, &response) } else { body(status, message, nil) }
        }
    }
}
