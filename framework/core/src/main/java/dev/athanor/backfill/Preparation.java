package dev.athanor.backfill;

import dev.athanor.catalog.KeyShape;
import dev.athanor.ledger.BackfillLedger;
import dev.athanor.ledger.BackfillLedger.NewBackfill;
import dev.athanor.ledger.BackfillLedger.NewRange;
import dev.athanor.ledger.BackfillLedger.StoredBackfill;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.Fence;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.StepChecksum;
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
    private final Survey survey;

    Preparation(Sources sources, BackfillLedger ledger, EngineSettings settings) {
        this.transactions = sources.here();
        this.ledger = ledger;
        this.settings = settings;
        this.survey = new Survey(sources, transaction());
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
        return survey.of(step, List.of()).flatMap(subject -> {
            Walk walk = subject.walk();
            int workers = step.options().workers() == null
                    ? settings.workers()
                    : step.options().workers();
            return new RangePlanner(subject.reader(), transaction())
                    .split(walk, workers)
                    .map(ranges -> walk.key() instanceof KeyShape.Blocks
                                    && step.options().where() == null
                                    && !ranges.isEmpty()
                            ? ranges.subList(0, ranges.size() - 1)
                            : ranges)
                    .flatMap(ranges -> guarded(step, subject, unstarted(ranges))
                            .then(Mono.defer(() -> write(step, subject, ranges, fence))))
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
        return survey.of(step, stored.keyColumns())
                .flatMap(subject -> transactions
                        .inTransaction(
                                transaction(),
                                session -> ledger.adopt(session, stored.id(), fence)
                                        .thenMany(ledger.ranges(session, stored.id()))
                                        .collectList())
                        .flatMap(ranges -> guarded(step, subject, ranges)
                                .thenReturn(new PreparedBackfill(
                                        stored.id(), step, subject, ranges, stored.rowsEstimated()))));
    }

    private Mono<Void> guarded(BackfillStep step, Subject subject, List<StoredRange> ranges) {
        return new ScanGuard(subject.reader(), transaction()).check(step, subject, ranges);
    }

    private Mono<PreparedBackfill> write(BackfillStep step, Subject subject, List<NewRange> ranges, Fence fence) {
        Walk walk = subject.walk();
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
                                        subject,
                                        unstarted(ranges),
                                        walk.table().rows()))));
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
