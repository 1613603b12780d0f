/// One line per answered request, written by its loop and handed to the log once a turn.

import CNself
import Glibc
import HostCore
import HostHTTP

/// [loop] One per loop: its buffer has no lock, and grows to what a turn needs.
final class AccessLog: AccessLogger {
    private let loop: Loop
    private let log: Log
    private var lines: [UInt8] = []
    private var flushing = false
    /// The time stamp of the second, written once: "2026-01-31T12:00:00."
    private var second: UInt64 = 0
    private var stamp: [UInt8] = []

    init(_ loop: Loop, _ log: Log) {
        self.loop = loop
        self.log = log
        lines.reserveCapacity(16 << 10)
    }

    /// [loop] hot
    func log(_ exchange: Exchange, status: UInt16, bytesSent: UInt64, duration: UInt64) {
        guard log.level <= .info else { return }
        let request = exchange.request.pointee
        append(log.format == .json ? "{\"time\":\"" : "")
        appendTime()
        if log.format == .json {
            append("\",\"level\":\"info\",\"plugin\":\"access\",\"message\":\"")
            appendEscaped(request.method)
            append(" ")
            appendEscaped(request.path)
            append("\",\"request_id\":\"")
            appendEscaped(request.request_id)
            append("\",\"route\":\"")
            lines.append(contentsOf: exchange.routeTemplate.utf8)
            append("\",\"status\":")
            append(UInt64(status))
            append(",\"bytes\":")
            append(bytesSent)
            append(",\"microseconds\":")
            append(duration / 1_000)
            append(",\"remote\":\"")
            appendEscaped(request.remote_address)
            append("\"}\n")
        } else {
            append(" info     access: ")
            appendEscaped(request.method)
            append(" ")
            appendEscaped(request.path)
            append(" ")
            append(UInt64(status))
            append(" ")
            append(bytesSent)
            append(" B ")
            append(duration / 1_000)
            append(" us ")
            appendEscaped(request.request_id)
            append("\n")
        }
        guard !flushing else { return }
        flushing = true
        loop.atTurnEnd(Unmanaged.passUnretained(self).toOpaque()) { context in
            guard let context else { return }
            Unmanaged<AccessLog>.fromOpaque(context).takeUnretainedValue().flush()
        }
    }
    private func flush() {
        flushing = false
        log.append(lines)
        lines.removeAll(keepingCapacity: true)
    }

    private func append(_ text: StaticString) {
        lines.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    private func append(_ number: UInt64) {
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)  // 24 bytes, 20 are enough
        withUnsafeMutableBytes(of: &digits) { room in
            var place = room.count
            var rest = number
            repeat {
                place -= 1
                room[place] = UInt8(48 + rest % 10)
                rest /= 10
            } while rest > 0
            lines.append(contentsOf: UnsafeRawBufferPointer(room)[place...])
        }
    }
    /// Quotes, backslashes and control characters as \u00XX; the rest as it is.
    private func appendEscaped(_ text: nself_string) {
        guard let data = text.data else { return }
        let bytes = UnsafeRawBufferPointer(start: data, count: text.size)
        if bytes.allSatisfy({ $0 >= 32 && $0 != 34 && $0 != 92 }) {
            lines.append(contentsOf: bytes)
            return
        }
        for byte in bytes {
            if byte >= 32 && byte != 34 && byte != 92 {
                lines.append(byte)
            } else {
                append("\\u00")
                for digit in [byte >> 4, byte & 15] {
                    lines.append(digit < 10 ? 48 + digit : 87 + digit)
                }
            }
        }
    }
    /// RFC 3339, UTC, milliseconds.
    private func appendTime() {
        let now = Clock.unix()
        if now / 1_000_000_000 != second {
            second = now / 1_000_000_000
            var line = LogLine(
                .text, .info, source: "", message: "", unixTime: second * 1_000_000_000)
            stamp = Array(line.finish().prefix(20))
        }
        lines.append(contentsOf: stamp)
        let milliseconds = now / 1_000_000 % 1_000
        lines.append(UInt8(48 + milliseconds / 100))
        lines.append(UInt8(48 + milliseconds / 10 % 10))
        lines.append(UInt8(48 + milliseconds % 10))
        lines.append(90)
    }
}
