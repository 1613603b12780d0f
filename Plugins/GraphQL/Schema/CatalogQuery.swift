/// The statements that read the catalogue: one round trip, one transaction.

enum CatalogQuery {
    /// In the order that `CatalogReader` takes the results.
    static let statements: [StaticString] = [relations, columns, keys, settings]

    // Partitions are left out: the partitioned table stands for them.
    static let relations: StaticString = """
        SELECT c.oid, n.nspname, c.relname, c.relkind, obj_description(c.oid, 'pg_class'),
          c.relkind IN ('r', 'p') OR pg_relation_is_updatable(c.oid, true) & 8 = 8,
          c.relkind IN ('r', 'p') OR pg_relation_is_updatable(c.oid, true) & 20 = 20
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
          AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'hdb_catalog')
        ORDER BY n.nspname, c.relname
        """

    static let columns: StaticString = """
        SELECT a.attrelid, a.attnum, a.attname, t.oid,
          CASE WHEN tn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(tn.nspname) || '.' END
            || quote_ident(e.typname) || CASE WHEN e.oid <> t.oid THEN '[]' ELSE '' END,
          b.typname, t.typcategory, e.oid <> t.oid, b.oid,
          a.attnotnull OR (t.typtype = 'd' AND t.typnotnull),
          a.atthasdef OR a.attidentity <> '' OR (t.typtype = 'd' AND t.typdefault IS NOT NULL),
          a.attgenerated <> '' OR a.attidentity = 'a', col_description(a.attrelid, a.attnum),
          CASE WHEN t.typtype = 'd' THEN quote_ident(bn.nspname) || '.' || quote_ident(b.typname) ELSE '' END
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_type t ON t.oid = a.atttypid
        JOIN pg_type e ON e.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 AND t.typlen = -1
          THEN t.typelem ELSE t.oid END
        JOIN pg_type b ON b.oid = coalesce(nullif(e.typbasetype, 0), e.oid)
        JOIN pg_namespace bn ON bn.oid = b.typnamespace
        JOIN pg_namespace tn ON tn.oid = e.typnamespace
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'hdb_catalog')
        ORDER BY a.attrelid, a.attnum
        """

    static let keys: StaticString = """
        SELECT k.conrelid, k.conname, k.contype, array_to_string(k.conkey, ','), k.confrelid,
          coalesce(array_to_string(k.confkey, ','), ''), k.convalidated
        FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
        WHERE k.contype IN ('p', 'u', 'f') AND k.conrelid <> 0
          AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'hdb_catalog')
        ORDER BY k.conrelid, k.conkey, k.conname
        """

    static let settings: StaticString = "SELECT current_setting('DateStyle') LIKE 'ISO%'"
}
