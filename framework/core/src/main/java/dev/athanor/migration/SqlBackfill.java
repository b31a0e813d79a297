package dev.athanor.migration;

import java.util.Map;

/** A backfill of plain SQL, made by {@link Sql#over}. Never changes: every method gives another step. */
public final class SqlBackfill extends TableBackfill<SqlBackfill> {
    private final String sql;

    /** With the options that the SQL had before it became a backfill. */
    SqlBackfill(String sql, Map<String, String> options) {
        super(options);
        this.sql = sql;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    SqlBackfill copy(Map<String, String> changed) {
        return new SqlBackfill(sql, changed);
    }
}
