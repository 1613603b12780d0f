/// One parsed document: its text, its names and the arrays of its tree. Immutable and shared.
final class Document: Sendable {
    /// The source, followed by the strings whose escapes were resolved.
    let text: [UInt8]
    let sourceSize: Int
    let names: [String]

    let definitions: [Syntax.Definition]
    let operations: [Syntax.Operation]
    let fragments: [Syntax.Fragment]
    let nodes: Nodes
    let typeSystem: TypeSystemNodes

    /// The arrays that slices of the executable part refer to.
    struct Nodes: Sendable {
        var selections: [Syntax.Selection] = []
        var arguments: [Syntax.Argument] = []
        var directives: [Syntax.Directive] = []
        var values: [Syntax.Value] = []
        var variables: [Syntax.VariableDefinition] = []
        var types: [Syntax.TypeNode] = []
    }

    /// The arrays of the type system part.
    struct TypeSystemNodes: Sendable {
        var schemas: [Syntax.SchemaDefinition] = []
        var types: [Syntax.TypeDefinition] = []
        var directives: [Syntax.DirectiveDefinition] = []
        var names: [Syntax.Name] = []
        var roots: [Syntax.RootOperation] = []
        var fields: [Syntax.FieldDefinition] = []
        var inputValues: [Syntax.InputValueDefinition] = []
        var enumValues: [Syntax.EnumValueDefinition] = []
    }

    init(
        text: [UInt8], sourceSize: Int, names: [String], definitions: [Syntax.Definition],
        operations: [Syntax.Operation], fragments: [Syntax.Fragment], nodes: Nodes,
        typeSystem: TypeSystemNodes
    ) {
        self.text = text
        self.sourceSize = sourceSize
        self.names = names
        self.definitions = definitions
        self.operations = operations
        self.fragments = fragments
        self.nodes = nodes
        self.typeSystem = typeSystem
    }
}

// MARK: - Reading names, texts and positions

extension Document {
    subscript(name: Syntax.Name) -> String { names[Int(name.index)] }

    subscript(text range: Syntax.Text) -> String {
        String(decoding: text[range.range], as: UTF8.self)
    }

    /// The bytes of a literal; borrowed inside the call.
    func withBytes<Result, Failure: Error>(
        _ range: Syntax.Text, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try text.withUnsafeBufferPointer { (bytes) throws(Failure) -> Result in
            try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[range.range]))
        }
    }

    /// Line and column of an offset that a node carries.
    func position(of offset: UInt32) -> SourcePosition {
        text.withUnsafeBytes { bytes in
            SourcePosition(
                of: Int(offset), in: UnsafeRawBufferPointer(rebasing: bytes[..<sourceSize]))
        }
    }

    /// A type as it is written: `[Int!]!`.
    func typeText(_ type: Syntax.TypeReference) -> String {
        let node = self[type]
        let mark = node.isRequired ? "!" : ""
        switch node.shape {
        case .named(let name): return self[name] + mark
        case .list(let element): return "[" + typeText(element) + "]" + mark
        }
    }
}

// MARK: - Reading slices

extension Document {
    subscript(type: Syntax.TypeReference) -> Syntax.TypeNode { nodes.types[Int(type.index)] }

    subscript(slice: Syntax.Slice<Syntax.Selection>) -> ArraySlice<Syntax.Selection> {
        nodes.selections[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.Argument>) -> ArraySlice<Syntax.Argument> {
        nodes.arguments[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.Directive>) -> ArraySlice<Syntax.Directive> {
        nodes.directives[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.Value>) -> ArraySlice<Syntax.Value> {
        nodes.values[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.VariableDefinition>) -> ArraySlice<
        Syntax.VariableDefinition
    > {
        nodes.variables[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.Name>) -> ArraySlice<Syntax.Name> {
        typeSystem.names[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.RootOperation>) -> ArraySlice<Syntax.RootOperation> {
        typeSystem.roots[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.FieldDefinition>) -> ArraySlice<Syntax.FieldDefinition> {
        typeSystem.fields[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.InputValueDefinition>) -> ArraySlice<
        Syntax.InputValueDefinition
    > {
        typeSystem.inputValues[slice.range]
    }
    subscript(slice: Syntax.Slice<Syntax.EnumValueDefinition>) -> ArraySlice<
        Syntax.EnumValueDefinition
    > {
        typeSystem.enumValues[slice.range]
    }
}
