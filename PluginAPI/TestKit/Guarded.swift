/// A value behind a lock, for what plugin threads and the test share.

import Synchronization

public final class Guarded<Value>: @unchecked Sendable {  // only reached under the mutex
    private let mutex = Mutex(())
    private var value: Value

    public init(_ value: Value) { self.value = value }

    public func with<Result>(_ body: (inout Value) -> Result) -> Result {
        mutex._unsafeLock()
        defer { mutex._unsafeUnlock() }
        return body(&value)
    }
}
