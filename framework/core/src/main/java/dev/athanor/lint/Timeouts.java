package dev.athanor.lint;

import dev.athanor.lint.Statement.Rows;
import dev.athanor.lint.Statement.SetParameter;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Timeouts that a section switches off or makes too long: TX1, TX2, TX7. The engine sets both otherwise. */
final class Timeouts implements Rule {
    /** While a statement waits for a lock, all that comes after it waits too; nobody waits longer than this gladly. */
    private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(10);

    private static final Pattern VALUE = Pattern.compile("\\s*(-?\\d+(?:\\.\\d+)?)\\s*(us|ms|s|min|h|d)?\\s*");

    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof SetParameter set) {
            look(site, set, scope);
        } else if (site.statement() instanceof Rows rows) {
            rows.settings().forEach(set -> look(site, set, scope));
        }
        boolean own = scope.sites().get(site.index()) == site;
        boolean first = site.index() == 0 || scope.sites().get(site.index() - 1).sectionIndex() != site.sectionIndex();
        if (own && first) {
            options(site, scope);
        }
    }

    private static void options(Site site, Scope scope) {
        Duration lock = site.section().lockTimeout();
        if (lock != null && isTooLong(lock) && locksFrom(site, scope)) {
            scope.report(
                    site,
                    lock("The option lock-timeout "
                            + (lock.isZero() ? "is switched off" : "is " + lock.toMillis() + " ms")));
        }
        Duration statement = site.section().statementTimeout();
        if (statement != null && statement.isZero()) {
            scope.report(site, statement("The option statement-timeout is switched off"));
        }
    }

    private static void look(Site site, SetParameter set, Scope scope) {
        if (set.name().equals("all") && set.value() == null && locksFrom(site, scope)) {
            scope.report(site, all());
        }
        if (set.name().equals("lock_timeout")) {
            Duration value = duration(set.value());
            if (value != null && isTooLong(value) && locksFrom(site, scope)) {
                scope.report(
                        site,
                        lock(
                                value.isZero()
                                        ? "lock_timeout is switched off"
                                        : "lock_timeout is " + value.toMillis() + " ms"));
            }
        }
        if (set.name().equals("statement_timeout")) {
            Duration value = duration(set.value());
            if (value != null && value.isZero()) {
                scope.report(site, statement("statement_timeout is switched off"));
            }
        }
        if (set.name().equals("transaction_timeout")) {
            Duration value = duration(set.value());
            if (site.inTransaction() || value != null && value.isZero()) {
                scope.report(site, transaction());
            }
        }
    }

    private static boolean isTooLong(Duration value) {
        return value.isZero() || value.compareTo(LONGEST_LOCK_WAIT) > 0;
    }

    /** Whether this statement or one behind it in its section takes a lock. */
    private static boolean locksFrom(Site site, Scope scope) {
        List<Site> section = scope.sites().stream()
                .filter(other -> other.sectionIndex() == site.sectionIndex() && other.index() >= site.index())
                .toList();
        return section.stream()
                .anyMatch(other -> other.statement() instanceof Statement.Rows rows
                        ? !rows.changes().isEmpty()
                        : other.mayLock());
    }

    /** As the server reads it, milliseconds when no unit is given; DEFAULT is off. Null when it is no duration. */
    static @Nullable Duration duration(@Nullable String value) {
        if (value == null) {
            return Duration.ZERO;
        }
        Matcher matcher = VALUE.matcher(value);
        if (!matcher.matches()) {
            return null;
        }
        double number = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        double millis = switch (unit) {
            case "us" -> number / 1000;
            case "s" -> number * 1000;
            case "min" -> number * 60_000;
            case "h" -> number * 3_600_000;
            case "d" -> number * 86_400_000;
            default -> number;
        };
        return Duration.ofMillis(Math.round(millis));
    }

    private static Draft lock(String what) {
        return Draft.of(
                LintRule.TX1,
                what
                        + ": a statement that waits for a lock makes all that come behind it wait, however long that takes.",
                "-- leave lock_timeout to Athanor, or:\nSET LOCAL lock_timeout = '5s';");
    }

    private static Draft all() {
        return Draft.of(
                LintRule.TX7,
                "RESET ALL takes back the timeouts that Athanor has set: a statement that waits for a lock then makes all"
                        + " that come behind it wait, however long that takes.",
                "-- reset what the section has set itself, by name, such as:\nRESET work_mem;");
    }

    private static Draft statement(String what) {
        return Draft.of(
                LintRule.TX2,
                what + ": nothing ends a statement that runs away.",
                "-- leave statement_timeout to Athanor, or:\nSET LOCAL statement_timeout = '15min';");
    }

    private static Draft transaction() {
        return Draft.of(
                LintRule.TX2,
                "transaction_timeout must be set before the transaction begins, and not be switched off.",
                "-- athanor:expand transaction=none\nSET transaction_timeout = '15min';\nBEGIN;\n-- …\nCOMMIT;");
    }
}
