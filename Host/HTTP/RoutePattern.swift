/// "/files/{bucket}/{key...}": what a route matches.

/// [control] Parsed once, when the route is added.
struct RoutePattern {
    enum Segment: Equatable {
        case text(String)
        /// One segment that is not empty.
        case capture(String)
        /// All that is left, slashes included; only at the end.
        case rest(String)
    }
    let segments: [Segment]

    /// The names of the captures, in the order of the path.
    var names: [String] {
        segments.compactMap {
            switch $0 {
            case .text: nil
            case .capture(let name), .rest(let name): name
            }
        }
    }

    /// Captures of one pattern: more than any API has, few enough for a fixed array.
    static let capturesMax = 16

    init(_ pattern: String) throws(RouteError) {
        guard pattern.utf8.first == UInt8(ascii: "/") else {
            throw RouteError(.invalid, "route pattern \"\(pattern)\" does not begin with \"/\"")
        }
        var parsed: [Segment] = []
        let parts = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            guard part.contains("{") || part.contains("}") else {
                parsed.append(.text(String(part)))
                continue
            }
            guard part.hasPrefix("{"), part.hasSuffix("}"), part.utf8.count > 2 else {
                throw RouteError(
                    .invalid,
                    "route pattern \"\(pattern)\": a capture is a whole segment, as {name}")
            }
            var name = part.dropFirst().dropLast()
            let isRest = name.hasSuffix("...")
            if isRest { name = name.dropLast(3) }
            let isName = name.utf8.allSatisfy {
                Characters.tables.classes[Int($0)] & CharacterClass.token != 0
            }
            guard !name.isEmpty, isName else {
                throw RouteError(
                    .invalid, "route pattern \"\(pattern)\": \(part) has no proper name")
            }
            guard !isRest || index == parts.count - 1 else {
                throw RouteError(
                    .invalid, "route pattern \"\(pattern)\": \(part) must be the last segment")
            }
            parsed.append(isRest ? .rest(String(name)) : .capture(String(name)))
        }
        segments = parsed
        guard names.count <= RoutePattern.capturesMax else {
            throw RouteError(
                .invalid,
                "route pattern \"\(pattern)\" has more than \(RoutePattern.capturesMax) captures")
        }
        guard Set(names).count == names.count else {
            throw RouteError(.invalid, "route pattern \"\(pattern)\" names a capture twice")
        }
    }
}

/// Why a route cannot be added.
public struct RouteError: Error, CustomStringConvertible, Sendable {
    public enum Reason: Sendable { case invalid, alreadyExists }
    public let reason: Reason
    public let message: String
    public var description: String { message }

    init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}
