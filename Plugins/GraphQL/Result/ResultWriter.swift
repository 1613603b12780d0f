/// Runs a program over results: bytes of the plan and cells of the database become one JSON text.

import PluginAPI

enum ResultWriter {
    /// Writes the answer; false when a result is not what its statement promises. Results are
    /// borrowed. [loop] hot
    static func write(
        _ program: Program, _ results: UnsafePointer<nself_db_result>?, _ memory: LevelMemory,
        to writer: inout JSONWriter
    ) -> Bool {
        let instructions = program.instructions
        let text = program.text
        var result: UnsafePointer<nself_db_result>?
        var rows: UnsafePointer<UnsafePointer<nself_db_cell>?>?
        var rowCount = 0
        var row = 0
        var cells: UnsafePointer<nself_db_cell>?
        var counter = 0
        var levelsAt = 0
        var levels: LevelIndex?
        while counter < program.count {
            let step = instructions + counter
            counter += 1
            writer.write(text + Int(step.pointee.textStart), Int(step.pointee.textCount))
            switch step.pointee.operation {
            case .value:
                // A value stands inside a list or a row, which has been found to exist.
                let cell = cells.unsafelyUnwrapped + Int(step.pointee.column)
                if cell.pointee.size < 0 {
                    writer.writeNull()
                } else {
                    value(
                        cell.pointee.data.unsafelyUnwrapped, Int(cell.pointee.size),
                        step.pointee.form, &writer)
                }
            case .next:
                row += 1
                if row < rowCount {
                    cells = rows.unsafelyUnwrapped[row]
                    writer.write(byte: UInt8(ascii: ","))
                    counter = Int(step.pointee.jump)
                } else {
                    writer.write(byte: UInt8(ascii: "]"))
                }
            case .object:
                if (cells.unsafelyUnwrapped + Int(step.pointee.column)).pointee.size < 0 {
                    writer.writeNull()
                    counter = Int(step.pointee.jump)
                }
            case .result:
                // Only plans with statements have this step, and they come with results.
                let next = results.unsafelyUnwrapped + Int(step.pointee.column)
                result = next
                rows = next.pointee.rows
                rowCount = Int(next.pointee.row_count)
                let isWide =
                    Int(next.pointee.column_count) >= program.columnCounts[Int(step.pointee.column)]
                guard isWide || rowCount == 0 else { return false }
                row = 0
                cells = rowCount > 0 ? rows.unsafelyUnwrapped[0] : nil
                if step.pointee.count > 0 {
                    // Rows of several levels: which belongs to which is found out first.
                    let start = Int(step.pointee.jump)
                    let parents = program.parents[start..<start + Int(step.pointee.count)]
                    levelsAt = start
                    levels = memory.read(next, parents: parents)
                    guard levels != nil else { return false }
                }
            case .level:
                let level = Int(step.pointee.column)
                let parent = level == 0 ? 0 : program.parents[levelsAt + level]
                if levels.unsafelyUnwrapped.open(level, parent: parent) {
                    cells = rows.unsafelyUnwrapped[levels.unsafelyUnwrapped.row(level)]
                    writer.write(byte: UInt8(ascii: "["))
                } else {
                    writer.write("[]")
                    counter = Int(step.pointee.jump)
                }
            case .nextLevel:
                let level = Int(step.pointee.column)
                if levels.unsafelyUnwrapped.advance(level) {
                    cells = rows.unsafelyUnwrapped[levels.unsafelyUnwrapped.row(level)]
                    writer.write(byte: UInt8(ascii: ","))
                    counter = Int(step.pointee.jump)
                } else {
                    writer.write(byte: UInt8(ascii: "]"))
                    if level > 0 {
                        cells =
                            rows.unsafelyUnwrapped[
                                levels.unsafelyUnwrapped.row(Int(step.pointee.count))]
                    }
                }
            case .firstLevel:
                if levels.unsafelyUnwrapped.open(0, parent: 0) {
                    cells = rows.unsafelyUnwrapped[levels.unsafelyUnwrapped.row(0)]
                } else {
                    writer.writeNull()
                    counter = Int(step.pointee.jump)
                }
            case .each:
                if rowCount > 0 {
                    row = 0
                    cells = rows.unsafelyUnwrapped[0]
                    writer.write(byte: UInt8(ascii: "["))
                } else {
                    writer.write("[]")
                    counter = Int(step.pointee.jump)
                }
            case .first:
                if rowCount == 0 {
                    writer.writeNull()
                    counter = Int(step.pointee.jump)
                }
            case .affected:
                // Rows that come back are the rows that were changed.
                let changed = result.unsafelyUnwrapped.pointee
                writer.write(
                    Int64(changed.column_count > 0 ? changed.row_count : changed.affected_rows))
            case .text: break
            }
        }
        return true
    }

    @inline(__always)
    private static func value(
        _ data: UnsafePointer<UInt8>, _ size: Int, _ form: OutputForm, _ writer: inout JSONWriter
    ) {
        switch form {
        case .number, .json, .converted: writer.write(data, size)
        case .string: writer.writeString(data, size)
        case .bool: writer.write(size == 1 && data[0] == UInt8(ascii: "t"))
        case .float:
            // NaN and Infinity, also -Infinity, are no JSON numbers.
            let last = size > 0 ? data[size - 1] : 0
            if last &- UInt8(ascii: "0") < 10 {
                writer.write(data, size)
            } else {
                writer.writeString(data, size)
            }
        case .timestamp: Timestamp.write(data, size, hasZone: false, &writer)
        case .timestampWithZone: Timestamp.write(data, size, hasZone: true, &writer)
        }
    }
}
