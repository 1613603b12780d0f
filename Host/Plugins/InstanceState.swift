/// Where an instance is in its life, as a value: events in, actions out, no I/O.

public struct InstanceState: Equatable, Sendable {
    public enum Phase: Equatable, Sendable {
        case found, created, configured, starting, running, draining, stopping, stopped
        /// Never ran: its file or its configuration was refused.
        case rejected(String)
        /// Created, and then a step failed.
        case failed(String)
        /// A step did not answer: it is never destroyed while the call is out.
        case stuck(String)
    }
    public enum Event: Equatable, Sendable {
        case created, configured, startCalled, startCompleted
        case drainCalled, drainCompleted, resumed, stopCalled, stopCompleted
        case refused(String)
        case stepFailed(String)
        case stepTimedOut(String)
    }
    public enum Action: Equatable, Sendable {
        case none, configure, start, route, drain, stop, destroy, unroute
        case violation(String)
    }

    public private(set) var phase: Phase = .found

    public init() {}

    public mutating func apply(_ event: Event) -> Action {
        switch (phase, event) {
        case (.found, .created): return move(.created, .configure)
        case (.created, .configured), (.configured, .configured), (.running, .configured):
            return phase == .running ? .route : move(.configured, .start)
        case (.configured, .startCalled): return move(.starting, .none)
        case (.starting, .startCompleted): return move(.running, .route)
        case (.running, .drainCalled): return move(.draining, .unroute)
        case (.draining, .resumed): return move(.running, .route)
        case (.draining, .drainCompleted): return move(.draining, .stop)
        case (.draining, .stopCalled), (.running, .stopCalled), (.starting, .stopCalled):
            return move(.stopping, .none)
        case (.stopping, .stopCompleted): return move(.stopped, .destroy)
        case (.found, .refused(let reason)): return move(.rejected(reason), .none)
        case (.created, .stepFailed(let reason)), (.configured, .stepFailed(let reason)),
            (.starting, .stepFailed(let reason)):
            return move(.failed(reason), .destroy)
        case (.running, .stepFailed): return .none  // a reload was refused: the old one goes on
        case (.draining, .stepFailed), (.draining, .stepTimedOut): return move(.draining, .stop)
        case (.stopping, .stepFailed(let reason)): return move(.failed(reason), .destroy)
        case (.starting, .stepTimedOut(let reason)), (.stopping, .stepTimedOut(let reason)):
            return move(.stuck(reason), .unroute)
        default: return .violation("\(event) while \(name)")
        }
    }

    /// One word, for `nself plugin list`.
    public var name: String {
        switch phase {
        case .found: "found"
        case .created: "created"
        case .configured: "configured"
        case .starting: "starting"
        case .running: "running"
        case .draining: "draining"
        case .stopping: "stopping"
        case .stopped: "stopped"
        case .rejected: "rejected"
        case .failed: "failed"
        case .stuck: "stuck"
        }
    }
    /// Why it does not run, or empty.
    public var reason: String {
        switch phase {
        case .rejected(let reason), .failed(let reason), .stuck(let reason): reason
        default: ""
        }
    }

    private mutating func move(_ next: Phase, _ action: Action) -> Action {
        phase = next
        return action
    }
}
