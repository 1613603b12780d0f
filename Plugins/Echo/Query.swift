/// Values of a query string.

import PluginAPI

enum Query {
    /// The decoded bytes of the first `name`, empty when it is missing.
    static func text(_ request: Request, _ name: StaticString) -> [UInt8] {
        for pair in request.query.bytes.split(separator: UInt8(ascii: "&")) {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let found = UnsafeRawBufferPointer(rebasing: pair[pair.startIndex..<equals])
            if Text(found) == name {
                return decode(UnsafeRawBufferPointer(rebasing: pair[(equals + 1)...]))
            }
        }
        return []
    }

    /// The number of `name`; 0 when it is missing or no number, at most `most`.
    static func number(_ request: Request, _ name: StaticString, most: Int) -> Int {
        var number = 0
        for byte in text(request, name) {
            guard byte >= 0x30, byte <= 0x39 else { return 0 }
            number = min(number * 10 + Int(byte - 0x30), most)
        }
        return number
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
                index += 1
            }
        }
        return decoded
    }
    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
