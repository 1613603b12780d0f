/// One request and its answer, from the first byte of the head to the last of the answer.

import CNself
import HostCore

/// Who answers the requests that have passed the front: the dispatcher.
public protocol ExchangeHandler: AnyObject {
    /// A route was found, limits hold, the body is as the route wants it. Answer with
    /// `exchange.complete`, exactly once: inside this function or later, on this loop. [loop]
    func handle(_ exchange: Exchange)
    /// The answer is not wanted any more: the peer is gone or the deadline has passed. `complete`
    /// must still be called; the memory of the request stays valid until then. At most once for
    /// an exchange, and maybe inside its `handle`. [loop]
    func cancelled(_ exchange: Exchange)
}

/// [loop] Reused: what belongs to one request is set by `begin` and dropped by `reset`.
public final class Exchange {
    enum State: UInt8 {
        case idle
        /// The head is arriving, or the chain runs.
        case arriving
        /// With the handler.
        case handed
        /// `complete` has been called.
        case answered
    }

    /// The label of its route in metrics and logs, "none" when no route was found.
    public var routeTemplate: String {
        policy.pointee.counters._withUnsafeGuaranteedRef { $0.template }
    }
    /// The route that was found, Route.none until then.
    public var route: Route { policy.pointee.route.takeUnretainedValue() }
    /// Valid until `complete`.
    public var request: UnsafePointer<nself_http_request> { UnsafePointer(requestMemory) }
    /// Monotonic nanoseconds: the turn in which the head was complete.
    public var startTime: UInt64 { begunAt }
    /// Content of the request that has come so far.
    public var requestBodyBytes: UInt64 { bodyBytes }
    /// The span the client named as ours' parent; zero when there was none.
    public var parentSpan: UInt64 { parent }
    public var method: HTTPMethod { head.pointee.method }

    // The values behind them: what only this module can reach needs no checks for overlapping
    // access, which would be a tenth of the front's own time.
    var callNumber: UInt64 = 0
    var begunAt: UInt64 = 0
    var bodyBytes: UInt64 = 0
    var parent: UInt64 = 0

    /// The dispatcher's own object for this place, kept from request to request.
    var attachment: AnyObject?
    let front: Front
    /// Nil when the connection has gone on without it: then nobody hears the answer.
    unowned(unsafe) var connection: Connection?
    let head: UnsafeMutablePointer<RequestHead>
    let arena = RequestArena()
    var state = State.idle
    var step = ChainStep.identify
    var cancelledHandler = false
    /// The connection's receive buffer, when it has been left behind.
    var block: UnsafeMutablePointer<UInt8>?
    var blockCapacity = 0
    var nextSpare: Unmanaged<Exchange>?
    /// The table that the route is in.
    var routing: Unmanaged<Routing>?
    var policy: UnsafePointer<RoutePolicy>
    var collected: BodyMemory?
    var collectedCount = 0
    /// The reader for a STREAM body has been given out, or nothing is to be read.
    var bodyTaken = false

    private let requestMemory: UnsafeMutablePointer<nself_http_request>
    private let fields: UnsafeMutablePointer<nself_field>
    private let parameters: UnsafeMutablePointer<nself_field>

    init(front: Front) {
        self.front = front
        policy = UnsafePointer(front.noRoute)
        fields = .allocate(capacity: front.limits.fieldsMax)
        parameters = .allocate(capacity: RoutePattern.capturesMax)
        requestMemory = .allocate(capacity: 1)
        requestMemory.initialize(to: nself_http_request())
        head = .allocate(capacity: 1)
        head.initialize(to: RequestHead(fields: fields))
    }
    deinit {
        fields.deallocate()
        parameters.deallocate()
        requestMemory.deallocate()
        head.deallocate()
    }

    // MARK: for the dispatcher

    /// Moves the request's body out. NONE, BUFFER, or STREAM for a route that asked for it.
    public func takeBody() -> nself_body {
        var body = nself_body()
        guard !bodyTaken else { return body }
        bodyTaken = true
        if let memory = collected {
            collected = nil
            body = nself_body_of(memory.buffer(count: collectedCount))
        } else if let connection, connection.body.sink == .stream {
            body.kind = .NSELF_BODY_STREAM
            body.size = head.pointee.isChunked ? .max : head.pointee.contentLength
            body.reader = connection.openReader()
        }
        return body
    }

    /// Answers. `response` and its body are moved; null or a status other than OK has the error
    /// answer written that belongs to the status, with `message` in it when it is the client's
    /// fault. Exactly once for each `handle`.
    public func complete(
        _ status: nself_status, _ message: nself_string,
        _ response: UnsafeMutablePointer<nself_http_response>?
    ) {
        front.loop.assertOn()
        precondition(state == .handed, "an exchange was completed in state \(state)")
        state = .answered
        if let connection {
            connection.answer(self, status, message, response)
        } else {
            if let response { nself_body_release(&response.pointee.body) }
            front.giveBack(self)
        }
    }

    // MARK: for the front

    /// [loop] hot. The head is complete: lends it as the request of the interface.
    func begin(
        _ base: UnsafePointer<UInt8>, now: UInt64, remoteAddress: UnsafePointer<CChar>,
        _ remoteAddressCount: Int
    ) {
        state = .arriving
        step = .identify
        begunAt = now
        let head = self.head
        func text(_ stretch: Stretch) -> nself_string {
            Stretch.string(stretch.of(base), Int(stretch.count))
        }
        let request = requestMemory
        request.pointee.method = text(head.pointee.methodName)
        request.pointee.scheme = Exchange.scheme
        request.pointee.authority = text(head.pointee.authority)
        request.pointee.path =
            head.pointee.path.isEmpty ? Exchange.rootPath : text(head.pointee.path)
        request.pointee.query = text(head.pointee.query)
        request.pointee.remote_address = nself_string(
            data: remoteAddress, size: remoteAddressCount)
        request.pointee.headers = nself_fields(items: fields, count: head.pointee.fieldCount)
        request.pointee.parameters = nself_fields(items: parameters, count: 0)
        request.pointee.deadline = 0
        request.pointee.route = 0
    }
    /// The head was refused: there is nothing to lend but an id and an address.
    func beginBroken(
        now: UInt64, remoteAddress: UnsafePointer<CChar>, _ remoteAddressCount: Int
    ) {
        state = .arriving
        begunAt = now
        requestMemory.pointee = nself_http_request()
        requestMemory.pointee.remote_address = nself_string(
            data: remoteAddress, size: remoteAddressCount)
        let place = arena.take(RequestIDs.size)
        RequestIDs.write(front.requestIDs.next(), to: place)
        requestMemory.pointee.request_id = Stretch.string(place, RequestIDs.size)
    }
    private static var scheme: nself_string { nself_text(literal: "http") }
    private static var rootPath: nself_string { nself_text(literal: "/") }

    /// Names the request: the client's id when it is sane, else one of our own; and its trace.
    func identify(_ base: UnsafePointer<UInt8>) {
        let head = self.head
        if head.pointee.requestID.isEmpty {
            let place = arena.take(RequestIDs.size)
            RequestIDs.write(front.requestIDs.next(), to: place)
            requestMemory.pointee.request_id = Stretch.string(place, RequestIDs.size)
        } else {
            let id = head.pointee.requestID
            requestMemory.pointee.request_id = Stretch.string(id.of(base), Int(id.count))
        }
        let parent = head.pointee.traceParent
        if !parent.isEmpty, var trace = TraceContext.parse(parent.of(base), Int(parent.count)) {
            self.parent = withUnsafeBytes(of: &trace.span_id) { $0.load(as: UInt64.self) }
            TraceContext.setSpan(&trace, front.requestIDs.next())
            requestMemory.pointee.trace = trace
        }
    }
    var isTraced: Bool { parent != 0 }

    /// Takes over the route that was found, with the captures of the search.
    func take(_ routing: Routing, _ index: Int, _ search: RouteSearch) {
        self.routing = .passUnretained(routing)
        routing.inFlight += 1
        let policy = routing.policies + index
        self.policy = UnsafePointer(policy)
        requestMemory.pointee.route = policy.pointee.number
        if search.captureCount > 0 {
            policy.pointee.route._withUnsafeGuaranteedRef { route in
                for place in 0..<search.captureCount {
                    let capture = search.captures[place]
                    parameters[place] = nself_field(
                        name: route.captureNames[place],
                        value: Stretch.string(capture.start, capture.count))
                }
            }
        }
        requestMemory.pointee.parameters.count = search.captureCount
    }
    func setDeadline(_ deadline: UInt64) { requestMemory.pointee.deadline = deadline }

    /// Ready for the next request.
    func reset() {
        state = .idle
        connection = nil
        if let block {
            front.blocks.give(block, capacity: blockCapacity)
            self.block = nil
        }
        head.pointee.reset()
        arena.reset()
        if let memory = collected {
            memory.release()
            collected = nil
        }
        collectedCount = 0
        bodyTaken = false
        cancelledHandler = false
        callNumber = 0
        bodyBytes = 0
        if parent != 0 {
            parent = 0
            requestMemory.pointee.trace = nself_trace()
        }
        if let routing {
            routing._withUnsafeGuaranteedRef { $0.inFlight -= 1 }
            self.routing = nil
            policy = UnsafePointer(front.noRoute)
        }
    }
}

extension Route {
    /// Stands for "no route was found"; its template is what metrics say then.
    static let none: Route = {
        do {
            return try Route(pattern: "/", mount: "")
        } catch { preconditionFailure("the root is not a pattern: \(error)") }
    }()
}

func nself_text(literal text: StaticString) -> nself_string {
    Stretch.string(text.utf8Start, text.utf8CodeUnitCount)
}
