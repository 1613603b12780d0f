/// One request on its way: a copy of what was asked, in the form libpq wants, and what came back.
///
/// The request is borrowed (header, O1) and libpq wants text zero-terminated, so it is copied once,
/// into memory that the group keeps for the next request. Having the copy, the group can wait in a
/// queue, and be sent again when a plan has gone stale.

import Libpq
import PluginAPI

/// [loop] Used again and again; see `LoopState.takeGroup`.
final class SyncGroup {
    /// One statement of the request.
    struct Part {
        /// Nil: run without preparing.
        var statement: Statement?
        /// Zero-terminated; in the arena, or the statement's own.
        var sql: UnsafePointer<CChar>
        var first: Int
        var count: Int
        var binaryResult: Bool
        /// Sent by the name of its prepared statement.
        var isNamed = false
        var result: OpaquePointer?
        /// Those of the prepared statement that gave the result.
        var columns: ColumnSet?
    }
    /// What the server will answer, in this order.
    enum Command {
        static let settings: Int32 = -1
        /// Preparing the settings' text.
        static let settingsPrepare: Int32 = -2
        /// Executing part n is 2n, preparing it 2n + 1.
        static func execute(_ part: Int) -> Int32 { Int32(part) * 2 }
        static func prepare(_ part: Int) -> Int32 { Int32(part) * 2 + 1 }
    }

    /// Among the free ones.
    var next: SyncGroup?

    // Who asked. A group without `done` is the plugin's own housekeeping.
    var call: UInt64 = 0
    var done: nself_db_call_done?
    /// Runs when a housekeeping group has ended; true when the server agreed to all of it.
    var ended: ((Bool) -> Void)?

    // What was asked.
    private(set) var parts: UnsafeMutablePointer<Part>
    private(set) var partCount = 0
    private var partCapacity = 4
    private(set) var settings: Statement?
    private(set) var settingsCount = 0
    var settingsAreNamed = false
    private(set) var values: UnsafeMutablePointer<UnsafePointer<CChar>?>
    private(set) var lengths: UnsafeMutablePointer<Int32>
    private(set) var formats: UnsafeMutablePointer<Int32>
    private(set) var types: UnsafeMutablePointer<UInt32>
    private var valueCapacity = 16
    private var arena: UnsafeMutableRawPointer
    private var arenaCapacity = 1024
    private(set) var arenaUsed = 0
    var flags: nself_db_request_flags = []

    // When. Nanoseconds of the monotonic clock.
    var timeout: UInt64 = 0
    /// When an answer comes too late; 0: never.
    var deadline: UInt64 = 0
    var queuedAt: UInt64 = 0
    var sentAt: UInt64 = 0

    // How it went.
    private(set) var commands: UnsafeMutablePointer<Int32>
    private(set) var commandCount = 0
    private var commandCapacity = 16
    var cursor = 0
    var failure: OpaquePointer?
    /// The command that `failure` answers.
    var failedCommand: Int32 = 0
    var failedPart: Int { failedCommand < 0 ? 0 : Int(failedCommand) / 2 }
    /// Set when something else than the server ended it.
    var ending: Ending?
    var isRetry = false
    /// The caller does not want it any more.
    var cancelled = false
    /// The server has been asked to stop it.
    var cancelRequested = false

    struct Ending {
        let status: nself_status
        let message: String
    }

    init() {
        parts = .allocate(capacity: partCapacity)
        values = .allocate(capacity: valueCapacity)
        lengths = .allocate(capacity: valueCapacity)
        formats = .allocate(capacity: valueCapacity)
        types = .allocate(capacity: valueCapacity)
        commands = .allocate(capacity: commandCapacity)
        arena = .allocate(byteCount: arenaCapacity, alignment: 16)
    }
    deinit {
        reset()
        parts.deallocate()
        values.deallocate()
        lengths.deallocate()
        formats.deallocate()
        types.deallocate()
        commands.deallocate()
        arena.deallocate()
    }

    /// Forgets everything, keeps the memory.
    func reset() {
        clearResults()
        for index in 0..<partCount { parts[index].statement?.holders -= 1 }
        parts.deinitialize(count: partCount)
        partCount = 0
        settings = nil
        settingsCount = 0
        call = 0
        done = nil
        ended = nil
        flags = []
        timeout = 0
        deadline = 0
        ending = nil
        isRetry = false
        cancelled = false
        cancelRequested = false
        arenaUsed = 0
        if arenaCapacity > Limits.arenaKeptMax { resizeArena(1024) }
    }

    /// Forgets what came back, for being sent (again).
    func clearResults() {
        for index in 0..<partCount {
            if let result = parts[index].result { PQclear(result) }
            parts[index].result = nil
            parts[index].columns = nil
            parts[index].isNamed = false
        }
        if let failure { PQclear(failure) }
        failure = nil
        failedCommand = 0
        cursor = 0
        commandCount = 0
    }

    func append(command: Int32) {
        if commandCount == commandCapacity {
            commands = Self.grown(commands, commandCapacity, commandCapacity * 2)
            commandCapacity *= 2
        }
        commands[commandCount] = command
        commandCount += 1
    }

    // MARK: Filling it

    /// Room for the whole request at once, so that no pointer into the arena moves later.
    func reserve(parts partTotal: Int, values valueTotal: Int, bytes: Int) {
        if partTotal > partCapacity {
            parts.deallocate()
            partCapacity = partTotal
            parts = .allocate(capacity: partTotal)
        }
        if valueTotal > valueCapacity {
            values = Self.renewed(values, valueTotal)
            lengths = Self.renewed(lengths, valueTotal)
            formats = Self.renewed(formats, valueTotal)
            types = Self.renewed(types, valueTotal)
            valueCapacity = valueTotal
        }
        if bytes > arenaCapacity { resizeArena(bytes) }
    }

    /// A zero-terminated copy; nil when a zero is among the bytes.
    @inline(__always)
    func copyText(_ from: UnsafeRawPointer?, _ size: Int) -> UnsafePointer<CChar>? {
        let to = (arena + arenaUsed).assumingMemoryBound(to: CChar.self)
        arenaUsed += size + 1
        return nself_postgres_copy_text(to, from, size) ? UnsafePointer(to) : nil
    }
    func copyBytes(_ from: UnsafeRawPointer?, _ size: Int) -> UnsafePointer<CChar> {
        let to = arena + arenaUsed
        if let from, size > 0 { to.copyMemory(from: from, byteCount: size) }
        arenaUsed += size
        return UnsafePointer(to.assumingMemoryBound(to: CChar.self))
    }

    func setSettings(_ statement: Statement, _ count: Int) {
        settings = statement
        settingsCount = count
    }
    func setValue(
        _ index: Int, _ value: UnsafePointer<CChar>?, _ length: Int32, _ format: Int32,
        _ type: UInt32
    ) {
        values[index] = value
        lengths[index] = length
        formats[index] = format
        types[index] = type
    }
    func append(_ part: Part) {
        part.statement?.holders += 1
        (parts + partCount).initialize(to: part)
        partCount += 1
    }

    private func resizeArena(_ bytes: Int) {
        arena.deallocate()
        arenaCapacity = max(bytes, 1024)
        arena = .allocate(byteCount: arenaCapacity, alignment: 16)
    }
    private static func renewed<Value>(_ old: UnsafeMutablePointer<Value>, _ count: Int)
        -> UnsafeMutablePointer<Value>
    {
        old.deallocate()
        return .allocate(capacity: count)
    }
    private static func grown<Value>(
        _ old: UnsafeMutablePointer<Value>, _ count: Int, _ capacity: Int
    ) -> UnsafeMutablePointer<Value> {
        let new = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
        new.moveInitialize(from: old, count: count)
        old.deallocate()
        return new
    }
}
