/// One record as a line of bytes: JSON for machines, columns for people.

import Glibc

public enum LogFormat: Sendable { case json, text }

/// Writes one line; made per record, so it allocates: hot paths build their own bytes.
public struct LogLine {
    public private(set) var bytes: [UInt8] = []
    private let format: LogFormat
    private var fields = 0

    public init(
        _ format: LogFormat, _ level: LogLevel, source: String, message: String, unixTime: UInt64
    ) {
        self.format = format
        bytes.reserveCapacity(256)
        switch format {
        case .json:
            append("{\"time\":\"")
            appendTime(unixTime)
            append("\",\"level\":\"")
            append(level.name)
            append("\",\"plugin\":")
            appendQuoted(source)
            append(",\"message\":")
            appendQuoted(message)
        case .text:
            appendTime(unixTime)
            append(" ")
            append(level.name)
            for _ in level.name.utf8CodeUnitCount..<9 { append(" ") }
            bytes.append(contentsOf: source.utf8)
            append(": ")
            bytes.append(contentsOf: message.utf8)
        }
    }
    public mutating func field(_ name: String, _ value: String) {
        switch format {
        case .json:
            append(",")
            appendQuoted(name)
            append(":")
            appendQuoted(value)
        case .text:
            append(fields == 0 ? "  " : " ")
            bytes.append(contentsOf: name.utf8)
            append("=")
            bytes.append(contentsOf: value.utf8)
        }
        fields += 1
    }
    /// The line with its end. Control characters cannot forge another line.
    public mutating func finish() -> [UInt8] {
        if format == .json { append("}") }
        for index in bytes.indices where bytes[index] < 0x20 && bytes[index] != 9 {
            bytes[index] = 0x20
        }
        bytes.append(10)
        return bytes
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    /// RFC 3339 with milliseconds, UTC.
    private mutating func appendTime(_ unixTime: UInt64) {
        var seconds = time_t(unixTime / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func put(_ value: Int, _ width: Int, _ end: UInt8) {
            var digits: [UInt8] = []
            var rest = value
            for _ in 0..<width {
                digits.append(UInt8(48 + rest % 10))
                rest /= 10
            }
            bytes.append(contentsOf: digits.reversed())
            bytes.append(end)
        }
        put(Int(parts.tm_year) + 1900, 4, 45)
        put(Int(parts.tm_mon) + 1, 2, 45)
        put(Int(parts.tm_mday), 2, 84)
        put(Int(parts.tm_hour), 2, 58)
        put(Int(parts.tm_min), 2, 58)
        put(Int(parts.tm_sec), 2, 46)
        put(Int(unixTime / 1_000_000 % 1_000), 3, 90)
    }
    private mutating func appendQuoted(_ text: String) {
        bytes.append(34)
        for byte in text.utf8 {
            switch byte {
            case 34, 92:
                bytes.append(92)
                bytes.append(byte)
            case 10: append("\\n")
            case 9: append("\\t")
            case 0..<32:
                append("\\u00")
                bytes.append(byte < 16 ? 48 : 49)
                let low = byte & 15
                bytes.append(low < 10 ? 48 + low : 87 + low)
            default: bytes.append(byte)
            }
        }
        bytes.append(34)
    }
}
