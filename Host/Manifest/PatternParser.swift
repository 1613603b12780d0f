/// Reads the text of a `pattern` into a tree; what it accepts is said at `Pattern`.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    /// Groups in groups.
    private static let depthMax = 32
    /// The number in braces; `Pattern.sizeMax` bounds what it multiplies.
    private static let repeatMax = 1_000

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func pattern() throws(Pattern.Failure) -> PatternNode {
        let node = try choice()
        guard peek == nil else { throw failure("a ) without its (") }
        return node
    }

    private mutating func choice() throws(Pattern.Failure) -> PatternNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(Pattern.Failure) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = peek, next != "|", next != ")" {
            nodes.append(try repeated(try atom()))
        }
        return .sequence(nodes)
    }

    private mutating func atom() throws(Pattern.Failure) -> PatternNode {
        guard let scalar = peek else { throw failure("it ends too early") }
        position += 1
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .one(.init(ranges: [10...10, 13...13], negated: true))
        case "[": return .one(try bracket())
        case "\\": return .one(try escape())
        case "(": return try group()
        case "*", "+", "?", "{": throw failure("nothing before \(scalar) to repeat")
        default: return .one(.init(ranges: [scalar.value...scalar.value]))
        }
    }

    private mutating func group() throws(Pattern.Failure) -> PatternNode {
        if take("?"), !take(":") { throw failure("(? is only known as (?:") }
        guard depth < Self.depthMax else {
            throw failure("more than \(Self.depthMax) nested groups")
        }
        depth += 1
        let node = try choice()
        depth -= 1
        guard take(")") else { throw failure("a ( without its )") }
        return node
    }

    private mutating func repeated(_ node: PatternNode) throws(Pattern.Failure) -> PatternNode {
        switch peek {
        case "*":
            position += 1
            return .repeated(node, least: 0, most: nil)
        case "+":
            position += 1
            return .repeated(node, least: 1, most: nil)
        case "?":
            position += 1
            return .repeated(node, least: 0, most: 1)
        case "{":
            position += 1
            guard let least = number() else {
                throw failure("{ wants a number; write \\{ for the sign")
            }
            var most: Int? = least
            if take(",") { most = number() }
            guard take("}"), most.map({ $0 >= least }) ?? true else {
                throw failure("a repetition is written {n}, {n,} or {n,m}")
            }
            guard least <= Self.repeatMax, most ?? 0 <= Self.repeatMax else {
                throw failure("a repetition of more than \(Self.repeatMax)")
            }
            return .repeated(node, least: least, most: most)
        default: return node
        }
    }

    private mutating func number() -> Int? {
        var text = ""
        while let scalar = peek, ("0"..."9").contains(scalar) {
            text.unicodeScalars.append(scalar)
            position += 1
        }
        return Int(text)
    }

    private mutating func bracket() throws(Pattern.Failure) -> Pattern.CharacterSet {
        var set = Pattern.CharacterSet(negated: take("^"))
        var first = true
        while let scalar = peek, scalar != "]" || first {
            first = false
            position += 1
            var low = scalar.value...scalar.value
            if scalar == "\\" {
                let escaped = try escape()
                guard !escaped.negated else { throw failure("a negated class inside [ ]") }
                guard escaped.ranges.count == 1, escaped.ranges[0].count == 1 else {
                    set.ranges += escaped.ranges
                    continue
                }
                low = escaped.ranges[0]
            }
            guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.ranges.append(low)
                continue
            }
            position += 1
            var high = scalars[position].value
            position += 1
            if high == 0x5C { high = try escape().ranges[0].lowerBound }
            guard low.lowerBound <= high else { throw failure("a range in [ ] runs backwards") }
            set.ranges.append(low.lowerBound...high)
        }
        guard take("]") else { throw failure("a [ without its ]") }
        return set
    }

    private mutating func escape() throws(Pattern.Failure) -> Pattern.CharacterSet {
        guard let scalar = peek else { throw failure("a \\ at the end") }
        position += 1
        let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
        let space: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x2028...0x2029]
        switch scalar {
        case "d": return .init(ranges: [0x30...0x39])
        case "D": return .init(ranges: [0x30...0x39], negated: true)
        case "w": return .init(ranges: word)
        case "W": return .init(ranges: word, negated: true)
        case "s": return .init(ranges: space)
        case "S": return .init(ranges: space, negated: true)
        case "n": return .init(ranges: [0x0A...0x0A])
        case "r": return .init(ranges: [0x0D...0x0D])
        case "t": return .init(ranges: [0x09...0x09])
        default:
            let plain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            guard !plain else { throw failure("\\\(scalar) is not known") }
            return .init(ranges: [scalar.value...scalar.value])
        }
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private func failure(_ reason: String) -> Pattern.Failure {
        Pattern.Failure(reason: "\(reason) (at character \(position))")
    }
}
