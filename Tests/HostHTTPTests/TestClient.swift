/// A blocking client that shows every byte.

import Glibc

struct ClientError: Error, CustomStringConvertible {
    let description: String
}

struct Answer {
    var statusLine = ""
    var status = 0
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    var saysClose: Bool { header("connection")?.lowercased() == "close" }
}

/// Five seconds of silence are an error.
final class TestClient {
    let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer {
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer,
                socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { place in
            place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw ClientError(description: "connect: \(errno)") }
    }
    deinit { Glibc.close(descriptor) }

    /// False when the peer has hung up.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }
    /// The peer sees a reset.
    func reset() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        shutdown(descriptor, Int32(SHUT_RD))
    }

    /// False at the end of the peer's side.
    private func fill() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 {
            buffer.append(contentsOf: chunk[..<count])
            return true
        }
        if count == 0 || errno == ECONNRESET || errno == EPIPE { return false }
        throw ClientError(
            description:
                "no answer in five seconds; have \(String(decoding: buffer, as: UTF8.self))")
    }
    private func line() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                guard end > 0, buffer[end - 1] == 13 else {
                    throw ClientError(description: "a line without CR LF")
                }
                let text = String(decoding: buffer[..<(end - 1)], as: UTF8.self)
                buffer.removeSubrange(...end)
                return text
            }
            guard try fill() else { throw ClientError(description: "closed before an answer") }
        }
    }
    func bytes(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else {
                throw ClientError(description: "closed after \(buffer.count) of \(count) bytes")
            }
        }
        defer { buffer.removeSubrange(..<count) }
        return Array(buffer[..<count])
    }
    /// Everything until the peer closes.
    func rest() throws -> [UInt8] {
        while try fill() {}
        defer { buffer.removeAll() }
        return buffer
    }
    /// True when nothing but the end of the connection follows.
    func isClosed() throws -> Bool { try rest().isEmpty }

    func answer(_ method: String = "GET") throws -> Answer {
        var answer = Answer()
        answer.statusLine = try line()
        let parts = answer.statusLine.split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else {
            throw ClientError(description: "not a status line: \(answer.statusLine)")
        }
        answer.status = status
        while true {
            let field = try line()
            if field.isEmpty { break }
            guard let colon = field.firstIndex(of: ":") else {
                throw ClientError(description: "not a field: \(field)")
            }
            answer.headers.append(
                (
                    field[..<colon].lowercased(),
                    field[field.index(after: colon)...].drop { $0 == " " }.description
                ))
        }
        if method == "HEAD" || status < 200 || status == 204 || status == 304 { return answer }
        if answer.header("transfer-encoding") == "chunked" {
            guard answer.header("content-length") == nil else {
                throw ClientError(description: "two framings")
            }
            while true {
                guard let size = Int(try line(), radix: 16) else {
                    throw ClientError(description: "not a chunk size")
                }
                answer.body += try bytes(size)
                guard try line() == "" else {
                    throw ClientError(description: "a chunk without an end")
                }
                if size == 0 { break }
            }
        } else if let length = answer.header("content-length").flatMap({ Int($0) }) {
            answer.body = try bytes(length)
        } else {
            answer.body = try rest()
        }
        return answer
    }
    func request(_ text: String, _ method: String = "GET") throws -> Answer {
        send(text)
        return try answer(method)
    }
}
