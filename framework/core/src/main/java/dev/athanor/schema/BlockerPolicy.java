package dev.athanor.schema;

import java.util.Set;

/**
 * Which sessions a run may end when a schema statement has waited for them. A statement of theirs that runs is cancelled; a
 * transaction that is open and idle hears no cancellation, so its session is terminated.
 *
 * @param autovacuum whether to cancel an autovacuum, unless it is one against wraparound, which nothing may stop; without
 *     this the server itself cancels it after {@code deadlock_timeout}
 * @param roles whose sessions to end, by the names under which they have logged in
 */
public record BlockerPolicy(boolean autovacuum, Set<String> roles) {
    /** Nobody is ended. */
    public static final BlockerPolicy NONE = new BlockerPolicy(false, Set.of());

    public BlockerPolicy {
        roles = Set.copyOf(roles);
    }

    boolean isNone() {
        return !autovacuum && roles.isEmpty();
    }
}
