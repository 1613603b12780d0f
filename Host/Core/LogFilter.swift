/// Which records a follower of the log wants.

public struct LogFilter: Sendable {
    /// Nil: all.
    let text: [UInt8]?

    public init(containing text: String?) { self.text = text.map { Array($0.utf8) } }

    /// Whether `line` holds `text` somewhere.
    public static func holds(_ line: ArraySlice<UInt8>, _ text: [UInt8]) -> Bool {
        guard let first = text.first else { return true }
        guard line.count >= text.count else { return false }
        for start in line.startIndex...(line.endIndex - text.count) where line[start] == first {
            if line[start..<(start + text.count)].elementsEqual(text) { return true }
        }
        return false
    }

    /// The lines of `batch` that pass.
    func apply(_ batch: [UInt8]) -> [UInt8] {
        guard let text else { return batch }
        return batch.split(separator: 10).filter { LogFilter.holds($0, text) }.flatMap { $0 + [10] }
    }
}
