/// A schema with every production of the type system language.
enum LanguageFixture {
    static let schema = #"""
        """ The whole. """
        schema @link(url: "x") { query: Query mutation: Mutation, subscription: Subscription }
        type Query { user(id: ID!): User search(text: String = "a", kinds: [Kind!] = [RED]): [Result!]! }
        interface Node implements & Entity { id: ID! }
        """
        A person.
          Indented.
        """
        type User implements Node & Entity @key(fields: "id") {
          "The key."
          id: ID! @deprecated(reason: "no \"more\"")
          name: String
          friends("How many." first: Int = 10 @d, after: Cursor): [User!]!
        }
        scalar Date @specifiedBy(url: "https://example.org/date")
        union Result @d = | User | Query
        union Empty
        enum Kind { "red" RED GREEN @deprecated BLUE }
        input Filter @d { "text" text: String = "x" and: [Filter!] nested: Filter = {text: "y"} }
        directive @key("which" fields: String!, other: Int) repeatable on | FIELD | OBJECT | INLINE_FRAGMENT
        directive @d on ARGUMENT_DEFINITION
        extend schema @d { query: Other }
        extend type User implements Other { age: Int }
        extend interface Node @d
        extend union Result = Date
        extend enum Kind { BLACK }
        extend input Filter { more: Int }
        extend scalar Date @d
        """#
}
