/// The limits of a request's JSON, each with its reason.
enum RequestLimit {
    /// Nesting of arrays and objects. The reader recurs; nothing a client sends by hand comes near.
    static let depthMax = 128

    /// Requests in one batch. Each costs at least a plan lookup and a statement.
    static let batchCountMax = 100
}
