package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * Refuses columns of which another operation, in its expand, has made triggers: the two would see each other's writes or
 * not by the order of their triggers, and neither could take away what the other reads. It knows such triggers by the
 * names of their functions, and their columns by their conditions.
 *
 * @param columns what is wanted
 */
record OtherOperations(Reads columns) {
    /** Functions that write columns in step with others, until contract. */
    private static final String IN_STEP = "p.proname ~ '^athanor_(sync|back|[rx][a-z][a-z])_'";

    private static final String ANY = "p.proname ~ '^athanor_'";

    static OtherOperations on(QualifiedName table, List<String> columns) {
        return new OtherOperations(Reads.of(table, List.of()).and(columns));
    }

    /** A query that refuses a column that others read or write, for whoever takes it away in the end. */
    String refuseToTake() {
        return refuse(ANY);
    }

    /** A query that refuses a column that others write or take away, for whoever reads it. */
    String refuseToRead() {
        return refuse("(" + IN_STEP + " OR p.proname IN (" + columns.functions(FillTrigger.PASSING) + ", "
                + columns.functions(FillTrigger.STAYING) + "))");
    }

    /** A condition: whether the columns of a table are not yet those that it will have. */
    static String isUnderWay(QualifiedName table) {
        return "EXISTS (SELECT FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid"
                + " WHERE g.tgrelid = " + Names.regclass(table) + " AND " + IN_STEP + ")";
    }

    /** What is said where that is so. */
    static String underWay(QualifiedName table) {
        return "found " + table.quoted()
                + " with columns that another operation is about to take away, expected one with"
                + " those that it will have: contract that one first, with -- athanor:after contract in this revision";
    }

    private String refuse(String which) {
        return Template.fill(
                """
                SELECT {refusal}
                  FROM (SELECT string_agg(DISTINCT quote_ident(a.attname) || ' (trigger ' || quote_ident(g.tgname) || ')',
                                 ', ') AS what
                          FROM pg_catalog.pg_attribute a
                          JOIN pg_catalog.pg_depend d
                            ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid
                               AND d.refobjsubid = a.attnum AND d.classid = 'pg_catalog.pg_trigger'::regclass
                          JOIN pg_catalog.pg_trigger g ON g.oid = d.objid
                          JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
                         WHERE {these} AND {which}) AS taken
                 WHERE what IS NOT NULL""",
                "these",
                columns.areThese(),
                "which",
                which,
                "refusal",
                Refusal.of("'found column ' || what || ' of ' || "
                        + Names.literal(columns.table().quoted())
                        + " || ' in the hands of another operation, expected one that is in none: contract that one"
                        + " first, with -- athanor:after contract in this revision; if it is a generated column, drop"
                        + " that first'"));
    }
}
