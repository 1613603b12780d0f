/// One thing that is wrong with a deployment: where, what, and what to write instead.
import HostManifest

struct Problem: Error, Equatable {
    /// What a problem is tied to.
    enum Place: Equatable, Sendable {
        case line(file: String, Int)
        case file(String)
        /// An environment variable or an option.
        case setting(String)
    }

    let place: Place
    let message: String
    /// An indented second line; may have several lines; empty: none.
    let advice: String

    init(_ place: Place, _ message: String, _ advice: String = "") {
        self.place = place
        self.message = message
        self.advice = advice
    }

    var placeText: String {
        switch place {
        case .line(let file, let line): "\(file):\(line)"
        case .file(let file): file
        case .setting(let name): name
        }
    }

    var text: String {
        let second = advice.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "\n  \($0)" }.joined()
        return "\(placeText): \(message)\(advice.isEmpty ? "" : second)"
    }

    var json: JSONValue {
        var object = JSONObject()
        switch place {
        case .line(let file, let line):
            object["file"] = .string(file)
            object["line"] = .integer(line)
        case .file(let file): object["file"] = .string(file)
        case .setting(let name): object["setting"] = .string(name)
        }
        object["message"] = .string(message)
        object["advice"] = .string(advice)
        return .object(object)
    }

    /// Problems of files first, by line, then those of settings; equal ones once.
    static func sorted(_ problems: [Problem]) -> [Problem] {
        func rank(_ problem: Problem) -> (Int, String, Int) {
            switch problem.place {
            case .line(let file, let line): (0, file, line)
            case .file(let file): (1, file, 0)
            case .setting(let name): (2, name, 0)
            }
        }
        var result: [Problem] = []
        let order = problems.enumerated().sorted {
            let (a, b) = (rank($0.element), rank($1.element))
            return a == b ? $0.offset < $1.offset : a < b
        }
        for (_, problem) in order where !result.contains(problem) { result.append(problem) }
        return result
    }
}
