/// The operators of `where` on a column: which types have them, what they take, what they are in SQL.

enum ComparisonOperator: String, CaseIterable, Sendable {
    case equal = "_eq"
    case notEqual = "_neq"
    case greater = "_gt"
    case greaterOrEqual = "_gte"
    case less = "_lt"
    case lessOrEqual = "_lte"
    case isIn = "_in"
    case isNotIn = "_nin"
    case isNull = "_is_null"
    case like = "_like"
    case notLike = "_nlike"
    case likeAnyCase = "_ilike"
    case notLikeAnyCase = "_nilike"
    case similar = "_similar"
    case notSimilar = "_nsimilar"
    case regex = "_regex"
    case notRegex = "_nregex"
    case regexAnyCase = "_iregex"
    case notRegexAnyCase = "_niregex"
    case contains = "_contains"
    case containedIn = "_contained_in"
    case hasKey = "_has_key"
    case hasAnyKey = "_has_keys_any"
    case hasAllKeys = "_has_keys_all"
    case cast = "_cast"

    enum Operand {
        /// A value of the column's type, a list of them, a Boolean, text, a list of texts.
        case value, list, boolean, string, strings, cast
    }
    var operand: Operand {
        switch self {
        case .isIn, .isNotIn: .list
        case .isNull: .boolean
        case .hasKey: .string
        case .hasAnyKey, .hasAllKeys: .strings
        case .cast: .cast
        default: .value
        }
    }

    func exists(for type: ScalarType) -> Bool {
        switch self {
        case .isNull: true
        case .equal, .notEqual, .greater, .greaterOrEqual, .less, .lessOrEqual, .isIn, .isNotIn:
            type.isOrderable
        case .like, .notLike, .likeAnyCase, .notLikeAnyCase, .similar, .notSimilar, .regex,
            .notRegex,
            .regexAnyCase, .notRegexAnyCase:
            type.operators == .text
        case .contains, .containedIn:
            type.operators == .jsonb || type.operators == .array && type.isOrderable
        case .hasKey, .hasAnyKey, .hasAllKeys, .cast: type.operators == .jsonb
        }
    }

    /// Between a column and a value; `_in`, `_is_null` and `_cast` have forms of their own.
    var sql: StaticString {
        switch self {
        case .equal: " = "
        case .notEqual: " <> "
        case .greater: " > "
        case .greaterOrEqual: " >= "
        case .less: " < "
        case .lessOrEqual: " <= "
        case .isIn: " = ANY "
        case .isNotIn: " <> ALL "
        case .isNull, .cast: " IS "
        case .like: " LIKE "
        case .notLike: " NOT LIKE "
        case .likeAnyCase: " ILIKE "
        case .notLikeAnyCase: " NOT ILIKE "
        case .similar: " SIMILAR TO "
        case .notSimilar: " NOT SIMILAR TO "
        case .regex: " ~ "
        case .notRegex: " !~ "
        case .regexAnyCase: " ~* "
        case .notRegexAnyCase: " !~* "
        case .contains: " @> "
        case .containedIn: " <@ "
        case .hasKey: " ? "
        case .hasAnyKey: " ?| "
        case .hasAllKeys: " ?& "
        }
    }

    var description: String? {
        switch self {
        case .like: "does the column match the given pattern"
        case .notLike: "does the column NOT match the given pattern"
        case .likeAnyCase: "does the column match the given case-insensitive pattern"
        case .notLikeAnyCase: "does the column NOT match the given case-insensitive pattern"
        case .similar: "does the column match the given SQL regular expression"
        case .notSimilar: "does the column NOT match the given SQL regular expression"
        case .regex: "does the column match the given POSIX regular expression, case sensitive"
        case .notRegex:
            "does the column NOT match the given POSIX regular expression, case sensitive"
        case .regexAnyCase:
            "does the column match the given POSIX regular expression, case insensitive"
        case .notRegexAnyCase:
            "does the column NOT match the given POSIX regular expression, case insensitive"
        case .contains: "does the column contain the given json value at the top level"
        case .containedIn: "is the column contained in the given json value"
        case .hasKey: "does the string exist as a top-level key in the column"
        case .hasAnyKey: "do any of these strings exist as top-level keys in the column"
        case .hasAllKeys: "do all of these strings exist as top-level keys in the column"
        default: nil
        }
    }
}
