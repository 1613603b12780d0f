/// Literals and variables against the types of their places.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL validation of values")
struct ValidateValueTests {
    @Test(
        "Literals must fit the types of their places",
        arguments: [
            (
                "mutation { update_author(where: null, _set: {name: \"\"}) { affected_rows } }",
                "$.selectionSet.update_author.args.where",
                "expected an object for type 'author_bool_exp', but found null"
            ),
            (
                "{ author(where: 1) { id } }", "$.selectionSet.author.args.where",
                "expected an object for type 'author_bool_exp', but found an integer"
            ),
            (
                "{ author(where: [{}]) { id } }", "$.selectionSet.author.args.where",
                "expected an object for type 'author_bool_exp', but found a list"
            ),
            (
                "{ author(where: {get: 1}) { id } }", "$.selectionSet.author.args.where.get",
                "field 'get' not found in type: 'author_bool_exp'"
            ),
            (
                "{ author(where: {id: {_eq: 1, _eq: 2}}) { id } }",
                "$.selectionSet.author.args.where.id", "the field '_eq' is given more than once"
            ),
            (
                "{ author(where: {_and: [{id: {}}, {name: {_eq: RED}}]}) { id } }",
                "$.selectionSet.author.args.where._and[1].name._eq",
                "expected a string for type 'String', but found an enum value"
            ),
            (
                "{ author(where: {name: {_in: [\"a\", null]}}) { id } }",
                "$.selectionSet.author.args.where.name._in[1]",
                "expected a string for type 'String', but found null"
            ),
            (
                "{ author(limit: \"1\") { id } }", "$.selectionSet.author.args.limit",
                "expected a non-negative 32-bit integer for type 'Int', but found a string"
            ),
            (
                "{ author(limit: -1) { id } }", "$.selectionSet.author.args.limit",
                "expected a non-negative 32-bit integer for type 'Int', but found an integer"
            ),
            (
                "{ author_by_pk(id: 1.5) { id } }", "$.selectionSet.author_by_pk.args.id",
                "expected a 32-bit integer for type 'Int', but found a float"
            ),
            (
                "{ author_by_pk(id: null) { id } }", "$.selectionSet.author_by_pk.args.id",
                "expected a 32-bit integer for type 'Int', but found null"
            ),
            (
                "{ author_by_pk(id: [1]) { id } }", "$.selectionSet.author_by_pk.args.id",
                "expected a 32-bit integer for type 'Int', but found a list"
            ),
            (
                "{ measure(f: \"1\") }", "$.selectionSet.measure.args.f",
                "expected a float for type 'Float', but found a string"
            ),
            (
                "{ measure(flag: 1) }", "$.selectionSet.measure.args.flag",
                "expected a boolean for type 'Boolean', but found an integer"
            ),
            (
                "{ measure(when: 1) }", "$.selectionSet.measure.args.when",
                "expected a string for type 'timestamptz', but found an integer"
            ),
            (
                "{ measure(amount: true) }", "$.selectionSet.measure.args.amount",
                "expected a number or a string for type 'numeric', but found a boolean"
            ),
            (
                "{ measure(tags: [null]) }", "$.selectionSet.measure.args.tags[0]",
                "expected a list, but found null"
            ),
            (
                "{ measure(tags: [[1]]) }", "$.selectionSet.measure.args.tags[0][0]",
                "expected a string for type 'String', but found an integer"
            ),
            (
                "{ measure(tags: 1) }", "$.selectionSet.measure.args.tags[0][0]",
                "expected a string for type 'String', but found an integer"
            ),
            (
                "{ node(id: 1.5) { id } }", "$.selectionSet.node.args.id",
                "expected a String or a 32-bit integer for type 'ID', but found a float"
            ),
            (
                "{ search(text: \"\", kind: \"AUTHOR\") { __typename } }",
                "$.selectionSet.search.args.kind",
                "expected an enum value for type 'Kind', but found a string"
            ),
            (
                "{ search(text: \"\", kind: RED) { __typename } }",
                "$.selectionSet.search.args.kind",
                "expected one of the values ['AUTHOR', 'ARTICLE', 'OLD'] for type 'Kind', but found 'RED'"
            ),
            (
                "mutation { insert_author(objects: {meta: 1}) { affected_rows } }",
                "$.selectionSet.insert_author.args.objects[0].name", "missing required field 'name'"
            ),
            (
                "mutation { insert_author(objects: [{name: \"a\"}, {name: null}]) { affected_rows } }",
                "$.selectionSet.insert_author.args.objects[1].name",
                "expected a string for type 'String', but found null"
            ),
            (
                "mutation { insert_author(objects: null) { affected_rows } }",
                "$.selectionSet.insert_author.args.objects", "expected a list, but found null"
            ),
        ])
    func values(source: String, path: String, message: String) throws {
        try ValidateFixture.expectFailure(source, path, message)
    }

    @Test(
        "An integer of more than 32 bits is refused as Hasura refuses it",
        arguments: [
            ("2147483648", "2.147483648e9"), ("-2147483649", "-2.147483649e9"),
            ("30000000000", "3.0e10"),
            ("99999999999999999999", "9.9999999999999999999e19"),
        ])
    func bounds(digits: String, shown: String) throws {
        let error = try ValidateFixture.failure("{ author_by_pk(id: \(digits)) { id } }")
        #expect(
            error?.message
                == "The value \(shown) lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?"
        )
        #expect(error?.code == "parse-failed")
        #expect(error?.path == "$.selectionSet.author_by_pk.args.id")
        #expect(try ValidateFixture.failure("{ author_by_pk(id: 2147483647) { id } }") == nil)
        #expect(try ValidateFixture.failure("{ author_by_pk(id: -2147483648) { id } }") == nil)
    }

    @Test(
        "Variables must be declared, of input types, and fit where they are used",
        arguments: [
            ("{ author(limit: $x) { id } }", "$", "unbound variable \"x\""),
            (
                "{ author { ...F } } fragment F on author { articles(limit: $y) { id } }", "$",
                "unbound variable \"y\""
            ),
            ("{ unit @skip(if: $z) }", "$", "unbound variable \"z\""),
            (
                "query ($a: author) { unit }", "$",
                "variables can only be defined on input types (enums, scalars, input objects), but 'author' is not one"
            ),
            ("query ($a: [nope!]) { unit }", "$", "no such type exists in the schema: 'nope'"),
            (
                "query ($a: Int = \"x\") { unit }", "$.a.defaultValue",
                "expected a 32-bit integer for type 'Int', but found a string"
            ),
            (
                "query ($a: Int! = null) { unit }", "$.a.defaultValue",
                "expected a 32-bit integer for type 'Int', but found null"
            ),
            (
                "query ($a: author_bool_exp = {x: 1}) { unit }", "$.a.defaultValue.x",
                "field 'x' not found in type: 'author_bool_exp'"
            ),
            (
                "mutation ($name: Int!) { update_author(where: {}, _set: {name: $name}) { affected_rows } }",
                "$.selectionSet.update_author.args._set.name",
                "variable 'name' is declared as 'Int!', but used where 'String' is expected"
            ),
            (
                "query ($limit: String) { author(limit: $limit) { id } }",
                "$.selectionSet.author.args.limit",
                "variable 'limit' is declared as 'String', but used where 'Int' is expected"
            ),
            (
                "query ($i: Int) { measure(f: $i) }", "$.selectionSet.measure.args.f",
                "variable 'i' is declared as 'Int', but used where 'Float' is expected"
            ),
            (
                "mutation ($m: numeric) { insert_author(objects: {name: \"b\", meta: $m}) { affected_rows } }",
                "$.selectionSet.insert_author.args.objects[0].meta",
                "variable 'm' is declared as 'numeric', but used where 'jsonb' is expected"
            ),
            (
                "mutation ($a: author_insert_input) { insert_author_one(object: $a) { id } }",
                "$.selectionSet.insert_author_one.args.object",
                "variable 'a' is declared as 'author_insert_input', but used where 'author_insert_input!' is expected"
            ),
            (
                "mutation ($a: author_insert_input = null) { insert_author_one(object: $a) { id } }",
                "$.selectionSet.insert_author_one.args.object",
                "variable 'a' is declared as 'author_insert_input', but used where 'author_insert_input!' is expected"
            ),
            (
                "query ($i: [Int]) { author(where: {id: {_in: $i}}) { id } }",
                "$.selectionSet.author.args.where.id._in",
                "variable 'i' is declared as '[Int]', but used where '[Int!]' is expected"
            ),
            (
                "query ($i: Int!) { author(where: {id: {_in: $i}}) { id } }",
                "$.selectionSet.author.args.where.id._in",
                "variable 'i' is declared as 'Int!', but used where '[Int!]' is expected"
            ),
            (
                "query ($i: Int) { author(where: {id: {_in: [$i]}}) { id } }",
                "$.selectionSet.author.args.where.id._in[0]",
                "variable 'i' is declared as 'Int', but used where 'Int!' is expected"
            ),
            (
                "query ($b: Boolean) { unit @include(if: $b) }", "$.selectionSet.include.args.if",
                "variable 'b' is declared as 'Boolean', but used where 'Boolean!' is expected"
            ),
        ])
    func variables(source: String, path: String, message: String) throws {
        try ValidateFixture.expectFailure(source, path, message)
    }
}
