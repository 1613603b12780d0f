/// The part of regular expressions that a schema's `pattern` may use.
///
/// Literals, `.`, `[a-z]`, `[^a-z]`, `\d \D \w \W \s \S \n \r \t`, escaped punctuation, `^`, `$`,
/// groups `( | )` and `(?: | )`, and `* + ? {n} {n,} {n,m}`. No look-around and no back
/// references: they are errors when the schema is read. A pattern that is not anchored may match
/// anywhere, as JSON Schema says. All states are followed at once (no backtracking), so that a
/// plugin's pattern costs at most its own size times the length of the text.
struct Pattern: Sendable {
    struct Failure: Error, Equatable { let reason: String }

    struct CharacterSet: Sendable {
        var ranges: [ClosedRange<UInt32>] = []
        var negated = false

        func contains(_ scalar: UInt32) -> Bool {
            ranges.contains { $0.contains(scalar) } != negated
        }
    }

    enum Step: Sendable {
        case one(CharacterSet)
        case start, end
        /// Go on at both places.
        case fork(Int, Int)
        case jump(Int)
        case found
    }

    /// Steps of a compiled pattern, repetitions written out: 5,000 with a text of 10,000
    /// characters is still a fraction of a second.
    static let sizeMax = 5_000

    private let steps: [Step]

    init(_ text: String) throws(Failure) {
        var parser = PatternParser(text)
        let node = try parser.pattern()
        var compiler = PatternCompiler()
        try compiler.add(node)
        steps = compiler.steps + [.found]
    }

    func matches(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.map(\.value)
        var current = States(count: steps.count)
        var next = States(count: steps.count)
        for position in 0...scalars.count {
            // A match may begin anywhere.
            if follow(from: 0, at: position, of: scalars.count, into: &current) { return true }
            guard position < scalars.count else { break }
            for state in current.list {
                if case .one(let set) = steps[state], set.contains(scalars[position]),
                    follow(from: state + 1, at: position + 1, of: scalars.count, into: &next)
                {
                    return true
                }
            }
            swap(&current, &next)
            next.clear()
        }
        return false
    }

    /// Adds `state` and all that it reaches without a character; true when the end is among them.
    private func follow(from state: Int, at position: Int, of count: Int, into states: inout States)
        -> Bool
    {
        var open = [state]
        while let state = open.popLast() {
            guard states.insert(state) else { continue }
            switch steps[state] {
            case .found: return true
            case .one: break
            case .start: if position == 0 { open.append(state + 1) }
            case .end: if position == count { open.append(state + 1) }
            case .jump(let target): open.append(target)
            case .fork(let first, let second):
                open.append(second)
                open.append(first)
            }
        }
        return false
    }

    private struct States {
        var list: [Int] = []
        private var present: [Bool]

        init(count: Int) { present = Array(repeating: false, count: count) }

        mutating func insert(_ state: Int) -> Bool {
            guard !present[state] else { return false }
            present[state] = true
            list.append(state)
            return true
        }

        mutating func clear() {
            for state in list { present[state] = false }
            list.removeAll(keepingCapacity: true)
        }
    }
}

indirect enum PatternNode {
    case one(Pattern.CharacterSet)
    case start, end
    case sequence([PatternNode])
    case choice([PatternNode])
    /// `most` nil: without end.
    case repeated(PatternNode, least: Int, most: Int?)
}

private struct PatternCompiler {
    var steps: [Pattern.Step] = []

    mutating func add(_ node: PatternNode) throws(Pattern.Failure) {
        guard steps.count < Pattern.sizeMax else {
            throw Pattern.Failure(reason: "it is too large; use maxLength for long repetitions")
        }
        switch node {
        case .one(let set): steps.append(.one(set))
        case .start: steps.append(.start)
        case .end: steps.append(.end)
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .choice(let branches): try add(choice: branches)
        case .repeated(let node, let least, let most):
            for _ in 0..<least { try add(node) }
            guard let most else { return try add(loop: node) }
            var exits: [Int] = []
            for _ in least..<max(least, most) {
                exits.append(steps.count)
                steps.append(.found)
                try add(node)
            }
            for exit in exits { steps[exit] = .fork(exit + 1, steps.count) }
        }
    }

    private mutating func add(loop node: PatternNode) throws(Pattern.Failure) {
        let fork = steps.count
        steps.append(.found)
        try add(node)
        steps.append(.jump(fork))
        steps[fork] = .fork(fork + 1, steps.count)
    }

    private mutating func add(choice branches: [PatternNode]) throws(Pattern.Failure) {
        var jumps: [Int] = []
        for (number, branch) in branches.enumerated() {
            let fork = steps.count
            let last = number == branches.count - 1
            if !last { steps.append(.found) }
            try add(branch)
            guard !last else { break }
            jumps.append(steps.count)
            steps.append(.found)
            steps[fork] = .fork(fork + 1, steps.count)
        }
        for jump in jumps { steps[jump] = .jump(steps.count) }
    }
}
