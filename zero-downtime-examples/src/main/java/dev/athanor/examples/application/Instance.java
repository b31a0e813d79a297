package dev.athanor.examples.application;

import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One process of the application. It begins requests by the clock, at a constant rate, whether or not earlier ones have come back, and
 * measures each from the time it was due; so a stall of the database shows in full.
 */
public final class Instance {
    /** More are begun late, and their lateness counts as latency. */
    private static final int IN_FLIGHT = 64;

    private static final Duration DRAINING = Duration.ofMinutes(2);

    private final String name;
    private final String url;
    private final int rate;
    private final KnownRows rows;
    private final Findings findings;
    private final RequestListener listener;
    private final Scheduler scheduler = Schedulers.parallel();
    private @Nullable Running running;

    /** What an instance has while it runs. */
    private record Running(
            Connections connections, Requests requests, Sinks.Empty<Void> stop, CompletableFuture<Void> ended) {}

    /**
     * @param name such as A; its sessions are called {@code example A old}
     * @param rate requests a second
     * @param rows shared by all instances
     */
    public Instance(String name, String url, int rate, KnownRows rows, Findings findings, RequestListener listener) {
        this.name = name;
        this.url = url;
        this.rate = rate;
        this.rows = rows;
        this.findings = findings;
        this.listener = listener;
    }

    /** What the sessions of all instances are called, to find them by; the rest of the name follows. */
    public static String sessionPrefix() {
        return "example ";
    }

    /**
     * Starts this version; the one that runs is stopped before, as in a rolling switch.
     *
     * @param filling whether reads fall back to the old shape where the new one is empty
     */
    public void start(ApplicationVersion version, boolean filling) {
        stop();
        Connections connections = new Connections(url, sessionPrefix() + name + " " + version.name());
        connections.open().block(DRAINING);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        Requests requests = new Requests(version, connections, rows, findings, random);
        requests.filling(filling);
        Sinks.Empty<Void> stop = Sinks.empty();
        CompletableFuture<Void> ended = requests(version.name(), requests, stop).toFuture();
        running = new Running(connections, requests, stop, ended);
    }

    /** The backfill is verified: from now on reads use nothing but the version's own shape. */
    public void filled() {
        Objects.requireNonNull(running).requests().filling(false);
    }

    /** Begins no more requests, waits for those under way, and closes the connections. Nothing happens when it is stopped. */
    public void stop() {
        Running last = running;
        running = null;
        if (last != null) {
            last.stop().tryEmitEmpty();
            last.ended().orTimeout(DRAINING.toSeconds(), TimeUnit.SECONDS).join();
            last.connections().close().block(DRAINING);
        }
    }

    /** Every slot in flight takes the next moment, waits for it, and makes a request. */
    private Mono<Void> requests(String version, Requests requests, Sinks.Empty<Void> stop) {
        long interval = TimeUnit.SECONDS.toNanos(1) / rate;
        return Flux.<Long, Long>generate(System::nanoTime, (due, sink) -> {
                    sink.next(due);
                    return due + interval;
                })
                .takeUntilOther(stop.asMono())
                .flatMap(due -> whenDue(version, requests, stop, due), IN_FLIGHT, 1)
                .then();
    }

    private Mono<Void> whenDue(String version, Requests requests, Sinks.Empty<Void> stop, long due) {
        long wait = Math.max(0, due - System.nanoTime());
        return Mono.delay(Duration.ofNanos(wait), scheduler)
                .takeUntilOther(stop.asMono())
                .flatMap(tick ->
                        requests.next().doFinally(signal -> listener.ended(version, due, System.nanoTime() - due)));
    }
}
