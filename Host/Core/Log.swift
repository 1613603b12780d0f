/// The log of the host and of all plugins: one writer thread, a bounded buffer, the last records kept.

import Glibc
import HostShim
import Synchronization

/// [any] Never blocks on the disk or the terminal: past the buffer's limit records are dropped and
/// counted. The lock is held for one memory copy; loops hand over their access lines in batches.
public final class Log: @unchecked Sendable {  // state is behind the mutex, the level is atomic
    public let format: LogFormat
    private let descriptor: Int32
    private let levelNow: Atomic<UInt32>
    private let dropped = Atomic<UInt64>(0)
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrived: UnsafeMutablePointer<pthread_cond_t>
    private var pending: [UInt8] = []
    private var ring: [UInt8] = []
    private var followers: [(descriptor: Int32, filter: LogFilter)] = []
    private var stopping = false
    private var thread = pthread_t()

    /// Bytes of the last records, for `nself logs`.
    private static let ringSizeMax = 256 << 10

    /// Starts the writer on `descriptor`, which stays the caller's.
    public init(descriptor: Int32, format: LogFormat, level: LogLevel) {
        self.descriptor = descriptor
        self.format = format
        levelNow = Atomic(level.rawValue)
        mutex = .allocate(capacity: 1)
        arrived = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrived, nil)
        let context = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                nself_shim_name_thread("log")
                Unmanaged<Log>.fromOpaque(context).takeUnretainedValue().writeUntilStopped()
                return nil
            }, context)
        precondition(status == 0, "no thread for the log: the process limit is reached")
    }

    public var level: LogLevel {
        get { LogLevel(severity: levelNow.load(ordering: .relaxed)) }
        set { levelNow.store(newValue.rawValue, ordering: .relaxed) }
    }
    /// Records that found the buffer full.
    public var droppedCount: UInt64 { dropped.load(ordering: .relaxed) }

    /// Writes one record. `source` is the instance, or "host".
    public func write(
        _ level: LogLevel, _ source: String, _ message: @autoclosure () -> String,
        _ fields: KeyValuePairs<String, String> = [:]
    ) {
        guard level >= self.level else { return }
        var line = LogLine(
            format, level, source: source, message: message(), unixTime: Clock.unix())
        for (name, value) in fields { line.field(name, value) }
        append(line.finish())
    }
    public func info(_ message: @autoclosure () -> String) { write(.info, "host", message()) }
    public func warning(_ message: @autoclosure () -> String) { write(.warning, "host", message()) }
    public func error(_ message: @autoclosure () -> String) { write(.error, "host", message()) }

    /// Hands over whole lines.
    public func append(_ lines: [UInt8]) { lines.withUnsafeBytes { append($0) } }
    public func append(_ lines: UnsafeRawBufferPointer) {
        pthread_mutex_lock(mutex)
        if pending.count + lines.count > Limits.logBufferMax {
            dropped.wrappingAdd(1, ordering: .relaxed)
        } else {
            let wasEmpty = pending.isEmpty
            pending.append(contentsOf: lines)
            if wasEmpty { pthread_cond_signal(arrived) }
        }
        pthread_mutex_unlock(mutex)
    }

    /// The last records, oldest first, whole lines.
    public func recent() -> [UInt8] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return ring
    }
    /// Writes later records to `descriptor` too, until that fails; it is moved, closed by the log.
    public func follow(_ descriptor: Int32, containing text: String?) {
        // A follower that does not read must not hold up the log.
        _ = nself_shim_set_nonblocking(descriptor)
        pthread_mutex_lock(mutex)
        followers.append((descriptor, LogFilter(containing: text)))
        pthread_mutex_unlock(mutex)
    }

    /// Writes what is left and ends the writer. [control]
    public func close() {
        pthread_mutex_lock(mutex)
        stopping = true
        pthread_cond_signal(arrived)
        pthread_mutex_unlock(mutex)
        pthread_join(thread, nil)
    }

    private func writeUntilStopped() {
        var batch: [UInt8] = []
        pthread_mutex_lock(mutex)
        while true {
            while pending.isEmpty && !stopping { pthread_cond_wait(arrived, mutex) }
            if pending.isEmpty { break }
            swap(&batch, &pending)
            remember(batch)
            let listening = followers
            pthread_mutex_unlock(mutex)
            _ = writeAll(descriptor, batch)
            var gone: [Int32] = []
            for (follower, filter) in listening where !writeAll(follower, filter.apply(batch)) {
                gone.append(follower)
            }
            batch.removeAll(keepingCapacity: batch.capacity <= 1 << 16)
            pthread_mutex_lock(mutex)
            for follower in gone {
                followers.removeAll { $0.descriptor == follower }
                Glibc.close(follower)
            }
        }
        for follower in followers { Glibc.close(follower.descriptor) }
        pthread_mutex_unlock(mutex)
    }
    private func remember(_ lines: [UInt8]) {
        ring.append(contentsOf: lines.suffix(Log.ringSizeMax))
        if ring.count > Log.ringSizeMax {
            let excess = ring.count - Log.ringSizeMax / 2
            let cut = ring[excess...].firstIndex(of: 10).map { $0 + 1 } ?? ring.count
            ring.removeFirst(cut)
        }
    }
    private func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = Glibc.write(
                    descriptor, bytes.baseAddress! + offset, bytes.count - offset)
                if count < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                offset += count
            }
            return true
        }
    }
}
