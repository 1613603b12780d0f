/// What the host waits for: a number to be completed exactly once, from any thread.

/// A call without a result. [any]
public struct Call: @unchecked Sendable {  // a number and a C function
    public let id: nself_call
    private let done: nself_done

    public init(_ id: nself_call, _ done: @escaping nself_done) {
        self.id = id
        self.done = done
    }
    public func succeed() { done(id, .NSELF_STATUS_OK, nself_string()) }
    public func fail(_ error: PluginError) {
        error.message.withText { done(id, error.status, $0.raw) }
    }
    public func complete(_ status: nself_status, _ message: Text = .empty) {
        done(id, status, message.raw)
    }
}
