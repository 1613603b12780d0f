/// The strict HTTP/1.1 parser: bytes of the receive buffer become a RequestHead.
///
/// What is lenient in others is refused here (bare LF, folding, white space before a colon,
/// control characters): two readers of one byte stream must never see two different requests.

import CNself
import Glibc

extension RequestHead {
    enum Outcome: Equatable {
        case incomplete
        case complete
        case refused(Refusal)
    }
    /// The step of a line: where the next one begins, or why there is none.
    private enum Line {
        case next(UnsafeMutablePointer<UInt8>)
        case incomplete
        case refused(Refusal)
    }

    /// [loop] hot. Looks at the `available` bytes from `base`, the first of this head; continues
    /// where it stopped when it is called again with more. Writes field names in lower case.
    mutating func parse(
        _ base: UnsafeMutablePointer<UInt8>, _ available: Int, _ limits: borrowing HTTPLimits
    ) -> Outcome {
        let end = base + available
        // Called again: nothing new can be said before the line has an end, but that its method is
        // too long.
        if scanned > lineStart, phase == .fields || !methodName.isEmpty {
            guard memchr(base + scanned, 0x0A, available - scanned) != nil else {
                scanned = available
                return incomplete(available, limits)
            }
        }
        var position = base + lineStart
        if phase == .requestLine {
            switch parseRequestLine(base, position, end, limits) {
            case .next(let next):
                position = next
                lineStart = next - base
                phase = .fields
            case .incomplete:
                scanned = available
                return incomplete(available, limits)
            case .refused(let refusal): return .refused(refusal)
            }
        }
        let tables = Characters.tables
        while true {
            switch parseField(base, position, end, tables, limits) {
            case .next(let next):
                position = next
                lineStart = next - base
                if lineStart > limits.headBytesMax { return .refused(.headTooLarge) }
                if phase == .complete {
                    size = lineStart
                    return finish(base)
                }
            case .incomplete:
                scanned = available
                return incomplete(available, limits)
            case .refused(let refusal): return .refused(refusal)
            }
        }
    }

    private func incomplete(_ available: Int, _ limits: borrowing HTTPLimits) -> Outcome {
        if phase == .requestLine, available > limits.targetBytesMax + limits.methodBytesMax + 16 {
            return .refused(.targetTooLong)
        }
        return available > limits.headBytesMax ? .refused(.headTooLarge) : .incomplete
    }

    // MARK: request line

    private mutating func parseRequestLine(
        _ base: UnsafeMutablePointer<UInt8>, _ start: UnsafeMutablePointer<UInt8>,
        _ end: UnsafeMutablePointer<UInt8>, _ limits: borrowing HTTPLimits
    ) -> Line {
        var start = start
        if !skippedLine, start < end, start.pointee == 0x0D {
            guard start + 1 < end else { return .incomplete }
            guard start[1] == 0x0A else { return .refused(.bareCarriageReturn) }
            skippedLine = true
            start += 2
            lineStart = start - base
        }
        let classes = Characters.tables.classes
        var position = start
        while position < end, classes[Int(position.pointee)] & CharacterClass.token != 0 {
            position += 1
        }
        let methodCount = position - start
        if methodCount > limits.methodBytesMax { return .refused(.methodTooLong) }
        guard position < end else { return .incomplete }
        guard position.pointee == 0x20, methodCount > 0 else {
            return badRequestLine(start, position, end)
        }
        methodName = Stretch(start - base, methodCount)
        method = HTTPMethod(start, methodCount)
        position += 1
        let target = position
        switch parseTarget(base, target, end, classes) {
        case .next(let next): position = next
        case let other: return other
        }
        if position - target > limits.targetBytesMax { return .refused(.targetTooLong) }
        guard position < end else { return .incomplete }
        guard position.pointee == 0x20 else { return badTarget(position, end) }
        position += 1
        return parseVersion(position, end)
    }

    /// A whole line is needed to say what is wrong with it: the client may still be writing.
    private func badRequestLine(
        _ start: UnsafePointer<UInt8>, _ position: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> Line {
        guard let feed = lineFeed(position, end) else { return .incomplete }
        if position == feed, position == start || position[-1] != 0x0D {
            return .refused(.bareLineFeed)
        }
        return .refused(position == start ? .malformedRequestLine : .badMethod)
    }
    private func badTarget(_ position: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Line {
        guard let feed = lineFeed(position, end) else { return .incomplete }
        // Only a method and a target: HTTP/0.9, or a line that ends too early.
        if position == feed { return .refused(.bareLineFeed) }
        if position.pointee == 0x0D {
            return .refused(position + 1 == feed ? .malformedRequestLine : .bareCarriageReturn)
        }
        return .refused(.badTarget)
    }
    private func lineFeed(_ from: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>)
        -> UnsafePointer<UInt8>?
    {
        guard let found = memchr(from, 0x0A, end - from) else { return nil }
        return UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
    }

    /// Origin form is what all clients send; absolute form, and "*" with OPTIONS, are allowed.
    private mutating func parseTarget(
        _ base: UnsafeMutablePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>,
        _ end: UnsafeMutablePointer<UInt8>, _ classes: UnsafePointer<UInt8>
    ) -> Line {
        guard target < end else { return .incomplete }
        var position = target
        if position.pointee != 0x2F {
            if method == .connect { return .refused(.connectNotSupported) }
            if position.pointee == 0x2A, method == .options {
                isAsterisk = true
                path = Stretch(position - base, 1)
                return .next(position + 1)
            }
            switch parseAuthority(base, target, end) {
            case .next(let next): position = next
            case let other: return other
            }
        }
        let pathStart = position
        var found: UInt8 = 0
        while position < end {
            let bits = classes[Int(position.pointee)]
            if bits & CharacterClass.path == 0 { break }
            found |= bits
            position += 1
        }
        pathClasses = found & (CharacterClass.percent | CharacterClass.dot)
        path = Stretch(pathStart - base, position - pathStart)
        query = Stretch(position - base, 0)
        if position < end, position.pointee == 0x3F {
            position += 1
            let queryStart = position
            while position < end, classes[Int(position.pointee)] & CharacterClass.query != 0 {
                position += 1
            }
            query = Stretch(queryStart - base, position - queryStart)
        }
        return .next(position)
    }

    /// "http://authority", any case; the path behind it may be missing.
    private mutating func parseAuthority(
        _ base: UnsafePointer<UInt8>, _ target: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> Line {
        guard let feed = lineFeed(target, end) else { return .incomplete }
        var position = target
        while position < feed, position.pointee != 0x3A { position += 1 }
        let schemeCount = position - target
        guard feed - position > 3, position[1] == 0x2F, position[2] == 0x2F,
            equalsIgnoringCase(target, schemeCount, "http")
                || equalsIgnoringCase(target, schemeCount, "https")
        else {
            if target.pointee == 0x0A { return .refused(.bareLineFeed) }
            return .refused(target.pointee == 0x20 ? .malformedRequestLine : .badTarget)
        }
        position += 3
        let start = position
        while position < feed, position.pointee != 0x2F, position.pointee != 0x3F,
            position.pointee != 0x20
        { position += 1 }
        guard Authority.isValid(start, position - start) else { return .refused(.badTarget) }
        authority = Stretch(start - base, position - start)
        isAbsolute = true
        return .next(UnsafeMutablePointer(mutating: position))
    }

    private mutating func parseVersion(
        _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>
    ) -> Line {
        if end - start >= 10 {
            let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
            if word == 0x312E_312F_5054_5448, start[8] == 0x0D, start[9] == 0x0A {  // HTTP/1.1
                return .next(start + 10)
            }
        }
        guard let feed = lineFeed(start, end) else { return .incomplete }
        guard feed > UnsafePointer(start), feed[-1] == 0x0D else { return .refused(.bareLineFeed) }
        func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
        let prefix: StaticString = "HTTP/"
        let count = feed - 1 - UnsafePointer(start)
        guard count == 8, memcmp(start, prefix.utf8Start, 5) == 0, isDigit(start[5]),
            start[6] == 0x2E, isDigit(start[7])
        else { return .refused(.badVersion) }
        guard start[5] == 0x31 else { return .refused(.unsupportedVersion) }
        minorVersion = start[7] == 0x30 ? 0 : 1
        return .next(start + 10)
    }

    // MARK: field lines

    private mutating func parseField(
        _ base: UnsafeMutablePointer<UInt8>, _ start: UnsafeMutablePointer<UInt8>,
        _ end: UnsafeMutablePointer<UInt8>, _ tables: borrowing Characters,
        _ limits: borrowing HTTPLimits
    ) -> Line {
        var position = start
        let lower = tables.lowerToken
        while position < end {
            let byte = lower[Int(position.pointee)]
            if byte == 0 { break }
            position.pointee = byte
            position += 1
        }
        guard position < end else { return .incomplete }
        let nameCount = position - start
        guard position.pointee == 0x3A, nameCount > 0 else {
            return endOrBadName(start, position, end)
        }
        position += 1
        while position < end, position.pointee == 0x20 || position.pointee == 0x09 { position += 1 }
        let valueStart = position
        position = UnsafeMutablePointer(mutating: firstControl(position, end))
        guard position < end else { return .incomplete }
        guard position.pointee == 0x0D else {
            return .refused(position.pointee == 0x0A ? .bareLineFeed : .controlInValue)
        }
        guard position + 1 < end else { return .incomplete }
        guard position[1] == 0x0A else { return .refused(.bareCarriageReturn) }
        let next = position + 2
        while position > valueStart, position[-1] == 0x20 || position[-1] == 0x09 { position -= 1 }

        guard fieldCount < limits.fieldsMax else { return .refused(.tooManyFields) }
        let valueCount = position - valueStart
        let field = fields + fieldCount
        fieldCount += 1
        field.initialize(
            to: nself_field(
                name: Stretch.string(start, nameCount),
                value: Stretch.string(valueStart, valueCount)))
        if let refusal = note(base, start, nameCount, valueStart, valueCount) {
            return .refused(refusal)
        }
        return .next(next)
    }

    /// The empty line that ends the head, or what is wrong with a line that is no field.
    private mutating func endOrBadName(
        _ start: UnsafeMutablePointer<UInt8>, _ position: UnsafeMutablePointer<UInt8>,
        _ end: UnsafeMutablePointer<UInt8>
    ) -> Line {
        switch position.pointee {
        case 0x0D where position == start:
            guard position + 1 < end else { return .incomplete }
            guard position[1] == 0x0A else { return .refused(.bareCarriageReturn) }
            phase = .complete
            return .next(position + 2)
        case 0x0A: return .refused(.bareLineFeed)
        case 0x20, 0x09: return .refused(position == start ? .foldedField : .spaceBeforeColon)
        case 0x0D: return .refused(.missingColon)
        default: return .refused(.badFieldName)
        }
    }
}

extension Stretch {
    @inline(__always)
    static func string(_ start: UnsafePointer<UInt8>, _ count: Int) -> nself_string {
        nself_string(
            data: UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), size: count)
    }
}
