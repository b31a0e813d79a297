package dev.athanor.operation;

/**
 * Refuses two tables whose triggers write each other, when who writes the one may not read and write the other, by grants
 * on the table or on the columns, or may not see all of it. The triggers do it with the rights of who writes.
 *
 * @param old where the column is
 * @param young where it will be: rights on that column there can only be rights on the table
 */
record ForeignWriters(CrossSync.Side old, CrossSync.Side young) {

    /** A query that gives a statement which fails, or no row. */
    String refuse() {
        return Template.fill(
                """
                SELECT {refusal} FROM (
                  SELECT string_agg(f.what, ', ' ORDER BY f.what) AS what FROM (
                    SELECT 'row security of ' || c.oid::regclass AS what FROM pg_catalog.pg_class c
                     WHERE c.oid IN ({old}, {young}) AND c.relrowsecurity
                    UNION
                    SELECT 'that ' || w.writer || ' writes ' || c.oid::regclass || ' without ' || missing.rights
                             || ' on ' || s.other::regclass
                      FROM (VALUES ({old}::oid, {old_column}, {old_key}, {young}::oid, {young_column}, {young_key}),
                                   ({young}::oid, {young_column}, {young_key}, {old}::oid, {old_column}, {old_key}))
                             AS s (here, here_column, here_key, other, other_column, other_key)
                      JOIN pg_catalog.pg_class c ON c.oid = s.here
                     CROSS JOIN LATERAL (
                            SELECT c.relowner
                            UNION SELECT p.grantee FROM pg_catalog.aclexplode(c.relacl) AS p
                                   WHERE p.privilege_type IN ('INSERT', 'UPDATE')
                            UNION SELECT p.grantee FROM pg_catalog.pg_attribute a
                                   CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS p
                                   WHERE a.attrelid = c.oid AND NOT a.attisdropped
                                     AND (p.privilege_type = 'INSERT' OR p.privilege_type = 'UPDATE'
                                          AND a.attname IN (s.here_column, s.here_key))) AS granted (role)
                     CROSS JOIN LATERAL (SELECT CASE granted.role WHEN 0 THEN 'public'::name
                            ELSE pg_catalog.pg_get_userbyid(granted.role) END) AS w (writer)
                     CROSS JOIN LATERAL (
                            SELECT string_agg(n.privilege
                                     || CASE WHEN a.attnum IS NULL THEN '' ELSE ' (' || quote_ident(n.name) || ')' END,
                                     ' and ' ORDER BY n.privilege, n.name) AS rights
                              FROM (VALUES (s.other_key, 'SELECT'), (s.other_column, 'SELECT'),
                                           (s.other_column, 'UPDATE')) AS n (name, privilege)
                              LEFT JOIN pg_catalog.pg_attribute a
                                ON a.attrelid = s.other AND a.attname = n.name AND NOT a.attisdropped
                             WHERE NOT CASE WHEN a.attnum IS NULL
                                            THEN pg_catalog.has_table_privilege(w.writer, s.other, n.privilege)
                                            ELSE pg_catalog.has_column_privilege(w.writer, s.other, a.attnum, n.privilege)
                                       END) AS missing
                     WHERE missing.rights IS NOT NULL) AS f) AS all_found
                 WHERE what IS NOT NULL""",
                "old",
                Names.regclass(old.table()),
                "old_column",
                Names.literal(old.column()),
                "old_key",
                Names.literal(old.key()),
                "young",
                Names.regclass(young.table()),
                "young_column",
                Names.literal(young.column()),
                "young_key",
                Names.literal(young.key()),
                "refusal",
                Refusal.of("'found ' || what || ', expected that who writes one of the two tables may write the other:"
                        + " grant it until contract, or say sync=none and let applications write both'"));
    }
}
