package dev.athanor.backfill;

import dev.athanor.catalog.KeyShape;
import dev.athanor.catalog.TablePicture;
import dev.athanor.ledger.BackfillLedger.Lookup;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How one backfill goes over its table: the SQL of a chunk, with every bound as a parameter. */
final class Walk {
    /** The highest block number that PostgreSQL can give; stands for "the whole table as it is then". */
    static final List<String> EVERY_BLOCK = List.of("4294967294");

    private final BackfillStep step;
    private final TablePicture table;
    private final KeyShape key;

    Walk(BackfillStep step, TablePicture table, KeyShape key) {
        this.step = step;
        this.table = table;
        this.key = key;
    }

    TablePicture table() {
        return table;
    }

    KeyShape key() {
        return key;
    }

    /** The user's statement over the keys above the lower (if there is one) up to and with the upper. */
    String statement(boolean bounded) {
        return over(key.range(step.template().alias(), bounded));
    }

    /** The user's statement over the one row of a key. */
    String statementOfRow() {
        return over(((KeyShape.Columns) key).exactly(step.template().alias()));
    }

    private String over(String rows) {
        String where = step.options().where();
        return step.template().with(where == null ? rows : "(" + rows + " AND (" + where + "))");
    }

    /** Values for the parameters of {@link #statement}, {@link #end} and {@link #count}. */
    static Object[] parameters(@Nullable List<String> lower, List<String> upper, Object... more) {
        List<Object> all = new ArrayList<>();
        if (lower != null) {
            all.addAll(lower);
        }
        all.addAll(upper);
        all.addAll(List.of(more));
        return all.toArray();
    }

    /**
     * The key that stands {@code rows} rows above the lower one.
     *
     * @return empty when fewer rows are left up to the upper key
     */
    Mono<List<String>> end(ReactiveSession session, @Nullable List<String> lower, List<String> upper, int rows) {
        Lookup lookup = lookup(lower, upper, rows);
        return lookup == null
                ? Mono.justOrEmpty(lastBlock(lower, upper, rows))
                : session.query(
                                lookup.sql(),
                                row -> Objects.requireNonNull(row.texts("athanor_found")),
                                lookup.parameters().toArray())
                        .next();
    }

    /** The query of {@link #end}; null where none is needed. */
    @Nullable
    Lookup lookup(@Nullable List<String> lower, List<String> upper, int rows) {
        String search = search(lower != null);
        return search == null ? null : new Lookup(search, List.of(parameters(lower, upper, (long) rows - 1)));
    }

    /** The {@link #end} where no query is needed. */
    Optional<List<String>> lastBlock(@Nullable List<String> lower, List<String> upper, int rows) {
        if (upper.equals(EVERY_BLOCK)) {
            return Optional.empty();
        }
        long first = lower == null ? -1 : Long.parseLong(lower.get(0));
        long blocks = Math.max(1, rows * table.blocks() / Math.max(1, table.rows()));
        long end = first + blocks;
        return end >= Long.parseLong(upper.get(0)) ? Optional.empty() : Optional.of(List.of(Long.toString(end)));
    }

    /** The search for a chunk's end, whose last parameter is the number of rows less one; null where none is needed. */
    @Nullable
    String search(boolean bounded) {
        return key instanceof KeyShape.Columns columns
                ? "SELECT " + columns.asArray() + " AS athanor_found FROM "
                        + table.name().quoted() + " WHERE " + key.range(null, bounded) + " ORDER BY "
                        + columns.ascending(table.name().name()) + " LIMIT 1 OFFSET $"
                        + ((bounded ? 2 : 1) * key.width() + 1)
                : null;
    }

    /**
     * Settings for the rest of the transaction. The planner judges a comparison of several columns by the first one
     * alone; where that has few values it takes a small chunk for a large part of the table and would rather scan it.
     */
    Mono<Boolean> settings(ReactiveSession session) {
        return key.width() == 1
                ? Mono.just(false)
                : session.script("SET LOCAL enable_seqscan = off").thenReturn(true);
    }

    /** Whether {@link #end} says how many rows a chunk holds: true for keys, false for blocks. */
    boolean endsByRows() {
        return key instanceof KeyShape.Columns;
    }

    /** Rows above the lower key up to and with the upper one. */
    Mono<Long> count(ReactiveSession session, @Nullable List<String> lower, List<String> upper) {
        String sql = "SELECT count(*) AS n FROM " + table.name().quoted() + " WHERE " + key.range(null, lower != null);
        return session.query(sql, row -> row.number("n"), parameters(lower, upper))
                .single();
    }

    /** The key of a row whose first columns it is. */
    List<String> readKey(Row row) {
        if (key.width() == 1) {
            return List.of(Objects.requireNonNull(row.text(0)));
        }
        List<String> values = new ArrayList<>(key.width());
        for (int i = 0; i < key.width(); i++) {
            values.add(Objects.requireNonNull(row.text(i)));
        }
        return List.copyOf(values);
    }
}
