/// Which bytes may stand where in HTTP: tables for the parsers, and a scan that takes eight at once.

/// Classes of a byte; several may apply.
struct CharacterClass {
    /// tchar of RFC 9110, 5.6.2: methods and field names.
    static let token: UInt8 = 1 << 0
    /// pchar and "/" of RFC 3986, 3.3.
    static let path: UInt8 = 1 << 1
    /// The same with "?", and "[" and "]", which every browser sends unencoded.
    static let query: UInt8 = 1 << 2
    /// "%" and ".": a path with one of these may need normalising.
    static let percent: UInt8 = 1 << 3
    static let dot: UInt8 = 1 << 4
    /// What a host name or an address consists of.
    static let host: UInt8 = 1 << 5
    /// Letters, digits and the few marks a request id may have.
    static let identifier: UInt8 = 1 << 6
}

/// Tables of 256 bytes, made once and never freed.
struct Characters: @unchecked Sendable {  // written once, before it is published
    /// CharacterClass bits.
    let classes: UnsafePointer<UInt8>
    /// The lower-case form of a token character, 0 for all others.
    let lowerToken: UnsafePointer<UInt8>
    /// The value of a hexadecimal digit, 0xFF for all others.
    let hexValue: UnsafePointer<UInt8>

    static let tables = Characters()

    private init() {
        let classes = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        let lower = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        let hex = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        classes.initialize(repeating: 0, count: 256)
        lower.initialize(repeating: 0, count: 256)
        hex.initialize(repeating: 0xFF, count: 256)
        func mark(_ characters: String, _ bits: UInt8) {
            for byte in characters.utf8 { classes[Int(byte)] |= bits }
        }
        let alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        typealias Class = CharacterClass
        mark(alphanumeric, Class.token | Class.path | Class.query | Class.host | Class.identifier)
        mark("!#$%&'*+-.^_`|~", Class.token)
        mark("-._~!$&'()*+,;=:@%/", Class.path | Class.query)
        mark("?[]", Class.query)
        mark("%", Class.percent)
        mark(".", Class.dot)
        mark("-._~!$&'()*+,;=", Class.host)
        mark("-._:+/=@", Class.identifier)
        for byte in UInt8(0)..<128 where classes[Int(byte)] & Class.token != 0 {
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            lower[Int(byte)] = isUpper ? byte | 0x20 : byte
        }
        for (value, byte) in "0123456789abcdef".utf8.enumerated() { hex[Int(byte)] = UInt8(value) }
        for (value, byte) in "ABCDEF".utf8.enumerated() { hex[Int(byte)] = UInt8(10 + value) }
        self.classes = UnsafePointer(classes)
        lowerToken = UnsafePointer(lower)
        hexValue = UnsafePointer(hex)
    }
}

/// The first byte of start..<end that is a control character other than a tab, or `end`.
@inline(__always)
func firstControl(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>)
    -> UnsafePointer<UInt8>
{
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var position = start
    while position + 8 <= end {
        let word = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self)
        let below = (word &- ones &* 0x20) & ~word & highs
        let delete = word ^ (ones &* 0x7F)
        let found = below | ((delete &- ones) & ~delete & highs)
        if found == 0 {
            position += 8
            continue
        }
        // A borrow can only mark bytes after the first real one.
        position += found.trailingZeroBitCount >> 3
        if position.pointee != 0x09 { return position }
        position += 1
    }
    while position < end {
        let byte = position.pointee
        if (byte < 0x20 && byte != 0x09) || byte == 0x7F { return position }
        position += 1
    }
    return end
}

/// True when `count` bytes are the lower-case ASCII of `text`, in any case.
@inline(__always)
func equalsIgnoringCase(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count {
        var byte = bytes[index]
        if byte >= 0x41 && byte <= 0x5A { byte |= 0x20 }
        if byte != text.utf8Start[index] { return false }
    }
    return true
}
