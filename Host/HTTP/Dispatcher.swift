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

/// A request that a plugin is answering; one for each exchange, used again with it: no allocation
/// per request. [loop] the connection's
private final class HTTPCall: PendingCall {
    /// Owns this call, and stays until it has been completed.
    let exchange: Unmanaged<Exchange>
    /// What goes to another thread, when the plugin is called there.
    var body = nself_body()

    init(_ exchange: Exchange) { self.exchange = .passUnretained(exchange) }
}

/// One per loop. [loop]
public final class Dispatcher: ExchangeHandler {
    private let loop: Loop
    private let calls: CallTable
    private let workers: WorkPool

    public init(_ loop: Loop, _ runtime: Runtime) {
        self.loop = loop
        workers = runtime.workers
        calls = Calls.table(of: loop)
    }

    /// [loop] hot: one request that has passed the front.
    public func handle(_ exchange: Exchange) {
        guard let owner = exchange.policy.pointee.owner else {
            return exchange.complete(.NSELF_STATUS_INTERNAL, nself_string(), nil)
        }
        // The routing table keeps the owner while a request is under way.
        Unmanaged<RouteOwner>.fromOpaque(owner.toOpaque())._withUnsafeGuaranteedRef {
            handle(exchange, $0)
        }
    }
    @inline(__always)
    private func handle(_ exchange: Exchange, _ owner: RouteOwner) {
        guard let generation = owner.generation, let role = generation.httpHandler else {
            if let answer = owner.answer { return answer(exchange) }
            return exchange.complete(.NSELF_STATUS_UNIMPLEMENTED, nself_string(), nil)
        }
        let call: HTTPCall
        if let attachment = exchange.attachment {
            call = unsafeDowncast(attachment, to: HTTPCall.self)
        } else {
            call = HTTPCall(exchange)
            exchange.attachment = call
        }
        // Armed first: a handler may complete before it returns.
        guard calls.arm(call, generation, at: loop.now) else {
            return exchange.complete(.NSELF_STATUS_RESOURCE_EXHAUSTED, nself_string(), nil)
        }
        exchange.callNumber = call.id
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
        guard let generation = calls.find(exchange.callNumber)?.generation else { return }
        generation.cancel(nself_call(id: exchange.callNumber), from: loop)
    }

    // MARK: the way back

    /// nself_http_done. [any] hot
    private static let done: nself_http_done = { number, status, message, response in
        let tag = Int(HandleTable<PendingCall>.tag(of: number.id))
        guard tag < Limits.loopsMax, let dispatcher = perLoop[tag] else {
            Calls.countStale()
            return drop(response)
        }
        dispatcher._withUnsafeGuaranteedRef { dispatcher in
            if dispatcher.loop.isCurrent {
                return dispatcher.complete(number, status, message, response)
            }
            let copy = ResponseCopy(status, message, response)
            dispatcher.loop.post {
                copy.deliver { status, message, response in
                    perLoop[tag]?._withUnsafeGuaranteedRef {
                        $0.complete(number, status, message, response)
                    }
                }
            }
        }
    }

    // Set once per loop when its dispatcher is made, before the first request; never freed.
    nonisolated(unsafe) private static let perLoop = {
        let perLoop = UnsafeMutablePointer<Unmanaged<Dispatcher>?>.allocate(
            capacity: Limits.loopsMax)
        perLoop.initialize(repeating: nil, count: Limits.loopsMax)
        return perLoop
    }()

    /// Makes the dispatchers findable for completions; they live as long as the process.
    /// [control] before loops run
    public static func prepare(_ dispatchers: [Dispatcher]) {
        for dispatcher in dispatchers {
            perLoop[Int(dispatcher.loop.index)] = .passRetained(dispatcher)
        }
    }

    private func complete(
        _ number: nself_call, _ status: nself_status, _ message: nself_string,
        _ response: UnsafeMutablePointer<nself_http_response>?
    ) {
        let failed = status != .NSELF_STATUS_OK
        let size = response?.pointee.body.size ?? 0
        guard calls.find(number.id) is HTTPCall,
            let retired = calls.retire(
                number.id, failed: failed, bytes: size > 1 << 48 ? 0 : Int(size), at: loop.now)
        else {
            Calls.countStale()
            return Dispatcher.drop(response)
        }
        let call = unsafeDowncast(retired, to: HTTPCall.self)
        call.exchange._withUnsafeGuaranteedRef { exchange in
            // The client has had its 504: the answer goes nowhere and counts as one that met no call.
            let deadline = exchange.request.pointee.deadline
            if deadline != 0, loop.now > deadline { Calls.countStale() }
            exchange.complete(status, message, failed ? nil : response)
        }
        if failed { Dispatcher.drop(response) }
    }
    /// A response that nobody takes: its body is released.
    private static func drop(_ response: UnsafeMutablePointer<nself_http_response>?) {
        if let response { nself_body_release(&response.pointee.body) }
    }
}
