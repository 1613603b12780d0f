/// How the tests of validation ask: the first error of an operation, and what it must be.
import Testing

@testable import PluginGraphQL

extension ValidateFixture {
    static let schema = Result { try TextSchema(source) }

    /// The error of the document's first operation; nil when it is valid.
    static func failure(_ source: String, _ rules: ValidationRules = .hasura) throws
        -> ValidationError?
    {
        let document = try Parser.parse(source)
        let schema = try schema.get()
        do throws(ValidationError) {
            try Validator.validate(document, operation: 0, schema: schema, rules: rules)
            return nil
        } catch {
            return error
        }
    }

    /// Under both sets of rules.
    static func expectFailure(_ source: String, _ path: String, _ message: String) throws {
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
        guard let document = try? parse(source) else {
            preconditionFailure("not GraphQL: \(source)")
        }
        return document
    }
}
