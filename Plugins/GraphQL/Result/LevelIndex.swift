/// Finds the rows of each level and, for each row, those that belong to it one level below. [loop] hot

import PluginAPI

/// The levels of one result, and where the writer stands in each. Borrows the memory of its
/// `LevelMemory` until that reads the next result.
struct LevelIndex {
    fileprivate struct Level {
        /// Its rows in the result.
        var start = 0
        var count = 0
        /// Where its groups are listed in `starts`.
        var groups = 0
        /// Rows came grouped by the row above: `order` has nothing for this level.
        var isGrouped = true
        /// Where the writer stands: place in the group's order, its end, and the row's number.
        var position = 0
        var end = 0
        var number = 0
    }
    fileprivate let levels: UnsafeMutablePointer<Level>
    /// Per level, for row p of the level above (from 1): where its rows begin; one more ends the last.
    fileprivate let starts: UnsafeMutablePointer<Int32>
    /// Row numbers of a level, grouped.
    fileprivate let order: UnsafeMutablePointer<Int32>

    /// Opens level `level` at the row where its parent stands; false when it has no rows there.
    @inline(__always)
    func open(_ level: Int, parent: Int) -> Bool {
        let state = levels + level
        if level == 0 {
            state.pointee.position = -1
            state.pointee.end = state.pointee.count
        } else {
            let group = starts + state.pointee.groups + levels[parent].number + 1
            state.pointee.position = Int(group[0]) - 1
            state.pointee.end = Int(group[1])
        }
        return advance(level)
    }
    /// On to the next row of the level; false past the last.
    @inline(__always)
    func advance(_ level: Int) -> Bool {
        let state = levels + level
        let position = state.pointee.position + 1
        guard position < state.pointee.end else { return false }
        state.pointee.position = position
        state.pointee.number =
            state.pointee.isGrouped ? position : Int(order[state.pointee.start + position])
        return true
    }
    /// The row of the result where the level stands.
    @inline(__always)
    func row(_ level: Int) -> Int { levels[level].start + levels[level].number }
}

/// One per loop; its memory is used again for the next result.
final class LevelMemory {
    private typealias Rows = UnsafePointer<UnsafePointer<nself_db_cell>?>

    private var levels = UnsafeMutableBufferPointer<LevelIndex.Level>.allocate(capacity: 8)
    private var starts = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 1024)
    private var order = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 1024)

    /// More numbers than this are not kept for the next result: 1 MiB.
    private static let keptCountMax = 262_144

    deinit {
        levels.deallocate()
        starts.deallocate()
        order.deallocate()
    }

    /// Reads the first two columns. Nil when they are not what the statement promises.
    func read(_ result: UnsafePointer<nself_db_result>, parents: ArraySlice<Int>) -> LevelIndex? {
        let count = Int(result.pointee.row_count)
        LevelMemory.reserve(&levels, parents.count)
        for index in 0..<parents.count {
            levels.initializeElement(at: index, to: LevelIndex.Level())
        }
        if count > 0 {
            guard let rows = result.pointee.rows, split(rows, count, levels: parents.count) else {
                return nil
            }
        }
        var size = 0
        for (level, parent) in zip(0..<parents.count, parents) where level > 0 {
            levels[level].groups = size
            size += levels[parent].count + 2
        }
        LevelMemory.reserve(&starts, size)
        LevelMemory.reserve(&order, count)
        for (level, parent) in zip(0..<parents.count, parents) where level > 0 {
            guard group(level, parentCount: levels[parent].count, result.pointee.rows) else {
                return nil
            }
        }
        guard let levels = levels.baseAddress, let starts = starts.baseAddress,
            let order = order.baseAddress
        else { return nil }
        return LevelIndex(levels: levels, starts: starts, order: order)
    }

    /// Rows come level by level, because UNION ALL appends.
    private func split(_ rows: Rows, _ count: Int, levels levelCount: Int) -> Bool {
        let levels = levels
        var level = 0
        for row in 0..<count {
            guard let cells = rows[row], let number = LevelMemory.number(cells[0]), number >= level,
                number < levelCount
            else { return false }
            if number > level || row == 0 {
                level = number
                levels[level].start = row
            }
            levels[level].count += 1
        }
        return true
    }

    /// Fills `starts` in one pass when rows are grouped, as a nested loop gives them.
    private func group(_ level: Int, parentCount: Int, _ rows: Rows?) -> Bool {
        let span = levels[level]
        let starts = UnsafeMutableBufferPointer(
            rebasing: starts[span.groups..<span.groups + parentCount + 2])
        var last = 0
        for index in 0..<span.count {
            guard let cells = rows?[span.start + index], let parent = LevelMemory.number(cells[1]),
                parent >= 1,
                parent <= parentCount
            else { return false }
            if parent < last { return sort(level, parentCount: parentCount, rows) }
            while last < parent {
                last += 1
                starts[last] = Int32(truncatingIfNeeded: index)
            }
        }
        while last <= parentCount {
            last += 1
            starts[last] = Int32(truncatingIfNeeded: span.count)
        }
        return true
    }

    /// Counting sort by the number of the row above: stable, so an order that was asked for stays.
    private func sort(_ level: Int, parentCount: Int, _ rows: Rows?) -> Bool {
        let span = levels[level]
        levels[level].isGrouped = false
        let starts = UnsafeMutableBufferPointer(
            rebasing: starts[span.groups..<span.groups + parentCount + 2])
        starts.initialize(repeating: 0)
        for index in 0..<span.count {
            guard let cells = rows?[span.start + index], let parent = LevelMemory.number(cells[1]),
                parent >= 1,
                parent <= parentCount
            else { return false }
            starts[parent] += 1
        }
        // Ends of groups, which filling from the back turns into their beginnings.
        for parent in 1...parentCount + 1 { starts[parent] += starts[parent - 1] }
        for index in stride(from: span.count - 1, through: 0, by: -1) {
            guard let cells = rows?[span.start + index], let parent = LevelMemory.number(cells[1])
            else { return false }
            starts[parent] -= 1
            order[span.start + Int(starts[parent])] = Int32(truncatingIfNeeded: index)
        }
        return true
    }

    private static func reserve<Element: BitwiseCopyable>(
        _ memory: inout UnsafeMutableBufferPointer<Element>, _ count: Int
    ) {
        guard memory.count < count || memory.count > keptCountMax else { return }
        memory.deallocate()
        memory = .allocate(capacity: max(count, 1024))
    }
    @inline(__always)
    private static func number(_ cell: nself_db_cell) -> Int? {
        guard cell.size > 0, cell.size < 19, let data = cell.data else { return nil }
        var value = 0
        for index in 0..<Int(cell.size) {
            let digit = data[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }
}
