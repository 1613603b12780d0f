/// Story: somebody stops the host while it works.

import Fixtures
import Glibc
import Testing

@Suite("Stopping")
struct DrainTests {
    static let toml = "[plugins.echo]\nfile = \"echo.so\""

    @Test("A request under way finishes, says close, and the host ends with 0")
    func drains() throws {
        let host = try RunningHost(Self.toml, plugins: ["echo"])
        let client = try Client(port: host.port)
        try client.send("GET /slow?ms=800 HTTP/1.1\r\nhost: a\r\n\r\n")
        try host.waitForCalls(1)
        kill(host.process, SIGTERM)
        let answer = try client.answer()
        #expect(answer.status == 200)
        #expect(answer.header("connection") == "close")
        #expect(try client.isClosed)
        #expect(try host.stop() == 0)
    }

    @Test("New connections are refused while it drains")
    func refuses() throws {
        let host = try RunningHost(Self.toml, plugins: ["echo"])
        let client = try Client(port: host.port)
        try client.send("GET /slow?ms=1500 HTTP/1.1\r\nhost: a\r\n\r\n")
        try host.waitForCalls(1)
        kill(host.process, SIGTERM)
        try host.wait("nobody is let in") {
            guard let late = try? Client(port: host.port) else { return true }
            guard let answer = try? late.request("GET", "/readyz") else { return true }
            return answer.status == 503
        }
        #expect(try client.answer().status == 200)
        #expect(try host.stop() == 0)
    }

    @Test("A request that does not end is cut off at the drain deadline")
    func deadline() throws {
        let host = try RunningHost(
            Self.toml, plugins: ["echo"], host: "[host.limits]\ndrain_timeout = \"1 s\"")
        let client = try Client(port: host.port)
        try client.send("GET /slow?ms=20000 HTTP/1.1\r\nhost: a\r\n\r\n")
        try host.waitForCalls(1)
        let before = Program.monotonicSeconds()
        #expect(try host.stop() == 0)
        #expect(Program.monotonicSeconds() - before < 6)
    }

    @Test("`nself stop` ends it as SIGTERM does")
    func command() throws {
        let host = try RunningHost(Self.toml, plugins: ["echo"])
        #expect(try host.nself("stop").status == 0)
        try host.waitForEnd()
        #expect(host.ended == 0)
    }

    @Test("An idle connection is closed, not left to time out")
    func idle() throws {
        let host = try RunningHost(Self.toml, plugins: ["echo"])
        let client = try Client(port: host.port)
        #expect(try client.request("GET", "/echo").status == 200)
        kill(host.process, SIGTERM)
        #expect(try client.isClosed)
        #expect(try host.stop() == 0)
    }
}
