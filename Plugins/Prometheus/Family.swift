/// The name, unit and kind that all points of one metric share, as the formats want them.

import PluginAPI

struct Family {
    /// Prefix, legal characters, unit; without "_total".
    let base: [UInt8]
    /// "seconds", or empty when the metric is a plain number.
    let unit: StaticString
    let kind: nself_metric_kind

    init(_ point: UnsafePointer<nself_metric_point>, prefix: [UInt8]) {
        kind = point.pointee.kind
        unit = Family.word(Text(point.pointee.unit))
        var name = Family.legal(prefix: prefix, Text(point.pointee.name).bytes)
        if kind == .NSELF_METRIC_COUNTER, Family.ends(name, "_total") { name.removeLast(6) }
        let word = Text(unit).bytes
        if !word.isEmpty, !Family.ends(name, unit) {
            name.append(UInt8(ascii: "_"))
            name.append(contentsOf: word)
        }
        base = name
    }

    /// "counter", "gauge", "histogram"; a kind of a later version is a gauge.
    var type: StaticString {
        switch kind {
        case .NSELF_METRIC_COUNTER: "counter"
        case .NSELF_METRIC_HISTOGRAM: "histogram"
        default: "gauge"
        }
    }

    /// What the description lines name. In the text format a counter's family is called like its
    /// sample, in OpenMetrics it lacks the "_total".
    func described(_ format: Format) -> StaticString {
        format == .text && kind == .NSELF_METRIC_COUNTER ? "_total" : ""
    }

    private static func ends(_ name: [UInt8], _ suffix: StaticString) -> Bool {
        name.count > suffix.utf8CodeUnitCount
            && name.suffix(suffix.utf8CodeUnitCount).elementsEqual(Text(suffix).bytes)
    }

    /// [a-zA-Z_:][a-zA-Z0-9_:]*, anything else becomes an underscore.
    static func legal(prefix: [UInt8], _ name: UnsafeRawBufferPointer) -> [UInt8] {
        var result = prefix
        if prefix.isEmpty, let first = name.first,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        {
            result.append(UInt8(ascii: "_"))
        }
        for byte in name {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"):
                result.append(byte)
            default: result.append(UInt8(ascii: "_"))
            }
        }
        return result.isEmpty ? [UInt8(ascii: "_")] : result
    }

    /// UCUM to the word that Prometheus puts into names. "1" and "{requests}" are plain numbers.
    private static func word(_ unit: Text) -> StaticString {
        for (code, word) in words where unit == code { return word }
        return ""
    }
    private static let words: [(StaticString, StaticString)] = [
        ("s", "seconds"), ("ms", "milliseconds"), ("us", "microseconds"), ("ns", "nanoseconds"),
        ("min", "minutes"), ("h", "hours"), ("d", "days"),
        ("By", "bytes"), ("KiBy", "kibibytes"), ("MiBy", "mebibytes"), ("GiBy", "gibibytes"),
        ("kBy", "kilobytes"), ("MBy", "megabytes"), ("GBy", "gigabytes"),
        ("m", "meters"), ("V", "volts"), ("A", "amperes"), ("J", "joules"), ("W", "watts"),
        ("g", "grams"), ("Cel", "celsius"), ("Hz", "hertz"), ("%", "percent"),
    ]
}
