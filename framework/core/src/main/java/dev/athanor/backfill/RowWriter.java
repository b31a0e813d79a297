package dev.athanor.backfill;

import dev.athanor.postgres.ReactiveSession;
import dev.athanor.source.BackfillWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Writes what is to become of rows in one statement. */
final class RowWriter {
    /** Rows were changed or deleted since they were read. */
    static final class ChangedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("rows were changed meanwhile", null, false, false);
        }
    }

    private final RowSql sql;

    RowWriter(RowSql sql) {
        this.sql = sql;
    }

    /**
     * Writes them.
     *
     * @param lower key above which they are; null: from the first
     * @param upper key up to which they are
     * @param byVersion whether rows are known by their versions, where these were read, or by the columns read
     * @return rows written; a {@link ChangedException} when one of them is not as it was read
     */
    Mono<Long> write(
            ReactiveSession session,
            @Nullable List<String> lower,
            List<String> upper,
            List<RowChange> changes,
            boolean byVersion) {
        if (changes.isEmpty()) {
            return Mono.just(0L);
        }
        if (sql.work() instanceof BackfillWork.Copy copy) {
            List<Object> values = new ArrayList<>();
            written(changes, values);
            return session.execute(sql.insert(copy), values.toArray());
        }
        boolean partial = changes.stream().anyMatch(RowChange::isPartial);
        List<Object> values = new ArrayList<>();
        boolean versions = byVersion && sql.isVersioned();
        if (versions) {
            keys(changes, values);
            columns(1, changes, (change, i) -> change.row().version(), values);
        } else {
            read(changes, values);
        }
        written(changes, values);
        if (partial) {
            columns(sql.writes().size(), changes, (change, i) -> change.set()[i] ? "x" : null, values);
        }
        return session.execute(
                        sql.update(lower != null, partial, versions), Walk.parameters(lower, upper, values.toArray()))
                .flatMap(count -> count == changes.size() ? Mono.just(count) : Mono.error(new ChangedException()));
    }

    /** Keys and columns read, as parameters. */
    void read(List<RowChange> changes, List<Object> values) {
        keys(changes, values);
        columns(sql.reads().size(), changes, (change, i) -> change.row().raw(i), values);
    }

    private void keys(List<RowChange> changes, List<Object> values) {
        columns(sql.width(), changes, (change, i) -> change.row().key().get(i), values);
    }

    private void written(List<RowChange> changes, List<Object> values) {
        columns(sql.writes().size(), changes, (change, i) -> change.values()[i], values);
    }

    private interface Cell {
        @Nullable
        String of(RowChange change, int column);
    }

    private static void columns(int width, List<RowChange> changes, Cell cell, List<Object> values) {
        for (int i = 0; i < width; i++) {
            int column = i;
            Function<RowChange, @Nullable String> value = change -> cell.of(change, column);
            @Nullable String[] array = new String[changes.size()];
            for (int row = 0; row < array.length; row++) {
                array[row] = value.apply(changes.get(row));
            }
            values.add(array);
        }
    }
}
