/// The log: one record is one line, whatever is in it.

import Glibc
import HostCore
import Testing

@Suite struct LogTests {
    @Test("O4: a JSON record is one line with quotes and control characters escaped")
    func jsonLine() {
        var line = LogLine(
            .json, .warning, source: "postgres", message: "a \"quote\"\nand a line\u{1}",
            unixTime: 1_700_000_000_123_000_000)
        line.field("request_id", "x\\y")
        let text = String(decoding: line.finish(), as: UTF8.self)
        #expect(
            text
                == #"{"time":"2023-11-14T22:13:20.123Z","level":"warning","plugin":"postgres","message":"a \"quote\"\nand a line\u0001","request_id":"x\\y"}"#
                + "\n")
    }

    @Test("A text record cannot forge another line")
    func textLine() {
        var line = LogLine(
            .text, .info, source: "host", message: "one\n2023 error forged", unixTime: 0)
        let bytes = line.finish()
        #expect(bytes.filter { $0 == 10 }.count == 1)
        #expect(bytes.last == 10)
    }

    @Test("Records below the level are not written, the rest is, and close writes what waits")
    func levels() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let log = Log(descriptor: ends[1], format: .text, level: .warning)
        log.info("quiet")
        log.error("loud")
        log.close()
        close(ends[1])
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(ends[0], &bytes, bytes.count)
        close(ends[0])
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        #expect(text.contains("loud"))
        #expect(!text.contains("quiet"))
    }
}
