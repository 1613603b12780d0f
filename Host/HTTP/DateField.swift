/// "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", made once a second.

import Glibc
import HostCore

/// [loop]
final class DateField {
    static let size = 37
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    /// Monotonic time from which on the text is old.
    private var oldFrom: UInt64 = 0

    init() { bytes.initialize(repeating: 0, count: DateField.size) }
    deinit { bytes.deallocate() }

    /// [loop] hot.
    @inline(__always)
    func refresh(_ now: UInt64) {
        if now >= oldFrom { make(now) }
    }

    private func make(_ now: UInt64) {
        let unix = Clock.unix()
        oldFrom = now + HTTPLimits.second - unix % HTTPLimits.second
        var seconds = time_t(unix / HTTPLimits.second)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let days: StaticString = "SunMonTueWedThuFriSat"
        let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
        var pen = Pen(place: bytes)
        func two(_ number: Int32) {
            pen.write(UInt8(truncatingIfNeeded: number / 10 % 10) + 0x30)
            pen.write(UInt8(truncatingIfNeeded: number % 10) + 0x30)
        }
        pen.write("Date: ")
        pen.write(days.utf8Start + Int(parts.tm_wday) * 3, 3)
        pen.write(", ")
        two(parts.tm_mday)
        pen.write(0x20)
        pen.write(months.utf8Start + Int(parts.tm_mon) * 3, 3)
        pen.write(0x20)
        two((parts.tm_year + 1900) / 100)
        two((parts.tm_year + 1900) % 100)
        pen.write(0x20)
        two(parts.tm_hour)
        pen.write(0x3A)
        two(parts.tm_min)
        pen.write(0x3A)
        two(parts.tm_sec)
        pen.write(" GMT\r\n")
    }
}
