/// Speaks to a running host over its control socket.
import Glibc
import HostManifest

struct ControlClient: ~Copyable {
    enum Failure: Error, Equatable {
        /// No host listens there.
        case notRunning
        case broken(String)
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0

    /// A status of a thousand plugins is a few hundred kilobytes.
    private static let lineMax = 16 << 20
    /// For the host to answer anything but `logs`; a reload waits for plugins to start.
    private static let answerSecondsMax = 120

    init(path: String) throws(Failure) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .broken(systemErrorText(errno)) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw .broken("the path \(path) is too long for a socket")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            let code = errno
            throw code == ENOENT || code == ECONNREFUSED
                ? .notRunning : .broken("\(path): \(systemErrorText(code))")
        }
        setReceiveTimeout(seconds: Self.answerSecondsMax)
    }

    deinit { close(descriptor) }

    /// Sends one request and waits for its answer.
    mutating func ask(_ request: ControlRequest) throws(Failure) -> ControlAnswer {
        let line = request.line
        var sent = 0
        while sent < line.count {
            let count = line.withUnsafeBytes {
                send(descriptor, $0.baseAddress! + sent, line.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw .broken("the host does not take the request: \(systemErrorText(errno))")
            }
            sent += count
        }
        guard let text = try readLine() else {
            throw .broken("the host closed the connection without an answer")
        }
        guard let answer = ControlAnswer(line: text) else {
            throw .broken(
                "the host's answer is not understood: \(String(decoding: text.prefix(200), as: UTF8.self))"
            )
        }
        return answer
    }

    /// The next line without its newline; nil at the end. Waits as long as it takes.
    mutating func next() throws(Failure) -> [UInt8]? {
        setReceiveTimeout(seconds: 0)
        return try readLine()
    }

    private mutating func readLine() throws(Failure) -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                let line = Array(buffer[start..<end])
                start = end + 1
                return line
            }
            buffer.removeFirst(start)
            start = 0
            searched = buffer.count
            guard buffer.count < Self.lineMax else {
                throw .broken("the host sends a line without end")
            }
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0 && errno == EINTR { continue }
            if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) {
                throw .broken("the host does not answer within \(Self.answerSecondsMax) s")
            }
            guard count >= 0 else { throw .broken(systemErrorText(errno)) }
            if count == 0 { return buffer.isEmpty ? nil : takeRest() }
            buffer.append(contentsOf: chunk[..<count])
        }
    }

    private mutating func takeRest() -> [UInt8] {
        defer { buffer = [] }
        return buffer
    }

    private func setReceiveTimeout(seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }
}
