/// What the host itself answers: health, readiness, version.

import CNself
import HostHTTP
import HostManifest
import HostPlugins

enum HealthRoutes {
    /// `/healthz` says whether the process lives and what each instance does, `/health` the same in
    /// one word, `/readyz` whether requests are wanted: 503 before the start and while draining.
    static func routes(
        _ registry: @escaping @Sendable () -> [Instance], isReady: @escaping @Sendable () -> Bool
    )
        throws(RouteError) -> [Route]
    {
        [
            try route("/health") { exchange in
                reply(
                    exchange, isReady() ? 200 : 503, "text/plain",
                    isReady() ? "healthy" : "draining")
            },
            try route("/healthz") { exchange in
                let states = registry().filter(\.config.enabled).map {
                    ($0.name, JSONValue.string($0.state.name))
                }
                let body: JSONValue = [
                    "status": .string(isReady() ? "ok" : "draining"),
                    "plugins": .object(JSONObject(states)),
                ]
                reply(exchange, isReady() ? 200 : 503, "application/json", body.text)
            },
            try route("/readyz") { exchange in
                let waiting = registry().filter {
                    $0.config.enabled && $0.config.required && $0.state.phase != .running
                }
                let ready = isReady() && waiting.isEmpty
                let body: JSONValue = [
                    "ready": .bool(ready), "waiting_for": .array(waiting.map { .string($0.name) }),
                ]
                reply(exchange, ready ? 200 : 503, "application/json", body.text)
            },
            try route("/v1/version") { exchange in
                let body: JSONValue = [
                    "version": .string("\(Version.text)"), "server_type": "nself",
                ]
                reply(exchange, 200, "application/json", body.text)
            },
        ]
    }

    private static func route(_ pattern: String, _ answer: @escaping @Sendable (Exchange) -> Void)
        throws(RouteError) -> Route
    {
        try Route(
            method: "GET", pattern: pattern, owner: RouteOwner(answer: answer), ownerName: "host")
    }

    /// [loop]
    private static func reply(
        _ exchange: Exchange, _ status: UInt32, _ type: StaticString, _ text: String
    ) {
        let bytes = Array(text.utf8)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
        memory.copyMemory(from: bytes, byteCount: bytes.count)
        var response = nself_http_response()
        response.status = status
        response.body = nself_body_of(
            nself_buffer(
                data: memory.assumingMemoryBound(to: UInt8.self), size: bytes.count, owner: memory,
                retain: nil, release: { $0?.deallocate() }))
        "content-type".withCString { name in
            type.withUTF8Buffer { value in
                var field = nself_field(
                    name: nself_text(name),
                    value: nself_string(
                        data: UnsafeRawPointer(value.baseAddress)?.assumingMemoryBound(
                            to: CChar.self),
                        size: value.count))
                withUnsafePointer(to: &field) {
                    response.headers = nself_fields(items: $0, count: 1)
                    exchange.complete(.NSELF_STATUS_OK, nself_string(), &response)
                }
            }
        }
    }
}
