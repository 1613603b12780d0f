/// A column's type as GraphQL sees it: its name, what it compares with, and how its values are written.

/// How a value in PostgreSQL's text form becomes JSON, decided once per column.
enum OutputForm: UInt8, Sendable {
    /// Digits: as they stand.
    case number
    /// Digits, or NaN and Infinity, which JSON needs in quotes.
    case float
    case bool
    /// Text that is JSON already.
    case json
    case string
    /// `2024-01-01 00:00:00` and the like: with a T.
    case timestamp
    /// With a T, and the zone with minutes.
    case timestampWithZone
    /// The database makes JSON of it: `to_json(column)`, then as `json`.
    case converted
}

/// Which operators a type has besides the six comparisons, `_in`, `_nin` and `_is_null`.
enum OperatorFamily: UInt8, Sendable {
    case plain, text, jsonb, array
}

struct ScalarType: Sendable, Hashable {
    /// The scalar's name; of an array its element's.
    let name: String
    let isArray: Bool
    /// In a cast: `int4`, `int4[]`.
    let cast: String
    let oid: UInt32
    let output: OutputForm
    let operators: OperatorFamily
    /// avg, sum and the like.
    let isNumeric: Bool
    /// max and min.
    let isComparable: Bool
    /// Has an order, and so `=` and `<`; the text of JSON and XML and the geometric types have none.
    let isOrderable: Bool
    private let facts: Catalog.TypeName
    private let isISODateStyle: Bool

    init(_ type: Catalog.TypeName, isISODateStyle: Bool) {
        facts = type
        self.isISODateStyle = isISODateStyle
        let known = ScalarType.known(type.baseOID)
        name = known?.name ?? type.name
        isArray = type.isArray
        cast = type.cast
        oid = type.oid
        operators =
            type.isArray ? .array : known?.operators ?? (type.name == "citext" ? .text : .plain)
        isNumeric = !type.isArray && known?.isNumeric == true
        isComparable =
            !type.isArray
            && known?.isComparable ?? ("NDTSE".contains(type.category) || type.name == "inet")
        isOrderable = known?.isOrderable ?? (type.category != "G")
        var form: OutputForm = known?.output ?? ScalarType.unknownOutput(type.category)
        if type.isArray || type.category == "A" { form = .converted }
        if !isISODateStyle, form == .timestamp || form == .timestampWithZone || type.baseOID == 1082
        {
            form = .converted
        }
        output = form
    }

    /// Of an array the type of what it holds, of others itself.
    var element: ScalarType {
        guard isArray else { return self }
        return ScalarType(
            Catalog.TypeName(
                oid: facts.baseOID, cast: String(facts.cast.dropLast(2)), name: facts.name,
                category: "X", isArray: false, baseOID: facts.baseOID),
            isISODateStyle: isISODateStyle)
    }
    /// A type that takes every null of this one: a domain's base.
    var baseCast: String { facts.baseCast }
    /// The cast of an array of values of this type.
    var arrayCast: String { cast + "[]" }
    var isArrayDomain: Bool { !isArray && facts.category == "A" }
    /// Values are written as JSON, not as text.
    var isJSON: Bool { !isArray && (facts.baseOID == 114 || facts.baseOID == 3802) }

    /// The prefix of `Int_comparison_exp`, `String_array_comparison_exp`.
    var comparisonName: String {
        isArray ? name + "_array_comparison_exp" : name + "_comparison_exp"
    }

    private static func unknownOutput(_ category: Character) -> OutputForm {
        // Arrays, records, numbers and dates behind a second domain, and extensions' types, which
        // may have a cast to json of their own (hstore, geometry).
        "ACNBDU".contains(category) ? .converted : .string
    }

    private struct Known {
        let name: String
        let output: OutputForm
        var operators = OperatorFamily.plain
        var isNumeric = false
        var isComparable = true
        var isOrderable = true
    }
    private static func known(_ oid: UInt32) -> Known? {
        switch oid {
        case 16: Known(name: "Boolean", output: .bool, isComparable: false)
        case 17: Known(name: "bytea", output: .string)
        case 20: Known(name: "bigint", output: .number, isNumeric: true)
        case 21: Known(name: "smallint", output: .number, isNumeric: true)
        case 23: Known(name: "Int", output: .number, isNumeric: true)
        case 25, 1043: Known(name: "String", output: .string, operators: .text)
        case 19: Known(name: "name", output: .string)
        case 142: Known(name: "xml", output: .string, isComparable: false, isOrderable: false)
        case 1083: Known(name: "time", output: .string)
        case 1186: Known(name: "interval", output: .string)
        case 1266: Known(name: "timetz", output: .string)
        case 114: Known(name: "json", output: .json, isComparable: false, isOrderable: false)
        case 700: Known(name: "Float", output: .float, isNumeric: true)
        case 701: Known(name: "float8", output: .float, isNumeric: true)
        case 790: Known(name: "money", output: .string, isNumeric: true)
        case 1042: Known(name: "bpchar", output: .string, operators: .text)
        case 1082: Known(name: "date", output: .string)
        case 1114: Known(name: "timestamp", output: .timestamp)
        case 1184: Known(name: "timestamptz", output: .timestampWithZone)
        case 1700: Known(name: "numeric", output: .float, isNumeric: true)
        case 2950: Known(name: "uuid", output: .string)
        case 3802: Known(name: "jsonb", output: .json, operators: .jsonb, isComparable: false)
        default: nil
        }
    }
}
