/// The address of the other end, and how requests show it.

import Glibc

struct PeerAddress {
    private var storage = sockaddr_storage()

    /// Lends the memory to accept4 or getsockname.
    mutating func fill(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> Int32 {
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { place in
            place.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &size) }
        }
    }

    var port: UInt16 {
        withUnsafeBytes(of: storage) { bytes in
            UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self))
        }
    }

    /// Room for the longest text.
    var count: Int { Int(INET6_ADDRSTRLEN) }

    /// Writes the address without the port; returns how many bytes.
    func write(to place: UnsafeMutablePointer<CChar>) -> Int {
        let family = Int32(storage.ss_family)
        return withUnsafeBytes(of: storage) { bytes -> Int in
            guard let base = bytes.baseAddress else { return 0 }
            var source = base + 4
            var kind = AF_INET
            if family == AF_INET6 {
                source = base + 8
                kind = AF_INET6
                // An IPv4 client of an IPv6 socket is shown as what it is.
                let isMapped =
                    (0..<10).allSatisfy { bytes[8 + $0] == 0 }
                    && bytes[18] == 0xFF && bytes[19] == 0xFF
                if isMapped {
                    source = base + 20
                    kind = AF_INET
                }
            } else if family != AF_INET {
                return 0
            }
            guard inet_ntop(kind, source, place, socklen_t(count)) != nil else { return 0 }
            return strlen(place)
        }
    }
}
