package dev.athanor.throttle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import reactor.core.publisher.Mono;

/**
 * How dear a row is, as a multiple of what it usually was: the median of the last few chunks over the median of the last
 * hundred or so. So one chunk that waits for a lock says nothing, and a part of the table where rows are dearer for good is
 * the usual thing after half a window.
 */
final class ChunkLatency extends BuiltIn {
    /** Ten seconds and more of chunks of usual length with two workers. */
    private static final int WINDOW = 100;
    /** Odd, so that it has a middle; one worker that waits for a lock does not fill more than half of it. */
    private static final int RECENT = 5;
    /** Before so many nothing is usual: caches are cold, and the server's plans and our code are new. */
    private static final int LEARNING = 20;
    /** What was measured so long ago says nothing any more; after a stop a chunk has to be tried. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Clock clock;
    private final Deque<Double> nanosPerRow = new ArrayDeque<>(WINDOW);
    private Instant last = Instant.MIN;

    ChunkLatency(ThrottleSettings settings, Clock clock) {
        super(SignalKind.CHUNK_LATENCY, settings);
        this.clock = clock;
    }

    /** A chunk of the usual size is done; smaller ones cost more for each row by themselves. */
    synchronized void observe(long walked, long nanos) {
        if (nanosPerRow.size() == WINDOW) {
            nanosPerRow.removeFirst();
        }
        nanosPerRow.addLast((double) Math.max(1, nanos) / walked);
        last = clock.instant();
    }

    @Override
    public Mono<Double> read() {
        return Mono.fromSupplier(this::ratio);
    }

    private synchronized double ratio() {
        if (nanosPerRow.size() < LEARNING || last.isBefore(clock.instant().minus(FRESH))) {
            return 0;
        }
        return median(RECENT) / median(nanosPerRow.size());
    }

    private double median(int number) {
        double[] sorted = new double[number];
        Iterator<Double> newest = nanosPerRow.descendingIterator();
        for (int i = 0; i < number; i++) {
            sorted[i] = newest.next();
        }
        Arrays.sort(sorted);
        return sorted[number / 2];
    }

    @Override
    public String describe(double value) {
        return name() + " " + SignalUnit.TIMES.text(value) + " of what is usual (limit "
                + SignalUnit.TIMES.text(limit()) + ")";
    }
}
