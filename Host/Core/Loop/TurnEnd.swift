/// What runs once before the loop waits: flushes of sockets, pipelines and rings.

/// [loop] hot: two pieces of memory that take turns, so nothing is allocated once they have grown.
final class TurnEnd {
    private struct Entry {
        let context: UnsafeMutableRawPointer?
        let task: Loop.Task
    }
    /// Tasks that add tasks run again in the same turn, so often; then descriptors get their turn.
    private static let roundsMax = 8

    private var waiting: UnsafeMutableBufferPointer<Entry> = .allocate(capacity: 64)
    private var running: UnsafeMutableBufferPointer<Entry> = .allocate(capacity: 64)
    private var count = 0

    deinit {
        waiting.deallocate()
        running.deallocate()
    }

    func add(_ context: UnsafeMutableRawPointer?, _ task: @escaping Loop.Task) {
        if count == waiting.count {
            let larger = UnsafeMutableBufferPointer<Entry>.allocate(capacity: count * 2)
            _ = larger.moveInitialize(fromContentsOf: waiting)
            waiting.deallocate()
            waiting = larger
        }
        waiting.initializeElement(at: count, to: Entry(context: context, task: task))
        count += 1
    }

    /// Runs what has been added. True: some is left for the next turn, which must not wait.
    func run() -> Bool {
        var rounds = 0
        while count > 0 {
            if rounds == TurnEnd.roundsMax { return true }
            rounds += 1
            swap(&waiting, &running)
            let batch = count
            count = 0
            for index in 0..<batch {
                let entry = running.moveElement(from: index)
                entry.task(entry.context)
            }
        }
        return false
    }
}
