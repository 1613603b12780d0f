/// What other threads have for a loop: many writers, one reader, one wake-up while it is not empty.

import Synchronization

/// A stack that the reader takes whole and turns round: no lock, one allocation per message.
/// Bounded by what posts: a call in flight posts at most one completion.
final class Inbox: @unchecked Sendable {  // one atomic
    private struct Node {
        let context: UnsafeMutableRawPointer?
        let task: Loop.Task
        var next: UnsafeMutablePointer<Node>?
    }
    private let head = Atomic<UnsafeMutableRawPointer?>(nil)

    /// [any] True when it was empty, so that the reader must be woken.
    func push(_ context: UnsafeMutableRawPointer?, _ task: @escaping Loop.Task) -> Bool {
        let node = UnsafeMutablePointer<Node>.allocate(capacity: 1)
        var seen = head.load(ordering: .relaxed)
        node.initialize(to: Node(context: context, task: task, next: nil))
        while true {
            node.pointee.next = seen?.assumingMemoryBound(to: Node.self)
            let (exchanged, original) = head.weakCompareExchange(
                expected: seen, desired: UnsafeMutableRawPointer(node),
                successOrdering: .releasing, failureOrdering: .relaxed)
            if exchanged { return original == nil }
            seen = original
        }
    }

    /// [loop] Runs all that has arrived, in the order of arrival.
    func drain() {
        var taken = head.exchange(nil, ordering: .acquiring)?.assumingMemoryBound(to: Node.self)
        var ordered: UnsafeMutablePointer<Node>?
        while let node = taken {
            taken = node.pointee.next
            node.pointee.next = ordered
            ordered = node
        }
        while let node = ordered {
            ordered = node.pointee.next
            let (context, task) = (node.pointee.context, node.pointee.task)
            node.deinitialize(count: 1)
            node.deallocate()
            task(context)
        }
    }
}
