package dev.athanor.throttle;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides, before every chunk, when it may begin and how many rows it may hold. The one seam between the engine and
 * whatever says that the database has had enough.
 *
 * <p>The engine runs as many lanes as may ever be allowed. Each asks before each chunk; a lane that has no range in
 * progress is let in only while its number is below the workers allowed, so that ranges are finished before others are
 * begun, while a lane in the middle of a range gets its turn whenever fewer chunks run than may.
 */
public interface WorkBudget {

    /**
     * Completes when a chunk may begin. The engine reports back exactly once for each grant, by {@link Grant#done} or
     * {@link Grant#abandoned}.
     *
     * @param lane number of the asking lane, from 0
     * @param begun whether that lane is in the middle of a range
     */
    Mono<Grant> acquire(int lane, boolean begun);

    /** What is allowed now, and why. */
    BudgetState state();

    /** Takes another pace from the next chunk on; called while lanes run and wait. */
    void pace(Pace pace);

    /**
     * Reads signals and adapts as long as it is subscribed.
     *
     * @return each new state that differs for its readers; never completes; an error ends the backfill
     */
    Flux<BudgetState> watch();

    /** Leave to run one chunk. */
    interface Grant {
        /** Rows that the chunk should hold. */
        int rows();

        /**
         * The chunk is committed.
         *
         * @param rowsWalked rows between its bounds
         * @param statementNanos time of its user statement alone, no waiting in queues, in nanoseconds
         */
        void done(long rowsWalked, long statementNanos);

        /** The chunk was not committed. */
        void abandoned();
    }
}
