/// The statements of one loop: found by text, role and parameter types; the least recently used
/// one goes when the table is full.

import PluginAPI

/// [loop]
final class StatementTable {
    let capacity: Int
    /// False behind a pooler that gives each transaction another backend.
    let prepares: Bool
    /// By slot.
    private var statements: [Statement?]
    private var free: [Int]
    /// Open addressing with linear probing: slot + 1, 0 is empty. At most half full.
    private let index: UnsafeMutablePointer<Int32>
    private let mask: Int
    private var clock: UInt64 = 0
    /// Numbers for names; never used twice, so that a late DEALLOCATE hits nobody else.
    private var lastNumber: UInt64 = 0
    /// One text per number of pairs, made when first needed, never evicted.
    private var settings: [Statement?] = Array(repeating: nil, count: Limits.settingsMax + 1)
    private(set) var evictions = 0

    /// Slots past `capacity` belong to the texts that set settings.
    var slotCount: Int { capacity + Limits.settingsMax + 1 }

    init(capacity: Int, prepares: Bool) {
        self.capacity = capacity
        self.prepares = prepares
        statements = Array(repeating: nil, count: capacity)
        free = Array((0..<capacity).reversed())
        var size = 16
        while size < capacity * 2 { size *= 2 }
        mask = size - 1
        index = .allocate(capacity: size)
        index.initialize(repeating: 0, count: size)
    }
    deinit { index.deallocate() }

    var count: Int { capacity - free.count }

    /// hot. Nil when every statement is held by a request: then it is run without preparing.
    func find(_ key: StatementKey, evicted: (Statement) -> Void) -> Statement? {
        var at = Int(truncatingIfNeeded: key.hash) & mask
        while index[at] != 0 {
            if let statement = statements[Int(index[at]) - 1], statement.matches(key) {
                clock += 1
                statement.lastUse = clock
                return statement
            }
            at = (at + 1) & mask
        }
        return insert(key, evicted: evicted)
    }

    private func insert(_ key: StatementKey, evicted: (Statement) -> Void) -> Statement? {
        if free.isEmpty {
            guard let oldest = leastRecentlyUsed() else { return nil }
            remove(oldest)
            evicted(oldest)
        }
        guard let slot = free.popLast() else { return nil }
        lastNumber += 1
        let statement = Statement(slot: slot, number: lastNumber, key)
        clock += 1
        statement.lastUse = clock
        statements[slot] = statement
        var at = Int(truncatingIfNeeded: key.hash) & mask
        while index[at] != 0 { at = (at + 1) & mask }
        index[at] = Int32(slot + 1)
        return statement
    }

    private func leastRecentlyUsed() -> Statement? {
        var oldest: Statement?
        for case let statement? in statements where statement.holders == 0 {
            if statement.lastUse < oldest?.lastUse ?? .max { oldest = statement }
        }
        return oldest
    }

    private func remove(_ statement: Statement) {
        var at = Int(truncatingIfNeeded: statement.hash) & mask
        while Int(index[at]) != statement.slot + 1 { at = (at + 1) & mask }
        index[at] = 0
        // What was placed behind it because it was in the way moves up.
        var next = (at + 1) & mask
        while index[next] != 0 {
            let slot = index[next]
            index[next] = 0
            if let moved = statements[Int(slot) - 1] {
                var home = Int(truncatingIfNeeded: moved.hash) & mask
                while index[home] != 0 { home = (home + 1) & mask }
                index[home] = slot
            }
            next = (next + 1) & mask
        }
        statements[statement.slot] = nil
        free.append(statement.slot)
        evictions += 1
    }

    /// Sets that many pairs and answers with one "f": set_config gives its value back, and neither
    /// the claims of a token nor five columns need to travel to be thrown away.
    func settingStatement(pairs: Int) -> Statement {
        if let made = settings[pairs] { return made }
        var sql = "select "
        for pair in 0..<pairs {
            if pair > 0 { sql += " or " }
            sql += "pg_catalog.set_config($\(2 * pair + 1), $\(2 * pair + 2), true) is null"
        }
        lastNumber += 1
        let statement = sql.withText { text in
            let text25 = UnsafeMutablePointer<nself_db_parameter>.allocate(capacity: 2 * pairs)
            defer { text25.deallocate() }
            var parameter = nself_db_parameter()
            parameter.type_oid = 25
            text25.initialize(repeating: parameter, count: 2 * pairs)
            return Statement(
                slot: capacity + pairs, number: lastNumber,
                StatementKey(text, .empty, text25, 2 * pairs))
        }
        settings[pairs] = statement
        return statement
    }
}
