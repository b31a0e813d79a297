package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.TableLock;
import dev.athanor.sql.Token;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long a statement may wait for a lock, by what else has to wait behind it meanwhile. From the strictest on; where
 * several statements share a transaction the strictest of them holds, for what the first has locked waits with the second.
 * A {@code lock-timeout} on the directive counts before all of this.
 */
public enum LockProfile {
    /**
     * Reads or writes of the application queue behind it: most forms of ALTER, DROP, TRUNCATE, triggers, foreign keys,
     * indexes that are not built concurrently, changes of rows, and whatever cannot be read from its text. Two seconds,
     * which an application with the usual timeouts survives; then the queue is let through.
     */
    BLOCKING(SchemaSettings.DEFAULT_LOCK_TIMEOUT),
    /**
     * Nothing but other schema changes and vacuum queues behind it (SHARE UPDATE EXCLUSIVE, or REFRESH … CONCURRENTLY):
     * VALIDATE CONSTRAINT, ANALYZE, VACUUM, COMMENT, statistics targets. Thirty seconds let an autovacuum give way, which
     * it does after {@code deadlock_timeout}, or another such statement end, without a single try being lost. What it does
     * under that lock harms nobody either, so however the server is set up its run has no limit.
     */
    QUIET(Duration.ofSeconds(30)),
    /**
     * What is done CONCURRENTLY waits, in the middle of its work, for transactions that began before: a short limit would
     * throw hours of work away, and nothing queues behind it; nor has its run a limit. Half an hour for one transaction, not tried again: whoever
     * has not ended by then has been forgotten by someone, and as long as it lasts every write pays for an index that
     * nobody can use.
     */
    CONCURRENT(Duration.ofMinutes(30));

    /**
     * What no wait passes, whatever a section has SET. As long as the longest that is waited for anything here.
     */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private final Duration lockTimeout;

    LockProfile(Duration lockTimeout) {
        this.lockTimeout = lockTimeout;
    }

    /** The strictest of the statements of a section; {@link #BLOCKING} while only the queries that give them are known. */
    public static LockProfile of(SchemaStep step) {
        return step.options().rows() ? BLOCKING : of(step.statements());
    }

    static LockProfile of(List<String> statements) {
        return statements.stream()
                .map(LockProfile::find)
                .filter(Objects::nonNull)
                .min(LockProfile::compareTo)
                .orElse(BLOCKING);
    }

    /** Of one statement. */
    public static LockProfile of(String sql) {
        LockProfile found = find(sql);
        return found == null ? BLOCKING : found;
    }

    /** Longest wait for one lock. */
    public Duration lockTimeout() {
        return lockTimeout;
    }

    /** The same, where another one is usual for what blocks. */
    Duration lockTimeout(Duration usual) {
        return this == BLOCKING || lockTimeout.compareTo(usual) < 0 ? usual : lockTimeout;
    }

    /** Longest run of a statement; zero: without end, null: as the server says. */
    public @Nullable Duration statementTimeout() {
        return this == BLOCKING ? null : Duration.ZERO;
    }

    /** Null for a statement that locks nothing. */
    private static @Nullable LockProfile find(String sql) {
        List<Token> code = SqlTokens.of(sql).code();
        StatementLocks locks = StatementLocks.of(code);
        LockMode strongest =
                locks.locks().stream().map(TableLock::mode).reduce(LockMode::or).orElse(null);
        if (strongest != LockMode.SHARE && isConcurrent(code)) {
            return CONCURRENT;
        }
        if (strongest == null) {
            return locks.unknown() == null ? null : BLOCKING;
        }
        boolean refreshes = strongest == LockMode.EXCLUSIVE && code.get(0).isWord("refresh");
        boolean quiet = strongest == LockMode.SHARE_UPDATE_EXCLUSIVE || refreshes;
        return quiet && locks.unknown() == null ? QUIET : BLOCKING;
    }

    private static boolean isConcurrent(List<Token> code) {
        return !code.isEmpty()
                && List.of("create", "drop", "reindex", "alter").stream().anyMatch(code.get(0)::isWord)
                && code.stream().anyMatch(token -> token.isWord("concurrently"));
    }
}
