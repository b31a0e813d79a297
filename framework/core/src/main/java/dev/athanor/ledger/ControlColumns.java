package dev.athanor.ledger;

import dev.athanor.ledger.Control.Pace;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.postgres.Row;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The columns of a backfill {@code b} that hold operators' wishes; read so that a state schema without them has none. */
final class ControlColumns {
    /** In a select list, with a comma behind. */
    static final String SELECTED = column("control_version", "bigint")
            + column("paused_by", "text")
            + column("paused_reason", "text")
            + column("paused_at", "timestamptz")
            + column("cancelled_by", "text")
            + column("cancelled_reason", "text")
            + column("cancelled_at", "timestamptz")
            + column("max_rows_per_second", "text")
            + column("chunk_size", "text")
            + column("target_chunk_ms", "text")
            + column("workers", "text")
            + column("skip_limit", "text");

    private ControlColumns() {}

    private static String column(String name, String type) {
        return " (to_jsonb(b) ->> '" + name + "')::" + type + " AS " + name + ",";
    }

    static Control read(Row row) {
        Long target = number(row, "target_chunk_ms");
        return new Control(
                row.number("control_version"),
                wish(row, "paused"),
                wish(row, "cancelled"),
                new Pace(
                        number(row, "max_rows_per_second"),
                        integer(row, "chunk_size"),
                        target == null ? null : Duration.ofMillis(target),
                        integer(row, "workers"),
                        number(row, "skip_limit")));
    }

    private static @Nullable Wish wish(Row row, String verb) {
        String by = row.text(verb + "_by");
        String reason = row.text(verb + "_reason");
        return row.time(verb + "_at") == null
                ? null
                : new Wish(by == null ? "" : by, reason == null ? "" : reason, row.instant(verb + "_at"));
    }

    private static @Nullable Long number(Row row, String column) {
        String text = row.text(column);
        return text == null ? null : Long.valueOf(text);
    }

    private static @Nullable Integer integer(Row row, String column) {
        Long number = number(row, column);
        return number == null ? null : Math.toIntExact(number);
    }
}
