/// Loops: what other threads post arrives in order, timers fire, the turn has an end.

import Glibc
import Synchronization
import Testing

@testable import HostCore

/// Runs `body` on a fresh loop and returns when it calls stop.
private func onLoop(_ body: @escaping @Sendable (Loop) -> Void) {
    let loop = Loop(index: 0)
    loop.post { body(loop) }
    loop.run()
}

@Suite struct LoopTests {
    @Test("Posts from several threads all arrive, and those of one thread in their order")
    func postsArriveInOrder() {
        let seen = Mutex<[[Int]]>(Array(repeating: [], count: 4))
        let count = Atomic<Int>(0)
        let loop = Loop(index: 0)
        let threads = (0..<4).map { number -> pthread_t in
            var thread = pthread_t()
            let box = Unmanaged.passRetained(
                Body {
                    for value in 0..<500 {
                        loop.post {
                            seen.withLock { $0[number].append(value) }
                            if count.add(1, ordering: .relaxed).newValue == 2000 { loop.stop() }
                        }
                    }
                }
            ).toOpaque()
            pthread_create(
                &thread, nil,
                { box in
                    guard let box else { return nil }
                    Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run()
                    return nil
                }, box)
            return thread
        }
        loop.run()
        for thread in threads { pthread_join(thread, nil) }
        seen.withLock { #expect($0.allSatisfy { $0 == Array(0..<500) }) }
    }

    @Test("A task posted from the loop itself runs after the one that posted it")
    func postNeverRunsInside() {
        let order = Mutex<[String]>([])
        onLoop { loop in
            loop.post {
                order.withLock { $0.append("posted") }
                loop.stop()
            }
            order.withLock { $0.append("poster") }
        }
        #expect(order.withLock { $0 } == ["poster", "posted"])
    }

    @Test("Turn-end tasks run once before the loop waits, also those that a turn-end task adds")
    func turnEnd() {
        let order = Mutex<[String]>([])
        onLoop { loop in
            let context = Unmanaged.passRetained(
                Body {
                    order.withLock { $0.append("end") }
                    let second = Unmanaged.passRetained(
                        Body {
                            order.withLock { $0.append("end of end") }
                            loop.stop()
                        }
                    ).toOpaque()
                    loop.atTurnEnd(second, Body.runOnce)
                }
            ).toOpaque()
            loop.atTurnEnd(context, Body.runOnce)
            order.withLock { $0.append("turn") }
        }
        #expect(order.withLock { $0 } == ["turn", "end", "end of end"])
    }

    @Test("A timer never fires early, a periodic one fires again until it is cancelled")
    func timers() {
        let fired = Mutex<[UInt64]>([])
        let start = Clock.monotonic()
        onLoop { loop in
            let periodic = Mutex<Int>(0)
            _ = periodic
            var times = 0
            var timer: LoopTimer?
            timer = loop.schedule(after: 5_000_000, every: 5_000_000) {
                times += 1
                fired.withLock { $0.append(Clock.monotonic() - start) }
                if times == 3 {
                    timer?.cancel()
                    loop.schedule(after: 20_000_000) { loop.stop() }
                }
            }
        }
        let times = fired.withLock { $0 }
        #expect(times.count == 3)
        #expect((times.first ?? 0) >= 5_000_000)
    }

    @Test("A descriptor's source hears readable, and nothing after unwatch")
    func pollSource() {
        final class Source: PollSource {
            var heard = 0
            override func ready(_ events: PollEvents) {
                heard += 1
                var byte: UInt8 = 0
                _ = read(descriptor, &byte, 1)
                unwatch()
                close(descriptor)
                let loop = loop
                loop.schedule(after: 1_000_000) { loop.stop() }
            }
        }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (reader, writer) = (ends[0], ends[1])
        let heard = Mutex(0)
        onLoop { loop in
            let source = Source(loop: loop, descriptor: reader)
            source.watch(.readable)
            _ = write(writer, "ab", 2)
            loop.schedule(after: 0, every: 1_000_000) { heard.withLock { $0 = source.heard } }
        }
        close(writer)
        #expect(heard.withLock { $0 } == 1)
    }

    @Test("An error on a descriptor is reported in every turn until somebody deals with it")
    func errorIsLevelTriggered() {
        final class Source: PollSource {
            var heard = 0
            override func ready(_ events: PollEvents) {
                heard += 1
                #expect(events.contains(.readable))
                guard heard == 3 else { return }
                unwatch()
                close(descriptor)
                loop.stop()
            }
        }
        onLoop { loop in
            // The reading end of a pipe is gone: its writing end has an error for ever.
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            close(ends[0])
            let source = Source(loop: loop, descriptor: ends[1])
            source.watch(.readable)
            loop.schedule(after: 5_000_000_000) {
                Issue.record("heard \(source.heard) times in five seconds")
                loop.stop()
            }
        }
    }

    @Test("A regular file cannot be watched, and that is said")
    func regularFile() {
        onLoop { loop in
            let file = open("/etc/hostname", O_RDONLY)
            let source = PollSource(loop: loop, descriptor: file)
            #expect(source.watch(.readable) == false)
            close(file)
            loop.stop()
        }
    }
}

/// A closure as the context of a C task.
final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    static let runOnce: Loop.Task = { context in
        guard let context else { return }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
    }
}
