/// One GraphQL request, as slices of the HTTP body.
struct GraphQLRequest: Equatable, Sendable {
    /// The document's text. Its bytes as they are (escapes and all) may key the plan cache.
    var query: JSONText
    /// Nil when absent, null or empty.
    var operationName: JSONText?
    /// The object of variables; nil when absent or null.
    var variables: JSONSlice?
    /// The object of extensions; nil when absent or null.
    var extensions: JSONSlice?

    /// The variables, in the client's order.
    func variables(in body: UnsafeRawBufferPointer) -> VariablesReader {
        VariablesReader(variables, in: body)
    }
}

/// What a body holds: one request, or several to be answered in order.
enum RequestBody: Equatable, Sendable {
    case single(GraphQLRequest)
    case batch([GraphQLRequest])
}

/// Iterates the top-level members of `variables` without building anything.
struct VariablesReader: Sequence, IteratorProtocol {
    private var members: JSONMembers?

    init(_ variables: JSONSlice?, in body: UnsafeRawBufferPointer) {
        members = variables.map { JSONMembers($0, in: body) }
    }

    mutating func next() -> JSONMember? { members?.next() }
}

/// A body that is no GraphQL request, in the words of the answer.
struct RequestError: Error, Equatable, Sendable {
    let message: String
    /// `invalid-json` when it is not JSON, `parse-failed` when it is not a request.
    let code: String
    let path: String
}
