/// Writes JSON into memory that leaves as a buffer: no allocation per value, one copy of the text.

/// Grows by doubling. Punctuation is the caller's: it writes what it knows, in order.
public struct JSONWriter: ~Copyable {
    @usableFromInline var memory: SharedBytes
    @usableFromInline var base: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    /// Bytes written so far. Set it back, never forward, to take back what followed.
    public var count: Int

    public init(capacity: Int = 1024) {
        memory = SharedBytes(capacity: capacity)
        base = memory.base.assumingMemoryBound(to: UInt8.self)
        self.capacity = capacity
        count = 0
    }

    /// What has been written. Borrowed until the next write.
    public var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: count)
    }

    /// Moves the text out as a buffer with one reference.
    public consuming func finish() -> nself_buffer { memory.buffer(count: count) }
    /// Makes room for `size` more bytes.
    @inlinable @inline(__always)
    public mutating func reserve(_ size: Int) {
        if capacity - count < size { grow(size) }
    }
    @usableFromInline @inline(never)
    mutating func grow(_ size: Int) {
        let larger = SharedBytes(capacity: max(capacity * 2, count + size, 256))
        larger.base.copyMemory(from: base, byteCount: count)
        memory = larger
        base = larger.base.assumingMemoryBound(to: UInt8.self)
        capacity = larger.capacity
    }

    @inlinable @inline(__always)
    public mutating func write(byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }
    /// Bytes as they are: JSON that somebody else made, or punctuation.
    @inlinable @inline(__always)
    public mutating func write(_ source: UnsafePointer<UInt8>, _ size: Int) {
        reserve(size + 16)
        var target = UnsafeMutableRawPointer(base + count)
        count += size
        // Short pieces are the rule: a call of memcpy costs more than two words.
        if size <= 16 {
            var source = UnsafeRawPointer(source)
            var left = size
            while left >= 8 {
                target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
                source += 8
                target += 8
                left -= 8
            }
            while left > 0 {
                target.storeBytes(of: source.load(as: UInt8.self), as: UInt8.self)
                source += 1
                target += 1
                left -= 1
            }
        } else {
            target.copyMemory(from: source, byteCount: size)
        }
    }
    public mutating func write(_ bytes: UnsafeRawBufferPointer) {
        if let source = bytes.baseAddress {
            write(source.assumingMemoryBound(to: UInt8.self), bytes.count)
        }
    }
    @inlinable
    public mutating func write(_ text: StaticString) {
        write(text.utf8Start, text.utf8CodeUnitCount)
    }
    /// Text as it is, without quotes or escapes.
    public mutating func write(raw text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }
    public mutating func write(_ value: Int64) {
        reserve(20)
        if value < 0 { write(byte: UInt8(ascii: "-")) }
        var left = value.magnitude
        var size = 1
        var bound: UInt64 = 10
        while left >= bound {
            size += 1
            let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
            if overflow { break }
            bound = next
        }
        for index in stride(from: count + size - 1, through: count, by: -1) {
            base[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left % 10)
            left /= 10
        }
        count += size
    }
    public mutating func write(_ value: Bool) { value ? write("true") : write("false") }
    public mutating func writeNull() { write("null") }

    /// A quoted string, escaped exactly as PostgreSQL's JSON functions do.
    public mutating func writeString(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            if let source = utf8.baseAddress {
                writeString(source, utf8.count)
            } else {
                write(#""""#)
            }
        }
    }
    @inlinable
    public mutating func writeString(_ source: UnsafePointer<UInt8>, _ size: Int) {
        reserve(size + 10)
        base[count] = UInt8(ascii: "\"")
        count += 1
        writeEscaped(source, size)
        base[count] = UInt8(ascii: "\"")
        count += 1
    }
    /// The inside of a quoted string. Leaves room for at least one more byte.
    @inlinable
    public mutating func writeEscaped(_ source: UnsafePointer<UInt8>, _ size: Int) {
        reserve(size + 9)
        var position = 0
        while position + 8 <= size {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(source + position).loadUnaligned(as: UInt64.self))
            // Also stored when a byte in it needs an escape: what follows overwrites it.
            UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: UInt64.self)
            let flags = JSONScan.flags(word)
            guard flags != 0 else {
                position += 8
                count += 8
                continue
            }
            let clean = flags.trailingZeroBitCount >> 3
            count += clean
            position += clean
            writeEscape(source[position], left: size - position)
            position += 1
        }
        while position < size {
            let byte = source[position]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C {
                writeEscape(byte, left: size - position)
            } else {
                base[count] = byte
                count += 1
            }
            position += 1
        }
    }
    @usableFromInline @inline(never)
    mutating func writeEscape(_ byte: UInt8, left: Int) {
        reserve(left + 6 + 9)
        let short: UInt8 =
            switch byte {
            case 0x22, 0x5C: byte
            case 0x08: UInt8(ascii: "b")
            case 0x0C: UInt8(ascii: "f")
            case 0x0A: UInt8(ascii: "n")
            case 0x0D: UInt8(ascii: "r")
            case 0x09: UInt8(ascii: "t")
            default: 0
            }
        base[count] = UInt8(ascii: "\\")
        if short != 0 {
            base[count + 1] = short
            count += 2
            return
        }
        let digits: StaticString = "0123456789abcdef"
        base[count + 1] = UInt8(ascii: "u")
        base[count + 2] = UInt8(ascii: "0")
        base[count + 3] = UInt8(ascii: "0")
        base[count + 4] = digits.utf8Start[Int(byte >> 4)]
        base[count + 5] = digits.utf8Start[Int(byte & 15)]
        count += 6
    }
}
