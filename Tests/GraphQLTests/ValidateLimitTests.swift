/// Documents made to be expensive: fragments that double, deep chains, wide sets, long arguments.
/// Each is refused or checked within a bound that only linear work keeps.
import Testing

@testable import PluginGraphQL

@Suite("GraphQL validation limits")
struct ValidateLimitTests {
    /// Well above what the slowest machine needs for linear work, well below anything quadratic.
    private static let bound = Duration.seconds(5)

    private func failure(_ source: String, _ rules: ValidationRules = .specification) throws
        -> ValidationError?
    {
        let document = try Parser.parse(source)
        let schema = try ValidateFixture.schema.get()
        var error: ValidationError?
        let time = ContinuousClock().measure {
            do throws(ValidationError) {
                try Validator.validate(document, operation: 0, schema: schema, rules: rules)
            } catch let thrown { error = thrown }
        }
        #expect(time < Self.bound)
        return error
    }

    @Test("Fragments that double are counted, not expanded")
    func doubling() throws {
        let fragments = (0..<60).map {
            "fragment F\($0) on author { ...F\($0 + 1) a\($0): name ... { ...F\($0 + 1) } }"
        }
        let error = try failure(
            "{ author { ...F0 } } \(fragments.joined(separator: " ")) fragment F60 on author { id }"
        )
        #expect(error?.message == "the operation selects more than 20000 fields")
    }

    @Test("A chain of fragments is limited in depth")
    func chain() throws {
        let fragments = (0..<5000).map { "fragment F\($0) on author { ...F\($0 + 1) }" }
        let error = try failure(
            "{ author { ...F0 } } \(fragments.joined(separator: " ")) fragment F5000 on author { id }"
        )
        #expect(error?.message == "the operation is nested deeper than 200 levels")
    }

    @Test("Depth counts through fragments that were seen before")
    func chainInReverse() throws {
        let fragments = (0..<300).map {
            "fragment F\($0) on author { articles { author { ...F\($0 + 1) } } }"
        }
        let spreads = (0..<300).reversed().map { "...F\($0)" }.joined(separator: " ")
        let error = try failure(
            "{ author { \(spreads) } } \(fragments.joined(separator: " ")) fragment F300 on author { id }"
        )
        #expect(error?.message == "the operation is nested deeper than 200 levels")
    }

    @Test("The deepest allowed operations pass every walk on a small stack")
    func deepest() throws {
        let pairs = 99
        let nested =
            String(repeating: "articles { author { ", count: pairs) + "id"
            + String(repeating: " } }", count: pairs)
        #expect(try failure("{ author { \(nested) } }") == nil)
        let fragments = (0..<65).map {
            "fragment F\($0) on author { articles { author { ...F\($0 + 1) } } }"
        }
        #expect(
            try failure(
                "{ author { ...F0 } } \(fragments.joined(separator: " ")) fragment F65 on author { id }"
            ) == nil)
        let values = String(repeating: "{_and: [", count: 99) + String(repeating: "]}", count: 99)
        #expect(try failure("{ author(where: \(values)) { id } }") == nil)
    }

    @Test("A large cycle is found once")
    func cycle() throws {
        let fragments = (0..<150).map {
            "fragment F\($0) on author { ...F\(($0 + 1) % 150) ...F\(($0 + 7) % 150) }"
        }
        let error = try failure("{ author { ...F0 } } \(fragments.joined(separator: " "))")
        #expect(error?.message.hasSuffix("form a cycle") == true)
    }

    @Test("Many equal fields and spreads in one set are linear")
    func wide() throws {
        let fields = String(repeating: "id ", count: 19_000)
        #expect(try failure("{ author { \(fields) } }") == nil)
        let spreads = String(repeating: "...F ", count: 19_000)
        #expect(try failure("{ author { \(spreads) } } fragment F on author { id }") == nil)
        let aliases = (0..<19_000).map { "a\($0): id" }.joined(separator: " ")
        #expect(try failure("{ author { \(aliases) } }") == nil)
        let inline =
            String(repeating: "... on Node { ", count: 150) + "id"
            + String(repeating: " }", count: 150)
        #expect(
            try failure("{ node(id: 1) { \(String(repeating: inline + " ", count: 100)) } }") == nil
        )
    }

    @Test("Sets that merge level by level are linear")
    func mergedLevels() throws {
        let nested =
            String(repeating: "articles { author { ", count: 60) + "id"
            + String(repeating: " } }", count: 60)
        #expect(try failure("{ author { \(String(repeating: nested + " ", count: 100)) } }") == nil)
    }

    @Test("Long arguments compared in many places are refused")
    func longArguments() throws {
        let list = (0..<20_000).map(String.init).joined(separator: ",")
        let fragment =
            "fragment F on query_root { author(where: {id: {_in: [\(list)]}}) { id } author(where: {id: {_in: [\(list)]}}) { id } }"
        let uses = (0..<200).map { "a\($0): node(id: 1) { id }" }.joined(separator: " ")
        #expect(try failure("{ \(uses) ...F } \(fragment)") == nil)
        let again = String(repeating: "author(where: {id: {_in: $l}}) { id } ", count: 5_000)
        #expect(try failure("query ($l: [Int!]) { \(again) }") == nil)
        let article = "fragment A on article { author { x: articles { author { ...B } } } }"
        let long = String(repeating: "a", count: 100_000)
        let title =
            "fragment B on author { articles { title(path: \"\(long)\") } articles { title(path: \"\(long)\") } }"
        let spreads = (0..<200).map { "a\($0): author { articles { ...A } }" }.joined(
            separator: " ")
        let error = try failure("{ \(spreads) } \(article) \(title)")
        #expect(error?.message == "the operation repeats too many long arguments")
    }

    @Test("Many variables, directives and unknown names are linear")
    func manyNames() throws {
        let definitions = (0..<15_000).map { "$v\($0): Int" }.joined(separator: " ")
        #expect(try failure("query (\(definitions)) { unit }", .hasura) == nil)
        let tags = String(repeating: "@tag(name: \"a\") ", count: 12_000)
        #expect(try failure("{ unit \(tags) }") == nil)
        let arguments = (0..<30_000).map { "a\($0): 1" }.joined(separator: " ")
        #expect(
            try failure("{ unit(\(arguments)) }")?.message == "'unit' has no argument named 'a0'")
        let fragments = (0..<12_000).map { "fragment F\($0) on author { id }" }.joined(
            separator: " ")
        #expect(try failure("{ unit } \(fragments)", .hasura) == nil)
    }
}
