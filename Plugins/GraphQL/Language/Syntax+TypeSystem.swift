/// The part of the tree that describes schemas (SDL): schema, types, directives and their extensions.
extension Syntax {
    struct SchemaDefinition: Sendable {
        let isExtension: Bool
        let description: Text?
        let directives: Slice<Directive>
        let roots: Slice<RootOperation>
        let offset: UInt32
    }

    /// `query: Query`
    struct RootOperation: Sendable {
        let kind: OperationKind
        let type: Name
        let offset: UInt32
    }

    enum TypeKind: UInt8, Sendable {
        case scalar, object, interface, union, enumeration, inputObject

        var keyword: String {
            switch self {
            case .scalar: "scalar"
            case .object: "type"
            case .interface: "interface"
            case .union: "union"
            case .enumeration: "enum"
            case .inputObject: "input"
            }
        }
    }

    /// Any of the six kinds; the slices that a kind does not have are empty.
    struct TypeDefinition: Sendable {
        let kind: TypeKind
        let isExtension: Bool
        let description: Text?
        let name: Name
        /// What an object or interface implements; the members of a union.
        let types: Slice<Name>
        let directives: Slice<Directive>
        /// Of an object or interface.
        let fields: Slice<FieldDefinition>
        /// Of an enum.
        let values: Slice<EnumValueDefinition>
        /// Of an input object.
        let inputFields: Slice<InputValueDefinition>
        let offset: UInt32
    }

    struct FieldDefinition: Sendable {
        let description: Text?
        let name: Name
        let arguments: Slice<InputValueDefinition>
        let type: TypeReference
        let directives: Slice<Directive>
        let offset: UInt32
    }

    /// An argument of a field or directive, or a field of an input object.
    struct InputValueDefinition: Sendable {
        let description: Text?
        let name: Name
        let type: TypeReference
        let defaultValue: Value?
        let directives: Slice<Directive>
        let offset: UInt32
    }

    struct EnumValueDefinition: Sendable {
        let description: Text?
        let name: Name
        let directives: Slice<Directive>
        let offset: UInt32
    }

    struct DirectiveDefinition: Sendable {
        let description: Text?
        let name: Name
        let arguments: Slice<InputValueDefinition>
        let isRepeatable: Bool
        let locations: DirectiveLocations
        let offset: UInt32
    }
}
