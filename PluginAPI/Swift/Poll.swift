/// Foreign descriptors on the calling loop (nself.host.poll/1), for libraries with a socket of
/// their own.

/// All of it on one loop: the one that called `watch`. [loop]
public struct Poll: @unchecked Sendable {  // immutable pointers
    private let host: Host
    private let table: UnsafePointer<nself_host_poll>

    public init(_ host: Host) throws(PluginError) {
        self.host = host
        table = try host.table("nself.host.poll/1", nself_host_poll.self)
    }

    /// Calls `ready` in every turn while the condition holds. `descriptor` stays the plugin's, is
    /// close-on-exec, and `context` lives until `stop`. id 0: refused.
    public func watch(
        _ descriptor: Int32, _ events: nself_poll_events, _ context: UnsafeMutableRawPointer?,
        _ ready: @escaping nself_poll_ready
    ) -> nself_poll {
        table.pointee.watch(host.raw, descriptor, events, context, ready)
    }
    /// Changes what is asked for; an empty set pauses.
    public func change(_ poll: nself_poll, _ events: nself_poll_events) {
        table.pointee.change(host.raw, poll, events)
    }
    /// Ends it at once. Before the descriptor is closed, always.
    public func stop(_ poll: nself_poll) { table.pointee.stop(host.raw, poll) }
}
