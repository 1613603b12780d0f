/// Waiting on the control thread for things that happen on others.

import Glibc

/// [any] to count down, [control] to wait: loops never wait.
public final class Latch: @unchecked Sendable {  // state is behind the mutex
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var left: Int

    public init(_ count: Int) {
        left = count
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }
    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    public func countDown() {
        pthread_mutex_lock(mutex)
        left -= 1
        if left <= 0 { pthread_cond_broadcast(changed) }
        pthread_mutex_unlock(mutex)
    }
    /// False: `nanoseconds` are over and some are still out.
    public func wait(nanoseconds: UInt64) -> Bool {
        let deadline = Clock.monotonic() &+ nanoseconds
        var time = timespec(
            tv_sec: time_t(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while left > 0 {
            if pthread_cond_timedwait(changed, mutex, &time) == ETIMEDOUT { return left <= 0 }
        }
        return true
    }
}
