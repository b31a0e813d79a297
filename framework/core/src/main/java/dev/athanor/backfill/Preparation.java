package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.catalog.KeyShape;
import dev.athanor.catalog.TablePicture;
import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.BackfillLedger.NewBackfill;
import dev.athanor.ledger.BackfillLedger.NewRange;
import dev.athanor.ledger.BackfillLedger.StoredBackfill;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.Fence;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.StepChecksum;
import dev.athanor.postgres.CatalogReader;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Everything before the first chunk: look at the table, pass the guards, split it into ranges or find them again. */
final class Preparation {
    private static final String UNIQUE_VIOLATION = "23505";

    private final ReactiveTransactions transactions;
    private final BackfillLedger ledger;
    private final EngineSettings settings;
    private final CatalogReader catalog;
    private final RangePlanner planner;
    private final ScanGuard guard;

    Preparation(ReactiveTransactions transactions, BackfillLedger ledger, EngineSettings settings) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.settings = settings;
        this.catalog = new CatalogReader(transactions, transaction());
        this.planner = new RangePlanner(transactions, transaction());
        this.guard = new ScanGuard(transactions, transaction());
    }

    Mono<PreparedBackfill> prepare(BackfillStep step, Fence fence) {
        return transactions
                .readOnly(session ->
                        ledger.find(session, step.revision(), step.ordinal()).flux())
                .next()
                .flatMap(stored -> StepChecksum.of(step).equals(stored.checksum())
                        ? goOn(step, stored, fence)
                        : beginAnew(step, stored, fence))
                .switchIfEmpty(Mono.defer(() -> begin(step, fence)));
    }

    private Mono<PreparedBackfill> begin(BackfillStep step, Fence fence) {
        return picture(step).flatMap(table -> {
            Walk walk = new Walk(step, table, WalkRules.key(step, table));
            WalkRules.check(step, walk);
            int workers = step.options().workers() == null
                    ? settings.workers()
                    : step.options().workers();
            return planner.split(walk, workers)
                    .map(ranges -> walk.key() instanceof KeyShape.Blocks
                                    && step.options().where() == null
                                    && !ranges.isEmpty()
                            ? ranges.subList(0, ranges.size() - 1)
                            : ranges)
                    .flatMap(ranges -> guard.check(step, walk, unstarted(ranges))
                            .then(Mono.defer(() -> write(step, walk, ranges, fence))))
                    .onErrorResume(Preparation::existsAlready, e -> prepare(step, fence));
        });
    }

    /** The statement was mended before a chunk was done: other table, other key, other ranges perhaps. */
    private Mono<PreparedBackfill> beginAnew(BackfillStep step, StoredBackfill stored, Fence fence) {
        return transactions
                .inTransaction(transaction(), session -> ledger.forget(session, stored.id(), fence))
                .flatMap(forgotten -> forgotten == 1 ? begin(step, fence) : goOn(step, stored, fence));
    }

    /** A former owner that woke up has written it after we looked; its ranges are taken over like any others. */
    private static boolean existsAlready(Throwable error) {
        return error instanceof DatabaseException database && UNIQUE_VIOLATION.equals(database.sqlState());
    }

    private Mono<PreparedBackfill> goOn(BackfillStep step, StoredBackfill stored, Fence fence) {
        return picture(step).flatMap(table -> {
            KeyShape key = WalkRules.sameKey(step, table, stored.keyColumns());
            Walk walk = new Walk(step, table, key);
            WalkRules.check(step, walk);
            return transactions
                    .inTransaction(
                            transaction(),
                            session -> ledger.adopt(session, stored.id(), fence)
                                    .thenMany(ledger.ranges(session, stored.id()))
                                    .collectList())
                    .flatMap(ranges -> guard.check(step, walk, ranges)
                            .thenReturn(new PreparedBackfill(stored.id(), step, walk, ranges, stored.rowsEstimated())));
        });
    }

    private Mono<PreparedBackfill> write(BackfillStep step, Walk walk, List<NewRange> ranges, Fence fence) {
        NewBackfill created = new NewBackfill(
                step.revision(),
                step.ordinal(),
                step.name(),
                walk.table().name().quoted(),
                walk.key().columnNames(),
                walk.table().rows(),
                StepChecksum.of(step));
        return transactions.inTransaction(
                transaction(),
                session -> ledger.create(session, created)
                        .flatMap(id -> Flux.fromIterable(ranges)
                                .concatMap(range -> ledger.addRange(session, id, range, fence))
                                .then()
                                .thenReturn(new PreparedBackfill(
                                        id,
                                        step,
                                        walk,
                                        unstarted(ranges),
                                        walk.table().rows()))));
    }

    /** The table with statistics: they are made first where there are none. */
    private Mono<TablePicture> picture(BackfillStep step) {
        Mono<TablePicture> read = catalog.read(step.table()).switchIfEmpty(Mono.error(() -> unknownTable(step)));
        return read.flatMap(table -> table.analysed()
                ? Mono.just(table)
                : transactions
                        .reading(
                                transaction(),
                                session -> session.execute(
                                                "ANALYZE " + table.name().quoted())
                                        .flux())
                        .then(read));
    }

    private static AthanorException unknownTable(BackfillStep step) {
        return new AthanorException(
                FailureKind.FAILED,
                "unknown_table",
                "Backfill " + step.name() + " of revision " + step.revision() + " (" + step.origin()
                        + "): there is no table " + step.table().quoted() + ".",
                "Mend table= in the directive, or see that the search path of the connection finds it; then:"
                        + " athanor resume " + step.revision());
    }

    private TransactionSettings transaction() {
        return new TransactionSettings(settings.lockTimeout(), null, settings.idleTimeout());
    }

    private static List<StoredRange> unstarted(List<NewRange> ranges) {
        return ranges.stream()
                .map(range -> new StoredRange(range.number(), range.lower(), range.upper(), null, false, 0, 0))
                .toList();
    }
}
