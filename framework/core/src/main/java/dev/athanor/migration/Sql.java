package dev.athanor.migration;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A step of plain SQL, as it would stand in a SQL file: <code>${name}</code> is a placeholder, and nothing else in it is
 * edited. Never changes: every method gives another step.
 *
 * <pre>{@code
 * migration.expand(sql("CREATE INDEX CONCURRENTLY ix_resolved ON tickets (resolved_at)").withoutTransaction());
 * }</pre>
 */
public final class Sql implements Step.Schema, Step.Verification {
    private final String text;
    private final Map<String, String> options;

    private Sql(String text, Map<String, String> options) {
        this.text = text;
        this.options = options;
    }

    /**
     * A step of one or several statements.
     *
     * @param text for a backfill one UPDATE, DELETE, INSERT … SELECT, or WITH around them, holding <code>${chunk}</code>
     *     once; for a verification a query that returns one number
     */
    public static Sql sql(String text) {
        return new Sql(Objects.requireNonNull(text, "the text of sql(…)"), Map.of());
    }

    /** A backfill that sets columns of this table, written as in SQL: {@code tickets}, {@code support."Tickets"}. */
    public static UpdateBackfill update(String table) {
        return new UpdateBackfill(table, Map.of(), Map.of("table", table));
    }

    /** The same as a backfill that walks this table, written as in SQL: {@code tickets}, {@code support."Tickets"}. */
    public SqlBackfill over(String table) {
        return new SqlBackfill(text, joined(options, Map.of("table", table)));
    }

    /** The same with its statements run one by one in autocommit; of schema steps. */
    public Sql withoutTransaction() {
        return with("transaction", "none");
    }

    /** The same with another longest wait for one lock, from 1 ms to 24 days. */
    public Sql lockTimeout(Duration timeout) {
        return with("lock-timeout", timeout.toString());
    }

    /** The same with another longest run of one statement, from 1 ms to 24 days. */
    public Sql statementTimeout(Duration timeout) {
        return with("statement-timeout", timeout.toString());
    }

    /** The same, tried again so many times after a lock timeout. */
    public Sql retries(int retries) {
        return with("retries", Integer.toString(retries));
    }

    /** The same with a name for messages, without blanks; of verifications. Default: {@code verify-1} and so on. */
    public Sql name(String name) {
        return with("name", name);
    }

    @Override
    public String sql() {
        return text;
    }

    @Override
    public Map<String, String> options() {
        return options;
    }

    private Sql with(String option, String value) {
        return new Sql(text, joined(options, Map.of(option, value)));
    }

    static Map<String, String> joined(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(some);
        all.putAll(others);
        return Collections.unmodifiableMap(all);
    }
}
