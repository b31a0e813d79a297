package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger.StoredRange;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The ranges of a backfill that no lane has begun yet. The sweep behind a walk by blocks comes when all others are done,
 * and not at all when one has failed. Guarded by itself: lanes run on several threads.
 */
final class RangeQueue {
    private final Deque<StoredRange> waiting = new ArrayDeque<>();
    private final Deque<StoredRange> sweeps = new ArrayDeque<>();
    private final Map<Integer, RangeFault> failed = new TreeMap<>();
    private final Map<Integer, StoredRange> active = new HashMap<>();
    private final Sinks.Many<Boolean> changed = Sinks.many().replay().latestOrDefault(true);

    RangeQueue(Collection<StoredRange> ranges) {
        ranges.stream().filter(range -> !range.done()).forEach(this::add);
    }

    private void add(StoredRange range) {
        (range.upper().equals(Walk.EVERY_BLOCK) ? sweeps : waiting).add(range);
    }

    /** Completes when {@link #poll} may give a range, or when none will come any more. */
    Mono<Void> available() {
        return changed.asFlux()
                .filter(any -> isAvailable() || isSettled())
                .next()
                .then();
    }

    /** Completes when none will come any more. */
    Mono<Void> settled() {
        return changed.asFlux().filter(any -> isSettled()).next().then();
    }

    /** The next range to begin; null when there is none now. */
    synchronized @Nullable StoredRange poll() {
        if (!isAvailable()) {
            return null;
        }
        StoredRange next = waiting.isEmpty() ? sweeps.remove() : waiting.remove();
        active.put(next.number(), next);
        return next;
    }

    void done(int number) {
        synchronized (this) {
            active.remove(number);
        }
        tell();
    }

    void failed(RangeFault fault) {
        synchronized (this) {
            active.remove(fault.range().number());
            failed.put(fault.range().number(), fault);
        }
        tell();
    }

    /** Takes up failed ranges again as the ledger has them. */
    void revive(Collection<StoredRange> ranges) {
        synchronized (this) {
            ranges.stream()
                    .filter(range -> failed.remove(range.number()) != null && !range.done())
                    .forEach(this::add);
        }
        tell();
    }

    synchronized Collection<RangeFault> failures() {
        return java.util.List.copyOf(failed.values());
    }

    synchronized Set<Integer> failedRanges() {
        return Set.copyOf(failed.keySet());
    }

    synchronized boolean isSettled() {
        return active.isEmpty() && !isAvailable();
    }

    /** Whether every range is done. */
    synchronized boolean isComplete() {
        return active.isEmpty() && waiting.isEmpty() && sweeps.isEmpty() && failed.isEmpty();
    }

    private synchronized boolean isAvailable() {
        return !waiting.isEmpty() || active.isEmpty() && failed.isEmpty() && !sweeps.isEmpty();
    }

    private void tell() {
        changed.emitNext(true, Sinks.EmitFailureHandler.busyLooping(java.time.Duration.ofSeconds(1)));
    }

    /**
     * Why a range has failed.
     *
     * @param row key of the row at which it stands; null: not one row's fault
     */
    record RangeFault(StoredRange range, Throwable cause, java.util.@Nullable List<String> row) {}
}
