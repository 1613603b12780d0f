/// A field of `query_root` or `mutation_root`: which table and what is done with it.

struct RootField: Sendable {
    enum Kind: Sendable, CaseIterable {
        case select, selectByKey, aggregate
        case insert, insertOne, update, updateByKey, updateMany, delete, deleteByKey

        var isMutation: Bool {
            switch self {
            case .select, .selectByKey, .aggregate: false
            default: true
            }
        }
    }
    let kind: Kind
    /// Index in `SourceSchema.tables`.
    let table: Int

    /// What a table offers: no key, no field by key; no right to write, no mutation.
    static func kinds(of table: Table) -> [Kind] {
        Kind.allCases.filter { kind in
            switch kind {
            case .select, .aggregate: true
            case .selectByKey: table.primaryKey != nil
            case .insert, .insertOne: table.isInsertable
            case .update, .updateMany, .delete: table.isUpdatable
            case .updateByKey, .deleteByKey: table.isUpdatable && table.primaryKey != nil
            }
        }
    }
    static func name(_ kind: Kind, of table: Table) -> String {
        let name = table.graphQLName
        return switch kind {
        case .select: name
        case .selectByKey: name + "_by_pk"
        case .aggregate: name + "_aggregate"
        case .insert: "insert_" + name
        case .insertOne: "insert_" + name + "_one"
        case .update: "update_" + name
        case .updateByKey: "update_" + name + "_by_pk"
        case .updateMany: "update_" + name + "_many"
        case .delete: "delete_" + name
        case .deleteByKey: "delete_" + name + "_by_pk"
        }
    }
}
