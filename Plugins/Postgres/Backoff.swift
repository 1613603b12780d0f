/// How long to wait before the next attempt to connect: a value, so that it can be tested.

struct Backoff {
    private var attempts: UInt64 = 0
    private var since: UInt64 = 0

    /// Nanoseconds until the next attempt. `random` is any number: half of the wait is jitter, so
    /// that connections that were lost together do not come back together.
    mutating func next(now: UInt64, random: UInt64) -> UInt64 {
        if attempts == 0 { since = now }
        let grown = Limits.reconnectFirst << min(attempts, 10)
        attempts += 1
        let brisk = now &- since < Limits.reconnectBrisk
        let wait = min(grown, brisk ? Limits.reconnectBriskMax : Limits.reconnectMax)
        return wait / 2 + random % (wait / 2 + 1)
    }
    mutating func succeeded() { attempts = 0 }
}
