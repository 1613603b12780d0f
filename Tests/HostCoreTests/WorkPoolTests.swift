/// The worker threads: work runs elsewhere, and a full queue says so.

import Glibc
import Synchronization
import Testing

@testable import HostCore

@Suite struct WorkPoolTests {
    @Test("Work runs on another thread, and past the queue's limit it is refused")
    func bounded() {
        let pool = WorkPool(threadsMax: 1, queueMax: 2)
        var gate: [Int32] = [0, 0]
        #expect(pipe(&gate) == 0)
        let (reader, writer) = (gate[0], gate[1])
        let done = Atomic<Int>(0)
        func submit(_ body: @escaping @Sendable () -> Void) -> Bool {
            let box = Unmanaged.passRetained(Body(body)).toOpaque()
            if pool.run(box, Body.runOnce) { return true }
            Unmanaged<Body>.fromOpaque(box).release()
            return false
        }
        // The one thread waits at the gate; then two may queue and no more.
        #expect(
            submit {
                var byte: UInt8 = 0
                _ = read(reader, &byte, 1)
                done.add(1, ordering: .sequentiallyConsistent)
            })
        var taken = 0
        for _ in 0..<10 where submit({ done.add(1, ordering: .sequentiallyConsistent) }) {
            taken += 1
        }
        #expect((1...3).contains(taken))
        _ = write(writer, "x", 1)
        while done.load(ordering: .sequentiallyConsistent) < taken + 1 { sched_yield() }
        close(reader)
        close(writer)
    }
}
