/// Which of the rules that Hasura does not apply are applied. All others always are.
struct ValidationRules: OptionSet, Sendable {
    let rawValue: UInt8

    /// Every fragment must be used.
    static let unusedFragments = Self(rawValue: 1)
    /// Every variable must be used.
    static let unusedVariables = Self(rawValue: 2)
    /// A fragment's type must be known and must be able to apply; without this rule such a fragment
    /// selects nothing.
    static let possibleSpreads = Self(rawValue: 4)
    /// Fields of different types under one response name must have the same shape.
    static let responseShapes = Self(rawValue: 8)

    /// What existing clients of Hasura may rely on.
    static let hasura: Self = []
    /// The specification.
    static let specification: Self = [
        .unusedFragments, .unusedVariables, .possibleSpreads, .responseShapes,
    ]
}
