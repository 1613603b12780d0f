/// Story: somebody drops a .so into plugins/ and starts the host again.

import Fixtures
import Testing

@Suite("A file dropped into plugins/")
struct AutoloadTests {
    @Test("With autoload it serves after a restart, with default grants, and the list shows it")
    func autoload() throws {
        let host = try RunningHost("", plugins: ["hello-c"], host: "autoload = true")
        #expect(try host.get("/hello-c").status == 200)
        let list = try host.nself("plugin", "list")
        #expect(list.output.contains("hello_c"))
        #expect(list.output.contains("running"))
    }

    @Test("Without autoload it is listed, with the lines to add, and does not serve")
    func lines() throws {
        let host = try RunningHost("", plugins: ["hello-c"])
        #expect(try host.get("/hello-c").status == 404)
        let list = try host.nself("plugin", "list")
        #expect(list.output.contains("not configured"))
        #expect(list.output.contains("[plugins.hello_c]"))
        #expect(list.output.contains("file = \"hello-c.so\""))
    }

    @Test("Dropped into a running host it serves after a reload")
    func reload() throws {
        let host = try RunningHost("", host: "autoload = true")
        #expect(try host.get("/hello-c").status == 404)
        try RunningHost.copy(
            Repository.plugin("hello-c"), "\(host.directory.path)/plugins/hello-c.so")
        let result = try host.nself("reload")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try host.get("/hello-c").status == 200)
    }
}
