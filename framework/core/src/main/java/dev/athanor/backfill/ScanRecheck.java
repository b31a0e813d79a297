package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.BackfillEvent.ChunkCommitted;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.DatabaseException;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Asks the planner again in the middle of a run, and ends it when each chunk would read the whole table now. */
final class ScanRecheck {
    private final BackfillRun run;
    private final ScanWatch watch;
    private final Sinks.Many<ChunkCommitted> suspects = Sinks.many().multicast().directBestEffort();

    ScanRecheck(BackfillRun run) {
        this.run = run;
        this.watch = new ScanWatch(run.clock());
    }

    /** Hears all events of the run, one at a time. */
    void heard(BackfillEvent event) {
        if (event instanceof ChunkCommitted chunk && watch.isSuspicious(chunk)) {
            suspects.tryEmitNext(chunk);
        }
    }

    /** Asks as long as the run goes on; gives no events. */
    Flux<BackfillEvent> events() {
        return suspects.asFlux().takeUntilOther(run.ended()).concatMap(this::ask, 1);
    }

    private Mono<BackfillEvent> ask(ChunkCommitted chunk) {
        PreparedBackfill backfill = run.backfill();
        BackfillStep step = backfill.step();
        ScanGuard guard = new ScanGuard(backfill.reader(), run.settings().transaction(step.options()));
        return Flux.fromIterable(backfill.stored())
                .filter(range -> range.number() == chunk.range())
                .next()
                .flatMap(range -> guard.check(step, backfill.subject(), ScanWatch.behind(chunk, range)))
                .onErrorResume(DatabaseException.class, e -> Mono.empty())
                .onErrorResume(BackfillRefusedException.class, e -> {
                    run.end(failure(step, chunk.statement(), e));
                    return Mono.empty();
                })
                .then(Mono.empty());
    }

    private static AthanorException failure(BackfillStep step, Duration taken, BackfillRefusedException refusal) {
        return new AthanorException(
                FailureKind.FAILED,
                "chunk_scans_table",
                refusal.getMessage() + " It did not when the backfill began; the last chunk took " + taken.toMillis()
                        + " ms. What is done stays done.",
                "See whether the index of the key is gone or invalid, or statistics are; then: athanor resume "
                        + step.revision());
    }
}
