/// A value behind a lock, for the few things that no loop owns.

import Glibc

/// [any] POSIX's mutex and not Synchronization.Mutex: ThreadSanitizer understands it, so that two
/// loops can be checked at once. Keep what is inside `withLock` short; it must not take the lock again.
public final class Locked<Value>: @unchecked Sendable {  // the value is touched with the lock held only
    private var value: Value
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    public init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
    }
    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    public func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result)
        throws(Failure) -> Result
    {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
