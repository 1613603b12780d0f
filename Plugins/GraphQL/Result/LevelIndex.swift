/// Finds the rows of each level and, for each row, those that belong to it one level below. [loop] hot

import PluginAPI

/// One per loop; its memory is used again for the next result.
final class LevelIndex {
    /// A level's rows in the result.
    private struct Span {
        var start = 0
        var count = 0
        /// Where its list of first children begins in `starts`, and its order in `order`.
        var startsAt = 0
    }
    struct Frame {
        var position = 0
        var end = 0
        /// The row in the result.
        var row = 0
        /// Its number within the level.
        var number = 0
    }
    private var spans: [Span] = []
    /// Per level and row of the level above: where its rows begin in `order`; one more at the end.
    private var starts: [Int32] = []
    /// Row numbers of a level, grouped by the row above.
    private var order: [Int32] = []
    private(set) var frames: [Frame] = []

    /// More rows than this keep no memory for the next result: 1 MiB.
    private static let keptRowsMax = 131_072

    /// Reads the first two columns. False when they are not what the statement promises.
    func read(_ result: UnsafePointer<nself_db_result>, parents: ArraySlice<Int>) -> Bool {
        let count = Int(result.pointee.row_count)
        spans.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        for _ in parents {
            spans.append(Span())
            frames.append(Frame())
        }
        guard count > 0 else { return true }
        guard let rows = result.pointee.rows else { return false }

        // Rows come level by level, because UNION ALL appends.
        var level = 0
        for row in 0..<count {
            guard let cells = rows[row], let number = LevelIndex.number(cells[0]), number >= level, number < spans.count
            else { return false }
            if number > level || row == 0 {
                level = number
                spans[level].start = row
            }
            spans[level].count += 1
        }
        var size = 0
        for (level, parent) in zip(spans.indices, parents) where level > 0 {
            spans[level].startsAt = size
            size += spans[parent].count + 1
        }
        starts.removeAll(keepingCapacity: size <= LevelIndex.keptRowsMax)
        starts.append(contentsOf: repeatElement(0, count: size))
        order.removeAll(keepingCapacity: count <= LevelIndex.keptRowsMax)
        order.append(contentsOf: repeatElement(0, count: count))
        for (level, parent) in zip(spans.indices, parents) where level > 0 {
            guard group(spans[level], parentCount: spans[parent].count, rows) else { return false }
        }
        return true
    }

    /// Counting sort by the number of the row above: stable, so an order that was asked for stays.
    private func group(
        _ span: Span, parentCount: Int, _ rows: UnsafePointer<UnsafePointer<nself_db_cell>?>
    ) -> Bool {
        let base = span.startsAt
        for row in span.start..<span.start + span.count {
            guard let cells = rows[row], let parent = LevelIndex.number(cells[1]), parent >= 1, parent <= parentCount
            else { return false }
            starts[base + parent] += 1
        }
        // starts[p] becomes the end of group p - 1, which is where group p begins.
        var sum: Int32 = 0
        for parent in 0...parentCount {
            sum += starts[base + parent]
            starts[base + parent] = sum
        }
        var row = span.start + span.count - 1
        while row >= span.start {
            guard let cells = rows[row], let parent = LevelIndex.number(cells[1]) else { return false }
            starts[base + parent] -= 1
            order[span.start + Int(starts[base + parent])] = Int32(row - span.start)
            row -= 1
        }
        return true
    }

    /// Opens level `level` at the row of its parent; false when there are no rows.
    func open(_ level: Int, parent: Int) -> Bool {
        if level == 0 {
            frames[0].position = -1
            frames[0].end = spans[0].count
        } else {
            let number = frames[parent].number
            let base = spans[level].startsAt
            // After the sort starts[p] is where group p begins, counted from 1.
            let start = Int(starts[base + number + 1])
            let isLast = number + 1 == spans[parent].count
            frames[level].position = start - 1
            frames[level].end = isLast ? spans[level].count : Int(starts[base + number + 2])
        }
        return advance(level)
    }
    /// On to the next row of the level; false past the last.
    @inline(__always)
    func advance(_ level: Int) -> Bool {
        let position = frames[level].position + 1
        guard position < frames[level].end else { return false }
        let number = level == 0 ? position : Int(order[spans[level].start + position])
        frames[level] = Frame(
            position: position, end: frames[level].end, row: spans[level].start + number, number: number)
        return true
    }
    /// The row of the result where the level stands.
    @inline(__always)
    func row(_ level: Int) -> Int { frames[level].row }

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
