/// A listening socket of one loop; the kernel spreads connections over those that share a port.

import Glibc
import HostCore
import HostShim

/// Why a listener could not be opened.
public struct ListenError: Error, CustomStringConvertible, Sendable {
    public let description: String
}

/// [loop]
final class Listener: PollSource {
    private unowned(unsafe) let front: Front
    private let isAdmin: Bool
    let port: UInt16
    private var isClosed = false

    init(front: Front, address: String, port: UInt16, reusePort: Bool, isAdmin: Bool)
        throws(ListenError)
    {
        self.front = front
        self.isAdmin = isAdmin
        let descriptor = try Listener.open(
            address, port, reusePort: reusePort, backlog: front.limits.backlog)
        self.port = Listener.boundPort(descriptor)
        super.init(loop: front.loop, descriptor: descriptor)
        watch(.readable)
    }

    override func ready(_ events: PollEvents) { acceptSome(front.limits.acceptsPerTurnMax) }

    private func acceptSome(_ most: Int) {
        for _ in 0..<most where !isClosed {
            var address = PeerAddress()
            let accepted = address.fill { nself_shim_accept(descriptor, $0, $1) }
            guard accepted >= 0 else { return failed() }
            front.accept(accepted, isAdmin: isAdmin, address)
        }
    }

    private func failed() {
        switch errno {
        case EAGAIN, EINTR, ECONNABORTED: return
        default:
            // No descriptor or memory left: connections wait in the kernel meanwhile.
            watch([])
            loop.schedule(after: front.limits.acceptPause) { [self] in
                if !isClosed { watch(.readable) }
            }
        }
    }

    /// Accepts what is waiting, then closes.
    func finish() {
        acceptSome(Int(front.limits.backlog))
        close()
    }
    func close() {
        if isClosed { return }
        isClosed = true
        unwatch()
        Glibc.close(descriptor)
    }

    // MARK: sockets

    private static func open(_ address: String, _ port: UInt16, reusePort: Bool, backlog: Int32)
        throws(ListenError) -> Int32
    {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        let isSix = address.contains(":")
        let bare =
            address.hasPrefix("[") && address.hasSuffix("]")
            ? String(address.dropFirst().dropLast()) : address
        let isParsed =
            isSix
            ? inet_pton(AF_INET6, bare, &six.sin6_addr) : inet_pton(AF_INET, bare, &four.sin_addr)
        guard isParsed == 1 else {
            throw ListenError(
                description:
                    "listen: \"\(address)\" is not an IPv4 or IPv6 address; write 0.0.0.0, 127.0.0.1 or [::]"
            )
        }
        let descriptor = socket(
            isSix ? AF_INET6 : AF_INET,
            Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw ListenError(
                description: "listen \(address):\(port): \(String(cString: strerror(errno)))")
        }
        func set(_ level: Int32, _ option: Int32) {
            var on: Int32 = 1
            setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
        }
        set(SOL_SOCKET, SO_REUSEADDR)
        if reusePort { set(SOL_SOCKET, SO_REUSEPORT) }
        // Accepted sockets inherit it: answers leave when they are written.
        set(Int32(IPPROTO_TCP), TCP_NODELAY)
        four.sin_family = sa_family_t(AF_INET)
        four.sin_port = port.bigEndian
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        let bound =
            isSix
            ? bindTo(descriptor, &six, MemoryLayout<sockaddr_in6>.size)
            : bindTo(descriptor, &four, MemoryLayout<sockaddr_in>.size)
        guard bound == 0, Glibc.listen(descriptor, backlog) == 0 else {
            let reason = String(cString: strerror(errno))
            Glibc.close(descriptor)
            throw ListenError(
                description:
                    "listen \(address):\(port): \(reason); is another program listening there?")
        }
        return descriptor
    }
    private static func bindTo(_ descriptor: Int32, _ address: UnsafeRawPointer, _ size: Int)
        -> Int32
    {
        bind(descriptor, address.assumingMemoryBound(to: sockaddr.self), socklen_t(size))
    }
    private static func boundPort(_ descriptor: Int32) -> UInt16 {
        var address = PeerAddress()
        _ = address.fill { place, size in getsockname(descriptor, place, size) }
        return address.port
    }
}
