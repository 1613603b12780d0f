/// What every request meets, in this order, between its head and its handler.

import CNself
import HostCore

/// The fixed steps. Roles that plugins fill take their places where the remarks stand; a step that
/// cannot decide at once returns .wait and calls `advance` again later.
enum ChainStep: UInt8 {
    /// Request id and trace: first, so that every refusal carries them.
    case identify
    /// Host, path and method → route; 404, 405.
    case route
    /// What the head says already: body size, expectation, deadline; 413, 417.
    case limits
    // Middleware plugins (nself.role.http_middleware/1, on_request), in the order of [chain].
    // Rate limiter by address (nself.role.rate_limiter/1).
    /// Who asks. There is no auth provider role yet, so nobody is signed in: a route that is not
    /// ANONYMOUS is refused, never served by accident (E22).
    case authenticate
    // Rate limiter by user.
    /// The whole body for routes without STREAM; 413, 408.
    case collectBody
    case dispatch
    // After the answer: middleware (on_response), compression, log and metrics. See
    // Connection+Answer.swift, `answer` and `finishAnswer`.
}

extension Front {
    enum Verdict {
        case next(ChainStep)
        /// The step calls `advance` when it knows more.
        case wait
        case refuse(Refusal)
        /// The exchange has been answered or handed over.
        case done
    }

    /// [loop] hot. Takes a request as far as it gets.
    func advance(_ exchange: Exchange, _ connection: Connection) {
        while true {
            let verdict: Verdict
            switch exchange.step {
            case .identify: verdict = identify(exchange, connection)
            case .route: verdict = findRoute(exchange, connection)
            case .limits: verdict = checkLimits(exchange, connection)
            case .authenticate: verdict = authenticate(exchange)
            case .collectBody: verdict = connection.collectBody(exchange)
            case .dispatch: verdict = dispatch(exchange, connection)
            }
            switch verdict {
            case .next(let step): exchange.step = step
            case .wait, .done: return
            case .refuse(let refusal): return connection.refuse(refusal)
            }
        }
    }

    private func identify(_ exchange: Exchange, _ connection: Connection) -> Verdict {
        exchange.identify(connection.headBase)
        return .next(.route)
    }

    private func findRoute(_ exchange: Exchange, _ connection: Connection) -> Verdict {
        let head = exchange.head
        if head.pointee.isAsterisk { return .refuse(.asteriskTarget) }
        let request = exchange.request
        search.reset(
            method: head.pointee.method, bytes(request.pointee.method),
            request.pointee.method.size, isAdmin: connection.isAdmin)
        if let refusal = search.path.split(
            bytes(request.pointee.path), request.pointee.path.size, head.pointee.pathClasses,
            exchange.arena)
        {
            return .refuse(refusal)
        }
        let found = routing.table.find(
            search, authority: bytes(request.pointee.authority), request.pointee.authority.size)
        switch found {
        case .route(let index):
            exchange.take(routing, index, search)
            return .next(.limits)
        case .otherMethods: return .refuse(.methodNotAllowed)
        case .none: return .refuse(.noRoute)
        }
    }

    private func checkLimits(_ exchange: Exchange, _ connection: Connection) -> Verdict {
        let bodyMax = exchange.policy.pointee.bodyMax
        connection.body.max = bodyMax
        if exchange.head.pointee.contentLength > bodyMax { return .refuse(.bodyTooLarge) }
        if exchange.policy.pointee.isWebSocket { return .refuse(.webSocketNotSupported) }
        return .next(.authenticate)
    }

    private func authenticate(_ exchange: Exchange) -> Verdict {
        guard exchange.policy.pointee.isAnonymous else { return .refuse(.notSignedIn) }
        return .next(exchange.head.pointee.hasBody ? .collectBody : .dispatch)
    }

    private func dispatch(_ exchange: Exchange, _ connection: Connection) -> Verdict {
        let deadline = loop.now &+ exchange.policy.pointee.timeout
        exchange.setDeadline(deadline)
        connection.requestDeadline = deadline
        exchange.state = .handed
        handler.handle(exchange)
        return .done
    }

    @inline(__always)
    private func bytes(_ text: nself_string) -> UnsafePointer<UInt8> {
        UnsafeRawPointer(text.data).assumingMemoryBound(to: UInt8.self)
    }
}
