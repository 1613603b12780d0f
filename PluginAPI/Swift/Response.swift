/// Answering an HTTP request: once, from any thread.

/// [any]
public struct HTTPCall: @unchecked Sendable {  // a number and a C function
    public let id: nself_call
    private let done: nself_http_done

    @inlinable public init(_ id: nself_call, _ done: @escaping nself_http_done) {
        self.init(id: id, done: done)
    }
    @usableFromInline init(id: nself_call, done: @escaping nself_http_done) {
        self.id = id
        self.done = done
    }

    /// Answers with bytes of one content type: no allocation.
    public func respond(_ status: UInt32, _ contentType: StaticString, _ content: nself_buffer) {
        respond(status, contentType, nself_body_of(content))
    }
    public func respond(_ status: UInt32, _ contentType: StaticString, _ body: nself_body) {
        var field = nself_field(name: Text("content-type").raw, value: Text(contentType).raw)
        withUnsafePointer(to: &field) { field in
            respond(status, nself_fields(items: field, count: 1), body)
        }
    }
    /// Answers with these headers (borrowed) and this body (moved).
    public func respond(_ status: UInt32, _ headers: nself_fields, _ body: nself_body) {
        var response = nself_http_response()
        response.status = status
        response.headers = headers
        response.body = body
        done(id, .NSELF_STATUS_OK, nself_string(), &response)
    }
    public func respond(_ status: UInt32 = 200, text: String) {
        respond(status, "text/plain; charset=utf-8", .copy(text))
    }
    public func respond(_ status: UInt32 = 200, json: String) {
        respond(status, "application/json", .copy(json))
    }
    /// Has the host write the error answer that belongs to the status.
    public func fail(_ error: PluginError) {
        error.message.withText { done(id, error.status, $0.raw, nil) }
    }
}
