package dev.athanor.throttle;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Throttle settings as users write and read them. */
final class ThrottleText {
    private static final String ALL = "all";
    private static final String USER_QUERY_LIMIT = "user-query-limit";
    private static final String CORES = "server-cores";
    private static final String GRACE = "grace";
    private static final String SMOOTHING = "smoothing";
    private static final Set<String> NAMES = Stream.concat(
                    Stream.of(SignalKind.values()).map(SignalKind::key),
                    Stream.of(ALL, USER_QUERY_LIMIT, CORES, GRACE, SMOOTHING))
            .collect(Collectors.toCollection(TreeSet::new));

    private final ThrottleSettings.Builder builder = ThrottleSettings.builder();
    private final List<String> faults = new ArrayList<>();

    private ThrottleText() {}

    static ThrottleSettings parse(Map<String, String> values) {
        ThrottleText text = new ThrottleText();
        // first, because what else is said switches single signals on again
        String all = values.get(ALL);
        if (all != null) {
            text.all(all);
        }
        values.forEach(text::read);
        text.check(values);
        if (!text.faults.isEmpty()) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "invalid_throttle",
                    String.join("\n", text.faults),
                    "Mend it where it is said: --throttle NAME=VALUE, ATHANOR_THROTTLE, or throttle: in athanor.yaml;"
                            + " athanor config show --origin tells where.");
        }
        return text.builder.build();
    }

    private void all(String value) {
        if (isOff(value)) {
            builder.allOff();
        } else {
            wrong(ALL, value, "off");
        }
    }

    private void read(String name, String given) {
        String value = given.strip();
        switch (name) {
            case ALL -> {}
            case USER_QUERY_LIMIT -> limit(SignalKind.USER_QUERY, name, value);
            case CORES -> cores(value);
            case GRACE -> duration(name, value).ifPresent(s -> builder.grace(nanos(s)));
            case SMOOTHING -> duration(name, value).ifPresent(s -> builder.smoothing(nanos(s)));
            default -> SignalKind.of(name).ifPresentOrElse(kind -> signal(kind, value), () -> unknown(name));
        }
    }

    private void signal(SignalKind kind, String value) {
        if (isOff(value)) {
            builder.off(kind);
            return;
        }
        switch (kind) {
            case USER_QUERY -> {
                if (value.isEmpty()) {
                    wrong(kind.key(), value, "a query that gives one number, or off");
                } else {
                    builder.userQuery(value);
                }
            }
            case HTTP_PROBE -> url(value);
            case FLAG_FILE -> path(value);
            default -> limit(kind, kind.key(), value);
        }
    }

    private void limit(SignalKind kind, String name, String value) {
        OptionalDouble limit = kind.unit().parse(value);
        if (limit.isPresent()) {
            builder.limit(kind, limit.getAsDouble());
        } else {
            wrong(name, value, kind.unit().example() + ", or off");
        }
    }

    private void url(String value) {
        URI url = uri(value);
        if (url != null && url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
            builder.httpProbe(url);
        } else {
            wrong(SignalKind.HTTP_PROBE.key(), value, "a URL such as http://localhost:8080/health, or off");
        }
    }

    private static @Nullable URI uri(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private void path(String value) {
        try {
            if (value.isEmpty()) {
                wrong(SignalKind.FLAG_FILE.key(), value, "the path of a file, or off");
            } else {
                builder.flagFile(Path.of(value));
            }
        } catch (InvalidPathException e) {
            wrong(SignalKind.FLAG_FILE.key(), value, "the path of a file, or off");
        }
    }

    private void cores(String value) {
        if (value.matches("[1-9][0-9]{0,4}")) {
            builder.serverCores(Integer.parseInt(value));
        } else {
            wrong(CORES, value, "a number of cores, such as 8");
        }
    }

    private OptionalDouble duration(String name, String value) {
        OptionalDouble seconds = SignalUnit.SECONDS.parse(value);
        if (seconds.isEmpty()) {
            wrong(name, value, SignalUnit.SECONDS.example());
        }
        return seconds;
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** What makes sense only together. */
    private void check(Map<String, String> values) {
        String query = values.get(SignalKind.USER_QUERY.key());
        boolean limited = values.containsKey(USER_QUERY_LIMIT);
        if (query != null && !isOff(query) && !limited) {
            faults.add("throttle: user-query needs user-query-limit, the number at which work stands still");
        } else if (query == null && limited) {
            faults.add("throttle: user-query-limit needs user-query");
        }
        String active = values.get(SignalKind.ACTIVE_SESSIONS.key());
        if (active != null && !isOff(active) && !values.containsKey(CORES)) {
            faults.add("throttle: active-sessions needs server-cores, the number of cores of the database server");
        }
    }

    private void unknown(String name) {
        faults.add("throttle: unknown name '" + name + "'"
                + Nearest.to(name, NAMES).stream()
                        .findFirst()
                        .map(nearest -> ", did you mean '" + nearest + "'?")
                        .orElse("; known are " + String.join(", ", NAMES)));
    }

    private void wrong(String name, String value, String expected) {
        faults.add("throttle: " + name + " is '" + value + "'; it must be " + expected);
    }

    private static boolean isOff(String value) {
        return List.of("off", "false", "no").contains(value.strip().toLowerCase(Locale.ROOT));
    }

    static Map<String, String> inWords(ThrottleSettings settings) {
        Map<String, String> words = new LinkedHashMap<>();
        for (SignalKind kind : SignalKind.values()) {
            words.put(kind.key(), settings.isOn(kind) ? value(kind, settings) : "off");
            if (kind == SignalKind.USER_QUERY && settings.isOn(kind)) {
                words.put(USER_QUERY_LIMIT, SignalUnit.plain(settings.limit(kind)));
            }
        }
        if (settings.serverCores() != null) {
            words.put(CORES, String.valueOf(settings.serverCores()));
        }
        words.put(GRACE, SignalUnit.SECONDS.text(seconds(settings.grace())));
        words.put(SMOOTHING, SignalUnit.SECONDS.text(seconds(settings.smoothing())));
        return words;
    }

    private static String value(SignalKind kind, ThrottleSettings settings) {
        return switch (kind) {
            case USER_QUERY -> String.valueOf(settings.userQuery());
            case HTTP_PROBE -> String.valueOf(settings.httpProbe());
            case FLAG_FILE -> String.valueOf(settings.flagFile());
            default -> kind.unit().text(settings.limit(kind));
        };
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
