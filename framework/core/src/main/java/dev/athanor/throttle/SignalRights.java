package dev.athanor.throttle;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.Transactions;
import dev.athanor.sql.QualifiedName;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether our role may read the signals that are wanted. */
public final class SignalRights {
    static final String QUERY =
            "SELECT current_user AS role," + " pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS statistics";

    private SignalRights() {}

    /**
     * What the role of a session may see.
     *
     * @param role its name
     * @param statistics whether it may see what other sessions do
     */
    record Rights(String role, boolean statistics) {
        static Rights of(Row row) {
            return new Rights(row.string("role"), row.flag("statistics"));
        }
    }

    /**
     * Looks before a run begins.
     *
     * @return which default signal is off, because our role may not read it, with what to do about it; empty: none
     * @throws AthanorException kind REFUSED, code {@code signal_not_readable}, when the user has asked for such a signal; kind
     *     USAGE, code {@code invalid_throttle}, when the user's query does not run
     */
    public static Optional<Missing> examine(Transactions transactions, ThrottleSettings settings) {
        Rights rights = transactions
                .autocommit(session -> session.queryOne(QUERY, Rights::of))
                .orElseThrow();
        require(rights, settings);
        if (settings.isOn(SignalKind.USER_QUERY)) {
            tryOut(transactions, settings);
        }
        String off = names(settings, kind -> !rights.statistics() && kind.needsStatistics());
        return off.isEmpty()
                ? Optional.empty()
                : Optional.of(new Missing(
                        "role " + rights.role() + " may not see what other sessions do, so these signals are off: "
                                + off,
                        grant(rights)));
    }

    /**
     * Signals that are off because of a right.
     *
     * @param finding which, and why
     * @param remedy the statement to run
     */
    public record Missing(String finding, String remedy) {}

    /** Nobody is to believe that a signal works for which he has set a limit. */
    static void require(Rights rights, ThrottleSettings settings) {
        String refused =
                names(settings, kind -> !rights.statistics() && kind.needsStatistics() && settings.isAskedFor(kind));
        if (!refused.isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "signal_not_readable",
                    "Throttling by " + refused + " was asked for, but role " + rights.role()
                            + " may not see what other sessions do.",
                    grant(rights) + " Or switch it off: --throttle NAME=off");
        }
    }

    private static void tryOut(Transactions transactions, ThrottleSettings settings) {
        try {
            transactions.inTransaction(SqlSignal.LOOK, session -> {
                UserQuery.tryOut(session, settings);
                return true;
            });
        } catch (DatabaseException e) {
            if (e.category().retryable()) {
                throw e;
            }
            throw new AthanorException(
                    FailureKind.USAGE,
                    "invalid_throttle",
                    "throttle: user-query does not run: " + e.getMessage(),
                    "Mend the query; it must give one number in one row within a second, and may not write.",
                    e);
        }
    }

    private static String names(ThrottleSettings settings, Predicate<SignalKind> which) {
        return Stream.of(SignalKind.values())
                .filter(settings::isOn)
                .filter(which)
                .map(SignalKind::key)
                .collect(Collectors.joining(", "));
    }

    private static String grant(Rights rights) {
        return "Let an administrator run: GRANT pg_monitor TO " + QualifiedName.quote(rights.role()) + ";";
    }
}
