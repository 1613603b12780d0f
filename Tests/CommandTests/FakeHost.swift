/// A host that only answers on its control socket, as the test says.
import Dispatch
import Fixtures
import Glibc
import HostManifest
import Synchronization

final class FakeHost: Sendable {
    /// The lines to send for one request, each without its newline; then the connection is closed.
    typealias Answer = @Sendable (ControlRequest) -> [[UInt8]]

    private let listener: Int32
    private let received = Mutex<[ControlRequest]>([])
    var requests: [ControlRequest] { received.withLock { $0 } }

    init(_ path: String, _ answer: @escaping Answer) throws {
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        listener = descriptor
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(descriptor, 8) == 0 else { throw SystemError("listen \(path)") }
        DispatchQueue.global().async { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                if connection < 0 { return }
                serve(connection, answer)
                close(connection)
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ connection: Int32, _ answer: Answer) {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) == 1, byte != 0x0A { line.append(byte) }
        guard let request = try? ControlRequest(line: line) else { return }
        received.withLock { $0.append(request) }
        for text in answer(request) {
            let bytes = text.last == 0x0A ? text : text + [0x0A]
            _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
    }

    static func ok(_ result: JSONValue) -> [[UInt8]] { [ControlAnswer.ok(result).line] }
    static func failed(_ message: String) -> [[UInt8]] {
        [ControlAnswer.failed(ControlError(code: .failed, message: message)).line]
    }
}
