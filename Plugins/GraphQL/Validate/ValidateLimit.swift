/// The limits of validation, each with its reason. Fragments make documents grow when they are
/// expanded, so what counts is the expanded size, which is computed before anything is expanded.
enum ValidateLimit {
    /// Fields of an operation with all fragments expanded. A plan holds about 100 bytes a field, and
    /// large applications stay below 5,000.
    static let fieldCountMax = 20_000

    /// Nesting with all fragments expanded, spreads included: as deep as a document may be without
    /// fragments, because every later walk recurs so deep.
    static let depthMax = LanguageLimit.depthMax

    /// Steps of comparing the arguments of fields that share a response name; bounds documents
    /// that repeat long arguments in many places.
    static let mergeStepMax = 1_000_000
}
