/// Every limit of the host, with its name and its reason. plugins.toml changes those under
/// [host.limits]; the rest are fixed.

public enum Limits {
    // Threads.
    /// Blocking work is disk and hashing: four at once keep a small machine's disk busy.
    public static let workerThreadsMax = 4
    /// 1,024 waiting tasks at 50 ms each on four threads is 12 s: beyond that refusing is kinder.
    public static let workerQueueMax = 1024
    /// A loop index travels in 8 bits of a call number.
    public static let loopsMax = 64

    // Calls.
    /// 24 bits of a call number name the slot; 65,536 calls in flight on a loop hold 5 MiB.
    public static let callsPerLoopMax = 65_536
    /// A handle table grows to this; a plugin that leaks timers hears of it before the host suffers.
    public static let handlesPerLoopMax = 65_536

    // Logs.
    /// Bytes that wait for the writer; past that records are dropped and counted.
    public static let logBufferMax = 4 << 20
    /// The last records, for `nself logs` and the admin page.
    public static let logRingMax = 2048

    // Metrics.
    /// Values per loop: 32,768 x 8 bytes. A histogram with 14 buckets takes 16.
    public static let metricValuesMax = 32_768
    /// Series one instance may define.
    public static let metricSeriesPerInstanceMax = 1_000

    // Plugins.
    /// A plugin file larger than this is a mistake, and it is copied before it is loaded.
    public static let pluginFileMax = 256 << 20
    public static let startTimeoutSeconds: UInt64 = 30
    public static let drainTimeoutSeconds: UInt64 = 20
    public static let stopTimeoutSeconds: UInt64 = 10
}
