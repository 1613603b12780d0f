/// Times and sizes as people write them: "30 s", "10 MiB".
public enum Quantity {
    /// The units of time, each in nanoseconds.
    public static let timeUnits: [(name: String, nanoseconds: Int)] = [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("min", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ]

    /// The units of size, each in bytes.
    public static let sizeUnits: [(name: String, bytes: Int)] = [
        ("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
        ("TiB", 1 << 40),
    ]

    /// "30 s", "1.5 h" or "5min" in nanoseconds; nil when it is no time, negative, or more than
    /// 64 bits hold.
    public static func nanoseconds(_ text: String) -> Int? {
        parse(text, timeUnits.map { ($0.name, $0.nanoseconds) })
    }

    /// "10 MiB" in bytes; nil when it is no size, negative, or more than 64 bits hold.
    public static func bytes(_ text: String) -> Int? {
        parse(text, sizeUnits.map { ($0.name, $0.bytes) })
    }

    /// The shortest whole number with a unit: 90_000 milliseconds is "90 s".
    public static func text(milliseconds: Int) -> String {
        let units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")]
        for (size, name) in units where milliseconds != 0 && milliseconds % size == 0 {
            return "\(milliseconds / size) \(name)"
        }
        return "\(milliseconds) ms"
    }

    private static func parse(_ text: String, _ units: [(String, Int)]) -> Int? {
        let number = text.prefix { ("0"..."9").contains($0) || $0 == "." }
        let unit = text.dropFirst(number.count).drop { $0 == " " }
        guard let factor = units.first(where: { $0.0 == unit })?.1, let first = number.first,
            first != ".", number.last != "."
        else { return nil }
        if let whole = Int(number) {
            let (result, overflow) = whole.multipliedReportingOverflow(by: factor)
            return overflow ? nil : result
        }
        guard let decimal = Double(String(number)) else { return nil }
        return Int(exactly: (decimal * Double(factor)).rounded())
    }
}
