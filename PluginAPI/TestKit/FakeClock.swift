/// The time a FakeHost tells: the real monotonic clock plus what a test has added.

import Glibc
import Synchronization

/// [any]
public final class FakeClock: Sendable {
    private let added = Atomic<UInt64>(0)

    public init() {}

    /// Nanoseconds; never goes back.
    public var monotonic: UInt64 {
        Self.read(CLOCK_MONOTONIC) &+ added.load(ordering: .relaxed)
    }
    /// Nanoseconds since 1970.
    public var unixTime: UInt64 { Self.read(CLOCK_REALTIME) &+ added.load(ordering: .relaxed) }

    /// Lets time pass at once: timers that fall due run in the next turn.
    public func advance(seconds: Double) {
        added.wrappingAdd(UInt64(seconds * 1e9), ordering: .relaxed)
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
