package dev.athanor.throttle;

import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** WAL of the whole server in a second, from one look to the next; nothing at the first. */
final class WalRate extends SqlSignal {
    private static final String WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text AS written";

    private record Look(Instant at, double written) {}

    private final Clock clock;
    private @Nullable Look last;

    WalRate(ThrottleSettings settings, ReactiveTransactions transactions, Clock clock) {
        super(SignalKind.WAL_RATE, settings, transactions);
        this.clock = clock;
    }

    @Override
    Mono<Double> read(ReactiveSession session) {
        return session.query(WRITTEN, row -> rate(Double.parseDouble(row.string("written"))))
                .single();
    }

    private synchronized double rate(double written) {
        Look now = new Look(clock.instant(), written);
        Look before = last;
        last = now;
        if (before == null || !now.at().isAfter(before.at())) {
            return 0;
        }
        return Math.max(0, written - before.written()) / ThrottleText.seconds(Duration.between(before.at(), now.at()));
    }
}
