package dev.athanor.throttle;

import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** A signal read from PostgreSQL. All that are due are read in one transaction, pipelined. */
abstract class SqlSignal extends BuiltIn {
    /** A look never waits for a lock for longer, and gives up before the next but one is due: it must not be a burden itself. */
    static final TransactionSettings LOOK =
            new TransactionSettings(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final ReactiveTransactions transactions;

    SqlSignal(SignalKind kind, ThrottleSettings settings, ReactiveTransactions transactions) {
        super(kind, settings);
        this.transactions = transactions;
    }

    /** Reads within a transaction that others share; one query, so that all go in one round trip. */
    abstract Mono<Double> read(ReactiveSession session);

    @Override
    public final Mono<Double> read() {
        return transactions.reading(LOOK, session -> read(session).flux()).single();
    }
}
