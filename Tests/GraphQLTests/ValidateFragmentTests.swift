/// Fragments, merging of fields, and the rules that only the specification has.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL validation of fragments and merging")
struct ValidateFragmentTests {
    @Test(
        "Fragments must be defined and must not form cycles",
        arguments: [
            (
                "{ author { ...Nope } }", "$.selectionSet.author.selectionSet",
                "reference to undefined fragment \"Nope\""
            ),
            (
                "{ author { ...A } } fragment A on author { ...A }",
                "$.selectionSet.author.selectionSet.A.selectionSet",
                "the fragment definition(s) A form a cycle"
            ),
            (
                "{ author { ...authorFragment } } fragment authorFragment on author { id articles { ...articleFragment } } fragment articleFragment on article { title author { ...authorFragment } }",
                "$.selectionSet.author.selectionSet.authorFragment.selectionSet.articles.selectionSet.articleFragment.selectionSet.author.selectionSet",
                "the fragment definition(s) authorFragment and articleFragment form a cycle"
            ),
            (
                "{ author { ...X } } fragment X on author { ...A } fragment A on author { ...B } fragment B on author { ... { ...C } } fragment C on author { ...A }",
                "$.selectionSet.author.selectionSet.X.selectionSet.A.selectionSet.B.selectionSet.C.selectionSet",
                "the fragment definition(s) A, B, and C form a cycle"
            ),
        ])
    func fragments(source: String, path: String, message: String) throws {
        try ValidateFixture.expectFailure(source, path, message)
    }

    @Test(
        "Fields under one response name must be the same field",
        arguments: [
            (
                "{ author { x: id x: name } }", "$.selectionSet.author.selectionSet",
                "selection of both 'id' and 'name' specify the same response name, 'x'"
            ),
            (
                "{ author { id: name id } }", "$.selectionSet.author.selectionSet",
                "selection of both 'name' and 'id' specify the same response name, 'id'"
            ),
            (
                "{ author(limit: 1) { id } author { name } }", "$.selectionSet",
                "inconsistent arguments between multiple selections of field 'author'"
            ),
            (
                "{ author(limit: 1) { id } author(limit: 2) { name } }", "$.selectionSet",
                "inconsistent arguments between multiple selections of field 'author'"
            ),
            (
                "{ author(limit: 1) { id } ...F } fragment F on query_root { author(offset: 1) { name } }",
                "$.selectionSet",
                "inconsistent arguments between multiple selections of field 'author'"
            ),
            (
                "{ author(where: {name: {_in: [\"a\", \"b\"]}}) { id } author(where: {name: {_in: [\"a\", \"c\"]}}) { id } }",
                "$.selectionSet",
                "inconsistent arguments between multiple selections of field 'author'"
            ),
            (
                "{ author { articles { x: id } } author { articles { x: title } } }",
                "$.selectionSet.author.selectionSet.articles.selectionSet",
                "selection of both 'id' and 'title' specify the same response name, 'x'"
            ),
            (
                "{ author { articles { ...A } articles { ... { x: id } } } } fragment A on article { x: title }",
                "$.selectionSet.author.selectionSet.articles.selectionSet",
                "selection of both 'title' and 'id' specify the same response name, 'x'"
            ),
            (
                "{ node(id: 1) { x: id ... on author { x: name } } }",
                "$.selectionSet.node.selectionSet",
                "selection of both 'id' and 'name' specify the same response name, 'x'"
            ),
            (
                "{ search(text: \"\") { ... on article { x: title } ... on article { x: title(path: \"a\") } } }",
                "$.selectionSet.search.selectionSet",
                "inconsistent arguments between multiple selections of field 'title'"
            ),
            (
                "{ search(text: \"\") { ... on article { x: title } ... on author { x: name } ... on article { x: id } } }",
                "$.selectionSet.search.selectionSet",
                "selection of both 'title' and 'id' specify the same response name, 'x'"
            ),
            (
                "query ($a: Int, $b: Int) { author(limit: $a) { id } author(limit: $b) { id } }",
                "$.selectionSet",
                "inconsistent arguments between multiple selections of field 'author'"
            ),
        ])
    func merging(source: String, path: String, message: String) throws {
        try ValidateFixture.expectFailure(source, path, message)
    }

    @Test(
        "Only the specification's rules refuse what Hasura lets pass",
        arguments: [
            (
                "query ($a: Int) { unit }", "$",
                "following variable(s) have been defined, but have not been used in the query - a"
            ),
            (
                "{ unit } fragment F on author { id }", "$",
                "following fragment(s) have been defined, but have not been used in the query - F"
            ),
            (
                "{ author { ... on nope { x } } }", "$.selectionSet.author.selectionSet",
                "no such type exists in the schema: 'nope'"
            ),
            (
                "{ author { ... on Kind { x } } }", "$.selectionSet.author.selectionSet",
                "a fragment cannot be on 'Kind', which has no fields"
            ),
            (
                "{ author { ... on article { title } } }", "$.selectionSet.author.selectionSet",
                "a fragment on 'article' can never apply to 'author'"
            ),
            (
                "{ author { ...F articles { ...F } } } fragment F on article { title }",
                "$.selectionSet.author.selectionSet",
                "a fragment on 'article' can never apply to 'author'"
            ),
            (
                "{ search(text: \"\") { ... on author { name } ... on article { name } } }",
                "$.selectionSet.search.selectionSet",
                "the fields 'name' and 'name' specify the same response name, 'name', and have different types, 'String' and 'Int'"
            ),
            (
                "{ search(text: \"\") { ... on author { x: articles { id } } ... on article { x: author { id } } } }",
                "$.selectionSet.search.selectionSet",
                "the fields 'articles' and 'author' specify the same response name, 'x', and have different types, '[article!]!' and 'author'"
            ),
        ])
    func strict(source: String, path: String, message: String) throws {
        let error = try ValidateFixture.failure(source, .specification)
        #expect(error?.message == message)
        #expect(error?.path == path)
        #expect(try ValidateFixture.failure(source, .hasura) == nil)
    }
}
