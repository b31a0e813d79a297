package dev.athanor.backfill;

import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.VacuumRight;
import dev.athanor.source.BackfillWork;
import dev.athanor.sql.QualifiedName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Vacuums the walked table while chunks go on, after each so many rows, so that old versions of rows make room for new ones
 * and the table does not grow to twice its size. One VACUUM at a time, none while work is held back, none beyond the end.
 */
final class TableCare {
    /** A request to cancel may arrive before the statement has begun; then it is said again. */
    private static final Duration CANCEL_AGAIN = Duration.ofSeconds(1);

    private final BackfillRun run;
    private final @Nullable Long every;
    private final QualifiedName table;
    private final AtomicLong walked = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Sinks.Many<Boolean> due = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<Boolean> held = Sinks.many().multicast().directBestEffort();

    TableCare(BackfillRun run) {
        this.run = run;
        // rows that are copied from another database leave nothing behind
        this.every = run.backfill().step().work() instanceof BackfillWork.Copy
                ? null
                : run.backfill().step().options().vacuumEveryRows();
        this.table = run.backfill().walk().table().name();
    }

    /** Hears all events of the run, one at a time. */
    void heard(BackfillEvent event) {
        if (every == null) {
            return;
        }
        if (event instanceof BackfillEvent.ChunkCommitted chunk) {
            if (walked.addAndGet(chunk.rowsWalked()) >= every) {
                due.tryEmitNext(true);
            }
        } else if (isHeld()) {
            held.tryEmitNext(true);
        }
    }

    private boolean isHeld() {
        return run.desk().control().pause() != null || run.budget().state().workers() == 0;
    }

    /** What is done; completes when the run ends and the server has ended a VACUUM that was under way. */
    Flux<BackfillEvent> events() {
        return every == null
                ? Flux.empty()
                : VacuumRight.has(run.transactions(), table)
                        .transform(run::persistently)
                        .flatMapMany(permitted -> permitted ? vacuums(every) : unvacuumed("our role may not do it"))
                        .onErrorResume(DatabaseException.class, e -> unvacuumed(String.valueOf(e.getMessage())));
    }

    private Flux<BackfillEvent> vacuums(long rows) {
        return due.asFlux().takeUntilOther(run.ended()).concatMap(any -> vacuum(rows), 1);
    }

    private Flux<BackfillEvent> vacuum(long rows) {
        return Flux.defer(() -> {
            long since = walked.get();
            if (since < rows || isHeld() || !run.goesOn()) {
                return Flux.empty();
            }
            walked.addAndGet(-since);
            Instant begin = run.clock().instant();
            AtomicBoolean halted = new AtomicBoolean();
            return run.transactions()
                    .apart(session -> untilHalted(session, halted))
                    .<BackfillEvent>map(done -> new BackfillEvent.Vacuumed(
                            run.backfill().id(),
                            since,
                            Duration.between(begin, run.clock().instant())))
                    .flux()
                    .onErrorResume(DatabaseException.class, e -> {
                        walked.addAndGet(halted.get() ? since : 0);
                        return halted.get() || e.category().retryable() ? Flux.empty() : failed(e);
                    });
        });
    }

    /**
     * Steps aside for whoever holds the table's lock, and leaves the pages at its end: giving these back to the disk would
     * take a lock that nobody can read beside.
     */
    private Mono<Long> untilHalted(ReactiveSession session, AtomicBoolean halted) {
        Mono<Long> halt = Mono.firstWithSignal(run.ended(), held.asFlux().next().then())
                .then(Mono.fromRunnable(() -> halted.set(true)))
                .then(Mono.defer(() -> session.cancel().onErrorComplete())
                        .repeatWhen(ends -> ends.delayElements(CANCEL_AGAIN, run.scheduler()))
                        .then(Mono.never()));
        return Flux.merge(session.execute("VACUUM (SKIP_LOCKED, TRUNCATE false) " + table.quoted()), halt)
                .next();
    }

    private Flux<BackfillEvent> failed(DatabaseException error) {
        return told.compareAndSet(false, true) ? unvacuumed(String.valueOf(error.getMessage())) : Flux.empty();
    }

    private Flux<BackfillEvent> unvacuumed(String cause) {
        return Flux.just(new BackfillEvent.Unvacuumed(run.backfill().id(), table.quoted(), cause));
    }
}
