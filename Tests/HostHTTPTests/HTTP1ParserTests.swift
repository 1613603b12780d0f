/// The request head: what is taken, what is refused and as what (E15).

import CNself
import Testing

@testable import HostHTTP

/// A head that has been parsed, with its bytes.
final class ParsedHead {
    let head: UnsafeMutablePointer<RequestHead>
    private let fields: UnsafeMutablePointer<nself_field>
    private let bytes: UnsafeMutablePointer<UInt8>
    let outcome: RequestHead.Outcome

    /// Gives the parser `step` bytes more each time; 0: all at once.
    init(_ text: [UInt8], step: Int = 0, limits: HTTPLimits = HTTPLimits()) {
        fields = .allocate(capacity: limits.fieldsMax)
        bytes = .allocate(capacity: max(1, text.count))
        bytes.initialize(from: text, count: text.count)
        head = .allocate(capacity: 1)
        head.initialize(to: RequestHead(fields: fields))
        var available = step == 0 ? text.count : min(step, text.count)
        while true {
            let found = head.pointee.parse(bytes, available, limits)
            if found != .incomplete || available == text.count {
                outcome = found
                return
            }
            available = min(available + step, text.count)
        }
    }
    convenience init(_ text: String, step: Int = 0, limits: HTTPLimits = HTTPLimits()) {
        self.init(Array(text.utf8), step: step, limits: limits)
    }
    deinit {
        fields.deallocate()
        bytes.deallocate()
        head.deallocate()
    }
    func string(_ stretch: Stretch) -> String {
        String(
            decoding: UnsafeBufferPointer(start: stretch.of(bytes), count: Int(stretch.count)),
            as: UTF8.self)
    }
    var headers: [String] {
        (0..<head.pointee.fieldCount).map { "\(text(fields[$0].name))=\(text(fields[$0].value))" }
    }
}

@Suite("HTTP/1.1 request heads")
struct HTTP1ParserTests {
    @Test("A plain request is read as slices, names in lower case", arguments: [0, 1, 2, 7])
    func plain(step: Int) {
        let parsed = ParsedHead(
            "POST /a/b?c=d&e HTTP/1.1\r\nHost: x.test:80\r\nX-MiXed:  v w \t\r\nContent-Length: 5\r\nEmpty:\r\n\r\nhello",
            step: step)
        #expect(parsed.outcome == .complete)
        let head = parsed.head.pointee
        #expect(head.method == .post)
        #expect(parsed.string(head.methodName) == "POST")
        #expect(parsed.string(head.path) == "/a/b")
        #expect(parsed.string(head.query) == "c=d&e")
        #expect(parsed.string(head.authority) == "x.test:80")
        #expect(head.contentLength == 5)
        #expect(head.minorVersion == 1)
        #expect(parsed.headers == ["host=x.test:80", "x-mixed=v w", "content-length=5", "empty="])
    }

    @Test(
        "What the standard allows is taken",
        arguments: [
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
            "M-SEARCH / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET HTTP://A:80/x HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a?q HTTP/1.1\r\nHost: a\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
            "GET /a?b[]=c HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX!#$%&'*+-.^_`|~09az: v\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\tb\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n",
        ])
    func taken(_ head: String) {
        #expect(ParsedHead(head).outcome == .complete)
        #expect(ParsedHead(head, step: 1).outcome == .complete)
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let name: String
        let head: [UInt8]
        let refusal: Refusal
        var testDescription: String { name }

        init(_ name: String, _ head: String, _ refusal: Refusal) {
            self.name = name
            self.head = Array(head.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
            self.refusal = refusal
        }
        /// One field line in an otherwise sound request.
        static func field(_ name: String, _ line: String, _ refusal: Refusal) -> Refused {
            Refused(name, "POST / HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n", refusal)
        }
        /// One request line before a sound field.
        static func line(_ name: String, _ line: String, _ refusal: Refusal) -> Refused {
            Refused(name, "\(line)\r\nHost: a\r\n\r\n", refusal)
        }
    }

    static let requestLines: [Refused] = [
        .line("method only", "GET", .badMethod),
        .line("no version", "GET /", .malformedRequestLine),
        .line("no target", "GET  HTTP/1.1", .malformedRequestLine),
        .line("two spaces before target", "GET  / HTTP/1.1", .malformedRequestLine),
        .line("two spaces before version", "GET /  HTTP/1.1", .badVersion),
        .line("tab after method", "GET\t/\tHTTP/1.1", .badMethod),
        .line("tab before version", "GET /\tHTTP/1.1", .badTarget),
        .line("leading space", " GET / HTTP/1.1", .malformedRequestLine),
        .line("trailing space", "GET / HTTP/1.1 ", .badVersion),
        .line("word behind version", "GET / HTTP/1.1 x", .badVersion),
        .line("space in target", "GET / x HTTP/1.1", .badVersion),
        .line("wrong order", "/ GET HTTP/1.1", .malformedRequestLine),
        .line("other protocol", "GET / FTP/1.1", .badVersion),
        .line("letters as version", "GET / HTTP/a.b", .badVersion),
        .line("no minor version", "GET / HTTP/1", .badVersion),
        .line("empty minor version", "GET / HTTP/1.", .badVersion),
        .line("no dot", "GET / HTTP/11", .badVersion),
        .line("lower-case protocol", "GET / http/1.1", .badVersion),
        .line("leading zero in version", "GET / HTTP/01.1", .badVersion),
        .line("two-digit minor version", "GET / HTTP/1.01", .badVersion),
        .line("HTTP/2", "GET / HTTP/2.0", .unsupportedVersion),
        .line("HTTP/0.9", "GET / HTTP/0.9", .unsupportedVersion),
        .line("parenthesis in method", "GE(T / HTTP/1.1", .badMethod),
        .line("quotes around method", "\"GET\" / HTTP/1.1", .malformedRequestLine),
        .line("NUL in method", "G\u{0}T / HTTP/1.1", .badMethod),
        .line("long method", String(repeating: "A", count: 33) + " / HTTP/1.1", .methodTooLong),
        .line("CONNECT", "CONNECT a:22 HTTP/1.1", .connectNotSupported),
        .line("target without slash", "GET a HTTP/1.1", .badTarget),
        .line("star for GET", "GET * HTTP/1.1", .badTarget),
        .line("other scheme", "GET ftp://a/ HTTP/1.1", .badTarget),
        .line("user in authority", "GET http://u@a/ HTTP/1.1", .badTarget),
        .line("empty authority", "GET http:///x HTTP/1.1", .badTarget),
        .line("fragment", "GET /#f HTTP/1.1", .badTarget),
        .line("quote", "GET /?a\"b HTTP/1.1", .badTarget),
        .line("angle brackets", "GET /?<> HTTP/1.1", .badTarget),
        .line("backslash", "GET /a\\b HTTP/1.1", .badTarget),
        .line("braces", "GET /?{} HTTP/1.1", .badTarget),
        .line("caret", "GET /?^ HTTP/1.1", .badTarget),
        .line("byte beyond ASCII", "GET /?\u{C3}\u{A9} HTTP/1.1", .badTarget),
        .line("control in target", "GET /\u{1} HTTP/1.1", .badTarget),
        .line("NUL in target", "GET /\u{0} HTTP/1.1", .badTarget),
        .line("DEL in target", "GET /\u{7F} HTTP/1.1", .badTarget),
        .line("CR in target", "GET /\rx HTTP/1.1", .bareCarriageReturn),
        .line("two empty lines", "\r\n\r\nGET / HTTP/1.1", .malformedRequestLine),
        Refused("LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", .bareLineFeed),
        Refused("LF after the method", "GET\n\r\n\r\n", .bareLineFeed),
        Refused("LF after the target", "GET /\n\r\n\r\n", .bareLineFeed),
    ]
    static let fieldLines: [Refused] = [
        .field("LF after a field", "A: b\nC: d", .bareLineFeed),
        .field("LF in a name", "A\nB: c", .bareLineFeed),
        .field("CR in a value", "A: b\rc", .bareCarriageReturn),
        .field("CR before a value", "A:\rb", .bareCarriageReturn),
        .field("CR at the end of a value", "A: b\r", .bareCarriageReturn),
        .field("NUL in a value", "A: b\u{0}c", .controlInValue),
        .field("SOH in a value", "A: b\u{1}c", .controlInValue),
        .field("vertical tab in a value", "A: b\u{B}c", .controlInValue),
        .field("escape in a value", "A: \u{1B}[0m", .controlInValue),
        .field("DEL in a value", "A: b\u{7F}c", .controlInValue),
        .field("folded with a space", "A: b\r\n c", .foldedField),
        .field("folded with a tab", "A: b\r\n\tc", .foldedField),
        .field("folded at once", "A:\r\n b", .foldedField),
        .field("space before the colon", "A : b", .spaceBeforeColon),
        .field("tab before the colon", "A\t: b", .spaceBeforeColon),
        .field("no colon", "Bad Header", .spaceBeforeColon),
        .field("a name and no more", "Bad", .missingColon),
        .field("no name", ": b", .badFieldName),
        .field("slash in a name", "A/B: c", .badFieldName),
        .field("byte beyond ASCII in a name", "\u{E9}: c", .badFieldName),
        Refused("space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", .foldedField),
        Refused("LF ends the head", "GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
        Refused(
            "CR ends the head", "GET / HTTP/1.1\r\nHost: a\r\n\rX\r\n\r\n", .bareCarriageReturn),
        Refused("no Host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", .missingHost),
        .field("two Hosts", "Host: b", .severalHosts),
        .field("the same Host twice", "Host: a", .severalHosts),
        Refused("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", .badHost),
        Refused("open bracket in Host", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", .badHost),
        Refused("letters as port", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", .badHost),
        Refused("negative port", "GET / HTTP/1.1\r\nHost: a:-1\r\n\r\n", .badHost),
        Refused("empty port", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n", .badHost),
        Refused("large port", "GET / HTTP/1.1\r\nHost: a:99999999\r\n\r\n", .badHost),
        Refused("slash in Host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .badHost),
        Refused("space in Host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .badHost),
        Refused(
            "target of another host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
            .hostDiffersFromTarget),
        .field("unknown expectation", "Expect: 200-please", .unknownExpectation),
    ]
    static let framing: [Refused] = [
        .field(
            "length and chunked", "Content-Length: 5\r\nTransfer-Encoding: chunked",
            .lengthAndTransferCoding),
        .field(
            "chunked and length", "Transfer-Encoding: chunked\r\nContent-Length: 5",
            .lengthAndTransferCoding),
        .field("two lengths", "Content-Length: 5\r\nContent-Length: 6", .severalContentLengths),
        .field(
            "the same length twice", "Content-Length: 5\r\nContent-Length: 5",
            .severalContentLengths),
        .field("list of lengths", "Content-Length: 5, 5", .badContentLength),
        .field("empty length", "Content-Length:", .badContentLength),
        .field("plus", "Content-Length: +5", .badContentLength),
        .field("minus", "Content-Length: -5", .badContentLength),
        .field("hexadecimal length", "Content-Length: 0x5", .badContentLength),
        .field("spaces in length", "Content-Length: 5 5", .badContentLength),
        .field("letters behind length", "Content-Length: 5a", .badContentLength),
        .field("exponent", "Content-Length: 1e1", .badContentLength),
        .field("decimal point", "Content-Length: 5.0", .badContentLength),
        .field("underscore", "Content-Length: 1_0", .badContentLength),
        .field("NBSP", "Content-Length: \u{A0}5", .badContentLength),
        .field("beyond 64 bits", "Content-Length: 18446744073709551621", .badContentLength),
        .field(
            "far beyond 64 bits", "Content-Length: 99999999999999999999999999", .badContentLength),
        .field("quoted length", "Content-Length: \"5\"", .badContentLength),
        .field("vertical tab before length", "Content-Length: \u{B}5", .controlInValue),
        .field("NUL behind length", "Content-Length: 5\u{0}", .controlInValue),
        .field("unknown coding", "Transfer-Encoding: foo", .unknownTransferCoding),
        .field("almost chunked", "Transfer-Encoding: xchunked", .unknownTransferCoding),
        .field("identity", "Transfer-Encoding: identity", .unknownTransferCoding),
        .field("gzip before chunked", "Transfer-Encoding: gzip, chunked", .unknownTransferCoding),
        .field(
            "chunked before identity", "Transfer-Encoding: chunked, identity", .badTransferCoding),
        .field("chunked before gzip", "Transfer-Encoding: chunked, gzip", .badTransferCoding),
        .field("chunked twice", "Transfer-Encoding: chunked, chunked", .badTransferCoding),
        .field(
            "chunked in two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            .severalTransferCodings),
        .field(
            "two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
            .severalTransferCodings),
        .field("quoted chunked", "Transfer-Encoding: \"chunked\"", .badTransferCoding),
        .field("parameter", "Transfer-Encoding: chunked;q=1", .badTransferCoding),
        .field("semicolon", "Transfer-Encoding: chunked;", .badTransferCoding),
        .field("vertical tab before chunked", "Transfer-Encoding:\u{B}chunked", .controlInValue),
        .field("form feed before chunked", "Transfer-Encoding: \u{C}chunked", .controlInValue),
        .field("NBSP before chunked", "Transfer-Encoding: \u{A0}chunked", .badTransferCoding),
        .field("NUL behind chunked", "Transfer-Encoding: chunked\u{0}", .controlInValue),
        .field("word behind chunked", "Transfer-Encoding: chunked x", .badTransferCoding),
        .field("empty coding", "Transfer-Encoding:", .badTransferCoding),
        .field(
            "space before the colon of chunked", "Transfer-Encoding : chunked", .spaceBeforeColon),
        .field("CR in the coding", "Transfer-Encoding: chunked\rX: y", .bareCarriageReturn),
        .field("coding folded", "Transfer-Encoding:\r\n chunked", .badTransferCoding),
        .field("name folded", "Transfer-Encoding\r\n : chunked", .missingColon),
        .field("LF before the coding", "X-A: b\nTransfer-Encoding: chunked", .bareLineFeed),
        Refused(
            "chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
            .transferCodingInOldVersion),
    ]

    @Test(
        "E15: each smuggling vector is refused, whole or byte by byte",
        arguments: requestLines + fieldLines + framing)
    func refused(_ vector: Refused) {
        #expect(ParsedHead(vector.head).outcome == .refused(vector.refusal))
        #expect(ParsedHead(vector.head, step: 1).outcome == .refused(vector.refusal))
    }

    @Test("E12: a head beyond the limits is refused before it is complete")
    func limits() {
        var limits = HTTPLimits()
        limits.headBytesMax = 2048
        limits.targetBytesMax = 512
        limits.fieldsMax = 10
        let long = String(repeating: "a", count: 4096)
        #expect(ParsedHead("GET /\(long)", limits: limits).outcome == .refused(.targetTooLong))
        #expect(
            ParsedHead("GET /\(long.prefix(600)) HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits)
                .outcome
                == .refused(.targetTooLong))
        #expect(
            ParsedHead("GET / HTTP/1.1\r\nHost: a\r\nX: \(long)", limits: limits).outcome
                == .refused(.headTooLarge))
        let fields = (0..<9).map { "X\($0): v\r\n" }.joined()
        #expect(
            ParsedHead("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n", limits: limits).outcome
                == .complete)
        #expect(
            ParsedHead("GET / HTTP/1.1\r\nHost: a\r\n\(fields)Y: z\r\n\r\n", limits: limits).outcome
                == .refused(.tooManyFields))
    }

    @Test("A head that is moved while it arrives keeps its fields")
    func moved() {
        let text = Array("GET /x HTTP/1.1\r\nHost: a\r\nX-Long: value\r\n\r\n".utf8)
        let fields = UnsafeMutablePointer<nself_field>.allocate(capacity: 100)
        let first = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count)
        let second = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count)
        defer {
            fields.deallocate()
            second.deallocate()
        }
        first.initialize(from: text, count: text.count)
        var head = RequestHead(fields: fields)
        #expect(head.parse(first, 30, HTTPLimits()) == .incomplete)
        second.initialize(from: first, count: 30)
        (second + 30).initialize(from: Array(text[30...]), count: text.count - 30)
        head.moved(from: first, to: second)
        first.initialize(repeating: 0, count: text.count)
        first.deallocate()
        #expect(head.parse(second, text.count, HTTPLimits()) == .complete)
        #expect(HostHTTPTests.text(fields[0].name) == "host")
        #expect(HostHTTPTests.text(fields[1].value) == "value")
    }
}
