/// Which operation of a document a request means.
enum OperationChoice {
    /// The index of the operation; `name` is the request's `operationName`.
    static func choose(_ document: Document, name: String?) throws(ValidationError) -> Int {
        guard let name else {
            guard document.operations.count == 1 else {
                throw ValidationError(
                    message:
                        "exactly one operation has to be present in the document when operationName is not specified",
                    path: "$")
            }
            return 0
        }
        if document.operations.contains(where: { $0.name == nil }) {
            throw ValidationError(
                message:
                    "operationName cannot be used when an anonymous operation exists in the document",
                path: "$")
        }
        guard
            let index = document.operations.firstIndex(where: {
                $0.name.map { document[$0] } == name
            })
        else {
            throw ValidationError(
                message: "no such operation found in the document: \"\(name)\"", path: "$")
        }
        return index
    }
}
