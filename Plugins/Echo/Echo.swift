/// The plugin that shows what the host does with HTTP: it echoes, waits, streams and reads slowly.
/// Conformance suites and examples use it; it does nothing for a deployment.

import PluginAPI

final class Echo: HTTPHandler {
    static let id: StaticString = "dev.nself.echo"
    static let version: StaticString = "0.1.0"
    static let concurrency = nself_concurrency.NSELF_CONCURRENCY_PARALLEL

    /// Numbers of the routes, as the host gives them back.
    private enum Number: UInt64 {
        case echo = 1
        case slow, stream, big, setHeader, upload
    }

    /// Bodies of /echo are answered whole, so they are small.
    private static let echoBytesMax: UInt64 = 1 << 20
    /// Uploads are counted, not kept.
    private static let uploadBytesMax: UInt64 = 64 << 30
    private static let second: UInt64 = 1_000_000_000

    private let timers: Timers
    private let loops: Loops
    /// Requests that wait, by loop: what `cancel` looks through. Each loop touches its own only.
    private let waiting: UnsafeMutablePointer<[UInt64: Slow]>

    init(host: Host) throws(PluginError) {
        timers = try Timers(host)
        loops = try Loops(host)
        waiting = .allocate(capacity: loops.count)
        waiting.initialize(repeating: [:], count: loops.count)
    }
    deinit {
        waiting.deinitialize(count: loops.count)
        waiting.deallocate()
    }

    func routes(_ routes: Routes) throws(PluginError) {
        try routes.add("", "/echo", number: Number.echo.rawValue, bodyMax: Echo.echoBytesMax)
        try routes.add("", "/slow", number: Number.slow.rawValue, timeout: 120 * Echo.second)
        try routes.add("GET", "/stream", number: Number.stream.rawValue)
        try routes.add("GET", "/big", number: Number.big.rawValue)
        try routes.add("GET", "/setheader", number: Number.setHeader.rawValue)
        try routes.add(
            "", "/upload", number: Number.upload.rawValue, bodyMax: Echo.uploadBytesMax,
            timeout: 60 * Echo.second, flags: [.NSELF_ROUTE_ANONYMOUS, .NSELF_ROUTE_STREAM])
    }

    func handle(_ request: Request, _ body: consuming Body, _ call: HTTPCall) {
        switch Number(rawValue: request.route) {
        case .echo: Answers.echo(request, body, call)
        case .slow: wait(request, call)
        case .stream: LineStream.answer(request, timers, call)
        case .big: Answers.big(request, call)
        case .setHeader: Answers.setHeader(request, call)
        case .upload: Upload.start(request, body, timers, call)
        case nil: call.fail(PluginError(.NSELF_STATUS_NOT_FOUND, "no such route"))
        }
    }

    func cancel(_ call: nself_call) {
        guard let loop = loops.current, let slow = waiting[loop][call.id] else { return }
        slow.cancel()
    }

    private func wait(_ request: Request, _ call: HTTPCall) {
        let milliseconds = Query.number(request, "ms", most: 100_000)
        guard milliseconds > 0, let loop = loops.current else {
            return call.respond(json: #"{"slept":0}"#)
        }
        let waiting = self.waiting + loop
        waiting.pointee[call.id.id] = Slow(milliseconds, timers, call) {
            waiting.pointee[call.id.id] = nil
        }
    }
}

@implementation @c
public func nself_plugin_query(_ host_abi_version: UInt32) -> UnsafePointer<nself_plugin>! {
    export(Echo.self, for: host_abi_version)
}
