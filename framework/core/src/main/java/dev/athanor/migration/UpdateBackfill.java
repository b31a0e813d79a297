package dev.athanor.migration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A backfill that sets columns, made by {@link Sql#update}. Never changes: every method gives another step.
 *
 * <pre>{@code
 * migration.backfill(update("tickets")
 *         .set("resolution_time_seconds", "extract(epoch FROM resolved_at - created_at)::int")
 *         .where("resolved_at IS NOT NULL AND resolution_time_seconds IS NULL"));
 * }</pre>
 */
public final class UpdateBackfill extends TableBackfill<UpdateBackfill> {
    private final String table;
    private final Map<String, String> values;

    UpdateBackfill(String table, Map<String, String> values, Map<String, String> options) {
        super(options);
        this.table = table;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same setting one column more, written as in SQL, to an expression over the columns of the table. */
    public UpdateBackfill set(String column, String expression) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(
                Objects.requireNonNull(column, "the column of set(…)"),
                Objects.requireNonNull(expression, "the expression of set(…)"));
        return new UpdateBackfill(table, more, options());
    }

    /** The statement of each chunk. The line breaks end comments. */
    @Override
    public String sql() {
        if (values.isEmpty()) {
            throw new IllegalStateException("update(\"" + table + "\") sets no column: call set(column, expression)");
        }
        String assignments = values.entrySet().stream()
                .map(value -> value.getKey() + " = (" + value.getValue() + "\n)")
                .collect(Collectors.joining(", "));
        return "UPDATE " + table + " SET " + assignments + " WHERE ${chunk}";
    }

    @Override
    UpdateBackfill copy(Map<String, String> changed) {
        return new UpdateBackfill(table, values, changed);
    }
}
