/// Every bound of this plugin, with its reason.

enum Limits {
    /// Requests in flight on one connection: more buys nothing (one backend is one core).
    static let pipelineDepthMax = 32
    /// Requests that wait on one loop. 1,024 at about 1 KiB each; at 10,000 a second that is a
    /// tenth of a second, beyond which an early "no" is kinder than a late one.
    static let queueMax = 1024
    /// Bytes of copied requests that wait on one loop: a few large uploads, not the machine.
    static let queueBytesMax = 32 << 20
    /// How long a request waits while no connection is up, in nanoseconds (spec G8).
    static let unavailableWait: UInt64 = 5_000_000_000
    /// Callers that wait for a connection of their own, on one loop, and for how long.
    static let sessionWaitersMax = 256
    static let sessionWait: UInt64 = 10_000_000_000
    /// Open sessions that have lost their connection count as well, until they are closed.
    static let sessionsMax = 1024
    /// A session that nobody has used for so long holds locks for nobody: it is rolled back.
    static let sessionIdleMax: UInt64 = 300_000_000_000
    /// Statements of one request: one sync group holds its locks until the last one.
    static let statementsMax = 1024
    /// Parameters of one statement: the protocol counts them in 16 bits.
    static let parametersMax = 65_535
    /// Settings of one request; each number of pairs is one prepared text.
    static let settingsMax = 32
    /// A request of its own memory keeps at most this much between uses.
    static let arenaKeptMax = 64 << 10
    /// Finished requests kept for reuse per loop: what is in flight and waiting in normal times.
    static let groupsKeptMax = 256
    /// Channels and subscriptions of LISTEN: one backend carries them all.
    static let subscriptionsMax = 4096
    /// A text whose mean time on a pipeline is above this goes to the session pool, because a
    /// pipeline makes everything behind it wait.
    static let slowMean: UInt64 = 20_000_000
    /// How long past its time an answer may be before the connection is given up: the server's own
    /// statement_timeout comes first, unless the server or the network is gone.
    static let answerGrace: UInt64 = 3_000_000_000
    /// Reads of what a closed connection still holds: libpq takes 16 KiB or more at a time, and the
    /// kernel buffers some hundred.
    static let lastReadsMax = 256
    /// For the plugin's own statements, which are all short.
    static let housekeepingTime: UInt64 = 10_000_000_000
    /// The clock that looks for deadlines ticks so often, and only while something is under way.
    static let tick: UInt64 = 100_000_000
    /// Reconnecting: first after about this, then twice as long each time, up to the last. During
    /// the brisk time it stays at a quarter of a second, so that a server that restarts within
    /// seconds is found at once.
    static let reconnectFirst: UInt64 = 20_000_000
    static let reconnectBriskMax: UInt64 = 250_000_000
    static let reconnectBrisk: UInt64 = 5_000_000_000
    static let reconnectMax: UInt64 = 2_000_000_000
}
