package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;

/** Queries whose rows give one column what another one, of the same table or another, has by itself. */
final class TwinColumn {
    private static final String COLUMNS = """
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_attribute b ON b.attrelid = {twin_table} AND b.attname = {twin} AND NOT b.attisdropped
            JOIN pg_catalog.pg_type ta ON ta.oid = a.atttypid
            JOIN pg_catalog.pg_type tb ON tb.oid = b.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            """;

    private static final String SEQUENCE = """
            JOIN pg_catalog.pg_depend h ON h.refclassid = 'pg_catalog.pg_class'::regclass
                 AND h.refobjid = a.attrelid AND h.refobjsubid = a.attnum AND h.deptype = '{kind}'
                 AND h.classid = 'pg_catalog.pg_class'::regclass
            JOIN pg_catalog.pg_class q ON q.oid = h.objid AND q.relkind = 'S'
            JOIN pg_catalog.pg_namespace n ON n.oid = q.relnamespace
            JOIN pg_catalog.pg_sequence o ON o.seqrelid = q.oid
            """;

    private static final String WHERE = "WHERE a.attrelid = {table} AND a.attname = {column} AND NOT a.attisdropped";

    private TwinColumn() {}

    /** Privileges, comment, statistics target, options, storage and compression. */
    static String attributes(QualifiedName table, String column, String twin) {
        return attributes(table, column, table, twin);
    }

    /** As above, for a column of another table. */
    static String attributes(QualifiedName table, String column, QualifiedName twinTable, String twin) {
        String sql = """
                SELECT statement FROM (
                  SELECT a.*, b.atttypid AS newtype, ta.typstorage AS was_storage, tb.typstorage AS is_storage,
                         'ALTER TABLE ' || {name} || ' ALTER COLUMN ' || {twin_name} AS alter
                {columns}) AS c
                 CROSS JOIN LATERAL (
                  SELECT 1, alter || ' SET STATISTICS ' || attstattarget WHERE attstattarget >= 0
                  UNION ALL
                  SELECT 2, alter || ' SET (' || array_to_string(attoptions, ', ') || ')' WHERE attoptions IS NOT NULL
                  UNION ALL
                  SELECT 3, alter || ' SET STORAGE ' || CASE attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                             WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END
                   WHERE attstorage <> was_storage AND is_storage <> 'p'
                  UNION ALL
                  SELECT 4, alter || ' SET COMPRESSION ' || CASE attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END
                   WHERE attcompression <> '' AND is_storage <> 'p'
                  UNION ALL
                  SELECT 5, 'COMMENT ON COLUMN ' || {name} || '.' || {twin_name} || ' IS '
                           || quote_literal(pg_catalog.col_description(attrelid, attnum))
                   WHERE pg_catalog.col_description(attrelid, attnum) IS NOT NULL
                  UNION ALL
                  SELECT 6, 'GRANT ' || p.privilege_type || ' (' || {twin_name} || ') ON ' || {name} || ' TO '
                           || CASE p.grantee WHEN 0 THEN 'PUBLIC'
                              ELSE quote_ident(pg_catalog.pg_get_userbyid(p.grantee)) END
                           || CASE WHEN p.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
                    FROM pg_catalog.aclexplode(attacl) AS p) AS given (step, statement)
                 ORDER BY step""";
        return filled(sql.replace("{columns}", COLUMNS + WHERE), table, column, twinTable, twin);
    }

    /** Privileges alone. */
    static String privileges(QualifiedName table, String column, String twin) {
        return privileges(table, column, table, twin);
    }

    /** As above, for a column of another table. */
    static String privileges(QualifiedName table, String column, QualifiedName twinTable, String twin) {
        return filled(
                "SELECT 'GRANT ' || p.privilege_type || ' (' || {twin_name} || ') ON ' || {name} || ' TO '"
                        + " || CASE p.grantee WHEN 0 THEN 'PUBLIC'"
                        + " ELSE quote_ident(pg_catalog.pg_get_userbyid(p.grantee)) END"
                        + " || CASE WHEN p.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END\n"
                        + COLUMNS + " CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS p\n" + WHERE,
                table,
                column,
                twinTable,
                twin);
    }

    /** The sequence that belongs to the first column, from now on to the second, in its type. */
    static String ownedSequence(QualifiedName table, String column, String twin) {
        String sql = """
                SELECT 'ALTER SEQUENCE ' || s.name || s.change
                  FROM (SELECT pg_catalog.format('%I.%I', n.nspname, q.relname) AS name,
                               CASE WHEN b.atttypid IN (20, 21, 23) AND b.atttypid <> o.seqtypid
                                    THEN ' AS ' || pg_catalog.format_type(b.atttypid, NULL) ELSE '' END
                                 || ' OWNED BY ' || {name} || '.' || {twin_name} AS change
                """ + COLUMNS + SEQUENCE.replace("{kind}", "a") + WHERE + ") AS s";
        return filled(sql, table, column, twin);
    }

    /** The default of the first column in the type of the second. */
    static String defaultValue(QualifiedName table, String column, String twin) {
        String sql = """
                SELECT 'ALTER TABLE ' || {name} || ' ALTER COLUMN ' || {twin_name} || ' SET DEFAULT '
                         || CASE WHEN v.value = v.constant || '::' || v.plain_type
                                   OR v.value = v.constant || '::' || v.old_type THEN v.constant
                                 WHEN v.text AND v.value ~ '^-?[0-9.]+$' THEN quote_literal(v.value)
                                 WHEN v.assigned THEN v.value ELSE '(' || v.value || ')::' || v.type END
                  FROM (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS value,
                               substring(pg_catalog.pg_get_expr(d.adbin, d.adrelid)
                                 FROM '^(E?''(?:[^'']|'''')*'')::') AS constant,
                               pg_catalog.format_type(a.atttypid, NULL) AS plain_type,
                               pg_catalog.format_type(a.atttypid, a.atttypmod) AS old_type,
                               pg_catalog.format_type(b.atttypid, b.atttypmod) AS type,
                               tb.typcategory = 'S' AS text,
                               ta.oid = tb.oid OR EXISTS (
                                 SELECT FROM pg_catalog.pg_cast c WHERE c.castsource = ta.oid
                                    AND c.casttarget = tb.oid AND c.castcontext <> 'e') AS assigned
                """ + COLUMNS + WHERE + " AND d.oid IS NOT NULL) AS v";
        return filled(sql, table, column, twin);
    }

    /** Moves the identity with its sequence, which keeps its name and goes on where it stands. */
    static String identity(QualifiedName table, String column, String twin) {
        String sql = """
                SELECT 'DO ' || quote_literal('DECLARE next bigint; BEGIN '
                         || 'SELECT CASE WHEN is_called THEN last_value + ' || i.seqincrement
                         || ' ELSE last_value END INTO next FROM ' || i.name || '; '
                         || 'ALTER TABLE ' || {name} || ' ALTER COLUMN ' || {column_name} || ' DROP IDENTITY; '
                         || i.alter || ' ADD GENERATED ' || i.how || ' AS IDENTITY (SEQUENCE NAME ' || i.name
                         || ' INCREMENT ' || i.seqincrement || ' MINVALUE ' || i.seqmin || i.highest
                         || ' START ' || i.seqstart || ' CACHE ' || i.seqcache
                         || CASE WHEN i.seqcycle THEN ' CYCLE' ELSE '' END || '); '
                         || 'EXECUTE ' || quote_literal(i.alter || ' RESTART WITH ') || ' || next; '
                         || coalesce(i.rights, '') || 'END')
                  FROM (SELECT pg_catalog.format('%I.%I', n.nspname, q.relname) AS name, o.*,
                               'ALTER TABLE ' || {name} || ' ALTER COLUMN ' || {twin_name} AS alter,
                               CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END AS how,
                               CASE WHEN o.seqmax IN (32767, 2147483647, 9223372036854775807) THEN ''
                                    ELSE ' MAXVALUE ' || o.seqmax END AS highest,
                               (SELECT string_agg('GRANT ' || p.privilege_type || ' ON SEQUENCE '
                                         || pg_catalog.format('%I.%I', n.nspname, q.relname) || ' TO '
                                         || CASE p.grantee WHEN 0 THEN 'PUBLIC'
                                            ELSE quote_ident(pg_catalog.pg_get_userbyid(p.grantee)) END
                                         || CASE WHEN p.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END || '; ', '')
                                  FROM pg_catalog.aclexplode(q.relacl) AS p WHERE p.grantee <> q.relowner) AS rights
                """ + COLUMNS + SEQUENCE.replace("{kind}", "i") + WHERE + ") AS i";
        return filled(sql, table, column, twin);
    }

    private static String filled(String sql, QualifiedName table, String column, String twin) {
        return filled(sql, table, column, table, twin);
    }

    private static String filled(String sql, QualifiedName table, String column, QualifiedName twinTable, String twin) {
        return Template.fill(
                sql,
                "table",
                Names.regclass(table),
                "column",
                Names.literal(column),
                "twin",
                Names.literal(twin),
                "column_name",
                Literal.quote(Names.quoted(column)),
                "twin_table",
                Names.regclass(twinTable),
                "name",
                Literal.quote(Names.quoted(twinTable)),
                "twin_name",
                Literal.quote(Names.quoted(twin)));
    }
}
