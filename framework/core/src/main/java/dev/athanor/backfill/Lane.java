package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.throttle.WorkBudget.Grant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One of the pipelines of a run: takes a range, goes through it chunk by chunk, takes the next. Its fields are touched by
 * one chunk at a time: the next one is subscribed only when the one before has completed.
 */
final class Lane {
    private final BackfillRun run;
    private final int number;
    private @Nullable RangeRun current;

    Lane(BackfillRun run, int number) {
        this.run = run;
        this.number = number;
    }

    Flux<BackfillEvent> events() {
        return Flux.defer(() -> run.goesOn() ? next() : Flux.empty()).repeat(run::goesOn);
    }

    private Flux<BackfillEvent> next() {
        RangeRun range = current;
        if (range != null && range.isOver()) {
            range = null;
            current = null;
        }
        boolean begun = range != null;
        return (range == null ? run.queue().available() : range.delay())
                .then(Mono.defer(() -> run.desk().whenOpen()))
                .then(Mono.defer(() -> run.budget().acquire(number, begun)))
                .takeUntilOther(run.ended())
                .flatMapMany(
                        grant -> use(grant).doOnError(e -> grant.abandoned()).doOnCancel(grant::abandoned));
    }

    private Flux<BackfillEvent> use(Grant grant) {
        RangeRun range = current;
        if (range == null) {
            StoredRange next = run.goesOn() ? run.queue().poll() : null;
            if (next == null) {
                grant.abandoned();
                return Flux.empty();
            }
            range = new RangeRun(run, next);
            current = range;
        }
        return range.chunk(grant);
    }
}
