package dev.athanor.throttle;

import dev.athanor.postgres.ReactiveTransactions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the signals of one backfill. */
final class SignalSet {
    private final HealthBudget.Health health;
    private final ChunkLatency latency;
    private final Clock clock;

    SignalSet(HealthBudget.Health health, ChunkLatency latency, Clock clock) {
        this.health = health;
        this.latency = latency;
        this.clock = clock;
    }

    /**
     * Those that are on.
     *
     * @param statistics whether the role may see what other sessions do
     */
    List<SignalState> states(boolean statistics) {
        ThrottleSettings settings = health.settings();
        List<SignalState> states = new ArrayList<>();
        for (SignalKind kind : SignalKind.values()) {
            if (settings.isOn(kind) && (statistics || !kind.needsStatistics())) {
                Signal signal = signal(kind, settings);
                if (signal != null) {
                    states.add(new SignalState(signal, settings));
                }
            }
        }
        settings.signals().forEach(signal -> states.add(new SignalState(signal, settings)));
        return states;
    }

    private @Nullable Signal signal(SignalKind kind, ThrottleSettings settings) {
        return switch (kind) {
            case CHUNK_LATENCY -> latency;
            case HTTP_PROBE -> {
                URI url = settings.httpProbe();
                yield url == null ? null : new HttpProbe(settings, url);
            }
            case FLAG_FILE -> {
                Path path = settings.flagFile();
                yield path == null ? null : new FlagFile(settings, path);
            }
            default -> {
                ReactiveTransactions transactions = health.transactions();
                yield transactions == null ? null : inDatabase(kind, settings, transactions);
            }
        };
    }

    private Signal inDatabase(SignalKind kind, ThrottleSettings settings, ReactiveTransactions transactions) {
        return switch (kind) {
            case REPLICA_LAG -> new ReplicaLag(settings, transactions, clock);
            case WAL_ARCHIVE -> new WalArchive(settings, transactions);
            case WAL_RATE -> new WalRate(settings, transactions, clock);
            case USER_QUERY -> new UserQuery(settings, transactions);
            default -> SqlNumber.of(kind, settings, transactions, health.table());
        };
    }
}
