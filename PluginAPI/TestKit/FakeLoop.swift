/// One loop of a FakeHost: descriptors, posted tasks, timers and the end of the turn, all run by
/// the thread of the test.

import CNself
import Glibc
import PluginAPI

/// [loop] but for `post`. A turn is: what is ready, posted tasks, timers, then the turn end.
public final class FakeLoop: @unchecked Sendable {  // the pump thread only, `posted` under the lock
    struct Task {
        let context: UnsafeMutableRawPointer?
        let run: nself_task
    }
    final class Watch {
        let id: UInt64
        let descriptor: Int32
        var events: nself_poll_events
        let context: UnsafeMutableRawPointer?
        let ready: nself_poll_ready

        init(
            _ id: UInt64, _ descriptor: Int32, _ events: nself_poll_events,
            _ context: UnsafeMutableRawPointer?, _ ready: @escaping nself_poll_ready
        ) {
            self.id = id
            self.descriptor = descriptor
            self.events = events
            self.context = context
            self.ready = ready
        }
    }
    struct Timer {
        let id: UInt64
        var due: UInt64
        let period: UInt64
        let task: Task
    }

    public let index: Int
    private(set) var watches: [UInt64: Watch] = [:]
    /// Descriptors that plugins watch here: 0 when all have been given back.
    public var watchCount: Int { watches.count }
    private let timers = Guarded<[Timer]>([])  // scheduled from any thread
    private var turnEnds: [Task] = []
    private let posted = Guarded<[Task]>([])
    /// How many turns have ended: a test of batching counts them.
    public private(set) var turns = 0

    init(index: Int) { self.index = index }

    // MARK: What the tables call

    func watch(
        _ descriptor: Int32, _ events: nself_poll_events, _ context: UnsafeMutableRawPointer?,
        _ ready: @escaping nself_poll_ready
    ) -> UInt64 {
        var status = stat()
        let regular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        let taken = watches.values.contains { $0.descriptor == descriptor }
        if regular || taken || fcntl(descriptor, F_GETFD) < 0 { return 0 }
        let id = FakeCalls.nextID()
        watches[id] = Watch(id, descriptor, events, context, ready)
        return id
    }
    func change(_ id: UInt64, _ events: nself_poll_events) { watches[id]?.events = events }
    func stop(_ id: UInt64) { watches[id] = nil }

    func schedule(_ due: UInt64, _ period: UInt64, _ task: Task) -> UInt64 {
        let id = FakeCalls.nextID()
        timers.with { $0.append(Timer(id: id, due: due, period: period, task: task)) }
        return id
    }
    /// The context of the timer when it was still to run.
    func cancel(_ id: UInt64) -> UnsafeMutableRawPointer?? {
        timers.with { timers in
            guard let index = timers.firstIndex(where: { $0.id == id }) else { return nil }
            return .some(timers.remove(at: index).task.context)
        }
    }
    func atTurnEnd(_ task: Task) { turnEnds.append(task) }
    /// [any] The host wakes the pump afterwards.
    func post(_ task: Task) { posted.with { $0.append(task) } }

    // MARK: What the pump calls

    var hasWork: Bool { !turnEnds.isEmpty || posted.with { !$0.isEmpty } }
    var nextTimer: UInt64? { timers.with { $0.map(\.due).min() } }

    /// Runs what is ready. `ready` says for a descriptor's poll(2) result.
    func turn(now: UInt64, _ ready: [(id: UInt64, events: nself_poll_events)]) {
        for (id, events) in ready {
            guard let watch = watches[id] else { continue }  // stopped by one before it
            watch.ready(watch.context, nself_poll(id: id), events)
        }
        let tasks = posted.with { tasks in
            defer { tasks = [] }
            return tasks
        }
        for task in tasks { task.run(task.context) }
        for id in timers.with({ $0.filter { $0.due <= now }.map(\.id) }) {
            if let task = fire(id, now) { task.run(task.context) }
        }
        let ends = turnEnds
        turnEnds = []
        for task in ends { task.run(task.context) }
        turns += 1
    }

    /// Its task, unless one before it in this turn cancelled it.
    private func fire(_ id: UInt64, _ now: UInt64) -> Task? {
        timers.with { timers in
            guard let index = timers.firstIndex(where: { $0.id == id }) else { return nil }
            let task = timers[index].task
            if timers[index].period == 0 {
                timers.remove(at: index)
            } else {
                timers[index].due = now + timers[index].period
            }
            return task
        }
    }
}
