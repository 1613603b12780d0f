/// The test host itself: what it serves, and the order in which things happen.

import Glibc
import PluginAPI
import TestKit
import Testing

/// Uses each table once; GET /order says in which order its callbacks came.
private final class Sample: HTTPHandler {
    static let id: StaticString = "dev.nself.sample"
    static let version: StaticString = "0.1.0"

    let loops: Loops
    let timers: Timers
    let poll: Poll
    let database: UnsafePointer<nself_host_database>?
    let host: Host
    var order: [String] = []
    var configuration = ""
    var rows = -1
    let ends: (Int32, Int32)
    var watched = nself_poll()

    init(host: Host) throws(PluginError) {
        self.host = host
        loops = try Loops(host)
        timers = try Timers(host)
        poll = try Poll(host)
        database = host.optionalTable(
            "nself.host.database/1", nself_host_database.self)
        var pipes: [Int32] = [-1, -1]
        guard pipe(&pipes) == 0 else { throw PluginError(.NSELF_STATUS_INTERNAL, "pipe") }
        ends = (pipes[0], pipes[1])
    }
    deinit {
        close(ends.0)
        close(ends.1)
    }

    func configure(_ mode: nself_configure_mode, _ bytes: UnsafeRawBufferPointer)
        throws(PluginError)
    {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix("{") else {
            throw PluginError(.NSELF_STATUS_INVALID_ARGUMENT, "not an object: \(text)")
        }
        if mode == .NSELF_CONFIGURE_APPLY { configuration = text }
    }
    func routes(_ routes: Routes) throws(PluginError) {
        try routes.add("GET", "/things/{id}", number: 7)
        try routes.add("POST", "/echo")
    }
    func handle(_ request: Request, _ body: consuming Body, _ call: HTTPCall) {
        if request.route == 7 {
            let id = request.parameter("id").map { String($0) } ?? ""
            call.respond(201, text: "\(id) \(request.query.count)")
        } else {
            call.respond(200, "text/plain", .copy(body.bytes))
        }
    }

    /// Called on a loop.
    func startAll() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        loops.runAtTurnEnd(me) { Sample.at($0).order.append("turn end") }
        loops.run(on: 0, me) { Sample.at($0).order.append("posted") }
        _ = timers.schedule(after: 1_000_000_000, me) { Sample.at($0).order.append("timer") }
        watched = poll.watch(ends.0, .NSELF_POLL_READABLE, me) { context, poll, events in
            let sample = Sample.at(context)
            var byte: UInt8 = 0
            _ = read(sample.ends.0, &byte, 1)
            sample.order.append("readable")
            sample.poll.stop(poll)
        }
    }
    static func at(_ context: UnsafeMutableRawPointer?) -> Sample {
        Unmanaged<Sample>.fromOpaque(context!).takeUnretainedValue()
    }
}

@Suite("FakeHost")
struct TestKitTests {
    @Test("A handler is called with captures, query and body, and answers without a socket")
    func http() throws {
        let host = FakeHost()
        let sample = try host.load(Sample.self, config: #"{"a":1}"#)
        let answer = sample.get("/things/42?x=1")
        #expect(answer.status == 201)
        #expect(answer.text == "42 3")
        #expect(sample.post("/echo", body: "hello").text == "hello")
        #expect(sample.get("/nothing").status == 404)
        #expect(sample.plugin.configuration == #"{"a":1}"#)
    }

    @Test("A configuration that is refused throws what the plugin said")
    func refused() throws {
        let host = FakeHost()
        #expect(throws: PluginError.self) { try host.load(Sample.self, config: "[]") }
    }

    @Test("A turn is: ready descriptors, posted tasks, timers, turn end; time passes when told")
    func order() throws {
        let host = FakeHost()
        let sample = try host.load(Sample.self)
        host.on(loop: 0) { sample.plugin.startAll() }
        var byte: UInt8 = 1
        write(sample.plugin.ends.1, &byte, 1)
        host.turn()
        #expect(sample.plugin.order == ["readable", "posted", "turn end"])
        host.clock.advance(seconds: 2)
        host.turn()
        #expect(sample.plugin.order.last == "timer")
    }

    @Test("A regular file, and a descriptor that is watched already, are refused")
    func watchRefused() throws {
        let host = FakeHost()
        let sample = try host.load(Sample.self)
        host.on(loop: 0) { sample.plugin.startAll() }
        let again = host.on(loop: 0) {
            sample.plugin.poll.watch(sample.plugin.ends.0, .NSELF_POLL_READABLE, nil) { _, _, _ in }
        }
        #expect(again.id == 0)
        let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
        let regular = host.on(loop: 0) {
            sample.plugin.poll.watch(file, .NSELF_POLL_READABLE, nil) { _, _, _ in }
        }
        #expect(regular.id == 0)
        close(file)
    }

    @Test("Blocking work runs on another thread and finds its way back to the loop")
    func blocking() throws {
        let host = FakeHost(loops: 2)
        let sample = try host.load(Sample.self)
        let loops = sample.plugin.loops
        let came = Pending<[Int?]>()
        let accepted = loops.post(blocking: {
            let there = loops.current
            loops.post(to: 1) { came.complete([there, loops.current]) }
        })
        #expect(accepted)
        #expect(host.wait(came) == [nil, 1])
        host.refusesBlocking = true
        let refused = loops.post(blocking: {})
        #expect(!refused)
    }

    @Test("nself.host.database/1 is answered by a closure, never inside the call")
    func scripted() throws {
        let host = FakeHost()
        host.database = .answering { request in
            #expect(request.statements[0].sql == "select 1")
            return .rows(.init([.init("n", 23)], [["1"], [nil]]))
        }
        let sample = try host.load(Sample.self)
        let table = try #require(sample.plugin.database)
        let request = FakeDatabase.Request([.init("select 1", ["x", nil])])
        let me = Unmanaged.passUnretained(sample.plugin).toOpaque()
        host.on(loop: 0) {
            request.lend { raw in
                _ = table.pointee.execute(sample.plugin.host.raw, raw, me) {
                    context, status, _, results, count, _ in
                    #expect(status == .NSELF_STATUS_OK && count == 1)
                    Sample.at(context).rows = Int(results!.pointee.row_count)
                    #expect(results!.pointee.rows[1]![0].size == -1)
                    nself_db_result_release(results)
                }
            }
        }
        #expect(sample.plugin.rows == -1)
        host.run { sample.plugin.rows >= 0 }
        #expect(sample.plugin.rows == 2)
        #expect(host.database?.requests.first?.statements[0].parameters.count == 2)
    }
}
