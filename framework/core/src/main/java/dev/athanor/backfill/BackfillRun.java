package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.RangeQueue.RangeFault;
import dev.athanor.ledger.BackfillLedger.Mark;
import dev.athanor.ledger.BackfillLedger.RangeFailure;
import dev.athanor.ledger.Control;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.throttle.WorkBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** One run of a prepared backfill: what its lanes share. */
final class BackfillRun {
    /** Events that may wait for a slow listener before its lane waits too. */
    private static final int EVENTS_AHEAD = 32;

    private final BackfillEngine engine;
    private final PreparedBackfill backfill;
    private final Fence fence;
    private final StopSignal stop;
    private final WorkBudget budget;
    private final RangeQueue queue;
    private final ControlDesk desk;
    private final QuarantineRetry quarantined;
    private final TableCare care;
    private final ScanRecheck recheck;
    private final RandomGenerator jitter;
    private final AtomicReference<@Nullable FencedOffException> fenced = new AtomicReference<>();
    private final Sinks.Empty<Void> workDone = Sinks.empty();
    private final Sinks.Empty<Void> broken = Sinks.empty();
    private final AtomicReference<Control.@Nullable Wish> cancelled = new AtomicReference<>();
    private final AtomicReference<@Nullable AthanorException> endedBy = new AtomicReference<>();
    private volatile boolean givenUp;

    BackfillRun(BackfillEngine engine, PreparedBackfill backfill, Fence fence, StopSignal stop) {
        this.engine = engine;
        this.backfill = backfill;
        this.fence = fence;
        this.stop = stop;
        this.budget = engine.budget(backfill, Control.Pace.UNSET);
        this.queue = new RangeQueue(backfill.stored());
        this.jitter = new SplittableRandom(backfill.id() * 31 + fence.token());
        this.desk = new ControlDesk(this, engine.ledgers().control());
        this.quarantined = new QuarantineRetry(this, engine.ledgers());
        this.care = new TableCare(this);
        this.recheck = new ScanRecheck(this);
    }

    /** Lanes side by side and rows that are tried again, beside them what watches over them; then the verdict. */
    Flux<BackfillEvent> events() {
        int lanes = engine.lanesOf(backfill.step());
        Flux<BackfillEvent> ranges = Flux.range(0, lanes)
                .flatMap(lane -> new Lane(this, lane).events(), lanes, EVENTS_AHEAD)
                .doOnTerminate(quarantined::lanesDone);
        Flux<BackfillEvent> work = Flux.merge(ranges, quarantined.events(lanes)).doOnTerminate(workDone::tryEmitEmpty);
        Flux<BackfillEvent> watched = Flux.merge(
                        budget.watch().map(state -> new BackfillEvent.BudgetChanged(backfill.id(), state)),
                        desk.watch())
                .takeUntilOther(workDone.asMono());
        return desk.open()
                .transform(this::persistently)
                .thenMany(Flux.concat(
                        Flux.defer(desk::known), Flux.merge(work, watched, care.events(), recheck.events())))
                .doOnNext(this::count)
                .concatWith(Mono.defer(this::close));
    }

    private void count(BackfillEvent event) {
        if (event instanceof BackfillEvent.ChunkCommitted chunk) {
            desk.chunkDone(chunk);
        }
        care.heard(event);
        recheck.heard(event);
    }

    private Mono<BackfillEvent> close() {
        FencedOffException newerOwner = fenced.get();
        if (newerOwner != null) {
            return Mono.error(newerOwner);
        }
        Control.Wish cancellation = cancelled.get();
        if (cancellation != null) {
            return once(desk.control().cancellation() == null ? Mark.STOPPED : Mark.CANCELLED)
                    .then(Mono.error(new BackfillCancelledException(backfill.step(), backfill.id(), cancellation)));
        }
        AthanorException reason = endedBy.get();
        if (reason != null) {
            return once(Mark.FAILED).then(Mono.error(reason));
        }
        if (!queue.failures().isEmpty()) {
            return once(Mark.FAILED)
                    .then(Mono.error(new BackfillFailedException(backfill.step(), backfill.id(), queue.failures())));
        }
        return queue.isComplete() ? done() : once(Mark.STOPPED).then(Mono.empty());
    }

    /** Not when an operator has asked for rows to be tried again at the very end: then whoever goes on does it. */
    private Mono<BackfillEvent> done() {
        return engine.durably(session -> engine.ledger().mark(session, backfill.id(), Mark.DONE, fence))
                .flatMap(marked -> marked == 1 ? Mono.empty() : quarantined.leftOver())
                .flatMap(left -> left ? once(Mark.FAILED).then(Mono.error(rowsLeft())) : Mono.empty());
    }

    private AthanorException rowsLeft() {
        return new AthanorException(
                FailureKind.FAILED,
                "rows_to_retry",
                "Backfill " + backfill.step().name() + " of revision "
                        + backfill.step().revision()
                        + ": an operator has asked for rows to be tried again just when all others were done.",
                "Try them now with: athanor resume " + backfill.step().revision());
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

    /** Notes the failure; the other ranges go on. */
    Mono<Void> rangeFailed(RangeFault fault) {
        Fault known = Fault.of(fault.cause());
        RangeFailure failure = new RangeFailure(
                fault.range().number(),
                String.valueOf(fault.cause().getMessage()),
                known == null || known.sqlState().isEmpty() ? null : known.sqlState(),
                fault.row());
        return engine.transactions()
                .inTransaction(
                        TransactionSettings.SERVER_DEFAULTS,
                        session -> engine.ledger().fail(session, backfill.id(), failure, fence))
                .onErrorResume(DatabaseException.class, e -> Mono.empty())
                // before the lane hears of the end: it may be the last one, and then the verdict is spoken
                .doOnTerminate(() -> queue.failed(fault))
                .then();
    }

    /** Takes up what operators have asked to be tried again. */
    Mono<Void> revive() {
        Set<Integer> failed = queue.failedRanges();
        Mono<Void> ranges = failed.isEmpty()
                ? Mono.empty()
                : transactions()
                        .readOnly(session -> engine.ledger().pending(session, backfill.id()))
                        .filter(range -> failed.contains(range.number()))
                        .collectList()
                        .doOnNext(queue::revive)
                        .then();
        return ranges.then(Mono.fromRunnable(quarantined::wanted));
    }

    /** An operator ends the run; taken back later, it is for another run to go on. */
    void cancelled(Control.Wish wish) {
        cancelled.compareAndSet(null, wish);
        broken.tryEmitEmpty();
    }

    /** Notes that the ranges belong to a newer owner; the other ranges would find the same. */
    void fencedOff(FencedOffException exception) {
        fenced.compareAndSet(null, exception);
        broken.tryEmitEmpty();
    }

    /** The server stays away: no range would fare better than the one that has lost its patience. */
    void giveUp() {
        givenUp = true;
        broken.tryEmitEmpty();
    }

    /** Nothing begins any more, and the run ends with this failure; what is done stays done. */
    void end(AthanorException reason) {
        endedBy.compareAndSet(null, reason);
        giveUp();
    }

    /** Whether there is work left, and we may do it. */
    boolean goesOn() {
        return mayWork() && !queue.isSettled();
    }

    /** Whether neither we nor operators have ended the run, and no newer owner has. */
    boolean mayWork() {
        return fenced.get() == null && !givenUp && !stop.isRequested() && cancelled.get() == null;
    }

    /** Completes when nothing may begin any more. */
    Mono<Void> ended() {
        return Mono.firstWithSignal(queue.settled(), forbidden());
    }

    /** Completes when we may not work any more, whatever is left. */
    Mono<Void> forbidden() {
        return Mono.firstWithSignal(stop.whenRequested(), broken.asMono());
    }

    void pace(Control.Pace set) {
        budget.pace(engine.pace(backfill.step(), set));
    }

    <T> Mono<T> persistently(Mono<T> work) {
        return work.retryWhen(engine.passingFaults()).takeUntilOther(stop.whenRequested());
    }

    RangeQueue queue() {
        return queue;
    }

    ControlDesk desk() {
        return desk;
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

    ReactiveTransactions transactions() {
        return engine.transactions();
    }

    ScanRecheck recheck() {
        return recheck;
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

    EngineSettings settings() {
        return engine.settings();
    }

    Duration patience() {
        return engine.settings().patience();
    }

    /** Guarded by itself: ranges fail on several threads. */
    synchronized double nextJitter() {
        return jitter.nextDouble();
    }
}
