/// Request ids, trace context, numbers in text.

import CNself
import Testing

@testable import HostHTTP

@Suite("Names of requests")
struct IdentityTests {
    private func parse(_ value: String) -> nself_trace? {
        let bytes = Array(value.utf8)
        return TraceContext.parse(bytes, bytes.count)
    }

    @Test("A valid traceparent is taken over, and written back as it was")
    func trace() throws {
        let value = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let trace = try #require(parse(value))
        #expect(trace.trace_id.0 == 0x4B && trace.trace_id.15 == 0x36)
        #expect(trace.span_id.0 == 0x00 && trace.span_id.7 == 0xB7)
        #expect(trace.flags == 1)
        var room = [UInt8](repeating: 0, count: TraceContext.size)
        TraceContext.write(trace, to: &room)
        #expect(String(decoding: room, as: UTF8.self) == value)
        #expect(parse("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-later")?.flags == 0)
    }

    @Test(
        "A malformed traceparent is ignored",
        arguments: [
            "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e47-36-00f067aa0ba902b7-01",
        ])
    func badTrace(_ value: String) { #expect(parse(value) == nil) }

    @Test("Ids are sixteen hexadecimal digits and do not repeat")
    func ids() {
        let ids = RequestIDs()
        var seen = Set<String>()
        for _ in 0..<10_000 {
            let id = ids.next()
            var room = [UInt8](repeating: 0, count: RequestIDs.size)
            RequestIDs.write(id, to: &room)
            let text = String(decoding: room, as: UTF8.self)
            #expect(UInt64(text, radix: 16) == id && text == text.lowercased())
            seen.insert(text)
        }
        #expect(seen.count == 10_000)
    }

    @Test(
        "A client's id is taken over when it is short and plain",
        arguments: [
            ("abc-123", true), ("4bf9:_./+=@X", true), ("", false), ("a b", false), ("a\"b", false),
            ("a\u{1}", false),
            (String(repeating: "x", count: 128), true), (String(repeating: "x", count: 129), false),
        ])
    func foreign(_ value: String, _ isSane: Bool) {
        let bytes = Array(value.utf8)
        #expect(RequestIDs.isSane(bytes, bytes.count) == isSane)
    }

    @Test(
        "Numbers are written in full",
        arguments: [0, 1, 9, 10, 15, 16, 99, 100, 255, 4096, 65_535, UInt64.max])
    func numbers(_ number: UInt64) {
        var room = [UInt8](repeating: 0, count: 32)
        room.withUnsafeMutableBufferPointer { room in
            var pen = Pen(place: room.baseAddress!)
            pen.write(decimal: number)
            #expect(
                String(decoding: room[..<(pen.place - room.baseAddress!)], as: UTF8.self)
                    == "\(number)")
            pen = Pen(place: room.baseAddress!)
            pen.write(hexadecimal: number)
            #expect(
                String(decoding: room[..<(pen.place - room.baseAddress!)], as: UTF8.self)
                    == String(number, radix: 16))
        }
    }

    @Test("Control characters are found wherever they stand")
    func controls() {
        for size in 0..<40 {
            var bytes = [UInt8](repeating: 0x61, count: size + 1)
            bytes[size] = 0xE9
            func found() -> Int {
                bytes.withUnsafeBufferPointer {
                    firstControl($0.baseAddress!, $0.baseAddress! + $0.count) - $0.baseAddress!
                }
            }
            #expect(found() == size + 1)
            for control in [0x00, 0x0A, 0x0D, 0x1F, 0x7F] as [UInt8] {
                bytes[size] = control
                #expect(found() == size)
            }
            bytes[size] = 0x09
            #expect(found() == size + 1)
        }
    }
}
