package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Session;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.util.List;

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

    private static boolean sets(String statement) {
        List<Token> code = SqlTokens.of(statement).code();
        return !code.isEmpty() && code.get(0).isWord("set");
    }

    /** Works under them, and takes them back. On a connection that is lost there is nothing to take back. */
    void around(Session session, Runnable work) {
        try {
            statements.forEach(session::executeVerbatim);
            work.run();
        } catch (RuntimeException e) {
            try {
                resetIfAny(session);
            } catch (DatabaseException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
        resetIfAny(session);
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
