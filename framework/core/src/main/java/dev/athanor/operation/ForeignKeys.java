package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * The foreign keys of a table that goes away: they go first, one by one, because each locks another table. What they were is
 * kept as JSON in the comment of a function until the table is gone, so that undo can bring them back.
 *
 * @param table refers
 */
record ForeignKeys(QualifiedName table) {
    /** Writes down what there is; nothing where there is none. */
    Part keep() {
        String all = " FROM pg_catalog.pg_constraint k WHERE k.conrelid = " + Names.regclass(table)
                + " AND k.contype = 'f' AND k.conparentid = 0 HAVING count(*) > 0";
        return Part.rows("SELECT "
                + Names.statement("CREATE FUNCTION " + Names.quoted(keeper()) + "() RETURNS void LANGUAGE sql AS ''")
                + all + ";\nSELECT " + Names.statement("COMMENT ON FUNCTION " + Names.quoted(keeper()) + "() IS ")
                + " || quote_literal(jsonb_agg(jsonb_build_object('name', k.conname, 'valid', k.convalidated, 'def',"
                + " regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', '')))::text)" + all + ";");
    }

    /** Those that there still are. */
    Part drop() {
        return Part.autocommitRows("SELECT "
                + Names.statement("ALTER TABLE " + Names.quoted(table) + " DROP CONSTRAINT IF EXISTS ")
                + " || quote_ident(c.conname) FROM pg_catalog.pg_constraint c WHERE c.conrelid = "
                + Names.regclass(table) + " AND c.contype = 'f' AND c.conparentid = 0 ORDER BY c.conname;");
    }

    /** A statement. */
    String forget() {
        return "DROP FUNCTION IF EXISTS " + Names.quoted(keeper()) + "();\n";
    }

    /** Those that are gone, while the table is still there. */
    List<Part> restore() {
        return List.of(Part.autocommitRows(fill("""
                        SELECT 'ALTER TABLE ' || {name} || ' ADD CONSTRAINT ' || quote_ident(x.name) || ' ' || x.def
                                 || CASE WHEN current_setting('server_version_num')::int < 180000 AND {partitioned}
                                           OR x.def LIKE '% NOT ENFORCED'
                                         THEN '' ELSE ' NOT VALID' END
                          FROM {kept} x WHERE NOT {there} ORDER BY x.name;""")), Part.autocommitRows(fill("""
                        SELECT 'ALTER TABLE ' || {name} || ' VALIDATE CONSTRAINT ' || quote_ident(x.name)
                          FROM {kept} x
                         WHERE x.valid AND {there_not_valid} AND x.def NOT LIKE '% NOT ENFORCED' ORDER BY x.name;""")), Part.schema(forget()));
    }

    private String fill(String query) {
        String there = "EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = " + Names.regclass(table)
                + " AND k.conname = x.name";
        return Template.fill(
                query,
                "name",
                Names.statement(Names.quoted(table)),
                "kept",
                "(SELECT * FROM pg_catalog.jsonb_to_recordset(pg_catalog.obj_description(pg_catalog.to_regprocedure("
                        + Literal.quote(Names.quoted(keeper()) + "()")
                        + "), 'pg_proc')::jsonb) AS kept (name text, valid boolean, def text))",
                "partitioned",
                Guard.isPartitioned(table),
                "there",
                there + ")",
                "there_not_valid",
                there + " AND NOT k.convalidated)");
    }

    private QualifiedName keeper() {
        return Names.beside(table, Names.own("keys", table.name()));
    }
}
