package dev.athanor.throttle;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a signal counts: how its numbers are written, and how limits are read. */
enum SignalUnit {
    SECONDS("s"),
    BYTES("bytes"),
    BYTES_PER_SECOND("bytes/s"),
    SEGMENTS("segments"),
    SESSIONS("sessions"),
    PER_CORE("sessions/core"),
    WORKERS("workers"),
    TIMES("times"),
    NONE("");

    private static final Pattern NUMBER = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z/]*)");
    private static final double KILO = 1024;

    private final String symbol;

    SignalUnit(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    /** An example for messages. */
    String example() {
        return switch (this) {
            case SECONDS -> "5s, 500ms, 2m or 1h";
            case BYTES -> "256MB or 1GB";
            case BYTES_PER_SECOND -> "50MB/s";
            default -> "a number above zero, such as 4";
        };
    }

    /** A limit as users write it; empty for anything else, zero included. */
    OptionalDouble parse(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(matcher.group(1));
        double factor = factor(matcher.group(2));
        return number * factor > 0 ? OptionalDouble.of(number * factor) : OptionalDouble.empty();
    }

    private double factor(String suffix) {
        return switch (this) {
            case SECONDS -> seconds(suffix);
            case BYTES -> bytes(suffix);
            case BYTES_PER_SECOND -> bytes(suffix.endsWith("/s") ? suffix.substring(0, suffix.length() - 2) : suffix);
            case TIMES -> suffix.isEmpty() || suffix.equals("x") ? 1 : 0;
            default -> suffix.isEmpty() ? 1 : 0;
        };
    }

    private static double seconds(String suffix) {
        return switch (suffix) {
            case "ms" -> 0.001;
            case "s", "" -> 1;
            case "m", "min" -> 60;
            case "h" -> 3600;
            default -> 0;
        };
    }

    /** Powers of 1024, as PostgreSQL's own settings have them. */
    private static double bytes(String suffix) {
        return switch (suffix.toUpperCase(Locale.ROOT)) {
            case "", "B" -> 1;
            case "KB" -> KILO;
            case "MB" -> KILO * KILO;
            case "GB" -> KILO * KILO * KILO;
            case "TB" -> KILO * KILO * KILO * KILO;
            default -> 0;
        };
    }

    /** A number with its unit, for people. */
    String text(double value) {
        return switch (this) {
            case SECONDS ->
                value >= 3600 ? plain(value / 3600) + "h" : value >= 120 ? plain(value / 60) + "m" : plain(value) + "s";
            case BYTES -> size(value);
            case BYTES_PER_SECOND -> size(value) + "/s";
            case TIMES -> plain(value) + "x";
            case PER_CORE -> plain(value) + " per core";
            case NONE -> plain(value);
            default -> plain(value) + " " + symbol;
        };
    }

    private static String size(double bytes) {
        String[] names = {"B", "kB", "MB", "GB", "TB"};
        double left = bytes;
        int name = 0;
        while (left >= KILO && name < names.length - 1) {
            left /= KILO;
            name++;
        }
        return plain(left) + names[name];
    }

    /** One digit behind the point, none when it would be zero. */
    static String plain(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
