package dev.athanor.ledger;

import java.util.Locale;

/** Other tools whose version tables can be read, as they are on PostgreSQL. */
public enum VersionTool {
    /** One row for each head: alembic/runtime/migration.py, {@code version_num}. */
    ALEMBIC(
            "alembic_version",
            "SELECT version_num AS version, 'applied' AS state, version_num AS words FROM {table} ORDER BY 1"),
    /**
     * One row for each migration that was run, its version null when it is repeatable; rows of undo and delete types take a
     * version back.
     */
    FLYWAY(
            "flyway_schema_history",
            "SELECT coalesce(version, '') AS version, CASE WHEN type = 'SCHEMA' THEN 'skipped' WHEN NOT success THEN"
                    + " 'failed' WHEN version IS NULL THEN 'repeatable' WHEN type LIKE 'UNDO%' OR type = 'DELETE' THEN"
                    + " 'undone' ELSE 'applied' END AS state, coalesce(version || ' ', '') || description AS words"
                    + " FROM {table} ORDER BY installed_rank"),
    /** One row for each change set. */
    LIQUIBASE(
            "databasechangelog",
            "SELECT id AS version, CASE exectype WHEN 'FAILED' THEN 'failed' WHEN 'SKIPPED' THEN 'skipped' ELSE 'applied'"
                    + " END AS state, filename || '::' || id || '::' || author AS words FROM {table} ORDER BY orderexecuted");

    private final String table;
    private final String query;

    VersionTool(String table, String query) {
        this.table = table;
        this.query = query;
    }

    /** The table's usual name. */
    public String table() {
        return table;
    }

    /** Lower case, as users write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String query(String quotedTable) {
        return query.replace("{table}", quotedTable);
    }
}
