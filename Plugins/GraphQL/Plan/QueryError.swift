/// What went wrong with one request, in the words and codes of Hasura.

struct QueryError: Error, Equatable, Sendable {
    let message: String
    let code: String
    let path: String

    init(_ message: String, code: String = "validation-failed", path: String = "$") {
        self.message = message
        self.code = code
        self.path = path
    }
    init(_ error: SyntaxError) {
        self.init(SyntaxError.message, code: SyntaxError.code, path: SyntaxError.path)
    }
    init(_ error: ValidationError) { self.init(error.message, code: error.code, path: error.path) }
    init(_ error: RequestError) { self.init(error.message, code: error.code, path: error.path) }
}
