/// PostgreSQL's ISO text of a moment in the form that its own JSON functions give it.

import PluginAPI

enum Timestamp {
    /// `2024-01-01 00:00:00.5+00` becomes `"2024-01-01T00:00:00.5+00:00"`; `infinity` stays, and so
    /// does ` BC` at the end. [loop] hot
    static func write(
        _ data: UnsafePointer<UInt8>, _ size: Int, hasZone: Bool, _ writer: inout JSONWriter
    ) {
        writer.write(byte: UInt8(ascii: "\""))
        // The date has at least ten characters; years may have more than four.
        var space = 10
        while space < size, data[space] != UInt8(ascii: " ") { space += 1 }
        guard space < size else {
            writer.write(data, size)
            return writer.write(byte: UInt8(ascii: "\""))
        }
        writer.write(data, space)
        writer.write(byte: UInt8(ascii: "T"))
        let start = space + 1
        var end = start
        while end < size, data[end] != UInt8(ascii: " ") { end += 1 }
        writer.write(data + start, end - start)
        // A zone of whole hours is `+00`: JSON has `+00:00`.
        if hasZone, end - start > 3 {
            let sign = data[end - 3]
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { writer.write(":00") }
        }
        writer.write(data + end, size - end)
        writer.write(byte: UInt8(ascii: "\""))
    }
}
