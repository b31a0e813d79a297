package dev.athanor.run;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.backfill.PreparedBackfill;
import dev.athanor.backfill.RangeState;
import dev.athanor.batch.PhaseWork;
import dev.athanor.plan.Step;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.run.PhaseDriver.Hold;
import dev.athanor.run.PhaseDriver.Tools;
import dev.athanor.run.RunListener.BackfillView;
import dev.athanor.run.RunResult.BackfillSummary;
import dev.athanor.schema.Blocker;
import dev.athanor.schema.SchemaListener;
import dev.athanor.sql.QualifiedName;
import dev.athanor.verify.VerificationFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The steps of one phase, each handed to what runs its kind, with the listener told. */
final class StepWork implements PhaseWork {
    /** Tries of a verification whose connection is lost: some ten seconds, a restart of the server. */
    private static final int VERIFY_RETRIES = 7;

    private final long application;
    private final Tools tools;
    private final RunListener listener;
    private final Hold hold;
    private final Outcome outcome;

    StepWork(long application, Tools tools, RunListener listener, Hold hold, Outcome outcome) {
        this.application = application;
        this.tools = tools;
        this.listener = listener;
        this.hold = hold;
        this.outcome = outcome;
    }

    @Override
    public long application() {
        return application;
    }

    @Override
    public boolean stopRequested() {
        return hold.stop().isRequested();
    }

    @Override
    public void schema(Step.SchemaStep step) {
        listener.sectionStarted(step.revision(), step.name());
        if (!step.options().transactional()) {
            outcome.schemaTouched();
        }
        RunEnd.told(
                () -> {
                    tools.schema().run(step, hold.fence(), heard());
                    return true;
                },
                end -> listener.sectionEnded(step.revision(), step.name(), end));
        outcome.schemaTouched();
    }

    private SchemaListener heard() {
        return new SchemaListener() {
            @Override
            public void retrying(Step.SchemaStep retried, String cause, int failed, Duration delay) {
                listener.sectionRetried(retried.revision(), retried.name(), cause, delay);
            }

            @Override
            public void waitingForIndex(Step.SchemaStep waiting, QualifiedName index) {
                listener.indexBuilding(waiting.revision(), waiting.name(), index.quoted());
            }

            @Override
            public void rebuildingIndex(Step.SchemaStep rebuilding, QualifiedName index) {
                listener.indexRebuilt(rebuilding.revision(), rebuilding.name(), index.quoted());
            }

            @Override
            public void blockerEnded(Step.SchemaStep blocked, Blocker blocker, String how) {
                String words = "ended who blocked it: " + blocker.describe() + " (" + how + ")";
                outcome.note(blocked.revision() + " " + blocked.name() + ": " + words);
                listener.blockerMet(blocked.revision(), blocked.name(), words);
            }

            @Override
            public void blockerSpared(Step.SchemaStep blocked, Blocker blocker, String why) {
                String words = "could not end who blocks it, " + blocker.describe() + ": " + why
                        + " (pg_signal_backend gives the right for other roles)";
                outcome.note(blocked.revision() + " " + blocked.name() + ": " + words);
                listener.blockerMet(blocked.revision(), blocked.name(), words);
            }

            @Override
            public void indexDropped(Step.SchemaStep failed, QualifiedName index) {
                listener.indexDropped(failed.revision(), failed.name(), index.quoted());
            }
        };
    }

    @Override
    public Mono<PreparedBackfill> prepare(Step.BackfillStep step) {
        return tools.backfill()
                .prepare(step, hold.fence())
                .takeUntilOther(hold.stop().whenRequested());
    }

    @Override
    public Flux<BackfillEvent> run(PreparedBackfill backfill) {
        return Flux.defer(() -> {
            Clock clock = tools.clock();
            Instant begin = clock.instant();
            BackfillView view = view(backfill);
            AtomicLong walked = new AtomicLong();
            AtomicLong changed = new AtomicLong();
            AtomicLong setAside = new AtomicLong();
            Instant deadline = backfill.step().options().deadline();
            Runnable timer = deadline == null
                    ? () -> {}
                    : hold.deadline().at(deadline, "The deadline of backfill " + view.name());
            listener.backfillStarted(view);
            return tools.backfill()
                    .run(backfill, hold.fence(), hold.stop())
                    .doOnNext(event -> {
                        if (event instanceof BackfillEvent.ChunkCommitted chunk) {
                            walked.addAndGet(chunk.rowsWalked());
                            changed.addAndGet(chunk.rowsChanged());
                        } else if (event instanceof BackfillEvent.RowReleased released) {
                            changed.addAndGet(released.rowsChanged());
                        } else if (event instanceof BackfillEvent.RowQuarantined) {
                            setAside.incrementAndGet();
                        } else if (event instanceof BackfillEvent.Unvacuumed unvacuumed) {
                            noteUnvacuumed(view, unvacuumed);
                        }
                        listener.backfillEvent(view, event);
                        if (tools.exitWhenPaused() && isPause(event)) {
                            hold.stop().request();
                        }
                    })
                    .doOnError(error -> listener.backfillFailed(view, error))
                    .doOnComplete(() -> {
                        noteSetAside(view, setAside.get());
                        outcome.backfill(new BackfillSummary(
                                view.revision(),
                                view.name(),
                                walked.get(),
                                changed.get(),
                                Duration.between(begin, clock.instant())));
                        if (hold.stop().isRequested()) {
                            listener.backfillStopped(view);
                        } else {
                            listener.backfillFinished(view);
                        }
                    })
                    .doFinally(end -> timer.run());
        });
    }

    private static boolean isPause(BackfillEvent event) {
        return event instanceof BackfillEvent.ControlChanged changed
                && changed.control().pause() != null;
    }

    private void noteUnvacuumed(BackfillView view, BackfillEvent.Unvacuumed event) {
        outcome.note(
                "Backfill " + view.name() + " of revision " + view.revision() + " says vacuum-every-rows, but table "
                        + event.table() + " is not vacuumed: " + event.cause()
                        + ". athanor doctor names the rights that are missing.");
    }

    private void noteSetAside(BackfillView view, long rows) {
        if (rows > 0) {
            outcome.note(String.format(
                    Locale.ROOT,
                    "Backfill %s of revision %s has set %,d %s aside: athanor backfill show %d names %s, and athanor"
                            + " backfill retry %d --quarantined tries again.",
                    view.name(),
                    view.revision(),
                    rows,
                    rows == 1 ? "row" : "rows",
                    view.id(),
                    rows == 1 ? "it" : "them",
                    view.id()));
        }
    }

    private BackfillView view(PreparedBackfill backfill) {
        Step.BackfillStep step = backfill.step();
        Long cap = step.options().maxRowsPerSecond();
        return new BackfillView(
                backfill.id(),
                step.revision(),
                step.name(),
                step.table().quoted(),
                backfill.rowsEstimated(),
                backfill.ranges().stream().mapToLong(RangeState::rowsWalked).sum(),
                tools.backfill().workersOf(step),
                cap == null ? "" : String.format(Locale.ROOT, "max-rows-per-second %,d", cap));
    }

    @Override
    public Mono<Long> verify(Step.VerifyStep step) {
        return tools.verifier()
                .run(step, hold.fence())
                .retryWhen(Retry.backoff(VERIFY_RETRIES, Duration.ofMillis(100))
                        .maxBackoff(Duration.ofSeconds(5))
                        .filter(error -> error instanceof DatabaseException database
                                && database.category().retryable())
                        .onRetryExhaustedThrow((retry, signal) -> signal.failure()))
                .doOnError(VerificationFailedException.class, e -> told(step, e.stillWrong()))
                .then(Mono.fromSupplier(() -> told(step, 0)))
                .takeUntilOther(hold.stop().whenRequested());
    }

    private long told(Step.VerifyStep step, long wrong) {
        outcome.verification(step.revision(), step.name(), wrong);
        listener.verified(step.revision(), step.name(), wrong);
        return wrong;
    }
}
