/// nself.host.poll/1: foreign file descriptors on the calling loop.

import CNself
import HostCore
import HostPlugins

/// A descriptor that a plugin watches. [loop]
private final class PluginPoll: PollSource {
    let context: UnsafeMutableRawPointer?
    let callback: nself_poll_ready
    var id = nself_poll()

    init(
        _ loop: Loop, _ descriptor: Int32, _ context: UnsafeMutableRawPointer?,
        _ callback: @escaping nself_poll_ready
    ) {
        self.context = context
        self.callback = callback
        super.init(loop: loop, descriptor: descriptor)
    }
    override func ready(_ events: PollEvents) {
        callback(context, id, nself_poll_events(rawValue: events.rawValue))
    }
}

enum PollInterface {
    /// Entries are numbers with a generation, never raw pointers. One table per loop.
    private final class PerLoop {
        var polls: HandleTable<PluginPoll>
        init(_ loop: Loop) { polls = HandleTable(tag: loop.index) }
    }
    // Set once by `table`, each entry is touched on its own loop.
    nonisolated(unsafe) private static var perLoop: [PerLoop] = []

    static func table(_ runtime: Runtime) -> UnsafeRawPointer {
        perLoop = runtime.loops.map(PerLoop.init)
        return makeTable(nself_host_poll.self, nself_host_poll()) { table in
            table.pointee.watch = { _, descriptor, events, context, ready in
                guard let ready, let loop = Loop.current else { return nself_poll() }
                return PollInterface.watch(loop, descriptor, events, context, ready)
            }
            table.pointee.change = { _, poll, events in
                guard let loop = Loop.current else { return }
                PollInterface.perLoop[Int(loop.index)].polls[poll.id]?.watch(
                    PollInterface.wanted(events))
            }
            table.pointee.stop = { _, poll in
                guard let loop = Loop.current else { return }
                PollInterface.perLoop[Int(loop.index)].polls.remove(poll.id)?.unwatch()
            }
        }
    }

    private static func watch(
        _ loop: Loop, _ descriptor: Int32, _ events: nself_poll_events,
        _ context: UnsafeMutableRawPointer?, _ ready: @escaping nself_poll_ready
    ) -> nself_poll {
        let poll = PluginPoll(loop, descriptor, context, ready)
        let here = perLoop[Int(loop.index)]
        let id = here.polls.insert(poll)
        guard id != 0 else { return nself_poll() }
        poll.id = nself_poll(id: id)
        let asked = wanted(events)
        // A pause from the start still claims the descriptor.
        guard poll.watch(asked.isEmpty ? .readable : asked) else {
            _ = here.polls.remove(id)
            return nself_poll()
        }
        if asked.isEmpty { poll.watch([]) }
        return poll.id
    }
    private static func wanted(_ events: nself_poll_events) -> PollEvents {
        PollEvents(rawValue: events.rawValue & 3)
    }
}
