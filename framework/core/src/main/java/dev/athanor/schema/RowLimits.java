package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits of a transaction whose statements are the rows of queries: known no sooner than the query was asked, and no
 * looser than the strictest statement that the transaction has run by then.
 */
final class RowLimits {
    private static final String LOCK = "SELECT set_config('lock_timeout', ?, true) AS t"
            + " FROM pg_catalog.pg_settings WHERE name = 'lock_timeout' AND setting::bigint = ?";
    private static final String NO_END = "SELECT set_config('statement_timeout', '0', true) AS t"
            + " FROM pg_catalog.pg_settings WHERE name = 'statement_timeout' AND source <> 'session'";

    private final Session session;
    private final SchemaStep step;
    private final Duration usual;
    private final List<String> statements = new ArrayList<>();
    private LockProfile inForce = LockProfile.BLOCKING;
    private boolean endless;

    /** @param usual the lock timeout of what blocks, which the transaction has begun with unless the directive has one */
    RowLimits(Session session, SchemaStep step, Duration usual) {
        this.session = session;
        this.step = step;
        this.usual = usual;
    }

    /** Sets what holds for these statements, the next to be run; the longest wait for a lock of theirs. */
    Duration set(List<String> next) {
        statements.addAll(next);
        LockProfile profile = LockProfile.of(statements);
        Duration given = step.options().lockTimeout();
        if (profile != inForce) {
            if (given == null) {
                lockTimeout(inForce.lockTimeout(usual), profile.lockTimeout(usual));
            }
            if (step.options().statementTimeout() == null) {
                statementTimeout(profile);
            }
            inForce = profile;
        }
        return given == null ? profile.lockTimeout(usual) : given;
    }

    /** A section that has SET its own means it. */
    private void lockTimeout(Duration from, Duration to) {
        session.query(LOCK, row -> row.string("t"), to.toMillis() + "ms", from.toMillis());
    }

    private void statementTimeout(LockProfile profile) {
        if (profile.statementTimeout() != null) {
            endless = !session.query(NO_END, row -> row.string("t")).isEmpty();
        } else if (endless) {
            session.executeVerbatim("SET LOCAL statement_timeout TO DEFAULT");
            endless = false;
        }
    }
}
