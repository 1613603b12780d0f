/// Sizes, times and numbers that a client may not exceed (E12).

import CNself
import Glibc
import Synchronization
import Testing

@testable import HostHTTP

@Suite("Limits")
struct LimitTests {
    static let milliseconds: UInt64 = 1_000_000
    private let echo = ConnectionTests.echo
    private func small(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
        var limits = HTTPLimits()
        change(&limits)
        return limits
    }
    private func monotonic() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    @Test("A body over the limit is refused by its length, and the client can read why")
    func length() throws {
        let route = TestRoute(pattern: "/up", bodyMax: 1000) { exchange, _ in
            exchange.answer(200, "\(exchange.collect().count)")
        }
        try TestServer.with([route]) { server in
            let client = try TestClient(server.port)
            client.send(
                "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
                    + String(repeating: "x", count: 1000))
            #expect(try client.answer().text == "1000")
            // All of it is sent before anything is read.
            client.send(
                "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 1500000\r\n\r\n"
                    + String(repeating: "x", count: 1_500_000))
            let answer = try client.answer()
            #expect(answer.status == 413 && answer.saysClose)
        }
    }

    @Test("A chunked body over the limit is refused while it arrives, or when a chunk announces it")
    func chunked() throws {
        let route = TestRoute(pattern: "/up", bodyMax: 1000) { exchange, _ in
            exchange.answer(200, "\(exchange.collect().count)")
        }
        try TestServer.with([route]) { server in
            let head = "POST /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            let first = try TestClient(server.port)
            first.send(
                head
                    + (0..<11).map { _ in "64\r\n" + String(repeating: "x", count: 100) + "\r\n" }
                    .joined())
            #expect(try first.answer().status == 413)
            let second = try TestClient(server.port)
            second.send(head + "7FFFFFFF\r\nhello")
            #expect(try second.answer().status == 413)
            let third = try TestClient(server.port)
            third.send(head + "3e8\r\n" + String(repeating: "x", count: 1000) + "\r\n0\r\n\r\n")
            #expect(try third.answer().text == "1000")
        }
    }

    @Test("Expect: 100-continue is answered after the route has been asked")
    func expectation() throws {
        let route = TestRoute(pattern: "/up", bodyMax: 10) { exchange, _ in
            exchange.answer(200, .owned(exchange.collect()))
        }
        try TestServer.with([route]) { server in
            let client = try TestClient(server.port)
            client.send(
                "POST /up HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try client.answer().status == 100)
            client.send("hello")
            #expect(try client.answer().text == "hello")
            client.send(
                "POST /up HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n"
            )
            let large = try client.answer()
            #expect(large.status == 413 && large.saysClose)
            let missing = try TestClient(server.port).request(
                "POST /no HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(missing.status == 404)
            let old = try TestClient(server.port)
            old.send("POST /up HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi")
            #expect(try old.answer().text == "hi")
            let odd = try TestClient(server.port).request(
                "POST /up HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n")
            #expect(odd.status == 417)
        }
    }

    @Test("A body nobody reads is dropped when it is small, else the connection ends")
    func unread() throws {
        try TestServer.with([echo]) { server in
            let client = try TestClient(server.port)
            let smuggled = ConnectionTests.get("/echo?smuggled")
            client.send(
                "POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: \(smuggled.utf8.count)\r\n\r\n\(smuggled)"
            )
            #expect(try client.answer().status == 404)
            client.send("POST /none HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            #expect(try client.answer().status == 404)
            client.send(
                String(smuggled.utf8.count, radix: 16) + "\r\n\(smuggled)\r\n0\r\n\r\n"
                    + ConnectionTests.get("/echo?next"))
            #expect(try client.answer().text == "GET next ")
            client.send("POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.status == 404 && answer.saysClose)
        }
    }

    @Test("A refusal reaches a client that goes on sending, also when it asked for the end itself")
    func refusalIsNotLost() throws {
        try TestServer.with([echo]) { server in
            for _ in 0..<20 {
                let client = try TestClient(server.port)
                client.send(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: gzip\r\n\r\n"
                )
                usleep(2_000)
                client.send(String(repeating: "x", count: 10_000))
                usleep(1_000)
                client.send("y")
                #expect(try client.answer().status == 501)
            }
        }
    }

    @Test("Memory of bodies that are being collected is limited over all connections")
    func collected() throws {
        let limits = small { $0.collectedBytesMax = 100_000 }
        try TestServer.with([echo], limits: limits) { server in
            let clients = try (0..<2).map { _ in try TestClient(server.port) }
            let part = String(repeating: "x", count: 60_000)
            for client in clients {
                client.send(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n" + part)
            }
            let statuses = try clients.map { client -> Int in
                client.send(String(repeating: "x", count: 30_000))
                return try client.answer().status
            }
            #expect(statuses.contains(503))
            #expect(server.eventually { $0.front.collectedBytes == 0 })
            #expect(
                try TestClient(server.port).request(ConnectionTests.post("ok")).text == "POST  ok")
        }
    }

    @Test("A body that was handed over no longer counts: many small ones pass under a small limit")
    func collectedOneByOne() throws {
        let limits = small { $0.collectedBytesMax = 20_000 }
        try TestServer.with([echo], limits: limits) { server in
            let client = try TestClient(server.port)
            for number in 0..<50 {
                let answer = try client.request(ConnectionTests.post("body \(number)"))
                #expect(answer.status == 200)
            }
            #expect(server.eventually { $0.front.collectedBytes == 0 })
        }
    }

    @Test("The deadline of a head is absolute, the first and any later one")
    func headTime() throws {
        let limits = small { $0.headTimeout = 300 * Self.milliseconds }
        try TestServer.with([echo], limits: limits) { server in
            for earlier in [0, 1] {
                let client = try TestClient(server.port)
                for _ in 0..<earlier {
                    #expect(try client.request(ConnectionTests.get()).status == 200)
                }
                let start = monotonic()
                client.send("GET /echo HTTP/1.1\r\nHost: a\r\n")
                while monotonic() - start < 3_000 * Self.milliseconds, client.send("X-A: b\r\n") {
                    usleep(50_000)
                    if server.lines.withLock({ $0.last?.status == 408 }) { break }
                }
                #expect(try client.answer().status == 408)
                let took = monotonic() - start
                #expect(took > 250 * Self.milliseconds && took < 2_000 * Self.milliseconds)
                server.lines.withLock { $0.removeAll() }
            }
        }
    }

    @Test("A body that stalls or drips is cut off", arguments: [false, true])
    func bodyTime(_ drips: Bool) throws {
        let limits = small {
            $0.bodyIdleTimeout = 1_000 * Self.milliseconds
            $0.bodyRateMin = 100
        }
        try TestServer.with([echo], limits: limits) { server in
            let client = try TestClient(server.port)
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nstart")
            let start = monotonic()
            while drips, monotonic() - start < 4_000 * Self.milliseconds, client.send("x") {
                usleep(100_000)
                if server.lines.withLock({ $0.last?.status == 408 }) { break }
            }
            #expect(try client.answer().status == 408)
            #expect(monotonic() - start < 3_000 * Self.milliseconds)
        }
    }

    @Test("An idle connection ends after its time, without a word")
    func idle() throws {
        let limits = small { $0.keepAliveTimeout = 200 * Self.milliseconds }
        try TestServer.with([echo], limits: limits) { server in
            let client = try TestClient(server.port)
            #expect(try client.request(ConnectionTests.get()).status == 200)
            let start = monotonic()
            #expect(try client.isClosed())
            #expect(monotonic() - start > 150 * Self.milliseconds)
        }
    }

    @Test(
        "A request that is not answered in time gets 504, its handler is told, its late answer is dropped"
    )
    func requestTime() throws {
        let slow = TestRoute(pattern: "/slow", timeout: 200 * Self.milliseconds) {
            exchange, server in server.held.append(exchange)
        }
        try TestServer.with([echo, slow]) { server in
            let counter = ReleaseCounter()
            let client = try TestClient(server.port)
            let answer = try client.request(ConnectionTests.get("/slow"))
            #expect(answer.status == 504 && answer.saysClose)
            #expect(server.cancelledCount.load(ordering: .relaxed) == 1)
            // Its memory is still there.
            #expect(server.onLoop { $0.held[0].path } == "/slow")
            server.onLoop { $0.held.removeFirst().answer(200, .owned("late", counter)) }
            #expect(counter.value == 1)
            #expect(try TestClient(server.port).request(ConnectionTests.get()).status == 200)
        }
    }

    @Test("A client that goes away is noticed while its request runs")
    func cancelled() throws {
        let slow = TestRoute(pattern: "/slow") { exchange, server in server.held.append(exchange) }
        let limits = small { $0.halfCloseTimeout = 100 * Self.milliseconds }
        try TestServer.with([slow], limits: limits) { server in
            do {
                let client = try TestClient(server.port)
                client.send(ConnectionTests.get("/slow"))
                #expect(server.eventually { $0.held.count == 1 })
            }
            #expect(server.eventually { $0.cancelledCount.load(ordering: .relaxed) == 1 })
            server.onLoop { $0.held.removeFirst().fail(.NSELF_STATUS_CANCELLED) }
            #expect(server.eventually { $0.front.counters.connectionsActive == 0 })
        }
    }

    @Test("More connections than allowed are told so and closed")
    func connections() throws {
        let limits = small { $0.connectionsMax = 2 }
        try TestServer.with([echo], limits: limits) { server in
            let first = try TestClient(server.port)
            let second = try TestClient(server.port)
            #expect(try first.request(ConnectionTests.get()).status == 200)
            #expect(try second.request(ConnectionTests.get()).status == 200)
            let answer = try TestClient(server.port).answer()
            #expect(answer.status == 503 && answer.body.count == 83)
            #expect(server.onLoop { $0.front.counters.connectionsRefused } == 1)
        }
    }

    @Test("Answers that nobody reads stop the reading of further requests")
    func pipeliningFlood() throws {
        try TestServer.with([echo]) { server in
            let client = try TestClient(server.port, receiveBuffer: 4096)
            var limit = timeval(tv_sec: 0, tv_usec: 300_000)
            setsockopt(
                client.descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit,
                socklen_t(MemoryLayout<timeval>.size))
            let request = ConnectionTests.get("/echo?" + String(repeating: "y", count: 4000))
            var sent = 0
            while sent < 10_000, client.send(request) { sent += 1 }
            #expect(sent < 10_000)
            #expect(server.onLoop { $0.front.counters.requestsActive } <= 1)
        }
    }

    @Test("E17: a drain lets requests finish, ends idle connections and takes no new ones")
    func drain() throws {
        let slow = TestRoute(pattern: "/slow") { exchange, server in server.held.append(exchange) }
        try TestServer.with([echo, slow]) { server in
            let idle = try TestClient(server.port)
            #expect(try idle.request(ConnectionTests.get()).status == 200)
            let busy = try TestClient(server.port)
            busy.send(ConnectionTests.get("/slow"))
            let upload = try TestClient(server.port)
            upload.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello")
            #expect(
                server.eventually { $0.held.count == 1 && $0.front.counters.requestsActive == 2 })
            let done = DispatchLatch()
            let deadline = monotonic() + 10_000 * Self.milliseconds
            server.onLoop { $0.front.drain(deadline: deadline) { done.open() } }
            #expect(try idle.isClosed())
            #expect(throws: ClientError.self) {
                try TestClient(server.port).request(ConnectionTests.get())
            }
            upload.send("world")
            let uploaded = try upload.answer()
            #expect(uploaded.text == "POST  helloworld" && uploaded.saysClose)
            server.onLoop { $0.held.removeFirst().answer(200, "done") }
            let answer = try busy.answer()
            #expect(answer.text == "done" && answer.saysClose)
            busy.endSending()
            upload.endSending()
            done.wait()
        }
    }

    @Test("E17: a request that has arrived when the drain begins is answered")
    func drainAnswersWhatIsThere() throws {
        try TestServer.with([echo]) { server in
            let fresh = try TestClient(server.port)
            let used = try TestClient(server.port)
            #expect(try used.request(ConnectionTests.get()).status == 200)
            #expect(server.eventually { $0.front.counters.connectionsActive == 2 })
            let deadline = monotonic() + 10_000 * Self.milliseconds
            let busy = DispatchLatch()
            server.loop.post {
                busy.open()
                usleep(100_000)
                server.front.drain(deadline: deadline) {}
            }
            busy.wait()
            for client in [fresh, used] { client.send(ConnectionTests.get("/echo?last")) }
            for client in [fresh, used] {
                let answer = try client.answer()
                #expect(answer.text == "GET last " && answer.saysClose)
            }
        }
    }

    @Test("A drain ends what is left at its deadline")
    func drainDeadline() throws {
        let slow = TestRoute(pattern: "/slow") { exchange, server in server.held.append(exchange) }
        try TestServer.with([slow]) { server in
            let client = try TestClient(server.port)
            client.send(ConnectionTests.get("/slow"))
            #expect(server.eventually { $0.held.count == 1 })
            let done = DispatchLatch()
            let deadline = monotonic() + 200 * Self.milliseconds
            server.onLoop { $0.front.drain(deadline: deadline) { done.open() } }
            done.wait()
            #expect(server.cancelledCount.load(ordering: .relaxed) == 1)
            server.onLoop { $0.held.removeFirst().fail(.NSELF_STATUS_CANCELLED) }
        }
    }
}
