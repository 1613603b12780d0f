/// A front on a loop of its own with handlers written as closures.

import CNself
import Glibc
import HostCore
import Synchronization

@testable import HostHTTP

/// What a test does with a request. [loop]
typealias TestHandler = @Sendable (Exchange, TestServer) -> Void

final class HandlerBox: Sendable {
    let handle: TestHandler
    init(_ handle: @escaping TestHandler) { self.handle = handle }
}

struct TestRoute {
    var method = ""
    var pattern: String
    var flags: nself_route_flags = .NSELF_ROUTE_ANONYMOUS
    var bodyMax: UInt64 = 0
    var timeout: UInt64 = 0
    var host = ""
    var handle: TestHandler
}

/// Closed by `stop`, or at the end of `with`.
final class TestServer: ExchangeHandler, AccessLogger, @unchecked Sendable {  // front: on the loop
    struct LogLine: Equatable, Sendable {
        var route: String
        var status: UInt16
    }
    let loop: Loop
    private(set) var front: Front!
    private(set) var port: UInt16 = 0
    private(set) var adminPort: UInt16 = 0
    /// Exchanges whose answer is not wanted any more.
    let cancelledCount = Atomic<Int>(0)
    let lines = Mutex<[LogLine]>([])
    /// Held back by handlers that answer later. [loop]
    var held: [Exchange] = []

    init(_ routes: [TestRoute], limits: HTTPLimits = HTTPLimits()) throws {
        loop = Loop(index: 0)
        let table = try RouteTable(TestServer.routes(routes))
        front = Front(loop: loop, handler: self, limits: limits, routes: table, accessLogger: self)
        loop.start()
        let ports = onLoop { server in
            let admin = try? server.front.listen(address: "127.0.0.1", port: 0, admin: true)
            let open = try? server.front.listen(address: "127.0.0.1", port: 0)
            return (open ?? 0, admin ?? 0)
        }
        (port, adminPort) = ports
        precondition(port != 0, "no port on 127.0.0.1")
    }

    static func routes(_ routes: [TestRoute]) throws -> [Route] {
        try routes.map {
            try Route(
                method: $0.method, pattern: $0.pattern, flags: $0.flags, bodyMax: $0.bodyMax,
                timeout: $0.timeout, host: $0.host, owner: HandlerBox($0.handle))
        }
    }

    /// Runs `body` with a server and stops it afterwards.
    static func with<Result>(
        _ routes: [TestRoute], limits: HTTPLimits = HTTPLimits(),
        _ body: (TestServer) throws -> Result
    ) throws -> Result {
        let server = try TestServer(routes, limits: limits)
        defer { server.stop() }
        return try body(server)
    }

    func stop() {
        onLoop { $0.front.shutDown() }
        loop.stop()
        loop.join()
    }

    /// Runs `body` on the loop and waits for its result.
    @discardableResult
    func onLoop<Result: Sendable>(_ body: @escaping @Sendable (TestServer) -> Result) -> Result {
        let result = Mutex<Result?>(nil)
        let done = DispatchLatch()
        loop.post { [self] in
            let value = body(self)
            result.withLock { $0 = value }
            done.open()
        }
        done.wait()
        return result.withLock { $0! }
    }

    /// Waits until `condition` holds on the loop; false after five seconds.
    func eventually(_ condition: @escaping @Sendable (TestServer) -> Bool) -> Bool {
        for _ in 0..<500 {
            if onLoop(condition) { return true }
            usleep(10_000)
        }
        return false
    }

    // MARK: ExchangeHandler

    func handle(_ exchange: Exchange) {
        guard let owner = exchange.route.owner as? HandlerBox else { return exchange.answer(500) }
        owner.handle(exchange, self)
    }
    func cancelled(_ exchange: Exchange) { cancelledCount.wrappingAdd(1, ordering: .relaxed) }
    func log(_ exchange: Exchange, status: UInt16, bytesSent: UInt64, duration: UInt64) {
        let line = LogLine(route: exchange.route.template, status: status)
        lines.withLock { $0.append(line) }
    }
}

/// Opened once, waited for by one.
final class DispatchLatch: @unchecked Sendable {  // a semaphore is for many threads
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    init() { sem_init(semaphore, 0, 0) }
    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }
    func open() { sem_post(semaphore) }
    func wait() { while sem_wait(semaphore) != 0 {} }
}

extension Exchange {
    /// Answers with text and headers; the body is released unread.
    func answer(_ status: UInt32 = 200, _ text: String = "", headers: [(String, String)] = []) {
        var body = takeBody()
        nself_body_release(&body)
        answer(status, .owned(text), headers: headers)
    }
    func answer(_ status: UInt32, _ body: nself_body, headers: [(String, String)] = []) {
        withFields(headers) { fields in
            var response = nself_http_response()
            response.status = status
            response.headers = fields
            response.body = body
            complete(.NSELF_STATUS_OK, nself_string(), &response)
        }
    }
    func answer(_ status: UInt32, _ buffer: nself_buffer, headers: [(String, String)] = []) {
        answer(status, nself_body_of(buffer), headers: headers)
    }
    func fail(_ status: nself_status, _ message: String = "") {
        withText(message) { complete(status, $0, nil) }
    }
    /// The body of a route without STREAM, as bytes.
    func collect() -> [UInt8] {
        var body = takeBody()
        defer { nself_body_release(&body) }
        guard body.kind == .NSELF_BODY_BUFFER else { return [] }
        return Array(UnsafeBufferPointer(start: body.buffer.data, count: body.buffer.size))
    }
    var path: String { text(request.pointee.path) }
    var query: String { text(request.pointee.query) }
    var headers: [(String, String)] { pairs(request.pointee.headers) }
    var parameters: [(String, String)] { pairs(request.pointee.parameters) }
    func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }
}

func text(_ string: nself_string) -> String {
    String(
        decoding: UnsafeRawBufferPointer(start: string.data, count: string.size), as: UTF8.self)
}
private func pairs(_ fields: nself_fields) -> [(String, String)] {
    (0..<fields.count).map { (text(fields.items[$0].name), text(fields.items[$0].value)) }
}
func withText<Result>(_ value: String, _ body: (nself_string) -> Result) -> Result {
    let bytes = Array(value.utf8)
    return bytes.withUnsafeBytes {
        body(
            nself_string(data: $0.baseAddress?.assumingMemoryBound(to: CChar.self), size: $0.count))
    }
}
func withFields(_ pairs: [(String, String)], _ body: (nself_fields) -> Void) {
    var storage: [UnsafeMutablePointer<CChar>] = []
    let fields = UnsafeMutablePointer<nself_field>.allocate(capacity: max(1, pairs.count))
    func lend(_ text: String) -> nself_string {
        let bytes = Array(text.utf8)
        let memory = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
        for (index, byte) in bytes.enumerated() { memory[index] = CChar(bitPattern: byte) }
        storage.append(memory)
        return nself_string(data: memory, size: bytes.count)
    }
    for (index, pair) in pairs.enumerated() {
        fields[index] = nself_field(name: lend(pair.0), value: lend(pair.1))
    }
    body(nself_fields(items: fields, count: pairs.count))
    for memory in storage { memory.deallocate() }
    fields.deallocate()
}

/// Counts the releases of the buffers it is given to.
final class ReleaseCounter: Sendable {
    let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
}

extension nself_buffer {
    static func owned(_ text: String, _ counter: ReleaseCounter? = nil) -> nself_buffer {
        owned(Array(text.utf8), counter)
    }
    static func owned(_ bytes: [UInt8], _ counter: ReleaseCounter? = nil) -> nself_buffer {
        let memory = OwnedMemory(bytes, counter)
        return nself_buffer(
            data: UnsafePointer(memory.base), size: bytes.count,
            owner: Unmanaged.passRetained(memory).toOpaque(), retain: nil,
            release: { owner in
                if let owner { Unmanaged<OwnedMemory>.fromOpaque(owner).release() }
            })
    }
}
private final class OwnedMemory {
    let base: UnsafeMutablePointer<UInt8>
    private let counter: ReleaseCounter?
    init(_ bytes: [UInt8], _ counter: ReleaseCounter?) {
        base = .allocate(capacity: max(1, bytes.count))
        base.initialize(from: bytes, count: bytes.count)
        self.counter = counter
    }
    deinit {
        base.deallocate()
        counter?.count.wrappingAdd(1, ordering: .relaxed)
    }
}
