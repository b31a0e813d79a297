package dev.athanor.backfill;

import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads the rows of a chunk as one row of arrays: the way of a row through the driver costs more than most transforms. None
 * of them may be long, so that all of them together fit into memory.
 */
final class RowsAtOnce {
    private final RowSql sql;

    RowsAtOnce(RowSql sql) {
        this.sql = sql;
    }

    /**
     * The rows between two keys.
     *
     * @param rows how many are expected
     * @return so many of them, {@linkplain RowBatch#isCut cut} when there are more by now; empty when one is longer than its
     *     share of the memory
     */
    Mono<RowBatch> read(ReactiveSession session, @Nullable List<String> lower, List<String> upper, int rows) {
        long longest = RowBatch.MOST_BYTES / rows - (long) sql.values() * RowBatch.VALUE_BYTES;
        return session.query(
                        sql.readAtOnce(lower != null),
                        row -> row.flag("athanor_long") ? Optional.<RowBatch>empty() : Optional.of(rows(row, rows)),
                        Walk.parameters(lower, upper, rows + 1L, longest))
                .next()
                .flatMap(Mono::justOrEmpty);
    }

    private RowBatch rows(Row row, int expected) {
        RowBatch batch = new RowBatch(expected);
        @Nullable String @Nullable [] first = row.elements(0);
        if (first == null) {
            return batch;
        }
        @Nullable String[][] keys = new String[sql.width()][];
        keys[0] = first;
        columns(row, keys, 1, 1);
        @Nullable String[][] read = new String[sql.reads().size()][];
        columns(row, read, 0, keys.length);
        @Nullable String[][] versions = new String[sql.isVersioned() ? 1 : 0][];
        columns(row, versions, 0, keys.length + read.length);
        for (int i = 0; i < first.length; i++) {
            @Nullable String version = versions.length == 0 ? null : versions[0][i];
            batch.add(new SourceRow(sql.reads(), key(keys, i), values(read, i), version));
        }
        return batch;
    }

    /** Fills in the arrays from one on, from a place of the row on. */
    private static void columns(Row row, @Nullable String[][] columns, int from, int place) {
        for (int i = from; i < columns.length; i++) {
            columns[i] = Objects.requireNonNull(row.elements(place + i - from));
        }
    }

    private static List<String> key(@Nullable String[][] keys, int row) {
        if (keys.length == 1) {
            return List.of(Objects.requireNonNull(keys[0][row]));
        }
        List<String> key = new ArrayList<>(keys.length);
        for (@Nullable String[] column : keys) {
            key.add(Objects.requireNonNull(column[row]));
        }
        return List.copyOf(key);
    }

    private static @Nullable String[] values(@Nullable String[][] columns, int row) {
        @Nullable String[] values = new String[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i][row];
        }
        return values;
    }
}
