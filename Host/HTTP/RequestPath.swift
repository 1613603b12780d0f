/// The path as routes see it: segments, decoded, without dot segments. The raw path stays as it is.

/// One segment; borrowed from the receive buffer or from the request's arena.
struct PathSegment {
    var start: UnsafePointer<UInt8>
    var count: Int
}

/// [loop] The segments of the request that is being routed; one per loop, used again and again.
final class RequestPath {
    let segments: UnsafeMutablePointer<PathSegment>
    private let segmentsMax: Int
    private(set) var count = 0

    init(segmentsMax: Int) {
        self.segmentsMax = segmentsMax
        segments = .allocate(capacity: segmentsMax)
    }
    deinit { segments.deallocate() }

    /// Everything from segment `index` on, slashes included.
    func rest(_ index: Int) -> PathSegment {
        let first = segments[index]
        let last = segments[count - 1]
        return PathSegment(start: first.start, count: last.start + last.count - first.start)
    }

    /// [loop] hot. Splits `path`, which begins with "/"; `classes` says what the parser saw in it.
    func split(
        _ path: UnsafePointer<UInt8>, _ size: Int, _ classes: UInt8, _ arena: RequestArena
    ) -> Refusal? {
        count = 0
        if classes & CharacterClass.percent != 0
            || (classes & CharacterClass.dot != 0 && hasDotSegment(path, size))
        {
            return normalise(path, size, arena)
        }
        var start = 1
        for index in 1..<max(size, 1) where path[index] == 0x2F {
            guard add(path + start, index - start) else { return .pathTooDeep }
            start = index + 1
        }
        return add(path + start, size - start) ? nil : .pathTooDeep
    }

    @inline(__always)
    private func add(_ start: UnsafePointer<UInt8>, _ size: Int) -> Bool {
        guard count < segmentsMax else { return false }
        segments[count] = PathSegment(start: start, count: size)
        count += 1
        return true
    }

    private func hasDotSegment(_ path: UnsafePointer<UInt8>, _ size: Int) -> Bool {
        for index in 1..<size where path[index] == 0x2E && path[index - 1] == 0x2F { return true }
        return false
    }

    /// Decodes each segment by itself, so that an encoded slash never makes two of one, and
    /// removes dot segments (RFC 3986, 5.2.4). One that would leave the root is refused.
    private func normalise(
        _ path: UnsafePointer<UInt8>, _ size: Int, _ arena: RequestArena
    ) -> Refusal? {
        var write = arena.take(size)
        var read = 1
        while true {
            let start = write
            var hasEncodedSlash = false
            while read < size, path[read] != 0x2F {
                var byte = path[read]
                read += 1
                if byte == 0x25 {
                    let hex = Characters.tables.hexValue
                    guard read + 2 <= size, hex[Int(path[read])] != 0xFF,
                        hex[Int(path[read + 1])] != 0xFF
                    else { return .badPercentEncoding }
                    byte = hex[Int(path[read])] << 4 | hex[Int(path[read + 1])]
                    read += 2
                    if byte == 0 { return .nulInPath }
                    if byte == 0x2F || byte == 0x5C { hasEncodedSlash = true }
                }
                write.pointee = byte
                write += 1
            }
            let isLast = read >= size
            let length = write - start
            if hasEncodedSlash, hidesDotSegment(start, length) { return .pathLeavesRoot }
            guard isUTF8(start, length) else { return .pathNotText }
            let isDot = length == 1 && start[0] == 0x2E
            let isDoubleDot = length == 2 && start[0] == 0x2E && start[1] == 0x2E
            if isDot || isDoubleDot {
                write = start
                if isDoubleDot {
                    guard count > 0 else { return .pathLeavesRoot }
                    count -= 1
                    write = UnsafeMutablePointer(mutating: segments[count].start)
                }
                // "/a/.." is "/a/" without "a": an empty segment is left at the end.
                if isLast { return add(write, 0) ? nil : .pathTooDeep }
            } else {
                guard add(start, length) else { return .pathTooDeep }
                if isLast { return nil }
                write.pointee = 0x2F
                write += 1
            }
            read += 1
        }
    }

    /// A handler that splits the decoded segment again must not find a way up in it.
    private func hidesDotSegment(_ bytes: UnsafePointer<UInt8>, _ size: Int) -> Bool {
        var start = 0
        for index in 0...size where index == size || bytes[index] == 0x2F || bytes[index] == 0x5C {
            let length = index - start
            if length > 0, length < 3, bytes[start] == 0x2E, bytes[index - 1] == 0x2E {
                return true
            }
            start = index + 1
        }
        return false
    }
}

/// True for well-formed UTF-8: no overlong forms, no surrogates.
func isUTF8(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var index = 0
    while index < count {
        let first = bytes[index]
        index += 1
        if first < 0x80 { continue }
        let more: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch first {
        case 0xC2...0xDF: more = 1
        case 0xE0: (more, low) = (2, 0xA0)
        case 0xED: (more, high) = (2, 0x9F)
        case 0xE1...0xEF: more = 2
        case 0xF0: (more, low) = (3, 0x90)
        case 0xF4: (more, high) = (3, 0x8F)
        case 0xF1...0xF3: more = 3
        default: return false
        }
        guard count - index >= more, bytes[index] >= low, bytes[index] <= high else { return false }
        for next in 1..<max(more, 1) where bytes[index + next] & 0xC0 != 0x80 { return false }
        index += more
    }
    return true
}
