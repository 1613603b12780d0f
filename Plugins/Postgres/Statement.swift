/// One SQL text as it is prepared: with the value of the setting `role` and the types of its
/// parameters, because PostgreSQL throws a plan under row-level security away when the role
/// differs from the one it was made for (21.4 us a read against 12.0 with a text per role).

import Libpq
import PluginAPI

/// Shared by the connections of one loop. [loop]
final class Statement {
    /// What a statement is good for, told by its first words.
    enum Kind {
        case plain
        /// BEGIN, SET, LISTEN, DISCARD and the like: they outlive their request, so they would
        /// reach whoever uses the connection next. In sessions only.
        case session
        /// Has a zero byte in it, which the protocol cannot carry.
        case unsendable
    }

    /// Position in the table, and in each connection's array of what it has prepared.
    let slot: Int
    let hash: UInt64
    /// Zero-terminated.
    let sql: UnsafeMutablePointer<CChar>
    let sqlSize: Int
    /// Zero-terminated name on every connection; never used twice.
    let name: UnsafeMutablePointer<CChar>
    let types: UnsafeMutablePointer<UInt32>
    let typeCount: Int
    let kind: Kind
    private let role: UnsafeMutablePointer<CChar>
    private let roleSize: Int
    /// Position on the clock of uses.
    var lastUse: UInt64 = 0
    /// Requests that hold it: not evicted meanwhile.
    var holders = 0
    /// Nanoseconds on average (exponential), and how often it was measured.
    private(set) var mean: UInt64 = 0
    private(set) var samples = 0

    init(slot: Int, number: UInt64, _ key: StatementKey) {
        self.slot = slot
        hash = key.hash
        sql = Self.copy(key.sql)
        sqlSize = key.sql.count
        role = Self.copy(key.role)
        roleSize = key.role.count
        var text = "n\(number)"
        name = text.withUTF8 { Self.copy(Text(UnsafeRawBufferPointer($0))) }
        typeCount = key.parameterCount
        types = .allocate(capacity: max(typeCount, 1))
        for index in 0..<typeCount { types[index] = key.parameters?[index].type_oid ?? 0 }
        kind = key.sql.bytes.contains(0) ? .unsendable : StatementText.kind(key.sql)
    }
    deinit {
        sql.deallocate()
        role.deallocate()
        name.deallocate()
        types.deallocate()
    }

    private static func copy(_ text: Text) -> UnsafeMutablePointer<CChar> {
        let memory = UnsafeMutablePointer<CChar>.allocate(capacity: text.count + 1)
        if let base = text.base { memory.update(from: base, count: text.count) }
        memory[text.count] = 0
        return memory
    }

    func matches(_ key: StatementKey) -> Bool {
        guard hash == key.hash, sqlSize == key.sql.count, roleSize == key.role.count,
            typeCount == key.parameterCount, nself_postgres_equal(sql, key.sql.base, sqlSize),
            nself_postgres_equal(role, key.role.base, roleSize)
        else { return false }
        for index in 0..<typeCount where types[index] != key.parameters?[index].type_oid {
            return false
        }
        return true
    }

    func measured(_ nanoseconds: UInt64) {
        samples += 1
        mean = samples == 1 ? nanoseconds : mean - mean / 8 + nanoseconds / 8
    }
    /// Judged after a few runs: the first one plans and reads from disk.
    var isSlow: Bool { samples >= 4 && mean > Limits.slowMean }
}

/// What a statement is found by; borrowed.
struct StatementKey {
    let sql: Text
    let role: Text
    let parameters: UnsafePointer<nself_db_parameter>?
    let parameterCount: Int
    let hash: UInt64

    init(
        _ sql: Text, _ role: Text, _ parameters: UnsafePointer<nself_db_parameter>?, _ count: Int
    ) {
        self.sql = sql
        self.role = role
        self.parameters = parameters
        parameterCount = count
        var hash = Hash()
        hash.add(sql.bytes)
        hash.add(role.bytes)
        for index in 0..<count { hash.add(UInt64(parameters?[index].type_oid ?? 0)) }
        self.hash = hash.value
    }
}

/// 64 bits over text, eight bytes a step. Seeded per process, since texts may come from afar.
struct Hash {
    private static let seed = UInt64.random(in: .min ... .max)
    private static let odd: UInt64 = 0x9E37_79B9_7F4A_7C15  // 2^64 divided by the golden ratio
    private(set) var value = Hash.seed

    mutating func add(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: Self.odd)
        value = product.high ^ product.low
    }
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(UInt64(bytes.count))
        var at = 0
        while at + 8 <= bytes.count {
            add(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var rest: UInt64 = 0
        while at < bytes.count {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        add(rest)
    }
}
