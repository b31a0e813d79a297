package dev.athanor.throttle;

import dev.athanor.throttle.WorkBudget.Grant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Lets lanes in, one chunk at a time each. Every change (a lane comes, a lane leaves, the rules change, time passes) ends in
 * {@link #wake}, which looks at all who wait; whoever calls it while another thread is at it makes that one look again, so no
 * change is overlooked and no lane is let in twice.
 */
final class Turnstile {
    /** Longest sleep before it looks again, because the clock of a machine may be set while we sleep. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /** Says who may enter. Asked under the turnstile's lock; must not call back into it. */
    interface Keeper {
        /** Chunks at once. */
        int allowed();

        /** How long the next chunk has to wait; zero: it may begin. */
        Duration untilNext(Instant now);

        /** A chunk begins. */
        Grant admit(Instant now);
    }

    private final class Waiter {
        private final int lane;
        private final boolean begun;
        private final MonoSink<Grant> sink;
        private final long ticket;
        private boolean cancelled;
        private @Nullable Grant grant;

        Waiter(int lane, boolean begun, MonoSink<Grant> sink) {
            this.lane = lane;
            this.begun = begun;
            this.sink = sink;
            this.ticket = tickets++;
        }
    }

    private final Keeper keeper;
    private final Clock clock;
    private final Scheduler scheduler;
    private final AtomicInteger missed = new AtomicInteger();
    // all below: guarded by this
    private final TreeSet<Waiter> waiting =
            new TreeSet<>(Comparator.<Waiter>comparingInt(w -> w.lane).thenComparingLong(w -> w.ticket));
    private long tickets;
    private int running;
    private @Nullable Disposable alarm;
    private Instant alarmAt = Instant.MAX;

    Turnstile(Keeper keeper, Clock clock, Scheduler scheduler) {
        this.keeper = keeper;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Completes when the lane may begin a chunk; see {@link WorkBudget#acquire}. */
    Mono<Grant> enter(int lane, boolean begun) {
        return Mono.create(sink -> {
            Waiter waiter;
            synchronized (this) {
                waiter = new Waiter(lane, begun, sink);
            }
            sink.onCancel(() -> cancel(waiter));
            synchronized (this) {
                if (waiter.cancelled) {
                    return;
                }
                waiting.add(waiter);
            }
            wake();
        });
    }

    /** A chunk has ended. */
    void leave() {
        synchronized (this) {
            running--;
        }
        wake();
    }

    /** Looks at all who wait. */
    void wake() {
        if (missed.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Waiter next = next(); next != null; next = next()) {
                next.sink.success(next.grant);
            }
            seen = missed.addAndGet(-seen);
        } while (seen != 0);
    }

    private synchronized @Nullable Waiter next() {
        int allowed = waiting.isEmpty() ? 0 : keeper.allowed();
        if (running >= allowed) {
            return null;
        }
        for (Waiter waiter : waiting) {
            if (waiter.begun || waiter.lane < allowed) {
                return admitted(waiter);
            }
        }
        return null;
    }

    private @Nullable Waiter admitted(Waiter waiter) {
        Instant now = clock.instant();
        Duration wait = keeper.untilNext(now);
        if (!wait.isZero()) {
            sleep(now, wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait);
            return null;
        }
        waiting.remove(waiter);
        running++;
        waiter.grant = keeper.admit(now);
        return waiter;
    }

    private void sleep(Instant now, Duration wait) {
        Instant at = now.plus(wait);
        if (alarm != null) {
            if (!alarmAt.isAfter(at)) {
                return;
            }
            alarm.dispose();
        }
        alarmAt = at;
        alarm = scheduler.schedule(this::ring, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ring() {
        synchronized (this) {
            alarm = null;
            alarmAt = Instant.MAX;
        }
        wake();
    }

    /** Whoever was let in and did not hear of it any more has not begun a chunk. */
    private void cancel(Waiter waiter) {
        Grant unheard;
        synchronized (this) {
            waiter.cancelled = true;
            unheard = waiting.remove(waiter) ? null : waiter.grant;
        }
        if (unheard != null) {
            unheard.abandoned();
        }
    }
}
