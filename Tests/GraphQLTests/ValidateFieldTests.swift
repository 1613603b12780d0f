/// Fields, arguments and directives against the schema.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL validation of fields and directives")
struct ValidateFieldTests {
    @Test(
        "Fields, leaves and arguments must fit the schema",
        arguments: [
            ("{ foo }", "$.selectionSet.foo", "field 'foo' not found in type: 'query_root'"),
            ("{ alias: foo }", "$.selectionSet.foo", "field 'foo' not found in type: 'query_root'"),
            (
                "{ author { remarks } }", "$.selectionSet.author.selectionSet.remarks",
                "field 'remarks' not found in type: 'author'"
            ),
            (
                "mutation { drop }", "$.selectionSet.drop",
                "field 'drop' not found in type: 'mutation_root'"
            ),
            (
                "mutation { __schema { types { name } } }", "$.selectionSet.__schema",
                "field '__schema' not found in type: 'mutation_root'"
            ),
            (
                "{ author { __type(name: \"a\") { name } } }",
                "$.selectionSet.author.selectionSet.__type",
                "field '__type' not found in type: 'author'"
            ),
            (
                "{ search(text: \"\") { ... on article { x } } }",
                "$.selectionSet.search.selectionSet.x", "field 'x' not found in type: 'article'"
            ),
            (
                "{ search(text: \"\") { id } }", "$.selectionSet.search.selectionSet.id",
                "field 'id' not found in type: 'Result'"
            ),
            (
                "{ node(id: 1) { name } }", "$.selectionSet.node.selectionSet.name",
                "field 'name' not found in type: 'Node'"
            ),
            (
                "{ author { ...F } } fragment F on author { x }",
                "$.selectionSet.author.selectionSet.x", "field 'x' not found in type: 'author'"
            ),
            (
                "{ __schema { nope } }", "$.selectionSet.__schema.selectionSet.nope",
                "field 'nope' not found in type: '__Schema'"
            ),
            (
                "{ author }", "$.selectionSet.author.selectionSet",
                "missing selection set for 'author'"
            ),
            (
                "{ __schema }", "$.selectionSet.__schema.selectionSet",
                "missing selection set for '__Schema'"
            ),
            (
                "{ unit { x } }", "$.selectionSet.unit",
                "unexpected subselection set for non-object field"
            ),
            (
                "{ author { meta { x } } }", "$.selectionSet.author.selectionSet.meta",
                "unexpected subselection set for non-object field"
            ),
            (
                "{ __typename { x } }", "$.selectionSet.__typename",
                "unexpected subselection set for non-object field"
            ),
            (
                "{ author(foo: 1) { id } }", "$.selectionSet.author",
                "'author' has no argument named 'foo'"
            ),
            ("{ unit(a: 1) }", "$.selectionSet.unit", "'unit' has no argument named 'a'"),
            (
                "{ __typename(a: 1) }", "$.selectionSet.__typename",
                "'__typename' has no argument named 'a'"
            ),
            (
                "{ author(limit: 1, limit: 2) { id } }", "$.selectionSet.author",
                "the argument 'limit' is given more than once"
            ),
            (
                "{ author_by_pk { id } }", "$.selectionSet.author_by_pk.args.id",
                "missing required field 'id'"
            ),
            (
                "{ search { __typename } }", "$.selectionSet.search.args.text",
                "missing required field 'text'"
            ),
        ])
    func fields(source: String, path: String, message: String) throws {
        try ValidateFixture.expectFailure(source, path, message)
    }

    @Test(
        "Directives must be known, in their place, once, with their arguments",
        arguments: [
            ("{ unit @nope }", "$.selectionSet", "directive 'nope' is not defined in the schema"),
            ("query @skip(if: true) { unit }", "$", "directive 'skip' is not allowed on a query"),
            (
                "mutation @cached { insert_author(objects: []) { affected_rows } }", "$",
                "directive 'cached' is not allowed on a mutation"
            ),
            (
                "subscription @cached { author { id } }", "$",
                "directive 'cached' is not allowed on a subscription"
            ),
            ("{ unit @cached }", "$.selectionSet", "directive 'cached' is not allowed on a field"),
            (
                "{ ... @tag(name: \"\") { unit } }", "$.selectionSet",
                "directive 'tag' is not allowed on an inline fragment"
            ),
            (
                "{ ...F @tag(name: \"\") } fragment F on query_root { unit }", "$.selectionSet",
                "directive 'tag' is not allowed on a fragment spread"
            ),
            (
                "{ ...F } fragment F on query_root @skip(if: true) { unit }", "$.selectionSet",
                "directive 'skip' is not allowed on a fragment definition"
            ),
            (
                "query ($a: Int @skip(if: true)) { unit }", "$",
                "directive 'skip' is not allowed on a variable definition"
            ),
            (
                "{ author { id @skip(if: true) @skip(if: false) } }",
                "$.selectionSet.author.selectionSet",
                "the following directives are used more than once: ['skip']"
            ),
            ("{ unit @skip }", "$.selectionSet.skip.args.if", "missing required field 'if'"),
            (
                "{ unit @skip(if: 1) }", "$.selectionSet.skip.args.if",
                "expected a boolean for type 'Boolean', but found an integer"
            ),
            (
                "{ unit @skip(if: true, x: 1) }", "$.selectionSet.skip",
                "'skip' has no argument named 'x'"
            ),
            (
                "query @_multiple_top_level_fields { unit }", "$",
                "directive '_multiple_top_level_fields' is not allowed on a query"
            ),
        ])
    func directives(source: String, path: String, message: String) throws {
        try ValidateFixture.expectFailure(source, path, message)
    }
}
