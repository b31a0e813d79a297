package dev.athanor.backfill;

import dev.athanor.catalog.KeyShape;
import dev.athanor.catalog.TablePicture;
import dev.athanor.ledger.BackfillLedger.NewRange;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Splits a table into contiguous ranges of about equal numbers of rows, by sampling the key and not by assuming that it
 * is dense. The last range ends at the greatest key of this moment; later rows are the application's business.
 */
final class RangePlanner {
    /** A range of this size holds a few chunks at the sizes that are fastest (5,000 to 20,000 rows). */
    private static final long ROWS_A_RANGE = 15_000;
    /** More ranges than workers, so that none idles at the end. */
    private static final int RANGES_A_WORKER = 4;
    /** Each range is a partition of the batch job, with rows of its own there; more cost more than they even out. */
    private static final int MOST_RANGES = 64;
    /** A range of fewer rows is not worth its bookkeeping, unless a worker has none without it. */
    private static final long LEAST_ROWS = 5_000;
    /** Fewer rows are not worth another worker. */
    private static final long LEAST_ROWS_A_WORKER = 1_000;
    /**
     * Blocks whose keys are read, in smaller tables all of them: where rows lie in the order of their keys, a boundary is off
     * by some 3 % of the table (two standard errors of a share, {@code sqrt(p (1 - p) / n)}).
     */
    private static final double SAMPLED_BLOCKS = 1_000;
    /** So few rows may lie in few of the blocks, none of them in a sample; all their keys are read. */
    private static final long FEW_ROWS = 20_000;

    private final ReactiveTransactions transactions;
    private final TransactionSettings settings;

    RangePlanner(ReactiveTransactions transactions, TransactionSettings settings) {
        this.transactions = transactions;
        this.settings = settings;
    }

    /** The ranges, in key order; none for an empty table. */
    Mono<List<NewRange>> split(Walk walk, int workers) {
        TablePicture table = walk.table();
        if (walk.key() instanceof KeyShape.Columns columns) {
            return greatest(walk, columns)
                    .flatMap(end -> inner(walk, columns, count(table.rows(), workers))
                            .collectList()
                            .map(boundaries -> join(boundaries, end)))
                    .defaultIfEmpty(List.of());
        }
        return Mono.just(blocks(table, count(table.rows(), workers)));
    }

    static int count(long rows, int workers) {
        long forWorkers = Math.max(
                Math.min((long) workers * RANGES_A_WORKER, rows / LEAST_ROWS),
                Math.min(workers, rows / LEAST_ROWS_A_WORKER));
        long wanted = Math.max(rows / ROWS_A_RANGE, forWorkers);
        return (int) Math.max(1, Math.min(MOST_RANGES, wanted));
    }

    /** Whole blocks, and one more range that sweeps up rows which moved behind the walk. */
    private static List<NewRange> blocks(TablePicture table, int ranges) {
        List<List<String>> boundaries = new ArrayList<>();
        for (int i = 1; i < ranges; i++) {
            long boundary = table.blocks() * i / ranges - 1;
            if (boundary >= 0) {
                boundaries.add(List.of(Long.toString(boundary)));
            }
        }
        if (table.blocks() == 0) {
            return List.of();
        }
        List<NewRange> all = new ArrayList<>(
                join(boundaries.stream().distinct().toList(), List.of(Long.toString(table.blocks() - 1))));
        all.add(new NewRange(all.size(), null, Walk.EVERY_BLOCK));
        return all;
    }

    private static List<NewRange> join(List<List<String>> boundaries, List<String> end) {
        List<NewRange> ranges = new ArrayList<>();
        @Nullable List<String> lower = null;
        for (List<String> boundary : boundaries) {
            if (!boundary.equals(end)) {
                ranges.add(new NewRange(ranges.size(), lower, boundary));
                lower = boundary;
            }
        }
        ranges.add(new NewRange(ranges.size(), lower, end));
        return ranges;
    }

    private Mono<List<String>> greatest(Walk walk, KeyShape.Columns key) {
        return transactions
                .reading(
                        settings,
                        session -> session.query(
                                "SELECT " + key.asTexts() + " FROM "
                                        + walk.table().name().quoted() + " ORDER BY "
                                        + key.descending(walk.table().name().name()) + " LIMIT 1",
                                walk::readKey))
                .next();
    }

    private Flux<List<String>> inner(Walk walk, KeyShape.Columns key, int ranges) {
        if (ranges == 1) {
            return Flux.empty();
        }
        return transactions.reading(
                settings,
                session -> session.query(
                        "SELECT * FROM (SELECT " + key.asTexts()
                                + ", row_number() OVER walk AS n, count(*) OVER () AS total"
                                + " FROM " + walk.table().name().quoted() + sample(walk.table())
                                + " WINDOW walk AS (ORDER BY "
                                + key.ascending(walk.table().name().name())
                                + ")) AS keys WHERE n % greatest(total / $1, 1) = 0"
                                + " AND n / greatest(total / $1, 1) < $1 ORDER BY n",
                        walk::readKey,
                        (long) ranges));
    }

    private static String sample(TablePicture table) {
        return table.blocks() <= SAMPLED_BLOCKS || table.rows() <= FEW_ROWS
                ? ""
                : String.format(Locale.ROOT, " TABLESAMPLE SYSTEM (%.6f)", 100 * SAMPLED_BLOCKS / table.blocks());
    }
}
