/// Asks at random what the schema allows.

import PluginAPI
import Testing

@testable import PluginGraphQL

/// Documents made at random from the schema: whatever validation accepts, PostgreSQL must accept too.
@Suite("Random documents", .serialized)
struct SQLPropertyTests {
    static let store = Result {
        try EndpointFixture(
            "random_documents",
            musicStore + """
                CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN email AS text NOT NULL;
                CREATE TABLE kinds (id serial PRIMARY KEY, track_id int REFERENCES track, b bool, i2 int2, f float8, f4 real, n numeric,
                  c char(3), u uuid, d date, ts timestamp, tm time, iv interval, by bytea, j json, jb jsonb, ia int[], ta text[], m mood, e email DEFAULT 'x', mo money);
                INSERT INTO kinds (track_id, b, i2, jb, ia, u) SELECT g, g % 2 = 0, g, '{"a": [1, {"b": 2}]}', '{1,2}', gen_random_uuid() FROM generate_series(1, 9) g;
                CREATE VIEW track_names AS SELECT track_id, name FROM track;
                """)
    }

    @Test("Queries", arguments: 0..<12)
    func queries(_ seed: UInt64) throws { try run(seed, "query_root", "query", 60) }

    @Test("Mutations", arguments: 0..<6)
    func mutations(_ seed: UInt64) throws { try run(seed, "mutation_root", "mutation", 60) }

    private func run(_ seed: UInt64, _ root: String, _ keyword: String, _ count: Int) throws {
        let fixture = try SQLPropertyTests.store.get()
        let schema = RoleSchema(try #require(fixture.plugin.plugin.store.schema), role: "admin")
        var writer = DocumentWriter(schema: schema, seed: seed)
        var answered = 0
        for _ in 0..<count {
            let document = keyword + " " + writer.selection(root, depth: 4)
            let answer = fixture.ask(document)
            if answer.hasPrefix("{\"data\"") {
                answered += 1
                var reader = JSONReader(UnsafeRawBufferPointer(start: nil, count: 0))
                _ = reader
                let bytes = Array(answer.utf8)
                try bytes.withUnsafeBytes { bytes in
                    reader = JSONReader(bytes)
                    _ = try reader.skipValue()
                    try reader.finish()
                }
            } else {
                // What the data forbids is the client's affair; anything else is ours.
                let isAllowed = [
                    "constraint-violation", "data-exception", "permission-error",
                    "validation-failed",
                ].contains {
                    answer.contains("\"code\":\"\($0)\"")
                }
                #expect(isAllowed, "\(document)\n\(answer)\n\(fixture.statements)")
                let isValid =
                    !answer.contains("not found in type") && !answer.contains("no such type")
                #expect(isValid, "\(document)\n\(answer)")
            }
        }
        #expect(answered > 0)
    }
}

/// Writes documents that fit a schema, the same for the same seed.
private struct DocumentWriter {
    let schema: RoleSchema
    var state: UInt64

    init(schema: RoleSchema, seed: UInt64) {
        self.schema = schema
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }
    private mutating func random(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % max(bound, 1)
    }
    private mutating func chance(_ percent: Int) -> Bool { random(100) < percent }

    mutating func selection(_ name: String, depth: Int) -> String {
        guard let type = schema.type(named: name) else { return "{ __typename }" }
        let fields = type.fields.filter {
            depth > 0 || schema.type(named: $0.type.name)?.isComposite != true
        }
        guard !fields.isEmpty else { return "{ __typename }" }
        var text = "{"
        for number in 0...random(3) {
            let field = fields[random(fields.count)]
            text += " f\(number): \(field.name)" + arguments(field.arguments)
            if schema.type(named: field.type.name)?.isComposite == true {
                text += " " + selection(field.type.name, depth: depth - 1)
            }
        }
        return text + (chance(10) ? " __typename }" : " }")
    }
    private mutating func arguments(_ inputs: [SchemaInputValue]) -> String {
        var given: [String] = []
        for input in inputs where input.isRequired || chance(35) {
            // Any text is a path only by chance; orders and distinct_on must agree.
            if input.name == "path" { given.append("path: \"$.a[0]\"") }
            if ["path", "distinct_on"].contains(input.name) { continue }
            given.append(
                "\(input.name): "
                    + value(
                        input.type, depth: 4,
                        isNonNegative: input.isNonNegative || input.name == "offset"))
        }
        return given.isEmpty ? "" : "(" + given.joined(separator: ", ") + ")"
    }
    private mutating func value(
        _ reference: SchemaTypeReference, depth: Int, isNonNegative: Bool = false
    ) -> String {
        switch reference.nullable {
        case .list(let element):
            let count = depth > 0 ? random(3) : 0
            return "["
                + (0..<count).map { _ in value(element, depth: depth - 1) }.joined(separator: ", ")
                + "]"
        case .named(let name), .nonNull(.named(let name)):
            guard let type = schema.type(named: name) else { return "null" }
            switch type.kind {
            case .enumeration: return type.enumValues[random(type.enumValues.count)].name
            case .inputObject: return object(type, depth: depth)
            default: return scalar(name, isNonNegative)
            }
        case .nonNull: return "null"
        }
    }
    private mutating func object(_ type: SchemaType, depth: Int) -> String {
        var members: [String] = []
        let share = max(100 / max(type.inputFields.count, 1), 12)
        for field in type.inputFields where field.isRequired || (depth > 0 && chance(share)) {
            members.append("\(field.name): " + value(field.type, depth: depth - 1))
        }
        return "{" + members.joined(separator: ", ") + "}"
    }
    private mutating func scalar(_ name: String, _ isNonNegative: Bool) -> String {
        let number = isNonNegative ? random(20) : random(40) - 20
        switch name {
        case "Int", "smallint", "bigint": return "\(number)"
        case "Float", "float8", "numeric": return "\(number).5"
        case "Boolean": return chance(50) ? "true" : "false"
        case "uuid": return "\"00000000-0000-0000-0000-00000000000\(random(9))\""
        case "date", "timestamp", "timestamptz": return "\"2024-01-0\(1 + random(9))\""
        case "time", "timetz": return "\"0\(random(9)):00\""
        case "interval": return "\"\(random(9)) days\""
        case "json", "jsonb": return ["{a: [1, {b: 2}]}", "[1, \"x\"]", "\"s\"", "7"][random(4)]
        case "money": return "\"1.5\""
        case "mood": return "\"ok\""
        default: return ["\"x\"", "\"Track%\"", "\"a'b\\\"c\"", "\"\""][random(4)]
        }
    }
}
