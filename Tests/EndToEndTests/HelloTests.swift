/// Story: somebody starts a host with the two smallest plugins and asks them.

import Fixtures
import Testing

@Suite("Hello")
struct HelloTests {
    static let toml = """
        [plugins.hello]
        file = "hello.so"
        [plugins.hello-c]
        file = "hello-c.so"
        config = { greeting = "guten \\"Tag\\"" }
        """

    @Test("The Swift and the C plugin answer, each with its greeting, and the host stops with 0")
    func answers() throws {
        let host = try RunningHost(Self.toml, plugins: ["hello", "hello-c"])
        let swift = try host.get("/hello")
        #expect(swift.status == 200)
        #expect(swift.header("content-type") == "application/json")
        #expect(swift.text == #"{"message":"hello"}"#)
        #expect(try host.get("/hello-c").text == #"{"message":"guten \"Tag\""}"#)
        #expect(try host.stop() == 0)
    }

    @Test("What is not there is 404, another method is 405 and names the right one")
    func refusals() throws {
        let host = try RunningHost(Self.toml, plugins: ["hello", "hello-c"])
        #expect(try host.get("/hello/").status == 404)
        #expect(try host.get("/hell").status == 404)
        let other = try host.post("/hello", "{}")
        #expect(other.status == 405)
        #expect(other.header("allow")?.contains("GET") == true)
    }

    @Test("A hundred requests on one connection, pipelined, are answered in order")
    func pipelined() throws {
        let host = try RunningHost(Self.toml, plugins: ["hello", "hello-c"])
        let client = try Client(port: host.port)
        let one = "GET /hello HTTP/1.1\r\nhost: a\r\n\r\n"
        let other = "GET /hello-c HTTP/1.1\r\nhost: a\r\n\r\n"
        try client.send(String(repeating: one + other, count: 50))
        for _ in 0..<50 {
            #expect(try client.answer().text == #"{"message":"hello"}"#)
            #expect(try client.answer().text == #"{"message":"guten \"Tag\""}"#)
        }
    }

    @Test("Health, readiness and version are the host's own")
    func health() throws {
        let host = try RunningHost(Self.toml, plugins: ["hello", "hello-c"])
        #expect(try host.get("/healthz").status == 200)
        #expect(try host.get("/readyz").status == 200)
        #expect(try host.get("/v1/version").text.contains("version"))
        let instances = try host.instances()
        #expect(instances["hello"]?.state == "running")
        #expect(instances["hello-c"]?.id == "dev.nself.hello-c")
    }

    @Test("A reload changes a greeting while requests are answered")
    func reload() throws {
        let host = try RunningHost(Self.toml, plugins: ["hello", "hello-c"])
        let path = "\(host.directory.path)/plugins.toml"
        let before = String(decoding: try Repository.bytes(path), as: UTF8.self)
        try Repository.write(before.replacing("guten", with: "schoenen").utf8, to: path)
        let result = try host.nself("reload")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try host.get("/hello-c").text == #"{"message":"schoenen \"Tag\""}"#)
        #expect(try host.get("/hello").text == #"{"message":"hello"}"#)
    }
}
