/// The control socket: one JSON line in, one JSON line out (HostManifest/ControlMessage.swift).

import Glibc
import HostCore
import HostManifest
import HostShim

/// [control] Served by the control thread, one request at a time: requests are rare, small and
/// from the same machine; a client that dawdles is cut off.
final class ControlSocket {
    let descriptor: Int32
    private let path: String
    /// What a client may take for its line, and for reading the answer.
    private static let timeoutSeconds = 2

    init(_ path: String) throws(StartFailure) {
        self.path = path
        var address = sockaddr_un()
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else {
            throw StartFailure(
                "the control socket's path is longer than \(room - 1) bytes: \(path); choose a shorter run directory"
            )
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        descriptor = socket(
            AF_UNIX,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
                | Int32(SOCK_NONBLOCK.rawValue), 0)
        unlink(path)
        let before = umask(0o177)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        umask(before)
        guard bound == 0, listen(descriptor, 16) == 0 else {
            throw StartFailure("\(path): \(String(cString: strerror(errno)))")
        }
    }

    func close() {
        Glibc.close(descriptor)
        unlink(path)
    }

    /// Accepts one client and answers its request.
    func serve(_ answer: (ControlRequest) -> ControlReply) {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        var limit = timeval(tv_sec: ControlSocket.timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        guard let line = readLine(client) else {
            Glibc.close(client)
            return
        }
        let reply: ControlReply
        do {
            reply = answer(try ControlRequest(line: line))
        } catch { reply = .line(ControlAnswer.failed(error).line) }
        switch reply {
        case .line(let bytes):
            write(client, bytes)
            Glibc.close(client)
        case .logs(let bytes, let follow):
            write(client, ControlAnswer.ok(.null).line)
            write(client, bytes)
            if let follow { follow(client) } else { Glibc.close(client) }
        }
    }

    private func readLine(_ client: Int32) -> [UInt8]? {
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while line.count <= ControlRequest.sizeMax {
            let count = read(client, &chunk, chunk.count)
            guard count > 0 else { return line.isEmpty ? nil : line }
            line.append(contentsOf: chunk[..<count])
            if let end = line.firstIndex(of: 10) { return Array(line[..<end]) }
        }
        return line
    }
    private func write(_ client: Int32, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = send(
                    client, bytes.baseAddress! + offset, bytes.count - offset, Int32(MSG_NOSIGNAL))
                if count <= 0 { return }
                offset += count
            }
        }
    }
}

enum ControlReply {
    case line([UInt8])
    /// Old records, and who takes the client's socket to write later ones to it.
    case logs([UInt8], follow: ((Int32) -> Void)?)
}

/// Why the host does not run.
struct StartFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
