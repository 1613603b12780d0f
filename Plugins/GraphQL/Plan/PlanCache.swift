/// Plans by the bytes of the request, one cache per loop: a hit parses, validates and compiles nothing.

import Glibc
import PluginAPI

/// Keyed by role, the query as it stands in the body (escapes and all) and the operation's name; then
/// by the shape of the variables. Emptied when the schema changes.
final class PlanCache {
    /// Shapes of one operation that are kept: clients that build objects freely do not fill the cache.
    private static let plansPerOperationMax = 64
    /// A text longer than this is planned each time: a cache of such would hold few.
    private static let keySizeMax = 64 * 1024

    final class Entry {
        let key: [UInt8]
        let operation: PreparedOperation
        fileprivate(set) var plans: [(shape: [UInt8], plan: Plan)] = []
        fileprivate var lastUse: UInt64 = 0
        /// Another entry with the same hash.
        fileprivate var next: Entry?
        fileprivate var size: Int

        fileprivate init(key: [UInt8], operation: PreparedOperation) {
            self.key = key
            self.operation = operation
            // The tree of a document takes about six times its text.
            size = key.count + operation.document.text.count * 6 + 512
        }
    }

    /// Bytes that entries may hold together.
    var sizeMax: Int
    private(set) var size = 0
    private(set) var count = 0
    private var entries: [UInt64: Entry] = [:]
    private var clock: UInt64 = 0
    private let seed = UInt64.random(in: .min ... .max)

    init(sizeMax: Int) { self.sizeMax = sizeMax }

    func removeAll() {
        entries = [:]
        size = 0
        count = 0
    }

    /// The parts of a key, borrowed from the body.
    struct Key {
        let role: [UInt8]
        let query: UnsafeRawBufferPointer
        let operationName: UnsafeRawBufferPointer
        var count: Int { role.count + query.count + operationName.count + 2 }
    }

    /// [loop] hot
    func find(_ key: Key) -> Entry? {
        var entry = entries[hash(key)]
        while let found = entry {
            if PlanCache.equal(found.key, key) {
                clock += 1
                found.lastUse = clock
                return found
            }
            entry = found.next
        }
        return nil
    }
    /// [loop] hot
    func plan(_ entry: Entry, _ shape: [UInt8]) -> Plan? {
        for one in entry.plans where one.shape == shape { return one.plan }
        return nil
    }

    func insert(_ key: Key, _ operation: PreparedOperation) -> Entry {
        let bytes = key.role + [0] + Array(key.query) + [0] + Array(key.operationName)
        let entry = Entry(key: bytes, operation: operation)
        clock += 1
        entry.lastUse = clock
        guard key.count <= PlanCache.keySizeMax else { return entry }
        let hash = hash(key)
        entry.next = entries[hash]
        entries[hash] = entry
        size += entry.size
        count += 1
        return entry
    }
    func insert(_ plan: Plan, _ shape: [UInt8], in entry: Entry) {
        if entry.plans.count >= PlanCache.plansPerOperationMax {
            let oldest = entry.plans.removeFirst()
            account(entry, -(oldest.plan.size + oldest.shape.count))
        }
        entry.plans.append((shape, plan))
        account(entry, plan.size + shape.count)
        if size > sizeMax { evict() }
    }
    private func account(_ entry: Entry, _ change: Int) {
        entry.size += change
        if entry.key.count <= PlanCache.keySizeMax { size += change }
    }

    /// Drops the entries that were used longest ago until a quarter is free, so that it is rare.
    private func evict() {
        var all: [Entry] = []
        for first in entries.values {
            var entry: Entry? = first
            while let one = entry {
                all.append(one)
                entry = one.next
            }
        }
        all.sort { $0.lastUse > $1.lastUse }
        removeAll()
        for entry in all {
            guard size + entry.size <= sizeMax / 4 * 3 else { continue }
            let hash = hash(entry.key)
            entry.next = entries[hash]
            entries[hash] = entry
            size += entry.size
            count += 1
        }
    }

    // MARK: - Keys

    private func hash(_ key: Key) -> UInt64 {
        var hash = key.role.withUnsafeBytes { PlanCache.mix(seed, $0) }
        hash = PlanCache.mix(hash, key.query)
        return PlanCache.mix(hash, key.operationName)
    }
    private func hash(_ key: [UInt8]) -> UInt64 {
        let parts = key.split(separator: 0, omittingEmptySubsequences: false)
        var hash = seed
        for part in parts { hash = part.withUnsafeBytes { PlanCache.mix(hash, $0) } }
        return hash
    }
    /// Folded multiplication, eight bytes at a time. The seed differs per cache, and equal hashes
    /// are only a longer way.
    private static func mix(_ start: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = start ^ UInt64(bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = fold(hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var last: UInt64 = 0
        while offset < bytes.count {
            last = last << 8 | UInt64(bytes[offset])
            offset += 1
        }
        return fold(hash ^ last)
    }
    @inline(__always)
    private static func fold(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
    private static func equal(_ bytes: [UInt8], _ key: Key) -> Bool {
        guard bytes.count == key.count else { return false }
        return bytes.withUnsafeBytes { bytes in
            var offset = 0
            func matches(_ part: UnsafeRawBufferPointer) -> Bool {
                // Only parts with bytes are compared, so both have a base.
                let isEqual =
                    memcmp(
                        bytes.baseAddress.unsafelyUnwrapped + offset,
                        part.baseAddress.unsafelyUnwrapped, part.count)
                    == 0
                offset += part.count
                return isEqual
            }
            guard key.role.withUnsafeBytes({ $0.isEmpty || matches($0) }), bytes[offset] == 0 else {
                return false
            }
            offset += 1
            guard key.query.isEmpty || matches(key.query), bytes[offset] == 0 else { return false }
            offset += 1
            return key.operationName.isEmpty || matches(key.operationName)
        }
    }
}
