/// Whole operations: what passes, how one is chosen, what validation tells of it.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL validation")
struct ValidateTests {
    @Test(
        "A valid operation passes under both sets of rules",
        arguments: [
            "{ author { id name __typename articles(limit: 1) { title kind } } }",
            "query Q($limit: Int = 10) { author(limit: $limit, where: {id: {_eq: 1}, _and: [{name: {_in: [\"a\"]}}]}) { id } }",
            "query ($id: Int!) { author_by_pk(id: $id) { ...F } } fragment F on author { id ... on Node { id } ... { name } ... on author { meta } }",
            "query ($ids: [Int!]!) { author(where: {id: {_in: $ids}}) { id } }",
            "query ($w: author_bool_exp!) { author(where: $w) { id } }",
            "{ author(where: {_and: {name: {_in: \"coerced\"}}}) { id } }",
            "{ author(where: null, limit: null) { id } }",
            "{ search(text: \"a\") { __typename ... on author { name } ... on article { title } ...N } } fragment N on Node { id }",
            "{ search(text: \"a\", kind: ARTICLE) { ... on article { t: title } ... on author { a: articles { title } } } }",
            "query ($k: Kind) { search(text: \"a\", kind: $k) { __typename } }",
            "query ($k: Kind = AUTHOR) { search(text: \"a\", kind: $k) { __typename } }",
            "{ measure(f: 1, when: \"now\", amount: 1.5, flag: true, tags: [[\"a\"], \"b\"]) }",
            "{ measure(f: 1.5e3, amount: \"12345678901234567890\", tags: \"a\") }",
            "{ node(id: 1) { id } n: node(id: \"1\") { id ... on author { name } } }",
            "mutation { insert_author(objects: {name: \"a\", meta: {x: [1, RED, null, {y: true}]}}) { affected_rows returning { id } } }",
            "mutation ($h: String) { insert_author_one(object: {name: \"a\", meta: [{header: $h}]}) { id } }",
            "mutation ($a: author_insert_input = {name: \"d\"}) { insert_author_one(object: $a) { id } }",
            "subscription { author { id } }",
            "subscription { ...F } fragment F on subscription_root { author { id } author { name } }",
            "subscription @_multiple_top_level_fields { author { id } article { id } }",
            "query @cached(ttl: 5) { unit }", "query @cached { unit }",
            "{ unit @tag(name: \"a\") @tag(name: \"b\") }",
            "query ($x: Int @tag(name: \"v\")) { author(limit: $x) { id } }",
            "query ($s: Boolean!) { unit @skip(if: $s) ... @include(if: $s) { u: unit } ...F @include(if: true) } fragment F on query_root { unit }",
            "{ __schema { types { name fields(includeDeprecated: true) { name } } } __type(name: \"author\") { kind } __typename }",
            "query ($d: Boolean) { __type(name: \"author\") { fields(includeDeprecated: $d) { name args { defaultValue } } } }",
            "{ author { id id name n: name } author { id articles { id } articles { title } } }",
            "{ author(limit: 1, where: {id: {_eq: 1, _gt: 2}}) { id } author(where: {id: {_gt: 2, _eq: 1}}, limit: 1) { name } }",
            "query A { unit } query B { unit }",
            "{ author(order_by: {id: asc, name: desc}, distinct_on: id) { id } }",
            "mutation { insert_author_one(object: {name: \"a\", rank: 2, kind: OLD}) { id old } }",
        ])
    func valid(source: String) throws {
        #expect(try ValidateFixture.failure(source, .specification) == nil)
        #expect(try ValidateFixture.failure(source, .hasura) == nil)
    }

    @Test(
        "Names that must be unique are",
        arguments: [
            ("query ($a: Int, $a: Int) { unit }", "multiple definitions for variable \"a\""),
            (
                "{ unit } fragment F on author { id } fragment F on author { id }",
                "multiple definitions for fragment \"F\""
            ),
            ("query A { unit } query A { unit }", "multiple definitions for operation \"A\""),
        ])
    func unique(source: String, message: String) throws {
        let error = try ValidateFixture.failure(source)
        #expect(error?.message == message)
        #expect(error?.code == "parse-failed")
        #expect(error?.path == "$")
    }

    @Test(
        "A subscription has one root field",
        arguments: [
            "subscription { author { id } article { id } }",
            "subscription { a: author { id } b: author { id } }",
            "subscription { author { id } ...F } fragment F on subscription_root { article { id } }",
        ])
    func subscriptions(source: String) throws {
        try ValidateFixture.expectFailure(
            source, "$", "subscriptions must select one top level field")
    }

    @Test("A role without mutations is told so")
    func noMutations() throws {
        let schema = try TextSchema("schema { query: Q } type Q { a: Int } scalar Int")
        for (source, message) in [
            ("mutation { a }", "no mutations exist"),
            ("subscription { a }", "no subscriptions exist"),
        ] {
            var error: ValidationError?
            do throws(ValidationError) {
                try Validator.validate(Parser.parseForTest(source), operation: 0, schema: schema)
            } catch let thrown { error = thrown }
            #expect(error?.message == message)
            #expect(error?.path == "$")
        }
    }

    @Test(
        "The operation is chosen by name, or is the only one",
        arguments: [
            ("{ a }", nil, 0, nil), ("query A { a } query B { b }", "B", 1, nil),
            (
                "query A { a } query B { b }", nil, nil,
                "exactly one operation has to be present in the document when operationName is not specified"
            ),
            (
                "fragment F on T { a }", nil, nil,
                "exactly one operation has to be present in the document when operationName is not specified"
            ),
            ("query A { a }", "C", nil, "no such operation found in the document: \"C\""),
            (
                "{ a }", "A", nil,
                "operationName cannot be used when an anonymous operation exists in the document"
            ),
        ] as [(String, String?, Int?, String?)])
    func choice(source: String, name: String?, index: Int?, message: String?) throws {
        let document = try Parser.parse(source)
        var chosen: Int?
        var error: ValidationError?
        do throws(ValidationError) {
            chosen = try OperationChoice.choose(document, name: name)
        } catch let thrown { error = thrown }
        #expect(chosen == index)
        #expect(error?.message == message)
    }

    @Test("An anonymous operation stands alone")
    func loneAnonymous() throws {
        try ValidateFixture.expectFailure(
            "query A { unit } { unit }", "$",
            "an anonymous operation must be the only one in the document")
    }

    @Test("Validation tells what was used, how large and how deep it is")
    func facts() throws {
        let document = try Parser.parse(
            "query ($a: Int, $unused: Int) { author(limit: $a) { ...F ...F } } fragment F on author { id articles { title } }"
        )
        let facts = try Validator.validate(
            document, operation: 0, schema: try ValidateFixture.schema.get())
        #expect(facts.usedVariables.map { document[$0] } == ["a"])
        #expect(facts.fieldCount == 7)
        #expect(facts.depth == 4)
    }
}
