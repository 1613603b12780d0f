/// Each rule with documents that pass and documents that fail, in Hasura's words and with its paths.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL validation")
struct ValidateTests {
    private static let schema = Result { try TextSchema(ValidateFixture.source) }

    private func failure(_ source: String, _ rules: ValidationRules = .hasura) throws -> ValidationError? {
        let document = try Parser.parse(source)
        let schema = try Self.schema.get()
        do throws(ValidationError) {
            _ = try Validator.validate(document, operation: 0, schema: schema, rules: rules)
            return nil
        } catch {
            return error
        }
    }

    @Test("A valid operation passes under both sets of rules", arguments: [
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
        "subscription { author { id } }", "subscription { ...F } fragment F on subscription_root { author { id } author { name } }",
        "subscription @_multiple_top_level_fields { author { id } article { id } }",
        "query @cached(ttl: 5) { unit }", "query @cached { unit }", "{ unit @tag(name: \"a\") @tag(name: \"b\") }",
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
        #expect(try failure(source, .specification) == nil)
        #expect(try failure(source, .hasura) == nil)
    }

    @Test("Fields, leaves and arguments must fit the schema", arguments: [
        ("{ foo }", "$.selectionSet.foo", "field 'foo' not found in type: 'query_root'"),
        ("{ alias: foo }", "$.selectionSet.foo", "field 'foo' not found in type: 'query_root'"),
        ("{ author { remarks } }", "$.selectionSet.author.selectionSet.remarks", "field 'remarks' not found in type: 'author'"),
        ("mutation { drop }", "$.selectionSet.drop", "field 'drop' not found in type: 'mutation_root'"),
        ("mutation { __schema { types { name } } }", "$.selectionSet.__schema", "field '__schema' not found in type: 'mutation_root'"),
        ("{ author { __type(name: \"a\") { name } } }", "$.selectionSet.author.selectionSet.__type", "field '__type' not found in type: 'author'"),
        ("{ search(text: \"\") { ... on article { x } } }", "$.selectionSet.search.selectionSet.x", "field 'x' not found in type: 'article'"),
        ("{ search(text: \"\") { id } }", "$.selectionSet.search.selectionSet.id", "field 'id' not found in type: 'Result'"),
        ("{ node(id: 1) { name } }", "$.selectionSet.node.selectionSet.name", "field 'name' not found in type: 'Node'"),
        ("{ author { ...F } } fragment F on author { x }", "$.selectionSet.author.selectionSet.x", "field 'x' not found in type: 'author'"),
        ("{ __schema { nope } }", "$.selectionSet.__schema.selectionSet.nope", "field 'nope' not found in type: '__Schema'"),
        ("{ author }", "$.selectionSet.author.selectionSet", "missing selection set for 'author'"),
        ("{ __schema }", "$.selectionSet.__schema.selectionSet", "missing selection set for '__Schema'"),
        ("{ unit { x } }", "$.selectionSet.unit", "unexpected subselection set for non-object field"),
        ("{ author { meta { x } } }", "$.selectionSet.author.selectionSet.meta", "unexpected subselection set for non-object field"),
        ("{ __typename { x } }", "$.selectionSet.__typename", "unexpected subselection set for non-object field"),
        ("{ author(foo: 1) { id } }", "$.selectionSet.author", "'author' has no argument named 'foo'"),
        ("{ unit(a: 1) }", "$.selectionSet.unit", "'unit' has no argument named 'a'"),
        ("{ __typename(a: 1) }", "$.selectionSet.__typename", "'__typename' has no argument named 'a'"),
        ("{ author(limit: 1, limit: 2) { id } }", "$.selectionSet.author", "the argument 'limit' is given more than once"),
        ("{ author_by_pk { id } }", "$.selectionSet.author_by_pk.args.id", "missing required field 'id'"),
        ("{ search { __typename } }", "$.selectionSet.search.args.text", "missing required field 'text'"),
    ])
    func fields(source: String, path: String, message: String) throws {
        try expectFailure(source, path, message)
    }

    @Test("Literals must fit the types of their places", arguments: [
        ("mutation { update_author(where: null, _set: {name: \"\"}) { affected_rows } }", "$.selectionSet.update_author.args.where", "expected an object for type 'author_bool_exp', but found null"),
        ("{ author(where: 1) { id } }", "$.selectionSet.author.args.where", "expected an object for type 'author_bool_exp', but found an integer"),
        ("{ author(where: [{}]) { id } }", "$.selectionSet.author.args.where", "expected an object for type 'author_bool_exp', but found a list"),
        ("{ author(where: {get: 1}) { id } }", "$.selectionSet.author.args.where.get", "field 'get' not found in type: 'author_bool_exp'"),
        ("{ author(where: {id: {_eq: 1, _eq: 2}}) { id } }", "$.selectionSet.author.args.where.id", "the field '_eq' is given more than once"),
        ("{ author(where: {_and: [{id: {}}, {name: {_eq: RED}}]}) { id } }", "$.selectionSet.author.args.where._and[1].name._eq", "expected a string for type 'String', but found an enum value"),
        ("{ author(where: {name: {_in: [\"a\", null]}}) { id } }", "$.selectionSet.author.args.where.name._in[1]", "expected a string for type 'String', but found null"),
        ("{ author(limit: \"1\") { id } }", "$.selectionSet.author.args.limit", "expected a non-negative 32-bit integer for type 'Int', but found a string"),
        ("{ author(limit: -1) { id } }", "$.selectionSet.author.args.limit", "expected a non-negative 32-bit integer for type 'Int', but found an integer"),
        ("{ author_by_pk(id: 1.5) { id } }", "$.selectionSet.author_by_pk.args.id", "expected a 32-bit integer for type 'Int', but found a float"),
        ("{ author_by_pk(id: null) { id } }", "$.selectionSet.author_by_pk.args.id", "expected a 32-bit integer for type 'Int', but found null"),
        ("{ author_by_pk(id: [1]) { id } }", "$.selectionSet.author_by_pk.args.id", "expected a 32-bit integer for type 'Int', but found a list"),
        ("{ measure(f: \"1\") }", "$.selectionSet.measure.args.f", "expected a float for type 'Float', but found a string"),
        ("{ measure(flag: 1) }", "$.selectionSet.measure.args.flag", "expected a boolean for type 'Boolean', but found an integer"),
        ("{ measure(when: 1) }", "$.selectionSet.measure.args.when", "expected a string for type 'timestamptz', but found an integer"),
        ("{ measure(amount: true) }", "$.selectionSet.measure.args.amount", "expected a number or a string for type 'numeric', but found a boolean"),
        ("{ measure(tags: [null]) }", "$.selectionSet.measure.args.tags[0]", "expected a list, but found null"),
        ("{ measure(tags: [[1]]) }", "$.selectionSet.measure.args.tags[0][0]", "expected a string for type 'String', but found an integer"),
        ("{ measure(tags: 1) }", "$.selectionSet.measure.args.tags[0][0]", "expected a string for type 'String', but found an integer"),
        ("{ node(id: 1.5) { id } }", "$.selectionSet.node.args.id", "expected a String or a 32-bit integer for type 'ID', but found a float"),
        ("{ search(text: \"\", kind: \"AUTHOR\") { __typename } }", "$.selectionSet.search.args.kind", "expected an enum value for type 'Kind', but found a string"),
        ("{ search(text: \"\", kind: RED) { __typename } }", "$.selectionSet.search.args.kind", "expected one of the values ['AUTHOR', 'ARTICLE', 'OLD'] for type 'Kind', but found 'RED'"),
        ("mutation { insert_author(objects: {meta: 1}) { affected_rows } }", "$.selectionSet.insert_author.args.objects[0].name", "missing required field 'name'"),
        ("mutation { insert_author(objects: [{name: \"a\"}, {name: null}]) { affected_rows } }", "$.selectionSet.insert_author.args.objects[1].name", "expected a string for type 'String', but found null"),
        ("mutation { insert_author(objects: null) { affected_rows } }", "$.selectionSet.insert_author.args.objects", "expected a list, but found null"),
    ])
    func values(source: String, path: String, message: String) throws {
        try expectFailure(source, path, message)
    }

    @Test("An integer of more than 32 bits is refused as Hasura refuses it", arguments: [
        ("2147483648", "2.147483648e9"), ("-2147483649", "-2.147483649e9"), ("30000000000", "3.0e10"),
        ("99999999999999999999", "9.9999999999999999999e19"),
    ])
    func bounds(digits: String, shown: String) throws {
        let error = try failure("{ author_by_pk(id: \(digits)) { id } }")
        #expect(
            error?.message
                == "The value \(shown) lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?")
        #expect(error?.code == "parse-failed")
        #expect(error?.path == "$.selectionSet.author_by_pk.args.id")
        #expect(try failure("{ author_by_pk(id: 2147483647) { id } }") == nil)
        #expect(try failure("{ author_by_pk(id: -2147483648) { id } }") == nil)
    }

    @Test("Variables must be declared, of input types, and fit where they are used", arguments: [
        ("{ author(limit: $x) { id } }", "$", "unbound variable \"x\""),
        ("{ author { ...F } } fragment F on author { articles(limit: $y) { id } }", "$", "unbound variable \"y\""),
        ("{ unit @skip(if: $z) }", "$", "unbound variable \"z\""),
        ("query ($a: author) { unit }", "$", "variables can only be defined on input types (enums, scalars, input objects), but 'author' is not one"),
        ("query ($a: [nope!]) { unit }", "$", "no such type exists in the schema: 'nope'"),
        ("query ($a: Int = \"x\") { unit }", "$.a.defaultValue", "expected a 32-bit integer for type 'Int', but found a string"),
        ("query ($a: Int! = null) { unit }", "$.a.defaultValue", "expected a 32-bit integer for type 'Int', but found null"),
        ("query ($a: author_bool_exp = {x: 1}) { unit }", "$.a.defaultValue.x", "field 'x' not found in type: 'author_bool_exp'"),
        ("mutation ($name: Int!) { update_author(where: {}, _set: {name: $name}) { affected_rows } }", "$.selectionSet.update_author.args._set.name", "variable 'name' is declared as 'Int!', but used where 'String' is expected"),
        ("query ($limit: String) { author(limit: $limit) { id } }", "$.selectionSet.author.args.limit", "variable 'limit' is declared as 'String', but used where 'Int' is expected"),
        ("query ($i: Int) { measure(f: $i) }", "$.selectionSet.measure.args.f", "variable 'i' is declared as 'Int', but used where 'Float' is expected"),
        ("mutation ($m: numeric) { insert_author(objects: {name: \"b\", meta: $m}) { affected_rows } }", "$.selectionSet.insert_author.args.objects[0].meta", "variable 'm' is declared as 'numeric', but used where 'jsonb' is expected"),
        ("mutation ($a: author_insert_input) { insert_author_one(object: $a) { id } }", "$.selectionSet.insert_author_one.args.object", "variable 'a' is declared as 'author_insert_input', but used where 'author_insert_input!' is expected"),
        ("mutation ($a: author_insert_input = null) { insert_author_one(object: $a) { id } }", "$.selectionSet.insert_author_one.args.object", "variable 'a' is declared as 'author_insert_input', but used where 'author_insert_input!' is expected"),
        ("query ($i: [Int]) { author(where: {id: {_in: $i}}) { id } }", "$.selectionSet.author.args.where.id._in", "variable 'i' is declared as '[Int]', but used where '[Int!]' is expected"),
        ("query ($i: Int!) { author(where: {id: {_in: $i}}) { id } }", "$.selectionSet.author.args.where.id._in", "variable 'i' is declared as 'Int!', but used where '[Int!]' is expected"),
        ("query ($i: Int) { author(where: {id: {_in: [$i]}}) { id } }", "$.selectionSet.author.args.where.id._in[0]", "variable 'i' is declared as 'Int', but used where 'Int!' is expected"),
        ("query ($b: Boolean) { unit @include(if: $b) }", "$.selectionSet.include.args.if", "variable 'b' is declared as 'Boolean', but used where 'Boolean!' is expected"),
    ])
    func variables(source: String, path: String, message: String) throws {
        try expectFailure(source, path, message)
    }

    @Test("Names that must be unique are", arguments: [
        ("query ($a: Int, $a: Int) { unit }", "multiple definitions for variable \"a\""),
        ("{ unit } fragment F on author { id } fragment F on author { id }", "multiple definitions for fragment \"F\""),
        ("query A { unit } query A { unit }", "multiple definitions for operation \"A\""),
    ])
    func unique(source: String, message: String) throws {
        let error = try failure(source)
        #expect(error?.message == message)
        #expect(error?.code == "parse-failed")
        #expect(error?.path == "$")
    }

    @Test("Fragments must be defined and must not form cycles", arguments: [
        ("{ author { ...Nope } }", "$.selectionSet.author.selectionSet", "reference to undefined fragment \"Nope\""),
        ("{ author { ...A } } fragment A on author { ...A }", "$.selectionSet.author.selectionSet.A.selectionSet", "the fragment definition(s) A form a cycle"),
        ("{ author { ...authorFragment } } fragment authorFragment on author { id articles { ...articleFragment } } fragment articleFragment on article { title author { ...authorFragment } }",
         "$.selectionSet.author.selectionSet.authorFragment.selectionSet.articles.selectionSet.articleFragment.selectionSet.author.selectionSet",
         "the fragment definition(s) authorFragment and articleFragment form a cycle"),
        ("{ author { ...X } } fragment X on author { ...A } fragment A on author { ...B } fragment B on author { ... { ...C } } fragment C on author { ...A }",
         "$.selectionSet.author.selectionSet.X.selectionSet.A.selectionSet.B.selectionSet.C.selectionSet",
         "the fragment definition(s) A, B, and C form a cycle"),
    ])
    func fragments(source: String, path: String, message: String) throws {
        try expectFailure(source, path, message)
    }

    @Test("Directives must be known, in their place, once, with their arguments", arguments: [
        ("{ unit @nope }", "$.selectionSet", "directive 'nope' is not defined in the schema"),
        ("query @skip(if: true) { unit }", "$", "directive 'skip' is not allowed on a query"),
        ("mutation @cached { insert_author(objects: []) { affected_rows } }", "$", "directive 'cached' is not allowed on a mutation"),
        ("subscription @cached { author { id } }", "$", "directive 'cached' is not allowed on a subscription"),
        ("{ unit @cached }", "$.selectionSet", "directive 'cached' is not allowed on a field"),
        ("{ ... @tag(name: \"\") { unit } }", "$.selectionSet", "directive 'tag' is not allowed on an inline fragment"),
        ("{ ...F @tag(name: \"\") } fragment F on query_root { unit }", "$.selectionSet", "directive 'tag' is not allowed on a fragment spread"),
        ("{ ...F } fragment F on query_root @skip(if: true) { unit }", "$.selectionSet", "directive 'skip' is not allowed on a fragment definition"),
        ("query ($a: Int @skip(if: true)) { unit }", "$", "directive 'skip' is not allowed on a variable definition"),
        ("{ author { id @skip(if: true) @skip(if: false) } }", "$.selectionSet.author.selectionSet", "the following directives are used more than once: ['skip']"),
        ("{ unit @skip }", "$.selectionSet.skip.args.if", "missing required field 'if'"),
        ("{ unit @skip(if: 1) }", "$.selectionSet.skip.args.if", "expected a boolean for type 'Boolean', but found an integer"),
        ("{ unit @skip(if: true, x: 1) }", "$.selectionSet.skip", "'skip' has no argument named 'x'"),
        ("query @_multiple_top_level_fields { unit }", "$", "directive '_multiple_top_level_fields' is not allowed on a query"),
    ])
    func directives(source: String, path: String, message: String) throws {
        try expectFailure(source, path, message)
    }

    @Test("Fields under one response name must be the same field", arguments: [
        ("{ author { x: id x: name } }", "$.selectionSet.author.selectionSet", "selection of both 'id' and 'name' specify the same response name, 'x'"),
        ("{ author { id: name id } }", "$.selectionSet.author.selectionSet", "selection of both 'name' and 'id' specify the same response name, 'id'"),
        ("{ author(limit: 1) { id } author { name } }", "$.selectionSet", "inconsistent arguments between multiple selections of field 'author'"),
        ("{ author(limit: 1) { id } author(limit: 2) { name } }", "$.selectionSet", "inconsistent arguments between multiple selections of field 'author'"),
        ("{ author(limit: 1) { id } ...F } fragment F on query_root { author(offset: 1) { name } }", "$.selectionSet", "inconsistent arguments between multiple selections of field 'author'"),
        ("{ author(where: {name: {_in: [\"a\", \"b\"]}}) { id } author(where: {name: {_in: [\"a\", \"c\"]}}) { id } }", "$.selectionSet", "inconsistent arguments between multiple selections of field 'author'"),
        ("{ author { articles { x: id } } author { articles { x: title } } }", "$.selectionSet.author.selectionSet.articles.selectionSet", "selection of both 'id' and 'title' specify the same response name, 'x'"),
        ("{ author { articles { ...A } articles { ... { x: id } } } } fragment A on article { x: title }", "$.selectionSet.author.selectionSet.articles.selectionSet", "selection of both 'title' and 'id' specify the same response name, 'x'"),
        ("{ node(id: 1) { x: id ... on author { x: name } } }", "$.selectionSet.node.selectionSet", "selection of both 'id' and 'name' specify the same response name, 'x'"),
        ("{ search(text: \"\") { ... on article { x: title } ... on article { x: title(path: \"a\") } } }", "$.selectionSet.search.selectionSet", "inconsistent arguments between multiple selections of field 'title'"),
        ("{ search(text: \"\") { ... on article { x: title } ... on author { x: name } ... on article { x: id } } }", "$.selectionSet.search.selectionSet", "selection of both 'title' and 'id' specify the same response name, 'x'"),
        ("query ($a: Int, $b: Int) { author(limit: $a) { id } author(limit: $b) { id } }", "$.selectionSet", "inconsistent arguments between multiple selections of field 'author'"),
    ])
    func merging(source: String, path: String, message: String) throws {
        try expectFailure(source, path, message)
    }

    @Test("Only the specification's rules refuse what Hasura lets pass", arguments: [
        ("query ($a: Int) { unit }", "$", "following variable(s) have been defined, but have not been used in the query - a"),
        ("{ unit } fragment F on author { id }", "$", "following fragment(s) have been defined, but have not been used in the query - F"),
        ("{ author { ... on nope { x } } }", "$.selectionSet.author.selectionSet", "no such type exists in the schema: 'nope'"),
        ("{ author { ... on Kind { x } } }", "$.selectionSet.author.selectionSet", "a fragment cannot be on 'Kind', which has no fields"),
        ("{ author { ... on article { title } } }", "$.selectionSet.author.selectionSet", "a fragment on 'article' can never apply to 'author'"),
        ("{ author { ...F articles { ...F } } } fragment F on article { title }", "$.selectionSet.author.selectionSet", "a fragment on 'article' can never apply to 'author'"),
        ("{ search(text: \"\") { ... on author { name } ... on article { name } } }", "$.selectionSet.search.selectionSet", "the fields 'name' and 'name' specify the same response name, 'name', and have different types, 'String' and 'Int'"),
        ("{ search(text: \"\") { ... on author { x: articles { id } } ... on article { x: author { id } } } }", "$.selectionSet.search.selectionSet", "the fields 'articles' and 'author' specify the same response name, 'x', and have different types, '[article!]!' and 'author'"),
    ])
    func strict(source: String, path: String, message: String) throws {
        let error = try failure(source, .specification)
        #expect(error?.message == message)
        #expect(error?.path == path)
        #expect(try failure(source, .hasura) == nil)
    }

    @Test("A subscription has one root field", arguments: [
        "subscription { author { id } article { id } }", "subscription { a: author { id } b: author { id } }",
        "subscription { author { id } ...F } fragment F on subscription_root { article { id } }",
    ])
    func subscriptions(source: String) throws {
        try expectFailure(source, "$", "subscriptions must select one top level field")
    }

    @Test("A role without mutations is told so")
    func noMutations() throws {
        let schema = try TextSchema("schema { query: Q } type Q { a: Int } scalar Int")
        for (source, message) in [("mutation { a }", "no mutations exist"), ("subscription { a }", "no subscriptions exist")] {
            var error: ValidationError?
            do throws(ValidationError) {
                try Validator.validate(Parser.parseForTest(source), operation: 0, schema: schema)
            } catch let thrown { error = thrown }
            #expect(error?.message == message)
            #expect(error?.path == "$")
        }
    }

    @Test("The operation is chosen by name, or is the only one", arguments: [
        ("{ a }", nil, 0, nil), ("query A { a } query B { b }", "B", 1, nil),
        ("query A { a } query B { b }", nil, nil, "exactly one operation has to be present in the document when operationName is not specified"),
        ("fragment F on T { a }", nil, nil, "exactly one operation has to be present in the document when operationName is not specified"),
        ("query A { a }", "C", nil, "no such operation found in the document: \"C\""),
        ("{ a }", "A", nil, "operationName cannot be used when an anonymous operation exists in the document"),
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
        try expectFailure("query A { unit } { unit }", "$", "an anonymous operation must be the only one in the document")
    }

    @Test("Validation tells what was used, how large and how deep it is")
    func facts() throws {
        let document = try Parser.parse(
            "query ($a: Int, $unused: Int) { author(limit: $a) { ...F ...F } } fragment F on author { id articles { title } }")
        let facts = try Validator.validate(document, operation: 0, schema: try Self.schema.get())
        #expect(facts.usedVariables.map { document[$0] } == ["a"])
        #expect(facts.fieldCount == 7)
        #expect(facts.depth == 4)
    }

    private func expectFailure(_ source: String, _ path: String, _ message: String) throws {
        for rules in [ValidationRules.hasura, .specification] {
            let error = try failure(source, rules)
            #expect(error?.message == message)
            #expect(error?.path == path)
        }
    }
}

extension Parser {
    /// A document that the test knows to be well formed.
    static func parseForTest(_ source: String) -> Document {
        guard let document = try? parse(source) else { preconditionFailure("not GraphQL: \(source)") }
        return document
    }
}
