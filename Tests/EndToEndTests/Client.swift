/// A plain HTTP/1.1 client over a socket: what goes over the wire is what the test wrote.

import Fixtures
import Glibc

struct Answer: Sendable {
    var status = 0
    /// Lower-case names, in order of arrival.
    var headers: [(name: String, value: String)] = []
    var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

struct ClientError: Error, CustomStringConvertible {
    let description: String
}

/// One connection. Not for two threads at once.
final class Client {
    private let socket: Int32
    private var received: [UInt8] = []

    /// How long an answer may take. [seconds]
    static let timeLimitSeconds = 60

    init(port: Int) throws {
        socket = Glibc.socket(
            AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw SystemError("socket") }
        var limit = timeval(tv_sec: Client.timeLimitSeconds, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // The socket is closed by deinit, also when this throws.
        guard connected == 0 else { throw SystemError("connect to 127.0.0.1:\(port)") }
    }
    deinit { close(socket) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }
    func send(_ bytes: [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw SystemError("send") }
            offset += count
        }
    }

    func request(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: String? = nil
    ) throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "content-length: \(body.utf8.count)\r\n" }
        try send(head + "\r\n" + (body ?? ""))
        return try answer(to: method)
    }

    /// Reads one answer; what follows it stays for the next.
    func answer(to method: String = "GET") throws -> Answer {
        var answer = Answer()
        let statusLine = try line().split(separator: " ", maxSplits: 2)
        guard statusLine.count >= 2, statusLine[0].hasPrefix("HTTP/1."),
            let status = Int(statusLine[1])
        else {
            throw ClientError(description: "no status line: \(statusLine)")
        }
        answer.status = status
        while true {
            let field = try line()
            if field.isEmpty { break }
            guard let colon = field.firstIndex(of: ":") else {
                throw ClientError(description: "no header field: \(field)")
            }
            let value = field[field.index(after: colon)...].drop { $0 == " " }
            answer.headers.append((field[..<colon].lowercased(), String(value)))
        }
        if method == "HEAD" || status == 204 || status == 304 { return answer }
        if answer.header("transfer-encoding")?.lowercased() == "chunked" {
            while true {
                let size = try line()
                guard let count = Int(size.prefix { $0 != ";" }, radix: 16) else {
                    throw ClientError(description: "no chunk size: \(size)")
                }
                answer.bytes += try take(count)
                _ = try line()
                if count == 0 { return answer }
            }
        }
        if let length = answer.header("content-length") {
            guard let count = Int(length) else {
                throw ClientError(description: "content-length \(length)")
            }
            answer.bytes = try take(count)
        } else {
            while try fill() {}
            answer.bytes = received
            received = []
        }
        return answer
    }

    /// True when the other side has ended the connection and nothing is left to read.
    var isClosed: Bool {
        get throws { received.isEmpty ? try !fill() : false }
    }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                var text = received[..<end]
                received.removeSubrange(...end)
                if text.last == UInt8(ascii: "\r") { text.removeLast() }
                return String(decoding: text, as: UTF8.self)
            }
            guard try fill() else {
                throw ClientError(description: "the connection ended inside an answer")
            }
        }
    }
    private func take(_ count: Int) throws -> [UInt8] {
        while received.count < count {
            guard try fill() else {
                throw ClientError(description: "the connection ended inside a body")
            }
        }
        let bytes = Array(received.prefix(count))
        received.removeFirst(count)
        return bytes
    }
    /// False at the end of the stream.
    private func fill() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count >= 0 else { throw SystemError("receive") }
        received += chunk[..<count]
        return count > 0
    }
}
