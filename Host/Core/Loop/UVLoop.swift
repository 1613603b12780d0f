/// libuv behind the facade: the only file that imports it.

import UV

/// One uv_loop_t with the handles every loop has: inbox wake-up, turn end, after-poll clock.
/// Owned by Loop, which is what the handles' data points to. [loop] unless marked.
final class UVLoop {
    private let loop: UnsafeMutablePointer<uv_loop_t>
    private let wake: UnsafeMutablePointer<uv_async_t>
    private let prepare: UnsafeMutablePointer<uv_prepare_t>
    private let check: UnsafeMutablePointer<uv_check_t>

    init() {
        loop = .allocate(capacity: 1)
        wake = .allocate(capacity: 1)
        prepare = .allocate(capacity: 1)
        check = .allocate(capacity: 1)
        precondition(uv_loop_init(loop) == 0, "an event loop could not be made: out of descriptors")
    }

    /// Connects the handles with their owner. Called once, before run.
    func attach(_ owner: Loop) {
        let data = Unmanaged.passUnretained(owner).toOpaque()
        precondition(
            uv_async_init(loop, wake) { handle in
                let loop = Loop.at(handle?.pointee.data)
                loop.turnBegan()
                loop.drainInbox()
            } == 0, "a wake-up descriptor could not be made: out of descriptors")
        wake.pointee.data = data
        uv_prepare_init(loop, prepare)
        prepare.pointee.data = data
        uv_prepare_start(prepare) { handle in Loop.at(handle?.pointee.data).endTurn() }
        uv_check_init(loop, check)
        check.pointee.data = data
        uv_check_start(check) { handle in Loop.at(handle?.pointee.data).turnBegan() }
    }

    /// Runs until stop.
    func run() { uv_run(loop, UV_RUN_DEFAULT) }
    func stop() { uv_stop(loop) }
    /// [any] Has drainInbox called soon.
    func wakeUp() { uv_async_send(wake) }

    // MARK: descriptors

    /// A poll handle for `descriptor` whose events go to `source`; nil when it cannot be watched.
    func makePoll(_ descriptor: Int32, _ source: PollSource) -> UnsafeMutableRawPointer? {
        let poll = UnsafeMutablePointer<uv_poll_t>.allocate(capacity: 1)
        guard uv_poll_init(loop, poll, descriptor) == 0 else {
            poll.deallocate()
            return nil
        }
        poll.pointee.data = Unmanaged.passUnretained(source).toOpaque()
        return UnsafeMutableRawPointer(poll)
    }
    func startPoll(_ handle: UnsafeMutableRawPointer, _ events: PollEvents) {
        let poll = handle.assumingMemoryBound(to: uv_poll_t.self)
        uv_poll_start(poll, Int32(events.rawValue)) { poll, status, events in
            guard let data = poll?.pointee.data else { return }
            let source = Unmanaged<PollSource>.fromOpaque(data).takeUnretainedValue()
            source.loop.turnBegan()
            if status == 0 { return source.ready(PollEvents(rawValue: UInt32(events))) }
            // An error on the descriptor: let the owner read it. libuv has stopped the handle.
            source.ready([.readable, .writable, .hangup])
            source.startAgain()
        }
    }
    func stopPoll(_ handle: UnsafeMutableRawPointer) {
        uv_poll_stop(handle.assumingMemoryBound(to: uv_poll_t.self))
    }
    /// Out of epoll at once; the memory follows when libuv is done with it.
    func closePoll(_ handle: UnsafeMutableRawPointer) {
        let poll = handle.assumingMemoryBound(to: uv_poll_t.self)
        uv_poll_stop(poll)
        poll.pointee.data = nil
        handle.withMemoryRebound(to: uv_handle_t.self, capacity: 1) {
            uv_close($0) { handle in UnsafeMutableRawPointer(handle)?.deallocate() }
        }
    }

    // MARK: timers

    func makeTimer(_ timer: LoopTimer, after: UInt64, every: UInt64) -> UnsafeMutableRawPointer {
        let handle = UnsafeMutablePointer<uv_timer_t>.allocate(capacity: 1)
        uv_timer_init(loop, handle)
        handle.pointee.data = Unmanaged.passUnretained(timer).toOpaque()
        uv_update_time(loop)
        uv_timer_start(
            handle,
            { handle in
                guard let data = handle?.pointee.data else { return }
                Unmanaged<LoopTimer>.fromOpaque(data).takeUnretainedValue().fire()
            }, milliseconds(after), every == 0 ? 0 : max(1, milliseconds(every)))
        return UnsafeMutableRawPointer(handle)
    }
    func closeTimer(_ handle: UnsafeMutableRawPointer) {
        let timer = handle.assumingMemoryBound(to: uv_timer_t.self)
        uv_timer_stop(timer)
        timer.pointee.data = nil
        handle.withMemoryRebound(to: uv_handle_t.self, capacity: 1) {
            uv_close($0) { handle in UnsafeMutableRawPointer(handle)?.deallocate() }
        }
    }
    /// Rounded up, so that a timer never fires early.
    private func milliseconds(_ nanoseconds: UInt64) -> UInt64 {
        nanoseconds / 1_000_000 + (nanoseconds % 1_000_000 == 0 ? 0 : 1)
    }
}
