package dev.athanor.ledger;

import dev.athanor.ledger.Control.Pace;
import dev.athanor.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A new pace over an old one.
 *
 * @param old what holds
 * @param wished what is to hold; null where it stays
 */
record PaceChange(Pace old, Pace wished) {
    private record Value(
            String name,
            String column,
            @Nullable Object before,
            @Nullable Object after,
            String zero) {
        boolean differs() {
            return after != null && !after.equals(before);
        }

        String text(@Nullable Object value) {
            if (value == null) {
                return "as its directive says";
            }
            return value.toString().equals("0") && !zero.isEmpty() ? zero : value.toString();
        }
    }

    private List<Value> values() {
        return List.of(
                new Value(
                        "max-rows-per-second",
                        "max_rows_per_second",
                        old.maxRowsPerSecond(),
                        wished.maxRowsPerSecond(),
                        "none"),
                new Value("chunk-size", "chunk_size", old.chunkSize(), wished.chunkSize(), "auto"),
                new Value("target-chunk-time", "target_chunk_ms", millis(old), millis(wished), ""),
                new Value("workers", "workers", old.workers(), wished.workers(), ""),
                new Value("skip-limit", "skip_limit", old.skipLimit(), wished.skipLimit(), ""));
    }

    private static @Nullable Long millis(Pace pace) {
        return pace.targetChunkTime() == null ? null : pace.targetChunkTime().toMillis();
    }

    boolean differs() {
        return values().stream().anyMatch(Value::differs);
    }

    String before() {
        return text(true);
    }

    String after() {
        return text(false);
    }

    private String text(boolean before) {
        StringJoiner text = new StringJoiner(", ");
        values().stream().filter(value -> value.after() != null).forEach(value -> {
            Object shown = before ? value.before() : value.after();
            boolean time = value.name().equals("target-chunk-time") && shown != null;
            text.add(value.name() + " " + value.text(shown) + (time ? " ms" : ""));
        });
        return text.toString();
    }

    void write(Session session, String table, long backfill) {
        List<Value> changed = values().stream().filter(Value::differs).toList();
        if (changed.isEmpty()) {
            return;
        }
        StringJoiner columns = new StringJoiner(", ");
        List<Object> parameters = new ArrayList<>();
        changed.forEach(value -> {
            columns.add(value.column() + " = ?");
            parameters.add(Objects.requireNonNull(value.after()));
        });
        parameters.add(backfill);
        session.execute("UPDATE " + table + " SET " + columns + " WHERE id = ?", parameters.toArray());
    }
}
