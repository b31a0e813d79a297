package dev.athanor.ledger;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Other tools whose version tables can be read, as these tools make them on PostgreSQL. A query gives for each row: key,
 * which an undo names again; id, the version; name, with which people tell it from others; state, of {@link
 * VersionTable.State}.
 */
public enum VersionTool {
    /** One row for each head. */
    ALEMBIC("alembic_version", List.of("version_num"), """
            SELECT version_num AS key, version_num AS id, version_num AS name, 'applied' AS state
            FROM {table} WHERE version_num IS NOT NULL ORDER BY version_num"""),
    /**
     * One row for each migration that was run; its version is null when it is repeatable. Rows of undo and delete types take
     * a version back; a baseline stands for itself and for all that is below it.
     */
    FLYWAY("flyway_schema_history", List.of("installed_rank", "version", "description", "type", "success"), """
            SELECT coalesce(version, '') AS key, coalesce(version, '') AS id,
                   coalesce(version || ' ', '') || coalesce(description, '') AS name,
                   CASE WHEN NOT success THEN 'failed'
                        WHEN version IS NULL OR type = 'SCHEMA' THEN 'left'
                        WHEN type LIKE 'UNDO%' OR type = 'DELETE' THEN 'undone'
                        WHEN type LIKE '%BASELINE' THEN 'baseline'
                        ELSE 'applied' END AS state
            FROM {table} ORDER BY installed_rank"""),
    /** One row for each change set that was run; author and file are part of its identity. */
    LIQUIBASE("databasechangelog", List.of("id", "author", "filename", "orderexecuted", "exectype"), """
            SELECT concat(filename, '::', id, '::', author) AS key, coalesce(id, '') AS id,
                   concat(filename, '::', id, '::', author) AS name,
                   CASE WHEN exectype IN ('EXECUTED', 'RERAN', 'MARK_RAN') THEN 'applied'
                        WHEN exectype = 'FAILED' THEN 'failed'
                        ELSE 'left' END AS state
            FROM {table} ORDER BY orderexecuted""");

    private final String table;
    private final List<String> columns;
    private final String query;

    VersionTool(String table, List<String> columns, String query) {
        this.table = table;
        this.columns = columns;
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

    /** The command that adopts from it, with these words behind, quoted for a shell where they need it. */
    public String command(List<String> words) {
        return "athanor adopt --from " + key()
                + words.stream().map(word -> " " + forShell(word)).collect(Collectors.joining());
    }

    private static String forShell(String word) {
        boolean plain = word.matches("[A-Za-z0-9_.:/=@+-]+");
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Columns that are read; a table without one of them is another tool's. */
    List<String> columns() {
        return columns;
    }

    String query(String quotedTable) {
        return query.replace("{table}", quotedTable);
    }
}
