/// Writes metric points as text: families one after the other, each described once.

import PluginAPI

struct Exposition: ~Copyable {
    /// Points left out because their family's name belongs to another metric.
    private(set) var dropped = 0
    private let format: Format
    private let prefix: [UInt8]
    private var out = JSONWriter(capacity: Exposition.firstCapacity)
    /// Families already written, by base name: a second one of that name would make the whole
    /// answer invalid.
    private var written: Set<[UInt8]> = []

    /// A host with the plugins of this repository writes about 40 kB.
    private static let firstCapacity = 64 << 10

    init(_ format: Format, prefix: String) {
        self.format = format
        self.prefix = Array(prefix.utf8)
    }

    mutating func write(_ points: MetricPoints) {
        // Points come in the order in which they were defined; a family's must be together.
        let order = points.indices.sorted { left, right in
            let names = (Text(points[left].pointee.name), Text(points[right].pointee.name))
            if names.0 == names.1 { return left < right }
            return names.0.bytes.lexicographicallyPrecedes(names.1.bytes)
        }
        var start = 0
        while start < order.count {
            let first = points[order[start]]
            var end = start + 1
            while end < order.count,
                Text(points[order[end]].pointee.name) == Text(first.pointee.name)
            { end += 1 }
            write(Family(first, prefix: prefix), points, order[start..<end])
            start = end
        }
    }

    /// Moves the text out.
    consuming func finish() -> nself_buffer {
        if format == .openMetrics { out.write("# EOF\n") }
        return out.finish()
    }

    private mutating func write(_ family: Family, _ points: MetricPoints, _ order: ArraySlice<Int>)
    {
        guard written.insert(family.base).inserted else {
            dropped += order.count
            return
        }
        describe(family, points[order[order.startIndex]])
        for index in order {
            let point = points[index]
            guard point.pointee.kind == family.kind else {
                dropped += 1
                continue
            }
            switch family.kind {
            case .NSELF_METRIC_HISTOGRAM: histogram(family, point)
            case .NSELF_METRIC_COUNTER: sample(family, "_total", point, point.pointee.value)
            default: sample(family, "", point, point.pointee.value)
            }
        }
    }

    private mutating func describe(_ family: Family, _ point: UnsafePointer<nself_metric_point>) {
        let suffix = family.described(format)
        out.write("# HELP ")
        name(family, suffix)
        out.write(byte: UInt8(ascii: " "))
        let help = Text(point.pointee.help)
        if help.isEmpty {
            out.write("Not described by its plugin.")
        } else {
            escaped(help.bytes, quotes: format == .openMetrics)
        }
        out.write("\n# TYPE ")
        name(family, suffix)
        out.write(byte: UInt8(ascii: " "))
        out.write(family.type)
        out.write(byte: newline)
        if format == .openMetrics, family.unit.utf8CodeUnitCount > 0 {
            out.write("# UNIT ")
            name(family, suffix)
            out.write(byte: UInt8(ascii: " "))
            out.write(family.unit)
            out.write(byte: newline)
        }
    }

    /// Buckets are cumulative; the last one is the count, also when a reading between two
    /// increments says otherwise.
    private mutating func histogram(_ family: Family, _ point: UnsafePointer<nself_metric_point>) {
        let bounds = point.pointee.bucket_count
        var count = point.pointee.count
        if let counts = point.pointee.bucket_counts {
            if let limits = point.pointee.bucket_bounds {
                for index in 0..<bounds {
                    sample(family, "_bucket", point, counts[index], upTo: limits[index])
                }
            }
            count = counts[bounds]
        }
        sample(family, "_bucket", point, count, upTo: .infinity)
        sample(family, "_sum", point, point.pointee.value)
        sample(family, "_count", point, count, upTo: nil)
    }

    private mutating func sample(
        _ family: Family, _ suffix: StaticString, _ point: UnsafePointer<nself_metric_point>,
        _ value: Double
    ) {
        name(family, suffix)
        labels(point.pointee.labels, upTo: nil)
        out.write(byte: UInt8(ascii: " "))
        number(value)
        out.write(byte: newline)
    }
    private mutating func sample(
        _ family: Family, _ suffix: StaticString, _ point: UnsafePointer<nself_metric_point>,
        _ count: UInt64,
        upTo bound: Double?
    ) {
        name(family, suffix)
        labels(point.pointee.labels, upTo: bound)
        out.write(byte: UInt8(ascii: " "))
        out.write(Int64(clamping: count))
        out.write(byte: newline)
    }

    private mutating func name(_ family: Family, _ suffix: StaticString) {
        family.base.withUnsafeBytes { out.write($0) }
        out.write(suffix)
    }

    private mutating func labels(_ fields: nself_fields, upTo bound: Double?) {
        guard fields.count > 0 || bound != nil else { return }
        var separator = UInt8(ascii: "{")
        for index in 0..<fields.count {
            out.write(byte: separator)
            separator = UInt8(ascii: ",")
            let label = Text(fields.items[index].name).bytes
            Family.legal(prefix: [], label).withUnsafeBytes { bytes in
                for byte in bytes {
                    out.write(byte: byte == UInt8(ascii: ":") ? UInt8(ascii: "_") : byte)
                }
            }
            out.write(#"=""#)
            escaped(Text(fields.items[index].value).bytes, quotes: true)
            out.write(byte: UInt8(ascii: "\""))
        }
        if let bound {
            out.write(byte: separator)
            out.write(#"le=""#)
            if bound == bound.rounded(), bound.magnitude < Exposition.integersExactBelow {
                out.write(Int64(bound))
                // Canonical in OpenMetrics; the text format has always written 1, and the two would
                // be two series.
                if format == .openMetrics { out.write(".0") }
            } else {
                number(bound)
            }
            out.write(byte: UInt8(ascii: "\""))
        }
        out.write(byte: UInt8(ascii: "}"))
    }

    private mutating func number(_ value: Double) {
        if value.isNaN {
            out.write("NaN")
        } else if value.isInfinite {
            out.write(value > 0 ? "+Inf" : "-Inf")
        } else if value == value.rounded(), value.magnitude < Exposition.integersExactBelow {
            out.write(Int64(value))
        } else {
            out.write(raw: value.description)
        }
    }
    /// 2^53: above it not every integer is a Double.
    private static let integersExactBelow = 9_007_199_254_740_992.0

    /// Backslashes and line ends, and quotes where they end a value. Bytes that are not UTF-8 become
    /// U+FFFD: one of them would cost the scraper the whole answer.
    private mutating func escaped(_ bytes: UnsafeRawBufferPointer, quotes: Bool) {
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            var repaired = String(decoding: bytes, as: UTF8.self)
            return repaired.withUTF8 { escapedUTF8(UnsafeRawBufferPointer($0), quotes: quotes) }
        }
        escapedUTF8(bytes, quotes: quotes)
    }
    private mutating func escapedUTF8(_ bytes: UnsafeRawBufferPointer, quotes: Bool) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\\"): out.write(#"\\"#)
            case newline: out.write(#"\n"#)
            case UInt8(ascii: "\"") where quotes: out.write(#"\""#)
            default: out.write(byte: byte)
            }
        }
    }
    private var newline: UInt8 { UInt8(ascii: "\n") }
}
