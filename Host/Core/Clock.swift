/// Time in nanoseconds.

import Glibc

public enum Clock {
    /// [any] Since some point in the past; never goes back.
    public static func monotonic() -> UInt64 { read(CLOCK_MONOTONIC) }
    /// [any] Since 1970.
    public static func unix() -> UInt64 { read(CLOCK_REALTIME) }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
