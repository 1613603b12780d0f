/// HTTP without sockets: requests to the routes an instance has added, and their answers.

import CNself
import PluginAPI

/// A route as the plugin gave it.
public struct FakeRoute: Sendable {
    public let method: String
    public let pattern: String
    public let number: UInt64
    public let flags: UInt32

    init(_ raw: nself_route) {
        method = String(raw.method)
        pattern = String(raw.pattern)
        number = raw.number
        flags = raw.flags.rawValue
    }

    /// The captures when the path fits: `{name}` is one segment, `{name...}` the rest.
    func match(_ method: String, _ path: String) -> [(String, String)]? {
        guard self.method.isEmpty || self.method == method else { return nil }
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        var captures: [(String, String)] = []
        for (index, part) in parts.enumerated() {
            if part.hasPrefix("{"), part.hasSuffix("...}") {
                guard index < segments.count else { return nil }
                captures.append(
                    (
                        String(part.dropFirst().dropLast(4)),
                        segments[index...].joined(separator: "/")
                    ))
                return captures
            }
            guard index < segments.count else { return nil }
            if part.hasPrefix("{"), part.hasSuffix("}") {
                captures.append((String(part.dropFirst().dropLast()), String(segments[index])))
            } else if part != segments[index] {
                return nil
            }
        }
        return parts.count == segments.count ? captures : nil
    }
}

public struct FakeResponse: Sendable {
    /// 404 when no route fits, 500 when the plugin failed the call; then `failure` says why.
    public var status: UInt32
    public var headers: [String: String] = [:]
    public var bytes: [UInt8] = []
    public var failure: String?
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension FakePlugin {
    public func get(_ path: String, headers: [(String, String)] = []) -> FakeResponse {
        request("GET", path, headers: headers)
    }
    public func post(
        _ path: String, headers: [(String, String)] = [("content-type", "application/json")],
        body: String
    ) -> FakeResponse {
        request("POST", path, headers: headers, body: Array(body.utf8))
    }

    /// Sends a request and pumps until it is answered. `path` may have a query.
    public func request(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8] = [],
        within seconds: Double = 10
    ) -> FakeResponse {
        host.wait(begin(method, path, headers: headers, body: body), within: seconds)
            ?? FakeResponse(status: 504, failure: "no answer within \(seconds) s")
    }

    /// Sends a request; pump the host for its answer.
    public func begin(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8] = [],
        on loop: Int = 0
    ) -> Pending<FakeResponse> {
        let pending = Pending<FakeResponse>()
        let pieces = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = pieces.count > 1 ? String(pieces[1]) : ""
        guard let role = role(NSELF_ROLE_HTTP_HANDLER_ID) else {
            pending.complete(FakeResponse(status: 404, failure: "not an http_handler"))
            return pending
        }
        for route in routes {
            guard let captures = route.match(method, String(pieces[0])) else { continue }
            let exchange = Exchange(
                route.number, method, String(pieces[0]), query, headers, captures)
            let call = FakeCalls.begin(
                loop,
                .http { status, message, response in
                    withExtendedLifetime(exchange) {
                        pending.complete(FakeResponse(status, message, response))
                    }
                })
            let handler = role.assumingMemoryBound(to: nself_http_handler.self)
            var content = nself_body()
            if !body.isEmpty {
                content = body.withUnsafeBytes { nself_body_of(.copy($0)) }
            }
            host.on(loop: loop) {
                handler.pointee.handle(
                    instance, exchange.request, &content, call, FakeCalls.httpDone)
            }
            return pending
        }
        pending.complete(FakeResponse(status: 404, failure: "no route for \(method) \(path)"))
        return pending
    }
}

extension FakeResponse {
    init(
        _ status: nself_status, _ message: String,
        _ response: UnsafeMutablePointer<nself_http_response>?
    ) {
        guard status == .NSELF_STATUS_OK, let response else {
            self.init(status: 500, failure: "\(status.rawValue): \(message)")
            return
        }
        self.init(
            status: response.pointee.status, headers: fieldDictionary(response.pointee.headers))
        let body = response.pointee.body
        if body.kind == .NSELF_BODY_BUFFER {
            bytes += UnsafeRawBufferPointer(start: body.buffer.data, count: body.buffer.size)
            for index in 0..<body.more_count {
                let piece = body.more[index]
                bytes += UnsafeRawBufferPointer(start: piece.data, count: piece.size)
            }
        }
        nself_body_release(&response.pointee.body)
    }
}

/// The memory of one request: alive until its call has been completed (header, O2).
private final class Exchange: @unchecked Sendable {  // immutable once made
    let request: UnsafeMutablePointer<nself_http_request>
    private var memory: [UnsafeMutableRawPointer] = []

    init(
        _ route: UInt64, _ method: String, _ path: String, _ query: String,
        _ headers: [(String, String)], _ captures: [(String, String)]
    ) {
        request = .allocate(capacity: 1)
        request.initialize(to: nself_http_request())
        request.pointee.route = route
        request.pointee.method = keep(method)
        request.pointee.scheme = keep("http")
        request.pointee.authority = keep("localhost")
        request.pointee.path = keep(path)
        request.pointee.query = keep(query)
        request.pointee.remote_address = keep("127.0.0.1")
        request.pointee.request_id = keep("request-1")
        request.pointee.headers = keep(headers)
        request.pointee.parameters = keep(captures)
    }
    deinit {
        request.deallocate()
        for piece in memory { piece.deallocate() }
    }

    private func keep(_ text: String) -> nself_string {
        let bytes = Array(text.utf8)
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        bytes.withUnsafeBytes {
            if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: $0.count) }
        }
        memory.append(copy)
        return nself_string(data: copy.assumingMemoryBound(to: CChar.self), size: bytes.count)
    }
    private func keep(_ fields: [(String, String)]) -> nself_fields {
        guard !fields.isEmpty else { return nself_fields() }
        let items = UnsafeMutablePointer<nself_field>.allocate(capacity: fields.count)
        for (index, field) in fields.enumerated() {
            (items + index).initialize(to: nself_field(name: keep(field.0), value: keep(field.1)))
        }
        memory.append(UnsafeMutableRawPointer(items))
        return nself_fields(items: items, count: fields.count)
    }
}
