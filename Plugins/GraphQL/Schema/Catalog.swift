/// What a database has: tables, columns, keys and types, as its catalogue tells, before any naming.

/// Immutable facts of one reading.
struct Catalog: Sendable {
    struct Relation: Sendable {
        let oid: UInt32
        let schema: String
        let name: String
        let kind: Kind
        let comment: String?
        /// Rows can be inserted, updated, deleted: true for tables, and for views that allow it.
        let isInsertable: Bool
        let isUpdatable: Bool
    }
    enum Kind: Character, Sendable {
        case table = "r"
        case partitioned = "p"
        case view = "v"
        case materializedView = "m"
        case foreignTable = "f"
    }
    struct Column: Sendable {
        let relation: UInt32
        let number: Int
        let name: String
        let type: TypeName
        let isNotNull: Bool
        let hasDefault: Bool
        /// GENERATED ALWAYS, as identity or as stored expression: nobody may write it.
        let isGenerated: Bool
        let comment: String?
    }
    /// A type as far as it matters for casts, names and output; domains are resolved.
    struct TypeName: Sendable, Hashable {
        init(
            oid: UInt32, cast: String, baseCast: String = "", name: String, category: Character,
            isArray: Bool,
            baseOID: UInt32
        ) {
            self.oid = oid
            self.cast = cast
            self.baseCast = baseCast.isEmpty ? cast : baseCast
            self.name = name
            self.category = category
            self.isArray = isArray
            self.baseOID = baseOID
        }

        let oid: UInt32
        /// As SQL writes it in a cast, quoted and qualified where needed: `int4`, `"Shop".mood`.
        let cast: String
        /// The same for what a domain is based on, else `cast`. Unlike a domain it takes every null.
        let baseCast: String
        /// `int4`: of a domain its base type's, of an array its element's.
        let name: String
        /// pg_type.typcategory, `A` for arrays; a domain has that of its base type.
        let category: Character
        let isArray: Bool
        /// What the type is based on: itself, or what a domain is made of; of an array its element's.
        let baseOID: UInt32
    }
    struct Key: Sendable {
        enum Kind: Character, Sendable {
            case primary = "p"
            case unique = "u"
            case foreign = "f"
        }
        let relation: UInt32
        let name: String
        let kind: Kind
        let columns: [Int]
        /// Of a foreign key.
        let target: UInt32
        let targetColumns: [Int]
        /// The database has checked all rows.
        let isValidated: Bool
    }

    var relations: [Relation] = []
    var columns: [Column] = []
    var keys: [Key] = []
    /// Text of dates and times is ISO: only then may it be turned into JSON's form outside the server.
    var isISODateStyle = true
}
