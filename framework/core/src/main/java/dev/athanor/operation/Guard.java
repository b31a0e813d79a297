package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;

/**
 * Ends a run, with nothing changed, where the catalogue is not what the operation was told. What undo needs to know is told
 * by the directive; a guard sees to it that nothing is lost that was not told.
 */
final class Guard {
    private Guard() {}

    /** Fails with this message where a condition over the catalogue holds. */
    static Part refuse(String condition, String message) {
        return Part.asks("SELECT " + Refusal.of(Names.literal(message)) + " WHERE " + condition + ";");
    }

    /** As {@link #refuse}, on servers before a major version. */
    static Part before(int major, String message) {
        return refuse("current_setting('server_version_num')::int < " + major + "0000", message);
    }

    /** That a table is a partitioned one. */
    static String isPartitioned(QualifiedName table) {
        return "(SELECT c.relkind FROM pg_catalog.pg_class c WHERE c.oid = " + Names.regclass(table) + ") = 'p'";
    }
}
