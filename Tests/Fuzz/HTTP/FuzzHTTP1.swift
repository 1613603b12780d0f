/// libFuzzer entry: any bytes as an HTTP/1.1 head and a chunked body, at once and in pieces. Two ways
/// to cut one stream of bytes must never give two different requests.

import CNself

private let limits = HTTPLimits()
private let lengthMax = 64 << 10

/// What is compared: where the head ends and how its body is framed.
private struct Reading: Equatable {
    var size: Int
    var method: HTTPMethod
    var isChunked: Bool
    var contentLength: UInt64
    var path: Stretch
    var fields: Int
}

/// Parses `bytes`, given in pieces that end at `cuts`; nil when it is refused or not complete.
private func head(_ bytes: UnsafeRawBufferPointer, cuts: [Int], moving: Bool) -> Reading? {
    let fields = UnsafeMutablePointer<nself_field>.allocate(capacity: limits.fieldsMax + 1)
    defer { fields.deallocate() }
    var head = RequestHead(fields: fields)
    var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: lengthMax)
    defer { memory.deallocate() }
    var copied = 0
    for cut in cuts + [bytes.count] where cut > copied || cut == bytes.count {
        if moving, copied > 0 {
            let other = UnsafeMutablePointer<UInt8>.allocate(capacity: lengthMax)
            other.update(from: memory, count: copied)
            head.moved(from: memory, to: other)
            memory.deallocate()
            memory = other
        }
        for index in copied..<cut { memory[index] = bytes[index] }
        copied = cut
        switch head.parse(memory, copied, limits) {
        case .incomplete: continue
        case .refused: return nil
        case .complete:
            precondition(head.size <= copied, "a head of \(head.size) bytes in \(copied)")
            return Reading(
                size: head.size, method: head.method, isChunked: head.isChunked,
                contentLength: head.contentLength, path: head.path, fields: head.fieldCount)
        }
    }
    return nil
}

/// The content of a chunked body, given in pieces of `step` bytes; nil when refused or not complete.
private func content(_ bytes: UnsafeRawBufferPointer, step: Int) -> [UInt8]? {
    var decoder = ChunkedDecoder()
    var result: [UInt8] = []
    var offset = 0
    while offset < bytes.count {
        let count = min(step, bytes.count - offset)
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
        switch decoder.next(base + offset, count, most: count, limits) {
        case .incomplete: offset += count
        case .refused: return nil
        case .end: return result
        case .content(let start, let size, let consumed):
            precondition(start >= 0 && size >= 0 && start + size <= count && consumed <= count)
            result += bytes[(offset + start)..<(offset + start + size)]
            offset += consumed
        }
    }
    return nil
}

/// Whatever a path says, no segment of it leads up, and all of them are text.
private func checkPath(_ bytes: UnsafeRawBufferPointer) {
    let tables = Characters.tables
    var path: [UInt8] = [0x2F]
    var classes: UInt8 = 0
    for byte in bytes.prefix(512) where tables.classes[Int(byte)] & CharacterClass.path != 0 {
        path.append(byte)
        classes |= tables.classes[Int(byte)]
    }
    let arena = RequestArena()
    let split = RequestPath(segmentsMax: 64)
    guard split.split(path, path.count, classes, arena) == nil else { return }
    precondition(split.count > 0 && split.count <= 64)
    for index in 0..<split.count {
        let segment = UnsafeBufferPointer(
            start: split.segments[index].start, count: split.segments[index].count)
        let text = String(validating: segment, as: UTF8.self)
        precondition(text != nil, "a segment is not UTF-8")
        precondition(!segment.contains(0), "a NUL in a segment")
        for part in segment.split(whereSeparator: { $0 == 0x2F || $0 == 0x5C }) {
            precondition(
                !part.elementsEqual([0x2E]) && !part.elementsEqual([0x2E, 0x2E]),
                "a dot segment is left in \(path)")
        }
    }
    let rest = split.rest(0)
    precondition(rest.count <= path.count)
}

/// A trace context that is taken over is written back as it was, but for its version.
private func checkTrace(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
        let trace = TraceContext.parse(base, bytes.count)
    else { return }
    var written = [UInt8](repeating: 0, count: TraceContext.size)
    TraceContext.write(trace, to: &written)
    precondition(
        written[2..<53].elementsEqual(bytes[2..<53]), "a trace context changed on the way")
}

@c(LLVMFuzzerTestOneInput)
public func fuzzHTTP1(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 2, count < lengthMax else { return 0 }
    let all = UnsafeRawBufferPointer(start: data, count: count)
    let (first, second) = (Int(all[0]), Int(all[1]))
    let bytes = UnsafeRawBufferPointer(rebasing: all[2...])
    let cuts = [first % bytes.count, (first + second) % bytes.count].sorted()
    let whole = head(bytes, cuts: [], moving: false)
    precondition(
        head(bytes, cuts: cuts, moving: false) == whole, "cutting at \(cuts) gives another request")
    precondition(
        head(bytes, cuts: cuts, moving: true) == whole, "moving at \(cuts) gives another request")
    checkPath(bytes)
    checkTrace(bytes)
    let body = content(bytes, step: bytes.count)
    precondition(content(bytes, step: 1) == body, "a body byte by byte is another body")
    precondition(content(bytes, step: first % 16 + 1) == body, "a body in pieces is another body")
    return 0
}
