package dev.athanor.throttle;

import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Seconds by which the slowest standby is behind. The server's {@code replay_lag} is empty on an idle primary and stands still
 * when replay is paused, so the age of what is not replayed is also measured here: by when the primary's own position was
 * first seen beyond that of the standby. A standby that has replayed all there is has no lag, whatever the server says.
 */
final class ReplicaLag extends SqlSignal {
    private static final String STANDBYS = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text AS written,"
            + " pg_wal_lsn_diff(replay_lsn, '0/0')::text AS replayed,"
            + " extract(epoch FROM replay_lag)::text AS lag"
            + " FROM pg_stat_replication WHERE state IN ('streaming', 'catchup') AND replay_lsn IS NOT NULL";

    /** Positions that are kept: an hour of looks. The oldest one always stays, so longer lags are still told. */
    private static final int MOST = 7200;

    private record Position(Instant at, double written) {}

    private record Standby(double written, double replayed, double lag) {}

    private final Clock clock;
    private final Deque<Position> history = new ArrayDeque<>();

    ReplicaLag(ThrottleSettings settings, ReactiveTransactions transactions, Clock clock) {
        super(SignalKind.REPLICA_LAG, settings, transactions);
        this.clock = clock;
    }

    @Override
    Mono<Double> read(ReactiveSession session) {
        return session.query(STANDBYS, ReplicaLag::standby).collectList().map(this::lag);
    }

    private static Standby standby(Row row) {
        @Nullable String lag = row.text("lag");
        return new Standby(
                Double.parseDouble(row.string("written")),
                Double.parseDouble(row.string("replayed")),
                lag == null ? 0 : Double.parseDouble(lag));
    }

    private synchronized double lag(List<Standby> standbys) {
        if (standbys.isEmpty()) {
            history.clear();
            return 0;
        }
        Instant now = clock.instant();
        double slowest = standbys.stream().mapToDouble(Standby::replayed).min().orElse(0);
        while (!history.isEmpty() && history.getFirst().written() <= slowest) {
            history.removeFirst();
        }
        remember(new Position(now, standbys.get(0).written()));
        return standbys.stream()
                .mapToDouble(standby -> standby.replayed() >= standby.written()
                        ? 0
                        : Math.max(standby.lag(), age(standby.replayed(), now)))
                .max()
                .orElse(0);
    }

    private void remember(Position position) {
        if (history.size() == MOST) {
            Position oldest = history.removeFirst();
            history.removeFirst();
            history.addFirst(oldest);
        }
        if (history.isEmpty() || history.getLast().written() < position.written()) {
            history.addLast(position);
        }
    }

    private double age(double replayed, Instant now) {
        return history.stream()
                .filter(position -> position.written() > replayed)
                .findFirst()
                .map(position -> ThrottleText.seconds(Duration.between(position.at(), now)))
                .orElse(0.0);
    }
}
