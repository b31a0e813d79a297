package dev.athanor.throttle;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which signals slow backfills down, and at which limits. Immutable; made by {@link #builder()}, or from what users write by
 * {@link #parse}.
 */
public final class ThrottleSettings {
    /**
     * Nothing that could not be read for this long is believed to be well. Longer than the restart of a small server, which
     * stops the chunks by itself.
     */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Six looks: one that is out of line moves nothing by itself, and a change shows within some seconds. */
    private static final Duration SMOOTHING = Duration.ofSeconds(3);

    /** The signals that need nothing said, at their default limits. */
    public static final ThrottleSettings DEFAULTS = builder().build();

    /** No signal at all. */
    public static final ThrottleSettings OFF = builder().allOff().build();

    private final Map<SignalKind, Double> limits;
    private final Set<SignalKind> off;
    private final @Nullable String userQuery;
    private final @Nullable URI httpProbe;
    private final @Nullable Path flagFile;
    private final @Nullable Integer serverCores;
    private final Duration grace;
    private final Duration smoothing;
    private final List<Signal> signals;

    private ThrottleSettings(Builder builder) {
        this.limits = new EnumMap<>(builder.limits);
        this.off = EnumSet.copyOf(builder.off);
        this.userQuery = builder.userQuery;
        this.httpProbe = builder.httpProbe;
        this.flagFile = builder.flagFile;
        this.serverCores = builder.serverCores;
        this.grace = builder.grace;
        this.smoothing = builder.smoothing;
        this.signals = List.copyOf(builder.signals);
    }

    /** Settings to be said one by one; what is not said has its default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads settings by their names, as they stand in {@code athanor.yaml} and behind {@code --throttle}.
     *
     * @throws dev.athanor.AthanorException kind USAGE, code {@code invalid_throttle}, with all that is wrong
     */
    public static ThrottleSettings parse(Map<String, String> values) {
        return ThrottleText.parse(values);
    }

    /** Every setting by its name, as text, with what holds for it; signals that are off say {@code off}. */
    public Map<String, String> inWords() {
        return ThrottleText.inWords(this);
    }

    /** Whether the signal is to be read, as far as the settings go; the role's rights may say otherwise. */
    public boolean isOn(SignalKind kind) {
        if (off.contains(kind)) {
            return false;
        }
        return switch (kind) {
            case WAL_RATE -> limits.containsKey(kind);
            case ACTIVE_SESSIONS -> serverCores != null;
            case USER_QUERY -> userQuery != null && limits.containsKey(kind);
            case HTTP_PROBE -> httpProbe != null;
            case FLAG_FILE -> flagFile != null;
            default -> true;
        };
    }

    /** Value of the signal at which work stands still; NaN when it has neither a limit of its own nor a default. */
    public double limit(SignalKind kind) {
        return limits.getOrDefault(kind, kind.defaultLimit());
    }

    /** Whether the user has asked for it, so that it must not be left out silently. */
    boolean isAskedFor(SignalKind kind) {
        return isOn(kind) && (limits.containsKey(kind) || kind.need() == SignalKind.Need.CORES);
    }

    @Nullable
    String userQuery() {
        return userQuery;
    }

    @Nullable
    URI httpProbe() {
        return httpProbe;
    }

    @Nullable
    Path flagFile() {
        return flagFile;
    }

    @Nullable
    Integer serverCores() {
        return serverCores;
    }

    /** How long a signal may be unreadable before it counts as its limit. */
    public Duration grace() {
        return grace;
    }

    /** Time constant of the smoothing of utilisation; limits are held against the last value as it is. */
    public Duration smoothing() {
        return smoothing;
    }

    List<Signal> signals() {
        return signals;
    }

    /** Collects settings. */
    public static final class Builder {
        private final Map<SignalKind, Double> limits = new EnumMap<>(SignalKind.class);
        private final Set<SignalKind> off = EnumSet.noneOf(SignalKind.class);
        private @Nullable String userQuery;
        private @Nullable URI httpProbe;
        private @Nullable Path flagFile;
        private @Nullable Integer serverCores;
        private Duration grace = GRACE;
        private Duration smoothing = SMOOTHING;
        private final List<Signal> signals = new ArrayList<>();

        private Builder() {}

        /** The signal at which work stands still at this value, above zero, in the unit of the signal. */
        public Builder limit(SignalKind kind, double value) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("the limit of " + kind.key() + " must be above zero, not " + value);
            }
            limits.put(kind, value);
            off.remove(kind);
            return this;
        }

        /** Without this signal. */
        public Builder off(SignalKind kind) {
            off.add(kind);
            limits.remove(kind);
            return this;
        }

        /** Without any signal that is not switched on after this. */
        public Builder allOff() {
            off.addAll(EnumSet.allOf(SignalKind.class));
            limits.clear();
            signals.clear();
            return this;
        }

        /** A query that gives one number, and the number at which work stands still. */
        public Builder userQuery(String sql, double limit) {
            userQuery = sql;
            return limit(SignalKind.USER_QUERY, limit);
        }

        Builder userQuery(String sql) {
            userQuery = sql;
            off.remove(SignalKind.USER_QUERY);
            return this;
        }

        /** A URL, {@code http} or {@code https}, that answers 2xx as long as all is well. */
        public Builder httpProbe(URI url) {
            httpProbe = url;
            off.remove(SignalKind.HTTP_PROBE);
            return this;
        }

        /** A file; work stands still as long as it is there. */
        public Builder flagFile(Path path) {
            flagFile = path;
            off.remove(SignalKind.FLAG_FILE);
            return this;
        }

        /** Cores of the database server, which switches {@link SignalKind#ACTIVE_SESSIONS} on. */
        public Builder serverCores(int cores) {
            if (cores < 1) {
                throw new IllegalArgumentException("a server has at least 1 core, not " + cores);
            }
            serverCores = cores;
            off.remove(SignalKind.ACTIVE_SESSIONS);
            return this;
        }

        /** How long a signal may be unreadable before it counts as its limit; 10 seconds by default. */
        public Builder grace(Duration longest) {
            grace = longest;
            return this;
        }

        /** Time constant of the smoothing, above zero; 3 seconds by default. */
        public Builder smoothing(Duration constant) {
            if (constant.isZero() || constant.isNegative()) {
                throw new IllegalArgumentException("smoothing must be above zero, not " + constant);
            }
            smoothing = constant;
            return this;
        }

        /** One more signal, of your own. */
        public Builder signal(Signal signal) {
            signals.add(signal);
            return this;
        }

        /** The settings. */
        public ThrottleSettings build() {
            return new ThrottleSettings(this);
        }
    }
}
