/// Requests and answers over real sockets: order, framing, persistence, errors.

import CNself
import Glibc
import Synchronization
import Testing

@testable import HostHTTP

@Suite("Connections")
struct ConnectionTests {
    static let echo = TestRoute(pattern: "/echo", bodyMax: 1 << 20) { exchange, _ in
        let body = exchange.collect()
        let query = exchange.query
        exchange.answer(
            200, .owned(Array("\(text(exchange.request.pointee.method)) \(query) ".utf8) + body),
            headers: [("content-type", "text/plain")])
    }
    static func get(_ target: String = "/echo", _ fields: String = "", version: String = "1.1")
        -> String
    {
        "GET \(target) HTTP/\(version)\r\nHost: x.test\r\n\(fields)\r\n"
    }
    static func post(_ body: String, _ target: String = "/echo") -> String {
        "POST \(target) HTTP/1.1\r\nHost: x.test\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test("A connection serves many requests, and says nothing of it in HTTP/1.1")
    func keepAlive() throws {
        try TestServer.with([Self.echo]) { server in
            let client = try TestClient(server.port)
            for index in 0..<20 {
                let answer = try client.request(Self.get("/echo?n=\(index)"))
                #expect(
                    answer.status == 200 && answer.text == "GET n=\(index) " && !answer.saysClose)
                #expect(answer.header("server") == "nself")
                #expect(answer.header("date")?.hasSuffix(" GMT") == true)
                #expect(answer.header("x-request-id")?.count == 16)
            }
            #expect(server.onLoop { $0.front.counters.connectionsAccepted } == 1)
        }
    }

    @Test("Pipelined requests are answered in order, bodies between them")
    func pipelining() throws {
        try TestServer.with([Self.echo]) { server in
            let client = try TestClient(server.port)
            let chunked =
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nthree\r\n0\r\n\r\n"
            client.send(
                Self.post("one") + Self.get("/echo?two") + chunked + Self.post("four") + "\r\n"
                    + Self.get("/echo?five"))
            let texts = try (0..<5).map { _ in try client.answer().text }
            #expect(texts == ["POST  one", "GET two ", "POST  three", "POST  four", "GET five "])
            let many = 400
            client.send((0..<many).map { Self.get("/echo?p=\($0)") }.joined())
            for index in 0..<many { #expect(try client.answer().text == "GET p=\(index) ") }
        }
    }

    @Test("A pipelined request waits until the one before it has been answered, however late")
    func order() throws {
        let late = TestRoute(pattern: "/late") { exchange, server in server.held.append(exchange) }
        try TestServer.with([Self.echo, late]) { server in
            let client = try TestClient(server.port)
            client.send(Self.get("/late") + Self.get("/echo?after"))
            #expect(server.eventually { $0.held.count == 1 })
            server.onLoop { $0.held.removeFirst().answer(200, "late") }
            #expect(try client.answer().text == "late")
            #expect(try client.answer().text == "GET after ")
        }
    }

    @Test(
        "Close and keep-alive are honoured in both versions",
        arguments: [
            ("1.1", "", false, ""), ("1.1", "Connection: close\r\n", true, "close"),
            ("1.1", "Connection: foo, Close\r\n", true, "close"),
            ("1.1", "Connection: x\r\nConnection: close\r\n", true, "close"),
            ("1.0", "", true, "close"),
            ("1.0", "Connection: keep-alive\r\n", false, "keep-alive"),
            ("1.0", "Connection: keep-alive, close\r\n", true, "close"),
        ])
    func persistence(_ version: String, _ fields: String, _ closes: Bool, _ says: String) throws {
        try TestServer.with([Self.echo]) { server in
            let client = try TestClient(server.port)
            let answer = try client.request(Self.get("/echo", fields, version: version))
            #expect(answer.status == 200 && answer.header("connection") ?? "" == says)
            if closes {
                #expect(try client.isClosed())
            } else {
                #expect(
                    try client.request(Self.get("/echo", fields, version: version)).status == 200)
            }
        }
    }

    @Test("HEAD has the headers of GET and no body")
    func head() throws {
        let text = TestRoute(method: "GET", pattern: "/text") { exchange, _ in
            exchange.answer(200, "hello")
        }
        let own = TestRoute(method: "HEAD", pattern: "/own") { exchange, _ in
            exchange.answer(200, nself_body(), headers: [("content-length", "12345")])
        }
        try TestServer.with([Self.echo, text, own]) { server in
            let client = try TestClient(server.port)
            client.send(
                "HEAD /text HTTP/1.1\r\nHost: x\r\n\r\nHEAD /none HTTP/1.1\r\nHost: x\r\n\r\nHEAD /own HTTP/1.1\r\nHost: x\r\n\r\n"
                    + Self.get())
            #expect(try client.answer("HEAD").header("content-length") == "5")
            #expect(try client.answer("HEAD").status == 404)
            #expect(try client.answer("HEAD").header("content-length") == "12345")
            #expect(try client.answer().text == "GET  ")
        }
    }

    @Test("204 and 304 have no content, 304 may name its length")
    func noContent() throws {
        let route = TestRoute(pattern: "/n/{status}") { exchange, _ in
            let status = UInt32(exchange.parameters[0].1) ?? 500
            exchange.answer(status, status == 204 ? "dropped" : "", headers: [("etag", "\"a\"")])
        }
        try TestServer.with([route]) { server in
            let client = try TestClient(server.port)
            client.send(Self.get("/n/204") + Self.get("/n/304") + Self.get("/n/200"))
            let first = try client.answer()
            #expect(first.status == 204 && first.header("content-length") == nil)
            let second = try client.answer()
            #expect(second.status == 304 && second.header("etag") == "\"a\"")
            #expect(try client.answer().header("content-length") == "0")
        }
    }

    @Test(
        "Errors of the front are JSON with the request's id, and the connection lives on when it can"
    )
    func errors() throws {
        let only = TestRoute(method: "PUT", pattern: "/only") { exchange, _ in exchange.answer() }
        try TestServer.with([Self.echo, only]) { server in
            let client = try TestClient(server.port)
            let missing = try client.request(Self.get("/none", "X-Request-Id: my-id\r\n"))
            #expect(missing.status == 404 && missing.header("content-type") == "application/json")
            #expect(
                missing.text
                    == #"{"error":"not_found","message":"no such route","status":404,"requestId":"my-id"}"#
            )
            #expect(missing.header("x-request-id") == "my-id")
            let wrong = try client.request(Self.get("/only"))
            #expect(wrong.status == 405 && wrong.header("allow") == "PUT")
            #expect(try client.request(Self.get("/%zz")).status == 400)
            #expect(try client.request(Self.get()).status == 200)
            let broken = try client.request(Self.get("/echo", "Bad Header\r\n"))
            #expect(broken.status == 400 && broken.saysClose)
            #expect(try client.isClosed())
            #expect(server.onLoop { $0.front.counters.refused(.spaceBeforeColon) } == 1)
        }
    }

    @Test(
        "E15: after a refusal nothing that follows is served", arguments: HTTP1ParserTests.framing)
    func noSmuggling(_ vector: HTTP1ParserTests.Refused) throws {
        try TestServer.with([Self.echo]) { server in
            let client = try TestClient(server.port)
            client.send(vector.head + Array(("0\r\n\r\n" + Self.get("/echo?smuggled")).utf8))
            let answer = try client.answer()
            #expect([400, 501].contains(answer.status) && answer.saysClose)
            #expect(try client.isClosed())
        }
    }

    @Test("A handler's status becomes an error answer; what went wrong inside stays inside")
    func statuses() throws {
        let route = TestRoute(pattern: "/fail/{status}") { exchange, _ in
            let status =
                nself_status(rawValue: Int32(exchange.parameters[0].1) ?? 0)
                ?? .NSELF_STATUS_UNKNOWN
            exchange.fail(status, "say \"this\"")
        }
        try TestServer.with([route]) { server in
            let client = try TestClient(server.port)
            for (status, code, shows) in [
                (3, 400, true), (5, 404, true), (6, 409, true), (7, 403, true), (8, 429, true),
                (9, 412, true),
                (12, 501, false), (13, 500, false), (14, 503, false), (15, 500, false),
                (16, 401, true), (99, 500, false),
            ] {
                let answer = try client.request(Self.get("/fail/\(status)"))
                #expect(answer.status == code)
                #expect(answer.text.contains(#"say \"this\""#) == shows)
                if code == 401 { #expect(answer.header("www-authenticate") == "Bearer") }
            }
        }
    }

    @Test("E22: a route that is not anonymous is refused while nobody can sign in")
    func notAnonymous() throws {
        let route = TestRoute(pattern: "/private", flags: []) { exchange, _ in
            exchange.answer(200, "secret")
        }
        let socket = TestRoute(
            pattern: "/ws", flags: [.NSELF_ROUTE_ANONYMOUS, .NSELF_ROUTE_WEBSOCKET]
        ) {
            exchange, _ in exchange.answer(200, "no socket")
        }
        try TestServer.with([route, socket]) { server in
            let client = try TestClient(server.port)
            let answer = try client.request(Self.get("/private"))
            #expect(answer.status == 401 && answer.header("www-authenticate") == "Bearer")
            #expect(try client.request(Self.get("/ws")).status == 501)
        }
    }

    @Test(
        "E15: a handler cannot split the answer",
        arguments: [
            "a\r\nX-Injected: yes", "a\nb", "a\rb", "a\u{0}b", "\u{7F}",
        ])
    func splitting(_ value: String) throws {
        let route = TestRoute(pattern: "/set") { exchange, _ in
            exchange.answer(200, "x", headers: [("x-echo", value)])
        }
        let name = TestRoute(pattern: "/name") { exchange, _ in
            exchange.answer(200, "x", headers: [(value, "v")])
        }
        try TestServer.with([route, name]) { server in
            let client = try TestClient(server.port)
            for target in ["/set", "/name"] {
                let answer = try client.request(Self.get(target))
                #expect(answer.status == 500 && answer.header("x-injected") == nil)
            }
        }
    }

    @Test("Fields that only the front can get right are the front's")
    func ownFields() throws {
        let route = TestRoute(pattern: "/x") { exchange, _ in
            exchange.answer(
                200, "hello",
                headers: [
                    ("Content-Length", "99"), ("Transfer-Encoding", "chunked"),
                    ("Connection", "close"), ("Date", "never"),
                    ("Keep-Alive", "1"), ("X-Mine", "kept"),
                ])
        }
        try TestServer.with([route]) { server in
            let client = try TestClient(server.port)
            let answer = try client.request(Self.get("/x"))
            #expect(
                answer.text == "hello" && answer.header("x-mine") == "kept" && !answer.saysClose)
            #expect(answer.header("keep-alive") == nil && answer.header("date") != "never")
            #expect(answer.headers.filter { $0.name == "content-length" }.count == 1)
            #expect(try client.request(Self.get("/x")).text == "hello")
        }
    }

    @Test("Trace context goes in as parent and comes out as our span")
    func trace() throws {
        let route = TestRoute(pattern: "/t") { exchange, _ in
            exchange.answer(200, exchange.isTraced ? "traced" : "not")
        }
        try TestServer.with([route]) { server in
            let client = try TestClient(server.port)
            let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let answer = try client.request(Self.get("/t", "traceparent: \(parent)\r\n"))
            let own = try #require(answer.header("traceparent"))
            #expect(
                answer.text == "traced" && own.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                    && own.hasSuffix("-01"))
            #expect(own != parent)
            let plain = try client.request(Self.get("/t"))
            #expect(plain.text == "not" && plain.header("traceparent") == nil)
            let twice = try client.request(
                Self.get("/t", "traceparent: \(parent)\r\ntraceparent: \(parent)\r\n"))
            #expect(twice.text == "not")
        }
    }

    @Test("Handlers see the request as it came")
    func request() throws {
        let route = TestRoute(pattern: "/r/{a}/{rest...}") { exchange, _ in
            let request = exchange.request.pointee
            exchange.answer(
                200,
                [
                    text(request.method), text(request.scheme), text(request.authority),
                    text(request.path),
                    text(request.query), text(request.remote_address), "\(exchange.parameters)",
                    "\(exchange.headers)",
                ].joined(separator: "|"))
        }
        try TestServer.with([route]) { server in
            let client = try TestClient(server.port)
            let answer = try client.request(
                "GET /r/%20x/b%2Fc/d?q=%20+&r HTTP/1.1\r\nHost: X.test:81\r\nX-A: 1\r\nx-a: 2\r\n\r\n"
            )
            #expect(
                answer.text
                    == #"GET|http|X.test:81|/r/%20x/b%2Fc/d|q=%20+&r|127.0.0.1|[("a", " x"), ("rest", "b/c/d")]|[("host", "X.test:81"), ("x-a", "1"), ("x-a", "2")]"#
            )
        }
    }

    @Test("A peer that has ended its side still gets its answer")
    func halfClose() throws {
        try TestServer.with([Self.echo]) { server in
            let client = try TestClient(server.port)
            client.send(Self.get("/echo?one") + Self.get("/echo?two"))
            client.endSending()
            #expect(try client.answer().text == "GET one ")
            #expect(try client.answer().text == "GET two ")
            #expect(try client.isClosed())
        }
    }

    @Test(
        "Half a request is no request",
        arguments: [
            "GET /echo HT", "GET /echo HTTP/1.1\r\nHost: a\r\nX",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nonly ten..",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nA\r\nhalf",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ])
    func halfRequest(_ text: String) throws {
        try TestServer.with([Self.echo]) { server in
            let client = try TestClient(server.port)
            client.send(text)
            client.endSending()
            #expect(try client.isClosed())
            #expect(server.lines.withLock { $0.filter { $0.status == 200 }.isEmpty })
        }
    }

    @Test("Each answered request is counted by route, method and status, and logged once")
    func counters() throws {
        try TestServer.with([Self.echo]) { server in
            let client = try TestClient(server.port)
            _ = try client.request(Self.get())
            _ = try client.request(Self.get("/echo?other"))
            _ = try client.request(Self.post("12345"))
            _ = try client.request(Self.get("/none"))
            let series = server.onLoop { server in
                var found: [String] = []
                server.front.counters.forEachSeries {
                    found.append(
                        "\($0.template) \($0.method.text) \($0.status) \($0.count) \($0.requestBytes) \($0.buckets.reduce(0, +))"
                    )
                }
                return found.sorted()
            }
            #expect(
                series == ["/echo GET 200 2 0 2", "/echo POST 200 1 5 1", "none GET 404 1 0 1"])
            #expect(server.lines.withLock { $0.map(\.status) } == [200, 200, 200, 404])
            #expect(server.onLoop { $0.front.counters.requestsActive } == 0)
            #expect(server.onLoop { $0.front.counters.bytesReceived } > 150)
            #expect(server.onLoop { $0.front.counters.bytesSent } > 400)
        }
    }

    @Test("Routes are swapped while requests run: each keeps the table it came by")
    func swap() throws {
        let old = TestRoute(pattern: "/v") { exchange, server in server.held.append(exchange) }
        try TestServer.with([old]) { server in
            let first = try TestClient(server.port)
            first.send(Self.get("/v"))
            #expect(server.eventually { $0.held.count == 1 })
            let new = TestRoute(pattern: "/v") { exchange, _ in exchange.answer(200, "new") }
            let table = try RouteTable(TestServer.routes([new]))
            server.onLoop { $0.front.routes = table }
            #expect(try TestClient(server.port).request(Self.get("/v")).text == "new")
            server.onLoop { $0.held.removeFirst().answer(200, "old") }
            #expect(try first.answer().text == "old")
            #expect(try first.request(Self.get("/v")).text == "new")
        }
    }
}
