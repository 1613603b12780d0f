/// The two text formats, and which of them a client wants (RFC 9110, 12.5.1).

import PluginAPI

enum Format: Equatable, Sendable {
    /// Prometheus text format 0.0.4
    case text
    /// OpenMetrics 1.0.0
    case openMetrics

    var contentType: StaticString {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// OpenMetrics when it is asked for by name in a version we write and nothing else is wanted
    /// more; text otherwise, also when nothing acceptable is named: a scraper can do something with
    /// it, and with a 406 it cannot.
    init(accept: Text) {
        var best: (quality: Int, format: Format) = (0, .text)
        for range in accept.bytes.split(separator: UInt8(ascii: ",")) {
            guard let wish = Format.wish(UnsafeRawBufferPointer(rebasing: range)) else { continue }
            if wish.quality > best.quality { best = wish }
        }
        self = best.format
    }

    /// One media range: type, version, quality in thousandths. Nil: nothing that we write.
    private static func wish(_ range: UnsafeRawBufferPointer) -> (quality: Int, format: Format)? {
        var parts = range.split(separator: UInt8(ascii: ";")).map {
            String(decoding: $0, as: UTF8.self).trimmed
        }
        guard !parts.isEmpty else { return nil }
        let type = parts.removeFirst()
        var quality = 1000
        var version = ""
        for part in parts {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let value = String(part[part.index(after: equals)...]).trimmed
            switch String(part[..<equals]).trimmed {
            case "q": quality = Format.quality(value)
            case "version": version = String(value.filter { $0 != "\"" })
            default: continue
            }
        }
        switch type {
        case "application/openmetrics-text":
            return version.isEmpty || version == "1.0.0" ? (quality, .openMetrics) : nil
        case "text/plain":
            return version.isEmpty || version == "0.0.4" ? (quality, .text) : nil
        case "text/*", "*/*": return (quality, .text)
        default: return nil
        }
    }

    /// "0.75" is 750; what is not a number between 0 and 1 counts as 0.
    private static func quality(_ text: String) -> Int {
        guard let value = Double(text), value >= 0, value <= 1 else { return 0 }
        return Int(value * 1000)
    }
}

extension String {
    /// Lower case, without spaces and tabs at the ends.
    fileprivate var trimmed: String {
        var text = lowercased()[...]
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
