package dev.athanor.postgres;

import static dev.athanor.postgres.SchemaQueries.REMARK;
import static dev.athanor.postgres.SchemaQueries.WANTED;
import static dev.athanor.postgres.SchemaQueries.own;
import static dev.athanor.postgres.SchemaQueries.owner;
import static dev.athanor.postgres.SchemaQueries.remark;
import static dev.athanor.postgres.SchemaQueries.rights;

/** Types and functions. */
final class TypeQueries {
    private static final String ENUM = """
            'enum (' || (SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
                           FROM pg_enum l WHERE l.enumtypid = t.oid) || ')'
            """.strip();

    private static final String DOMAIN = """
            concat_ws(E'\\n',
              concat_ws(' ', 'domain over', format_type(t.typbasetype, t.typtypmod),
                CASE WHEN t.typcollation <> b.typcollation THEN 'collate ' || t.typcollation::regcollation END,
                CASE WHEN t.typnotnull THEN 'not null' END,
                'default ' || coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault)),
              (SELECT string_agg(format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), E'\\n'
                                 ORDER BY k.conname::text COLLATE "C")
                 FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
            """.strip();

    private static final String COMPOSITE = """
            'composite (' || coalesce((SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                || CASE WHEN a.attcollation <> at.typcollation THEN ' collate ' || a.attcollation::regcollation
                   ELSE '' END, ', ' ORDER BY a.attnum)
              FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid
             WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
            """.strip();

    private static final String RANGE = """
            (SELECT concat_ws(' ', 'range over', format_type(r.rngsubtype, NULL),
                      'operator class ' || format('%I.%I', os.nspname, o.opcname),
                      'collate ' || nullif(r.rngcollation, 0)::regcollation,
                      'canonical ' || nullif(r.rngcanonical::oid, 0)::regproc,
                      'difference ' || nullif(r.rngsubdiff::oid, 0)::regproc)
               FROM pg_range r JOIN pg_opclass o ON o.oid = r.rngsubopc
               JOIN pg_namespace os ON os.oid = o.opcnamespace
              WHERE r.rngtypid = t.oid)
            """.strip();

    private static final String AGGREGATE = """
            concat_ws(' ', 'aggregate returning', pg_get_function_result(p.oid), 'state', format_type(g.aggtranstype, NULL),
                      'by', g.aggtransfn, 'final ' || nullif(g.aggfinalfn::oid, 0)::regproc,
                      'initially ' || quote_literal(g.agginitval))
            """.strip();

    private TypeQueries() {}

    /** Without the types that come with another: arrays, multiranges, rows of tables. */
    static String types() {
        return "SELECT 'type' AS kind, format('%I.%I', n.nspname, t.typname) AS name, NULL AS parent,"
                + " concat_ws(E'\\n', CASE t.typtype WHEN 'e' THEN " + ENUM + " WHEN 'd' THEN " + DOMAIN
                + " WHEN 'c' THEN " + COMPOSITE + " WHEN 'r' THEN " + RANGE + " ELSE 'base type' END, "
                + owner("t.typowner") + ", " + rights("t.typacl", "acldefault('T', t.typowner)") + ", " + REMARK
                + ") AS definition FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
                + " LEFT JOIN pg_class c ON c.oid = t.typrelid LEFT JOIN pg_type b ON b.oid = t.typbasetype"
                + remark("pg_type", "t.oid", "0")
                + " WHERE t.typtype IN ('b', 'c', 'd', 'e', 'r') AND (t.typtype <> 'c' OR c.relkind = 'c')"
                + " AND NOT (t.typtype = 'b' AND t.typcategory = 'A') AND " + WANTED + " AND "
                + own("pg_type", "t.oid");
    }

    /** Without those of extensions, and without the constructors that come with a range. */
    static String functions() {
        return "SELECT 'function' AS kind, format('%I.%I(%s)', n.nspname, p.proname,"
                + " pg_get_function_identity_arguments(p.oid)) AS name, NULL AS parent,"
                + " concat_ws(E'\\n', CASE WHEN p.prokind = 'a' THEN " + AGGREGATE
                + " ELSE pg_get_functiondef(p.oid) END, " + owner("p.proowner") + ", "
                + rights("p.proacl", "acldefault('f', p.proowner)") + ", " + REMARK
                + ") AS definition FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                + " LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid" + remark("pg_proc", "p.oid", "0") + " WHERE "
                + WANTED
                + " AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid"
                + " AND e.deptype IN ('e', 'i'))";
    }
}
