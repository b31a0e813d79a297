package dev.athanor.throttle;

import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads the signals that are due, those of PostgreSQL together in one transaction. */
final class Watcher {
    /** Longest look; some looks fit into the grace time, so that a late answer is no blindness. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<SignalState> states;
    private final @Nullable ReactiveTransactions transactions;
    private final Clock clock;
    private final Scheduler scheduler;
    private volatile Picture picture = Picture.NOTHING;

    /**
     * All signals after a look.
     *
     * @param smoothed utilisation of the worst
     * @param raw utilisation of the worst as it was read last
     * @param worst what the worst by its last value says; empty when there is none
     * @param name of the same
     */
    record Picture(List<Reading> readings, double smoothed, double raw, String worst, String name) {
        static final Picture NOTHING = new Picture(List.of(), 0, 0, "", "");
    }

    private record Seen(
            SignalState state, double value, @Nullable Throwable error) {}

    Watcher(List<SignalState> states, @Nullable ReactiveTransactions transactions, Clock clock, Scheduler scheduler) {
        this.states = states;
        this.transactions = transactions;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    Picture picture() {
        return picture;
    }

    /** Looks at what is due and draws the picture anew. Never fails: what cannot be read is part of it. */
    Mono<Picture> look() {
        return Mono.defer(() -> {
            Instant begin = clock.instant();
            List<SignalState> due =
                    states.stream().filter(state -> state.isDue(begin)).toList();
            List<SignalState> inDatabase = due.stream()
                    .filter(state -> state.signal() instanceof SqlSignal)
                    .toList();
            Flux<Seen> elsewhere = Flux.fromIterable(due)
                    .filter(state -> !(state.signal() instanceof SqlSignal))
                    .flatMap(this::alone);
            return Flux.merge(together(inDatabase), elsewhere).collectList().map(this::draw);
        });
    }

    /** One transaction for all; when it fails for one of them, each by itself, so that the others are read. */
    private Flux<Seen> together(List<SignalState> due) {
        if (due.isEmpty() || transactions == null) {
            return Flux.empty();
        }
        return transactions
                .reading(
                        SqlSignal.LOOK,
                        session -> Flux.mergeSequential(due.stream()
                                .map(state -> ((SqlSignal) state.signal())
                                        .read(session)
                                        .map(value -> new Seen(state, value, null)))
                                .toList()))
                .collectList()
                .timeout(PATIENCE, scheduler)
                .flatMapMany(Flux::fromIterable)
                .onErrorResume(error -> error instanceof DatabaseException database
                                && !database.category().retryable()
                                && due.size() > 1
                        ? Flux.fromIterable(due).concatMap(this::alone)
                        : Flux.fromIterable(due).map(state -> new Seen(state, 0, error)));
    }

    private Mono<Seen> alone(SignalState state) {
        return Mono.defer(() -> state.signal().read())
                .timeout(PATIENCE, scheduler)
                .map(value -> new Seen(state, value, null))
                .switchIfEmpty(Mono.error(() -> new NoSuchElementException("it gives no number")))
                .onErrorResume(error -> Mono.just(new Seen(state, 0, error)));
    }

    private Picture draw(List<Seen> all) {
        Instant now = clock.instant();
        for (Seen one : all) {
            Throwable error = one.error();
            if (error == null) {
                one.state().seen(one.value(), now);
            } else {
                one.state().failed(error, now);
            }
        }
        Picture drawn = states.stream()
                .max(Comparator.comparingDouble(state -> state.raw(now)))
                .map(worst -> new Picture(
                        states.stream().map(state -> state.reading(now)).toList(),
                        states.stream()
                                .mapToDouble(state -> state.smoothed(now))
                                .max()
                                .orElse(0),
                        worst.raw(now),
                        worst.reading(now).text(),
                        worst.signal().name()))
                .orElse(Picture.NOTHING);
        picture = drawn;
        return drawn;
    }
}
