/// From a request that has passed the front to the plugin that answers it, and back.

import CNself
import HostCore
import HostPlugins

/// Whose a route is: a plugin's generation, or the host itself.
public final class RouteOwner: Sendable {
    let generation: Generation?
    let answer: (@Sendable (Exchange) -> Void)?

    public init(_ generation: Generation) {
        self.generation = generation
        answer = nil
    }
    /// A route that the host answers, such as its health. [loop]
    public init(answer: @escaping @Sendable (Exchange) -> Void) {
        generation = nil
        self.answer = answer
    }
}

/// A request that a plugin is answering. [loop] the connection's
private final class HTTPCall: PendingCall {
    var exchange: Exchange?
    /// What goes to another thread, when the plugin is called there.
    var body = nself_body()
}

/// One per loop. [loop]
public final class Dispatcher: ExchangeHandler {
    private let loop: Loop
    private let calls: CallTable
    private let workers: WorkPool
    /// Finished calls, used again: no allocation per request.
    private var free: [HTTPCall] = []

    public init(_ loop: Loop, _ runtime: Runtime) {
        self.loop = loop
        workers = runtime.workers
        calls = Calls.table(of: loop)
    }

    /// [loop] hot: one request that has passed the front.
    public func handle(_ exchange: Exchange) {
        guard let owner = exchange.route.owner.map({ unsafeDowncast($0, to: RouteOwner.self) }) else {
            return exchange.complete(.NSELF_STATUS_INTERNAL, nself_string(), nil)
        }
        guard let generation = owner.generation, let role = generation.httpHandler else {
            if let answer = owner.answer { return answer(exchange) }
            return exchange.complete(.NSELF_STATUS_UNIMPLEMENTED, nself_string(), nil)
        }
        let call = free.popLast() ?? HTTPCall()
        // Armed first: a handler may complete before it returns.
        guard calls.arm(call, generation, at: loop.now) else {
            free.append(call)
            return exchange.complete(.NSELF_STATUS_RESOURCE_EXHAUSTED, nself_string(), nil)
        }
        call.exchange = exchange
        exchange.callID = call.id
        if !generation.parallel || generation.mayBlock {
            return handleElsewhere(call, exchange, generation, role)
        }
        var body = exchange.takeBody()
        role.pointee.handle(
            generation.pointer, exchange.request, &body, nself_call(id: call.id), Dispatcher.done)
    }

    /// A SERIAL plugin is called on its own loop, one that may block on a worker thread.
    private func handleElsewhere(
        _ call: HTTPCall, _ exchange: Exchange, _ generation: Generation,
        _ role: UnsafePointer<nself_http_handler>
    ) {
        call.body = exchange.takeBody()
        nonisolated(unsafe) let (request, role, call) = (exchange.request, role, call)
        let number = nself_call(id: call.id)
        let run: @Sendable () -> Void = {
            // Out of the call first: it is used again when the plugin completes before it returns.
            var body = call.body
            call.body = nself_body()
            role.pointee.handle(generation.pointer, request, &body, number, Dispatcher.done)
        }
        if generation.mayBlock {
            let task = Unmanaged.passRetained(Box(run)).toOpaque()
            let taken = workers.run(task) { task in
                guard let task else { return }
                Unmanaged<Box>.fromOpaque(task).takeRetainedValue().run()
            }
            if !taken {
                Unmanaged<Box>.fromOpaque(task).release()
                nself_body_release(&call.body)
                complete(number, .NSELF_STATUS_RESOURCE_EXHAUSTED, nself_string(), nil)
            }
        } else if generation.homeLoop === loop {
            run()
        } else {
            generation.homeLoop.post(run)
        }
    }
    private final class Box {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// The peer is gone or the deadline has passed. The number stays valid, since the plugin may
    /// use the request until it completes.
    public func cancelled(_ exchange: Exchange) {
        guard let generation = calls.find(exchange.callID)?.generation else { return }
        generation.cancel(nself_call(id: exchange.callID), from: loop)
    }

    // MARK: the way back

    /// nself_http_done. [any] hot
    private static let done: nself_http_done = { number, status, message, response in
        guard let loop = Calls.loop(of: number.id) else {
            return drop(response)
        }
        if loop.isCurrent {
            return complete(number, status, message, response)
        }
        let copy = ResponseCopy(status, message, response)
        loop.post {
            copy.deliver { complete(number, $0, $1, $2) }
        }
    }

    // Set once per loop when its dispatcher is made, before the first request.
    nonisolated(unsafe) private static var perLoop: [Dispatcher?] = Array(repeating: nil, count: Limits.loopsMax)

    /// Makes the dispatchers findable for completions. [control] before loops run
    public static func prepare(_ dispatchers: [Dispatcher]) {
        for dispatcher in dispatchers { perLoop[Int(dispatcher.loop.index)] = dispatcher }
    }

    private static func complete(
        _ number: nself_call, _ status: nself_status, _ message: nself_string,
        _ response: UnsafeMutablePointer<nself_http_response>?
    ) {
        guard let loop = Loop.current, let dispatcher = perLoop[Int(loop.index)] else {
            return drop(response)
        }
        dispatcher.complete(number, status, message, response)
    }
    private func complete(
        _ number: nself_call, _ status: nself_status, _ message: nself_string,
        _ response: UnsafeMutablePointer<nself_http_response>?
    ) {
        let failed = status != .NSELF_STATUS_OK
        let size = response?.pointee.body.size ?? 0
        guard calls.find(number.id) is HTTPCall,
            let call = calls.retire(
                number.id, failed: failed, bytes: size > 1 << 48 ? 0 : Int(size), at: loop.now),
            let exchange = unsafeDowncast(call, to: HTTPCall.self).exchange
        else {
            Calls.countStale()
            return Dispatcher.drop(response)
        }
        // The client has had its 504: the answer goes nowhere and counts as one that met no call.
        let deadline = exchange.request.pointee.deadline
        if deadline != 0, loop.now > deadline { Calls.countStale() }
        let finished = unsafeDowncast(call, to: HTTPCall.self)
        finished.exchange = nil
        finished.body.kind = .NSELF_BODY_NONE
        // As many as are in flight at once, up to a bound: 4,096 x 160 bytes.
        if free.count < 4096 { free.append(finished) }
        exchange.complete(status, message, failed ? nil : response)
        if failed { Dispatcher.drop(response) }
    }
    /// A response that nobody takes: its body is released.
    private static func drop(_ response: UnsafeMutablePointer<nself_http_response>?) {
        if let response { nself_body_release(&response.pointee.body) }
    }
}
