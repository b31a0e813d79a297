package dev.athanor.migration;

import java.util.Map;

/**
 * What one section of a revision does: SQL and how it is to be run. {@link Sql} makes steps of SQL text.
 *
 * <p>The kinds differ in where they may stand, so that the compiler refuses a backfill that walks no table.
 */
public interface Step {
    /** The SQL of the section, placeholders not yet replaced. */
    String sql();

    /** What a SQL file would have on the section's directive: {@code lock-timeout} to {@code 2s} and the like. */
    Map<String, String> options();

    /** A step that changes the schema: may stand in expand, contract and in undo of any phase. */
    interface Schema extends Step {}

    /** A step that walks a table and changes its rows. */
    interface Backfill extends Step {}

    /** A step that counts the rows that are still wrong. */
    interface Verification extends Step {}
}
