/// Instances that have asked to be restarted, on their way to the control thread.

import Glibc
import HostCore

/// [any] to ask, [control] to take.
public final class RestartRequests: Sendable {
    public static let shared = RestartRequests()

    /// Readable while something waits.
    public let descriptor: Int32
    private let writer: Int32
    /// Name and reason; an instance that asks again before its turn is listed once.
    private let waiting = Locked<[(name: String, reason: String)]>([])

    private init() {
        var ends: [Int32] = [-1, -1]
        precondition(
            pipe(&ends) == 0, "no descriptors for restart requests: the process limit is reached")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (descriptor, writer) = (ends[0], ends[1])
    }

    public func ask(_ name: String, _ reason: String) {
        let isNew = waiting.withLock { waiting in
            guard !waiting.contains(where: { $0.name == name }) else { return false }
            waiting.append((name, reason))
            return true
        }
        // One byte per request: the pipe holds more than there are instances.
        if isNew { _ = write(writer, "r", 1) }
    }
    public func take() -> [(name: String, reason: String)] {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(descriptor, &bytes, bytes.count) > 0 {}
        return waiting.withLock { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
    }
}

extension Registry {
    /// Stops, destroys and creates an instance again, with the configuration in force. Its routes
    /// answer 404 meanwhile, calls of others UNAVAILABLE. [control] blocks
    public func restart(_ name: String) throws(PluginFailure) {
        guard let instance = instance(name), instance.state.phase == .running else { return }
        try publish(running.filter { $0 !== instance.current }, down)
        instance.drain()
        instance.stop()
        let next = instance.successor()
        replaceInstances(instances.map { $0 === instance ? next : $0 })
        _ = loadAndStart(next)
        try publishRoutes()
    }
}
