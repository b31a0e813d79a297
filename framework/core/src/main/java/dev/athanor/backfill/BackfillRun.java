package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger.Mark;
import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.throttle.WorkBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One run of a prepared backfill: what its ranges share. */
final class BackfillRun {
    /** Events that may wait for a slow listener before its range waits too. */
    private static final int EVENTS_AHEAD = 32;

    private final PreparedBackfill backfill;
    private final Fence fence;
    private final StopSignal stop;
    private final WorkBudget budget;
    private final BackfillEngine engine;
    private final RandomGenerator jitter;
    private final Set<Integer> finished = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable BackfillFailedException> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable FencedOffException> fenced = new AtomicReference<>();

    BackfillRun(BackfillEngine engine, PreparedBackfill backfill, Fence fence, StopSignal stop) {
        this.engine = engine;
        this.backfill = backfill;
        this.fence = fence;
        this.stop = stop;
        this.budget = engine.budget(backfill.step());
        this.jitter = new SplittableRandom(backfill.id() * 31 + fence.token());
    }

    /** Ranges side by side; the sweep behind a walk by blocks after all of them; then the verdict. */
    Flux<BackfillEvent> events() {
        Flux<StoredRange> open = Flux.fromIterable(backfill.stored()).filter(range -> !range.done());
        return open.filter(range -> !isSweep(range))
                .flatMap(this::range, engine.workersOf(backfill.step()), EVENTS_AHEAD)
                .concatWith(open.filter(BackfillRun::isSweep).concatMap(this::range, 1))
                .concatWith(Mono.defer(this::close));
    }

    private Flux<BackfillEvent> range(StoredRange range) {
        return new RangeRun(this, range).events().doOnNext(event -> {
            if (event instanceof BackfillEvent.RangeFinished done) {
                finished.add(done.range());
            }
        });
    }

    private static boolean isSweep(StoredRange range) {
        return range.upper().equals(Walk.EVERY_BLOCK);
    }

    private Mono<BackfillEvent> close() {
        FencedOffException newerOwner = fenced.get();
        if (newerOwner != null) {
            return Mono.error(newerOwner);
        }
        BackfillFailedException failed = failure.get();
        if (failed != null) {
            return once(Mark.FAILED).then(Mono.error(failed));
        }
        boolean complete =
                backfill.stored().stream().allMatch(range -> range.done() || finished.contains(range.number()));
        return complete
                ? engine.durably(session -> engine.ledger().mark(session, backfill.id(), Mark.DONE, fence))
                        .then(Mono.empty())
                : once(Mark.STOPPED).then(Mono.empty());
    }

    /** Nobody waits for a server that is away to note that we have ended; the ranges say what matters. */
    private Mono<Void> once(Mark mark) {
        return engine.transactions()
                .inTransaction(
                        TransactionSettings.LEDGER,
                        session -> engine.ledger().mark(session, backfill.id(), mark, fence))
                .onErrorResume(DatabaseException.class, e -> Mono.empty())
                .then();
    }

    /** Notes the failure; the other ranges see it at their next commit. */
    Mono<Void> rangeFailed(StoredRange range, Throwable cause) {
        failure.compareAndSet(null, new BackfillFailedException(backfill.step(), range, cause));
        String error = String.valueOf(cause.getMessage());
        return engine.transactions()
                .inTransaction(
                        TransactionSettings.SERVER_DEFAULTS,
                        session -> engine.ledger().fail(session, backfill.id(), range.number(), error, fence))
                .onErrorResume(DatabaseException.class, e -> Mono.empty())
                .then();
    }

    /** Notes that the ranges belong to a newer owner; the other ranges would find the same. */
    void fencedOff(FencedOffException exception) {
        fenced.compareAndSet(null, exception);
    }

    boolean goesOn() {
        return failure.get() == null && fenced.get() == null && !stop.isRequested();
    }

    PreparedBackfill backfill() {
        return backfill;
    }

    Fence fence() {
        return fence;
    }

    StopSignal stop() {
        return stop;
    }

    WorkBudget budget() {
        return budget;
    }

    ChunkRunner chunks() {
        return engine.chunks();
    }

    Scheduler scheduler() {
        return engine.scheduler();
    }

    Clock clock() {
        return engine.clock();
    }

    Duration patience() {
        return engine.settings().patience();
    }

    /** Guarded by itself: ranges fail on several threads. */
    synchronized double nextJitter() {
        return jitter.nextDouble();
    }
}
