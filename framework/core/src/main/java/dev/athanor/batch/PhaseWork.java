package dev.athanor.batch;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.backfill.PreparedBackfill;
import dev.athanor.plan.Step;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the steps of a phase do. All of it may be called again after a crash: the ledger knows what is done, and what is
 * done is not done again.
 */
public interface PhaseWork {

    /** Differs each time the revision is applied anew, and so tells one job instance from the next. */
    long application();

    /** Runs a schema section, on the calling thread. */
    void schema(Step.SchemaStep step);

    /** Makes a backfill ready to run. */
    Mono<PreparedBackfill> prepare(Step.BackfillStep step);

    /** Runs a backfill to its end or to the next clean checkpoint. */
    Flux<BackfillEvent> run(PreparedBackfill backfill);

    /** Counts the rows still wrong; an error when there are any. */
    Mono<Long> verify(Step.VerifyStep step);

    /** Whether the run should stop before its next step. */
    boolean stopRequested();
}
