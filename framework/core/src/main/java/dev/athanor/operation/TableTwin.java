package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * Queries whose rows give another table what some columns of one have together: checks and indexes over these columns
 * alone. The columns bear the same names in both tables; what is there already is not made again.
 *
 * @param from has it
 * @param columns what it is about
 * @param to gets it
 */
record TableTwin(QualifiedName from, List<String> columns, QualifiedName to) {
    private static final String CHECKS = """
             FROM pg_catalog.pg_constraint k
            WHERE k.conrelid = {from} AND k.contype = 'c' AND k.conkey <@ {columns} AND cardinality(k.conkey) > 0
              AND k.conname NOT LIKE 'athanor\\_%'""";

    /** As the server writes it behind the table's name. */
    private static final String TAIL = """
            substr(pg_catalog.pg_get_indexdef(i.indexrelid), length('CREATE '
              || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || quote_ident(x.relname) || ' ON '
              || CASE WHEN x.relkind = 'I' THEN 'ONLY ' ELSE '' END
              || pg_catalog.format('%I.%I', n.nspname, c.relname)) + 1)""";

    private static final String INDEXES = """
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
            JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            """;

    TableTwin {
        columns = List.copyOf(columns);
    }

    /** A table that nobody uses yet gets all of it at once. */
    List<String> whole() {
        return List.of(checks(""), indexes(""));
    }

    String checks(String suffix) {
        return fill(
                "SELECT {alter} || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' '\n"
                        + "  || regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', '') || {suffix}\n"
                        + CHECKS
                        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS b WHERE b.conrelid = {to}"
                        + " AND b.conname = k.conname)\n ORDER BY k.conname",
                suffix);
    }

    String validations() {
        return fill(
                "SELECT {alter} || ' VALIDATE CONSTRAINT ' || quote_ident(k.conname)\n" + CHECKS
                        + " AND k.convalidated AND EXISTS (SELECT FROM pg_catalog.pg_constraint AS b WHERE"
                        + " b.conrelid = {to} AND b.conname = k.conname AND b.contype = 'c' AND NOT b.convalidated)\n"
                        + " ORDER BY k.conname",
                "");
    }

    /** Under names that the server makes, since no two indexes of a schema bear the same. */
    String indexes(String how) {
        return fill(
                """
                SELECT 'CREATE ' || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || {suffix} || 'ON '
                         || {name} || {tail}
                """ + INDEXES + """
                 WHERE i.indrelid = {from} AND i.indisvalid
                   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid)
                   AND {of_columns} <@ {columns} AND cardinality({of_columns}) > 0
                   AND (SELECT t.relkind <> 'p' OR {suffix} = '' FROM pg_catalog.pg_class t WHERE t.oid = {to})
                   AND {tail} NOT IN (SELECT {tail}
                """ + INDEXES + " WHERE i.indrelid = {to} AND i.indisvalid)\n ORDER BY x.relname", how);
    }

    private String fill(String query, String suffix) {
        return Template.fill(
                query,
                "from",
                Names.regclass(from),
                "to",
                Names.regclass(to),
                "columns",
                numbers(from, columns),
                "alter",
                Literal.quote("ALTER TABLE " + Names.quoted(to)),
                "name",
                Literal.quote(Names.quoted(to)),
                "suffix",
                Literal.quote(suffix),
                "tail",
                TAIL,
                "of_columns",
                columnsOfIndex());
    }

    /** An expression for the numbers of these columns. */
    static String numbers(QualifiedName table, List<String> columns) {
        return "ARRAY(SELECT m.attnum FROM pg_catalog.pg_attribute m WHERE m.attrelid = " + Names.regclass(table)
                + " AND NOT m.attisdropped AND m.attname IN (" + Extraction.literals(columns) + "))";
    }

    /** An expression for the numbers of the columns that index {@code i} has a part in, its expressions and condition too. */
    static String columnsOfIndex() {
        return "ARRAY(SELECT d.refobjsubid::smallint FROM pg_catalog.pg_depend d"
                + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid"
                + " AND d.refclassid = d.classid AND d.refobjid = i.indrelid AND d.refobjsubid > 0)";
    }

    /** The default of a column for one in another table. */
    static String defaultValue(QualifiedName from, String column, QualifiedName to, String twin) {
        return "SELECT "
                + Literal.quote(
                        "ALTER TABLE " + Names.quoted(to) + " ALTER COLUMN " + Names.quoted(twin) + " SET DEFAULT ")
                + " || pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attribute a"
                + " JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = "
                + Names.regclass(from) + " AND a.attname = " + Names.literal(column) + " AND NOT a.attisdropped";
    }

    /** The owner of a table for another. */
    static String owner(QualifiedName from, QualifiedName to) {
        return "SELECT " + Literal.quote("ALTER TABLE " + Names.quoted(to) + " OWNER TO ")
                + " || quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) FROM pg_catalog.pg_class c WHERE c.oid = "
                + Names.regclass(from) + " AND pg_catalog.pg_get_userbyid(c.relowner) <> current_user";
    }

    /** The privileges on a table for another. */
    static String privileges(QualifiedName from, QualifiedName to) {
        return "SELECT 'GRANT ' || p.privilege_type || ' ON ' || " + Literal.quote(Names.quoted(to))
                + " || ' TO ' || CASE p.grantee WHEN 0 THEN 'PUBLIC'"
                + " ELSE quote_ident(pg_catalog.pg_get_userbyid(p.grantee)) END"
                + " || CASE WHEN p.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END"
                + " FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS p WHERE c.oid = "
                + Names.regclass(from) + " AND p.grantee <> c.relowner ORDER BY p.grantee, p.privilege_type";
    }
}
