/// The chunked transfer coding: what is taken, what is refused (E15).

import Testing

@testable import HostHTTP

@Suite("Chunked bodies")
struct ChunkedDecoderTests {
    enum Outcome: Equatable {
        case body(String, used: Int)
        case incomplete
        case refused(Refusal)
    }

    /// Decodes `text`, given in pieces of `step` bytes.
    static func decode(_ text: [UInt8], step: Int, limits: HTTPLimits = HTTPLimits()) -> Outcome {
        var decoder = ChunkedDecoder()
        var body: [UInt8] = []
        var used = 0
        while used < text.count {
            let piece = Array(text[used..<min(used + step, text.count)])
            switch piece.withUnsafeBufferPointer({
                decoder.next($0.baseAddress!, $0.count, most: .max, limits)
            }) {
            case .content(let start, let count, let consumed):
                body += piece[start..<start + count]
                used += consumed
            case .incomplete: used += piece.count
            case .end(let consumed):
                return .body(String(decoding: body, as: UTF8.self), used: used + consumed)
            case .refused(let refusal): return .refused(refusal)
            }
        }
        return .incomplete
    }

    @Test(
        "Chunks become content, extensions and trailers are dropped",
        arguments: [
            ("5\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5\r\nhello\r\n1\r\n,\r\nA\r\n 0123 abcd\r\n0\r\n\r\n", "hello, 0123 abcd"),
            ("05\r\nhello\r\n000\r\n\r\n", "hello"), ("00000005\r\nhello\r\n0\r\n\r\n", "hello"),
            ("0\r\n\r\n", ""), ("5;a\r\nhello\r\n0;a\r\n\r\n", "hello"),
            ("5;a=b;c=d\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5;a=\"q;,\\\" b\"\r\nhello\r\n0\r\n\r\n", "hello"),
            ("2\r\nok\r\n0\r\nX-T: 1\r\nHost: evil\r\n\r\n", "ok"),
            ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ])
    func taken(_ text: String, _ body: String) {
        let bytes = Array((text + "GET /next").utf8)
        for step in [1, 2, 3, bytes.count] {
            #expect(Self.decode(bytes, step: step) == .body(body, used: text.utf8.count))
        }
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let name: String
        let text: [UInt8]
        let refusal: Refusal
        var testDescription: String { name }
        init(_ name: String, _ text: String, _ refusal: Refusal) {
            self.name = name
            self.text = Array(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
            self.refusal = refusal
        }
    }
    static let refused: [Refused] = [
        Refused("hexadecimal prefix", "0x5\r\nhello\r\n", .badChunkSize),
        Refused("plus", "+5\r\nhello\r\n", .badChunkSize),
        Refused("minus", "-5\r\nhello\r\n", .badChunkSize),
        Refused("minus one", "-1\r\nhello\r\n", .badChunkSize),
        Refused("leading space", " 5\r\nhello\r\n", .badChunkSize),
        Refused("leading tab", "\t5\r\nhello\r\n", .badChunkSize),
        Refused("empty size", "\r\nhello\r\n", .badChunkSize),
        Refused("not hexadecimal", "G\r\nhello\r\n", .badChunkSize),
        Refused("underscore", "0_5\r\nhello\r\n", .badChunkSize),
        Refused("17 digits", "10000000000000005\r\nhello\r\n", .badChunkSize),
        Refused("40 digits", String(repeating: "F", count: 40) + "\r\nhello\r\n", .badChunkSize),
        Refused("sign bit", "8000000000000005\r\nhello\r\n", .badChunkSize),
        Refused("64 bits set", "FFFFFFFFFFFFFFFF\r\nhello\r\n", .badChunkSize),
        Refused("decimal point", "5.0\r\nhello\r\n", .badChunkSize),
        Refused("space inside", "0 5\r\nhello\r\n", .badChunkSize),
        Refused("space behind", "5 \r\nhello\r\n", .badChunkSize),
        Refused("tab behind", "5\t\r\nhello\r\n", .badChunkSize),
        Refused("quoted", "\"5\"\r\nhello\r\n", .badChunkSize),
        Refused("digit beyond ASCII", "\u{D9}\u{A5}\r\nhello\r\n", .badChunkSize),
        Refused("extension only", ";x\r\nhello\r\n", .badChunkSize),
        Refused("NUL behind size", "5\u{0}\r\nhello\r\n", .badChunkSize),
        Refused("LF behind size", "5\nhello\r\n", .bareLineFeed),
        Refused("CR only behind size", "5\rhello\r\n", .bareCarriageReturn),
        Refused("LF CR behind size", "5\n\rhello\r\n", .bareLineFeed),
        Refused("no end of data", "5\r\nhello0\r\n\r\n", .badChunkEnd),
        Refused("one byte too many", "5\r\nhelloX\r\n", .badChunkEnd),
        Refused("data too short", "7\r\nhello\r\n0\r\n\r\n", .badChunkEnd),
        Refused("LF behind data", "5\r\nhello\n", .badChunkEnd),
        Refused("LF in extension", "5;a\nhello\r\n", .badChunkExtension),
        Refused("CR in extension", "5;a\rb\r\nhello\r\n", .bareCarriageReturn),
        Refused("NUL in extension", "5;\u{0}\r\nhello\r\n", .badChunkExtension),
        Refused("LF in quoted extension", "5;a=\"\n\"\r\nhello\r\n", .badChunkExtension),
        Refused("empty extension", "5;\r\nhello\r\n", .badChunkExtension),
        Refused("LF as extension", "5;\nhello\r\n", .badChunkExtension),
        Refused("space in trailer name", "0\r\nA B: c\r\n\r\n", .badTrailer),
        Refused("LF in trailer", "0\r\nA: c\n\r\n", .badTrailer),
        Refused("folded trailer", "0\r\nA: c\r\n d\r\n\r\n", .badTrailer),
        Refused("trailer without colon", "0\r\nA\r\n\r\n", .badTrailer),
        Refused("CR only at the end", "0\r\n\rX", .badTrailer),
    ]
    @Test("E15: each bad chunk is refused, whole or byte by byte", arguments: refused)
    func refuses(_ vector: Refused) {
        #expect(Self.decode(vector.text, step: vector.text.count) == .refused(vector.refusal))
        #expect(Self.decode(vector.text, step: 1) == .refused(vector.refusal))
    }

    @Test("E15: extensions and trailers are limited over the whole body")
    func limited() {
        let flood = Array(
            String(repeating: "1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n", count: 200).utf8)
        #expect(Self.decode(flood, step: 64) == .refused(.chunkExtensionsTooLarge))
        let trailers = Array(("0\r\n" + String(repeating: "A: b\r\n", count: 2000)).utf8)
        #expect(Self.decode(trailers, step: 64) == .refused(.trailersTooLarge))
    }
}
