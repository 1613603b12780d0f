/// The tree of a GraphQL document: plain structs in contiguous arrays that refer to each other by
/// index, so that a walk touches little memory and a document is freed at once.
enum Syntax {
    /// A name, interned: within one document equal numbers are equal names.
    struct Name: Hashable, Sendable {
        let index: UInt32
    }

    /// A run of one of the document's arrays: `document[field.arguments]`.
    struct Slice<Element>: Hashable, Sendable {
        let start: UInt32
        let count: UInt32

        static var empty: Slice { Slice(start: 0, count: 0) }
        var isEmpty: Bool { count == 0 }
        var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    }

    /// Bytes of the document's text: of its source, or of a string whose escapes were resolved.
    struct Text: Hashable, Sendable {
        let start: UInt32
        let count: UInt32

        static var empty: Text { Text(start: 0, count: 0) }
        var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    }

    /// A type as written, `[Int!]!`: an index into the document's types.
    struct TypeReference: Hashable, Sendable {
        let index: UInt32
    }

    struct TypeNode: Sendable {
        enum Shape: Sendable {
            case named(Name)
            case list(TypeReference)
        }
        let shape: Shape
        /// Ends in `!`.
        let isRequired: Bool
        let offset: UInt32
    }

    struct Value: Sendable {
        enum Shape: Sendable {
            case variable(Name)
            /// The literal's digits as written.
            case integer(Text)
            case float(Text)
            /// Escapes resolved.
            case string(Text, isBlock: Bool)
            case boolean(Bool)
            case null
            case enumeration(Name)
            case list(Slice<Value>)
            case object(Slice<Argument>)
        }
        let shape: Shape
        let offset: UInt32
    }

    /// `name: value`: an argument, or a field of an object value.
    struct Argument: Sendable {
        let name: Name
        let value: Value
        let offset: UInt32
    }

    struct Directive: Sendable {
        let name: Name
        let arguments: Slice<Argument>
        let offset: UInt32
    }

    enum OperationKind: UInt8, Sendable {
        case query, mutation, subscription

        var keyword: String {
            switch self {
            case .query: "query"
            case .mutation: "mutation"
            case .subscription: "subscription"
            }
        }
    }

    struct Operation: Sendable {
        let kind: OperationKind
        let name: Name?
        let variables: Slice<VariableDefinition>
        let directives: Slice<Directive>
        let selections: Slice<Selection>
        let offset: UInt32
    }

    struct VariableDefinition: Sendable {
        let name: Name
        let type: TypeReference
        let defaultValue: Value?
        let directives: Slice<Directive>
        let offset: UInt32
    }

    enum Selection: Sendable {
        case field(Field)
        case spread(FragmentSpread)
        case inline(InlineFragment)
    }

    struct Field: Sendable {
        let alias: Name?
        let name: Name
        let arguments: Slice<Argument>
        let directives: Slice<Directive>
        let selections: Slice<Selection>
        let offset: UInt32

        /// The key in the answer: the alias, or else the name.
        var responseKey: Name { alias ?? name }
    }

    /// `...Name`
    struct FragmentSpread: Sendable {
        let name: Name
        let directives: Slice<Directive>
        let offset: UInt32
    }

    /// `... on Type { }`
    struct InlineFragment: Sendable {
        let typeCondition: Name?
        let directives: Slice<Directive>
        let selections: Slice<Selection>
        let offset: UInt32
    }

    /// `fragment Name on Type { }`
    struct Fragment: Sendable {
        let name: Name
        let typeCondition: Name
        let directives: Slice<Directive>
        let selections: Slice<Selection>
        let offset: UInt32
    }

    /// Which definition comes where; the number is an index into the document's array of that kind.
    enum Definition: Sendable {
        case operation(Int)
        case fragment(Int)
        case schema(Int)
        case type(Int)
        case directive(Int)
    }
}
