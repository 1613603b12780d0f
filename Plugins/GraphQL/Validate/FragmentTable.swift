/// The fragments of a document by name, checked to be unique.
struct FragmentTable {
    /// By name number: index + 1 into the document's fragments, 0 for none.
    private var indices: [UInt32]

    init(_ document: Document) throws(ValidationError) {
        indices = [UInt32](repeating: 0, count: document.names.count)
        for (index, fragment) in document.fragments.enumerated() {
            guard indices[Int(fragment.name.index)] == 0 else {
                throw ValidationError(
                    message: "multiple definitions for fragment \"\(document[fragment.name])\"",
                    code: "parse-failed",
                    path: "$", offset: fragment.offset)
            }
            indices[Int(fragment.name.index)] = UInt32(index + 1)
        }
    }

    /// The index of the fragment in the document.
    subscript(name: Syntax.Name) -> Int? {
        let index = indices[Int(name.index)]
        return index == 0 ? nil : Int(index) - 1
    }
}
