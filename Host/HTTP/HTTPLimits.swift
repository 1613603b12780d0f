/// Every limit of the HTTP front, with its reason. Times are nanoseconds.

public struct HTTPLimits: Sendable {
    // Request head.
    /// Request line and fields together: browsers with fat cookies stay below 16 KiB.
    public var headBytesMax = 32 << 10
    /// Real clients send 10 to 40; 100 leaves room for proxies that add their own.
    public var fieldsMax = 100
    /// The target as sent; what more clients than servers agree on.
    public var targetBytesMax = 8 << 10
    /// The longest registered method has 16 characters.
    public var methodBytesMax = 32
    /// Segments of a path: matching a route never takes more steps than this per level.
    public var pathSegmentsMax = 128

    // Request body.
    /// For routes that name no limit of their own.
    public var bodyBytesMax: UInt64 = 10 << 20
    /// Collected bodies of one loop together: uploads in flight cannot exhaust the memory.
    public var collectedBytesMax = 256 << 20
    /// Of one body: names and values of chunk extensions carry nothing we use.
    public var chunkExtensionBytesMax = 4 << 10
    /// Of one body: trailers are checked and dropped.
    public var trailerBytesMax = 8 << 10
    /// What a reader of a streamed body gets at once: the size where copying stops mattering.
    public var bodyPieceBytesMax = 64 << 10
    /// An unread body up to this is read and dropped, so that the connection lives on.
    public var discardBytesMax: UInt64 = 64 << 10

    // Response.
    /// Bytes that wait for a slow reader before streams pause and pipelined requests wait.
    public var outputBytesMax = 256 << 10
    /// One piece of a streamed response that is asked for at once.
    public var responsePieceBytesMax = 64 << 10
    /// Body pieces up to this are copied behind the head: one iovec entry costs as much.
    public var copiedPieceBytesMax = 1 << 10

    // Time.
    /// From the first byte of a head to its last; dripping does not extend it.
    public var headTimeout: UInt64 = 10 * second
    /// Between two pieces of a body.
    public var bodyIdleTimeout: UInt64 = 30 * second
    /// Bytes a second that a body must bring in each span of bodyIdleTimeout: a slow phone
    /// brings 1,000, a slow loris one.
    public var bodyRateMin: UInt64 = 128
    /// Between two requests.
    public var keepAliveTimeout: UInt64 = 60 * second
    /// Without progress while an answer waits for its reader.
    public var writeTimeout: UInt64 = 60 * second
    /// For routes that name no time of their own: from the head to the handler's answer.
    public var requestTimeout: UInt64 = 30 * second
    /// A peer that has ended its side may still want the answer; after this it counts as gone.
    public var halfCloseTimeout: UInt64 = 1 * second
    /// How long input is read and dropped after an early error, so that the answer is not
    /// lost to a reset.
    public var lingerTimeout: UInt64 = 2 * second
    /// How much of it.
    public var lingerBytesMax = 4 << 20

    // Connections.
    /// Of one loop: 10,000 idle ones hold about 10 MiB.
    public var connectionsMax = 10_000
    /// Taken in one turn, so that a storm of them leaves the loop its other work.
    public var acceptsPerTurnMax = 32
    /// How long a listener rests when the process has no descriptor left.
    public var acceptPause: UInt64 = second / 10
    /// The queue of the kernel for a listener.
    public var backlog: Int32 = 1024
    /// Bytes of a file sent in one turn of one connection.
    public var filePieceBytesMax = 1 << 20
    /// Spare exchanges a loop keeps; each holds about 6 KiB.
    public var spareExchangesMax = 256

    public static let second: UInt64 = 1_000_000_000

    public init() {}
}
