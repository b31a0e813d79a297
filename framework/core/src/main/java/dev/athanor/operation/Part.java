package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What would be one section of a SQL file. Never changes: every method gives another part.
 *
 * @param kind what sort of section
 * @param sql its text; names in it that hold a dollar sign and a brace are escaped as in files
 * @param options what stands on the section's directive, as written there
 */
public record Part(Kind kind, String sql, Map<String, String> options) {
    /** Sorts of sections. */
    public enum Kind {
        /** Statements that change the schema. */
        SCHEMA,
        /** Queries that refuse by the statement that they give; nothing is changed, so nothing need be undone. */
        QUESTION,
        /** A statement that walks a table. */
        BACKFILL,
        /** A query that counts the rows that are still wrong. */
        VERIFY
    }

    public Part {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Statements in one transaction. */
    static Part schema(String sql) {
        return new Part(Kind.SCHEMA, sql, Map.of());
    }

    /** Statements one by one in autocommit. */
    static Part autocommit(String sql) {
        return schema(sql).with("transaction", "none");
    }

    /**
     * Queries of one text column whose rows are statements, which are run one by one in the order of the rows, in one
     * transaction. The query must order them, and give no row for what is done already.
     */
    static Part rows(String query) {
        return schema(query).with("execute", "rows");
    }

    /** Queries of which none gives a row where all is as the operation was told; else the statement that refuses. */
    static Part asks(String query) {
        return rows(query).asking();
    }

    /** The same, of which is known that it changes nothing. */
    Part asking() {
        return new Part(Kind.QUESTION, sql, options);
    }

    /** As {@link #rows}, each statement in autocommit; asked again by a run that goes on. */
    static Part autocommitRows(String query) {
        return autocommit(query).with("execute", "rows");
    }

    /** A statement holding {@code ${chunk}} once that walks a table. */
    static Part backfill(QualifiedName table, String sql) {
        return new Part(Kind.BACKFILL, sql, Map.of("table", table.quoted()));
    }

    /**
     * The same for rows of which this condition holds, which the statement makes false: so that a table without a key, walked block by
     * block, gets each row done once although an update moves it to another block.
     *
     * @param condition over names alone
     */
    Part until(String condition) {
        return with("where", Names.plain(condition));
    }

    /** A query that gives the number of rows that are still wrong. */
    static Part verify(String sql) {
        return new Part(Kind.VERIFY, sql, Map.of());
    }

    /** The same with an option of its directive. */
    Part with(String option, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(option, value);
        return new Part(kind, sql, more);
    }
}
