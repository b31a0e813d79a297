package dev.athanor.backfill;

import dev.athanor.catalog.ColumnPicture;
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
     * @return empty when there are more by now, or one of them is longer than its share of the memory
     */
    Mono<RowBatch> read(ReactiveSession session, @Nullable List<String> lower, List<String> upper, int rows) {
        long longest = RowBatch.MOST_CHARACTERS / rows;
        return session.query(
                        sql.readAtOnce(lower != null),
                        row -> row.flag("athanor_long") ? Optional.<RowBatch>empty() : rows(row, rows),
                        Walk.parameters(lower, upper, rows + 1L, longest))
                .next()
                .flatMap(Mono::justOrEmpty);
    }

    private Optional<RowBatch> rows(Row row, int most) {
        RowBatch batch = new RowBatch(RowBatch.MOST_CHARACTERS);
        if (row.elements(0) == null) {
            return Optional.of(batch);
        }
        @Nullable String[][] keys = columns(row, 0, sql.width());
        @Nullable String[][] read = columns(row, keys.length, sql.reads().size());
        @Nullable String[][] versions = columns(row, keys.length + read.length, sql.isVersioned() ? 1 : 0);
        if (keys[0].length > most) {
            return Optional.empty();
        }
        for (int i = 0; i < keys[0].length; i++) {
            List<ColumnPicture> reads = sql.reads();
            batch.add(
                    new SourceRow(reads, key(keys, i), values(read, i), versions.length == 0 ? null : versions[0][i]));
        }
        return Optional.of(batch);
    }

    private static @Nullable String[][] columns(Row row, int first, int number) {
        @Nullable String[][] columns = new String[number][];
        for (int i = 0; i < number; i++) {
            columns[i] = Objects.requireNonNull(row.elements(first + i));
        }
        return columns;
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
