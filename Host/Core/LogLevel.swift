/// How much is written; the numbers are OpenTelemetry severity numbers.

public enum LogLevel: UInt32, Comparable, Sendable {
    case trace = 1
    case debug = 5
    case info = 9
    case notice = 10
    case warning = 13
    case error = 17
    case critical = 21

    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The level at or below an arbitrary severity number.
    public init(severity: UInt32) {
        self =
            switch severity {
            case 21...: .critical
            case 17...: .error
            case 13...: .warning
            case 10...: .notice
            case 9: .info
            case 5...: .debug
            case 1...: .trace
            default: .info
            }
    }
    public init?(name: String) {
        switch name {
        case "trace": self = .trace
        case "debug": self = .debug
        case "info": self = .info
        case "notice": self = .notice
        case "warning", "warn": self = .warning
        case "error": self = .error
        case "critical": self = .critical
        default: return nil
        }
    }
    public var name: StaticString {
        switch self {
        case .trace: "trace"
        case .debug: "debug"
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .error: "error"
        case .critical: "critical"
        }
    }
}
