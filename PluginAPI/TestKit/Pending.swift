/// An answer that has not come yet; the test pumps the host until it has.

/// [any]
public final class Pending<Answer>: @unchecked Sendable {  // the value is behind a lock
    private let value = Guarded<Answer?>(nil)

    public init() {}
    public var answer: Answer? { value.with { $0 } }
    public var isDone: Bool { answer != nil }
    public func complete(_ answer: Answer) { value.with { $0 = answer } }
}
