/// Bodies that are larger than memory should be: streams both ways, files, back-pressure.

import CNself
import Glibc
import HostCore
import Synchronization
import Testing

@testable import HostHTTP

/// A response body that counts what is asked of it.
final class TestStream: @unchecked Sendable {  // on the loop, but for its counters
    let pieces: Int
    let pieceBytes: Int
    /// Answers reads from a thread of its own.
    let elsewhere: Bool
    /// Fails instead of giving this piece.
    let failsAt: Int
    let given = Atomic<Int>(0)
    let closed = Atomic<Int>(0)
    let released = ReleaseCounter()

    init(pieces: Int, pieceBytes: Int, elsewhere: Bool = false, failsAt: Int = -1) {
        self.pieces = pieces
        self.pieceBytes = pieceBytes
        self.elsewhere = elsewhere
        self.failsAt = failsAt
    }

    func body(size: UInt64 = .max) -> nself_body {
        var body = nself_body()
        body.kind = .NSELF_BODY_STREAM
        body.size = size
        body.reader = nself_reader(
            context: Unmanaged.passRetained(self).toOpaque(), ops: TestStream.table)
        return body
    }

    private func read(_ context: UnsafeMutableRawPointer?, _ done: @escaping nself_read_done) {
        guard elsewhere else { return give(context, done) }
        let job = Job(self, context, done)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { job in
                Unmanaged<Job>.fromOpaque(job!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(job).toOpaque())
        pthread_detach(thread)
    }
    fileprivate func give(_ context: UnsafeMutableRawPointer?, _ done: nself_read_done) {
        let index = given.load(ordering: .relaxed)
        if index == failsAt { return done(context, .NSELF_STATUS_INTERNAL, nil) }
        guard index < pieces else { return done(context, .NSELF_STATUS_OK, nil) }
        given.wrappingAdd(1, ordering: .relaxed)
        var piece = nself_buffer.owned(
            [UInt8](repeating: UInt8(ascii: "a") + UInt8(index % 26), count: pieceBytes), released)
        done(context, .NSELF_STATUS_OK, &piece)
    }
    private final class Job {
        let stream: TestStream
        let context: UnsafeMutableRawPointer?
        let done: nself_read_done
        init(
            _ stream: TestStream, _ context: UnsafeMutableRawPointer?,
            _ done: @escaping nself_read_done
        ) {
            (self.stream, self.context, self.done) = (stream, context, done)
        }
        func run() { stream.give(context, done) }
    }
    nonisolated(unsafe) private static let table: UnsafePointer<nself_reader_ops> = {
        let table = UnsafeMutablePointer<nself_reader_ops>.allocate(capacity: 1)
        table.initialize(to: nself_reader_ops())
        table.pointee.struct_size = UInt32(MemoryLayout<nself_reader_ops>.size)
        table.pointee.read = { stream, _, context, done in
            Unmanaged<TestStream>.fromOpaque(stream!).takeUnretainedValue().read(context, done!)
        }
        table.pointee.close = { stream in
            Unmanaged<TestStream>.fromOpaque(stream!).takeRetainedValue().closed.wrappingAdd(
                1, ordering: .relaxed)
        }
        return UnsafePointer(table)
    }()
}

/// Reads a streamed request body when told to. [loop]
final class TestReader: @unchecked Sendable {  // on the loop, but for its counters
    let bytes = Atomic<Int>(0)
    let status = Mutex<nself_status?>(nil)
    private var reader = nself_reader()
    private var exchange: Exchange?
    /// Reads again after each piece.
    var isEager = true

    func begin(_ exchange: Exchange) {
        let body = exchange.takeBody()
        precondition(body.kind == .NSELF_BODY_STREAM)
        self.exchange = exchange
        reader = body.reader
        if isEager { read() }
    }
    func read(_ most: Int = 65_536) {
        reader.ops.pointee.read(reader.context, most, Unmanaged.passUnretained(self).toOpaque()) {
            context, status, chunk in
            let reader = Unmanaged<TestReader>.fromOpaque(context!).takeUnretainedValue()
            let size = chunk?.pointee.size ?? 0
            nself_buffer_release(chunk)
            reader.took(status, chunk == nil, size)
        }
    }
    private func took(_ status: nself_status, _ isEnd: Bool, _ size: Int) {
        if status == .NSELF_STATUS_OK, !isEnd {
            bytes.wrappingAdd(size, ordering: .relaxed)
            if isEager { read() }
            return
        }
        self.status.withLock { $0 = status }
        nself_reader_close(reader)
        if status == .NSELF_STATUS_OK {
            exchange?.answer(200, "\(bytes.load(ordering: .relaxed))")
        } else {
            exchange?.fail(status, "reader failed")
        }
        exchange = nil
    }
    func close() { nself_reader_close(reader) }
    func answerNow() {
        exchange?.answer(200, "early")
        exchange = nil
    }
}

@Suite("Streams")
struct StreamTests {
    static let streamFlags: nself_route_flags = [.NSELF_ROUTE_ANONYMOUS, .NSELF_ROUTE_STREAM]

    private func streaming(_ stream: TestStream, size: UInt64 = .max) -> TestRoute {
        TestRoute(pattern: "/s") { exchange, _ in exchange.answer(200, stream.body(size: size)) }
    }
    private func uploading(_ reader: TestReader, bodyMax: UInt64 = 1 << 40) -> TestRoute {
        TestRoute(pattern: "/u", flags: Self.streamFlags, bodyMax: bodyMax) { exchange, _ in
            reader.begin(exchange)
        }
    }

    @Test("A stream of unknown length is chunked, from any thread", arguments: [false, true])
    func chunked(_ elsewhere: Bool) throws {
        let stream = TestStream(pieces: 20, pieceBytes: 3000, elsewhere: elsewhere)
        try TestServer.with([streaming(stream)]) { server in
            let client = try TestClient(server.port)
            let answer = try client.request(ConnectionTests.get("/s"))
            #expect(answer.header("transfer-encoding") == "chunked" && answer.body.count == 60_000)
            #expect(
                answer.body.first == UInt8(ascii: "a") && answer.body[3000] == UInt8(ascii: "b"))
            #expect(try client.request("HEAD /s HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD").status == 200)
            #expect(server.eventually { _ in stream.closed.load(ordering: .relaxed) == 2 })
        }
    }

    @Test("HTTP/1.0 gets a stream until the connection ends")
    func oldVersion() throws {
        let stream = TestStream(pieces: 3, pieceBytes: 10)
        try TestServer.with([streaming(stream)]) { server in
            let answer = try TestClient(server.port).request(
                "GET /s HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(
                answer.header("transfer-encoding") == nil && answer.body.count == 30
                    && answer.saysClose)
        }
    }

    @Test(
        "A stream that keeps its promised length keeps the connection, one that breaks it does not",
        arguments: [(30, true), (29, false), (31, false)])
    func promisedLength(_ size: Int, _ isKept: Bool) throws {
        let stream = TestStream(pieces: 3, pieceBytes: 10)
        try TestServer.with([streaming(stream, size: UInt64(size)), ConnectionTests.echo]) {
            server in
            let client = try TestClient(server.port)
            client.send(ConnectionTests.get("/s"))
            if isKept {
                #expect(try client.answer().body.count == 30)
                #expect(try client.request(ConnectionTests.get()).status == 200)
            } else {
                #expect(throws: ClientError.self) { try client.answer() }
            }
            #expect(server.eventually { _ in stream.closed.load(ordering: .relaxed) == 1 })
        }
    }

    @Test("A stream that fails ends the connection without an end of the body")
    func failing() throws {
        let stream = TestStream(pieces: 5, pieceBytes: 10, failsAt: 2)
        try TestServer.with([streaming(stream)]) { server in
            let client = try TestClient(server.port)
            client.send(ConnectionTests.get("/s"))
            #expect(throws: ClientError.self) { try client.answer() }
            #expect(
                server.eventually {
                    $0.front.counters.answersLost == 1
                        && stream.closed.load(ordering: .relaxed) == 1
                })
        }
    }

    @Test("A slow reader holds the stream back; when it leaves, the stream is closed")
    func slowReader() throws {
        let stream = TestStream(pieces: 10_000, pieceBytes: 64_000)
        try TestServer.with([streaming(stream)]) { server in
            do {
                let client = try TestClient(server.port, receiveBuffer: 4096)
                client.send(ConnectionTests.get("/s"))
                #expect(server.eventually { _ in stream.given.load(ordering: .relaxed) > 3 })
                usleep(200_000)
                let given = stream.given.load(ordering: .relaxed)
                usleep(200_000)
                #expect(stream.given.load(ordering: .relaxed) == given)
                // The kernel's send buffer and our limit, not the 640 MB of the stream.
                #expect(given < 200)
                client.reset()
            }
            #expect(server.eventually { _ in stream.closed.load(ordering: .relaxed) == 1 })
            #expect(server.eventually { $0.front.counters.connectionsActive == 0 })
            let given = stream.given.load(ordering: .relaxed)
            #expect(stream.released.value == given)
        }
    }

    @Test("Pieces of an answer arrive as one, and each is released once")
    func pieces() throws {
        let large = [UInt8](repeating: 0x7A, count: 300_000)
        let counter = ReleaseCounter()
        let route = TestRoute(pattern: "/p") { exchange, _ in
            let more = UnsafeMutablePointer<nself_buffer>.allocate(capacity: 3)
            more[0] = .owned(large, counter)
            more[1] = nself_buffer()
            more[2] = .owned("end", counter)
            var body = nself_body_of(.owned("start", counter))
            body.more = more
            body.more_count = 3
            exchange.answer(200, body)
            more.deallocate()
        }
        try TestServer.with([route]) { server in
            let client = try TestClient(server.port)
            for _ in 0..<3 {
                let answer = try client.request(ConnectionTests.get("/p"))
                #expect(answer.body == Array("start".utf8) + large + Array("end".utf8))
            }
            #expect(server.eventually { _ in counter.value == 9 })
        }
    }

    @Test("Borrowed bytes are sent although they are gone when the handler returns")
    func borrowed() throws {
        let route = TestRoute(pattern: "/b") { exchange, _ in
            let bytes = [UInt8](repeating: 0x62, count: 500_000)
            bytes.withUnsafeBufferPointer {
                exchange.answer(
                    200,
                    nself_buffer(
                        data: $0.baseAddress, size: $0.count, owner: nil, retain: nil, release: nil)
                )
            }
        }
        try TestServer.with([route]) { server in
            let answer = try TestClient(server.port).request(ConnectionTests.get("/b"))
            #expect(answer.body == [UInt8](repeating: 0x62, count: 500_000))
        }
    }

    @Test("A part of a file is sent by the kernel, and the file is closed")
    func file() throws {
        let path = "/tmp/nself-file-test-\(getpid())"
        let content = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
        let made = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        #expect(content.withUnsafeBytes { write(made, $0.baseAddress, $0.count) } == content.count)
        defer {
            close(made)
            unlink(path)
        }
        let opened = Mutex<[Int32]>([])
        @Sendable func route(_ offset: UInt64, _ size: UInt64, _ pattern: String) -> TestRoute {
            TestRoute(pattern: pattern) { exchange, _ in
                let file = open(path, O_RDONLY)
                opened.withLock { $0.append(file) }
                var body = nself_body()
                body.kind = .NSELF_BODY_FILE
                body.file = file
                body.offset = offset
                body.size = size
                exchange.answer(200, body)
            }
        }
        try TestServer.with([
            route(0, 2_000_000, "/all"), route(1000, 500, "/part"), route(0, 2_000_100, "/short"),
            route(0, 0, "/empty"),
        ]) { server in
            let client = try TestClient(server.port)
            client.send(
                ConnectionTests.get("/all") + ConnectionTests.get("/part")
                    + ConnectionTests.get("/empty") + "HEAD /all HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.answer().body == content)
            #expect(try client.answer().body == Array(content[1000..<1500]))
            #expect(try client.answer().body.isEmpty)
            #expect(try client.answer("HEAD").header("content-length") == "2000000")
            client.send(ConnectionTests.get("/short"))
            #expect(throws: ClientError.self) { try client.answer() }
            #expect(
                server.eventually { _ in
                    opened.withLock { $0.allSatisfy { fcntl($0, F_GETFD) == -1 } }
                })
        }
    }

    @Test("An upload is read piece by piece, with a length or chunked", arguments: [false, true])
    func upload(_ chunked: Bool) throws {
        let reader = TestReader()
        try TestServer.with([uploading(reader), ConnectionTests.echo]) { server in
            let client = try TestClient(server.port)
            let content = [UInt8](repeating: 0x75, count: 3_000_000)
            if chunked {
                client.send("POST /u HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                for start in stride(from: 0, to: content.count, by: 100_000) {
                    client.send("186a0\r\n")
                    client.send(Array(content[start..<start + 100_000]))
                    client.send("\r\n")
                }
                client.send("0\r\n\r\n")
            } else {
                client.send(
                    "POST /u HTTP/1.1\r\nHost: a\r\nContent-Length: \(content.count)\r\n\r\n")
                client.send(content)
            }
            #expect(try client.answer().text == "3000000")
            #expect(try client.request(ConnectionTests.get()).status == 200)
        }
    }

    @Test("A handler that does not read holds the client back")
    func uploadPressure() throws {
        let reader = TestReader()
        reader.isEager = false
        try TestServer.with([uploading(reader)]) { server in
            let client = try TestClient(server.port)
            var limit = timeval(tv_sec: 0, tv_usec: 300_000)
            setsockopt(
                client.descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit,
                socklen_t(MemoryLayout<timeval>.size))
            client.send("POST /u HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
            let piece = [UInt8](repeating: 0x75, count: 1 << 20)
            var sent = 0
            while sent < 100, client.send(piece) { sent += 1 }
            // Kernel buffers on both sides, then silence.
            #expect(sent < 30)
            #expect(server.onLoop { $0.front.counters.bytesReceived } < 100_000)
            server.onLoop { _ in reader.read() }
            #expect(server.eventually { _ in reader.bytes.load(ordering: .relaxed) > 0 })
            #expect(reader.bytes.load(ordering: .relaxed) <= 65_536)
            server.onLoop { _ in reader.answerNow() }
            #expect(try client.answer().text == "early")
            server.onLoop { _ in reader.close() }
        }
    }

    @Test("100 Continue is sent when the handler first reads")
    func uploadContinue() throws {
        let reader = TestReader()
        try TestServer.with([uploading(reader)]) { server in
            let client = try TestClient(server.port)
            client.send(
                "POST /u HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try client.answer().status == 100)
            client.send("hello")
            #expect(try client.answer().text == "5")
        }
    }

    @Test(
        "An upload that breaks fails the reader and answers with what was wrong",
        arguments: [
            (
                "POST /u HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZ\r\n",
                400, nself_status.NSELF_STATUS_INVALID_ARGUMENT
            ),
            (
                "POST /u HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n3\r\n!!!\r\n",
                413, .NSELF_STATUS_RESOURCE_EXHAUSTED
            ),
        ])
    func brokenUpload(_ request: String, _ code: Int, _ status: nself_status) throws {
        let reader = TestReader()
        try TestServer.with([uploading(reader, bodyMax: 12)]) { server in
            let client = try TestClient(server.port)
            let answer = try client.request(request)
            #expect(answer.status == code && answer.saysClose)
            #expect(reader.status.withLock { $0 } == status)
        }
    }

    @Test("An upload whose client leaves fails the reader with CANCELLED")
    func abandonedUpload() throws {
        let reader = TestReader()
        try TestServer.with([uploading(reader)]) { server in
            do {
                let client = try TestClient(server.port)
                client.send("POST /u HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nten bytes.")
                #expect(server.eventually { _ in reader.bytes.load(ordering: .relaxed) == 10 })
            }
            #expect(
                server.eventually { _ in reader.status.withLock { $0 } == .NSELF_STATUS_CANCELLED })
            #expect(server.cancelledCount.load(ordering: .relaxed) <= 1)
        }
    }

    @Test("A reader may close early and answer; the rest is dropped or the connection ends")
    func closesEarly() throws {
        let route = TestRoute(pattern: "/u", flags: Self.streamFlags, bodyMax: 1 << 30) {
            exchange, _ in
            let body = exchange.takeBody()
            nself_reader_close(body.reader)
            exchange.answer(200, "no, thanks")
        }
        try TestServer.with([route, ConnectionTests.echo]) { server in
            let client = try TestClient(server.port)
            client.send(
                "POST /u HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n01234567890123456789"
                    + ConnectionTests.get())
            #expect(try client.answer().text == "no, thanks")
            #expect(try client.answer().status == 200)
            client.send("POST /u HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.text == "no, thanks" && answer.saysClose)
        }
    }
}
