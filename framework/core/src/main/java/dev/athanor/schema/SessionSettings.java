package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Session;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a section has SET. It must hold for the section's later statements, on whatever connection they run and after
 * whatever resume, and must not outlive it on a connection that others use.
 *
 * @param statements the SET statements in front of one statement
 */
record SessionSettings(List<String> statements) {

    /** The settings in front of a statement, and its own if it is one; numbers count from 1. */
    static SessionSettings before(SchemaStep step, int number) {
        return new SessionSettings(step.statements().subList(0, number).stream()
                .filter(SessionSettings::sets)
                .toList());
    }

    /**
     * These, and in front of them the longest run of a statement, if the directive or the kind of the statement wants a
     * longer one than the server grants. Where the server grants it anyway nothing is set.
     */
    SessionSettings with(Session session, SchemaStep step, String sql) {
        Duration given = step.options().statementTimeout();
        Duration longest = given == null ? LockProfile.of(sql).statementTimeout() : given;
        if (longest == null || !isTooLong(session, longest)) {
            return this;
        }
        return new SessionSettings(
                Stream.concat(Stream.of("SET statement_timeout = " + longest.toMillis()), statements.stream())
                        .toList());
    }

    private static boolean isTooLong(Session session, Duration run) {
        long granted = session.queryOne(
                        "SELECT setting::bigint AS t FROM pg_catalog.pg_settings WHERE name = 'statement_timeout'",
                        row -> row.number("t"))
                .orElseThrow();
        return granted > 0 && (run.isZero() || run.toMillis() > granted);
    }

    private static boolean sets(String statement) {
        List<Token> code = SqlTokens.of(statement).code();
        return !code.isEmpty() && code.get(0).isWord("set");
    }

    /** Works under them, and takes them back. On a connection that is lost there is nothing to take back. */
    void around(Session session, Runnable work) {
        this.<Boolean>under(session, () -> {
            work.run();
            return true;
        });
    }

    /** As {@link #around}, for what the work gives. */
    <T> T under(Session session, Supplier<T> work) {
        T result;
        try {
            statements.forEach(session::executeVerbatim);
            result = work.get();
        } catch (RuntimeException e) {
            try {
                resetIfAny(session);
            } catch (DatabaseException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
        resetIfAny(session);
        return result;
    }

    private void resetIfAny(Session session) {
        if (!statements.isEmpty()) {
            reset(session);
        }
    }

    static void reset(Session session) {
        session.executeVerbatim("RESET ROLE");
        session.executeVerbatim("RESET ALL");
    }
}
