package dev.athanor.throttle;

import reactor.core.publisher.Mono;

/**
 * Decides, before every chunk, when it may begin and how many rows it may hold. The one seam between the engine and
 * whatever says that the database has had enough.
 */
public interface WorkBudget {

    /**
     * Completes when a chunk may begin. The engine reports back exactly once for each grant, by {@link Grant#done} or
     * {@link Grant#abandoned}.
     */
    Mono<Grant> acquire();

    /** Why work is slower than it could be, for people; empty when it is not. */
    String reason();

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
