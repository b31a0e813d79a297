package dev.athanor.schema;

import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.Transactions;
import dev.athanor.sql.ConcurrentIndex;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.util.List;

/**
 * The invalid indexes that a CREATE INDEX or REINDEX CONCURRENTLY leaves when it fails. Every write pays for them, so they
 * are dropped at once; what was there before we began is not touched.
 */
final class Leftovers {
    private final WorkedOn on;
    private final boolean reindex;
    private final Autocommit statement;
    private final SessionSettings set;
    private final SchemaListener listener;
    private List<InvalidIndex> before = List.of();

    /** @param set what the section has SET, so that its own indexes are dropped as they were made */
    Leftovers(WorkedOn on, Autocommit statement, SessionSettings set, SchemaListener listener) {
        this.on = on;
        this.reindex = isReindex(on.sql());
        this.statement = statement;
        this.set = set;
        this.listener = listener;
    }

    static boolean isReindex(String sql) {
        return begins(sql, "reindex") && LockProfile.of(sql) == LockProfile.CONCURRENT;
    }

    private static boolean begins(String sql, String word) {
        List<Token> code = SqlTokens.of(sql).code();
        return !code.isEmpty() && code.get(0).isWord(word);
    }

    private boolean leavesAny() {
        return reindex || begins(on.sql(), "create") && LockProfile.of(on.sql()) == LockProfile.CONCURRENT;
    }

    /** The invalid indexes that may be of such a statement. */
    private List<InvalidIndex> found(Session session) {
        return InvalidIndex.behind(session, on).stream().filter(this::mayBeOurs).toList();
    }

    private boolean mayBeOurs(InvalidIndex index) {
        if (reindex) {
            return index.isOfReindex();
        }
        String built = on.index().map(ConcurrentIndex::name).orElse(null);
        return index.ofTarget()
                && (built == null
                        ? index.isNamedByServer()
                        : built.equals(index.name().name()));
    }

    /** Looks before the statement is run; drops what an earlier try of a REINDEX has left. */
    void before(Session session, EarlierTries earlier) {
        List<InvalidIndex> now = leavesAny() ? found(session) : List.of();
        List<InvalidIndex> first = earlier.before(on.sql());
        List<InvalidIndex> own = now.stream()
                .filter(index -> reindex && !index.building())
                .filter(index -> first == null ? earlier.attempted() : !index.isAmong(first))
                .toList();
        own.forEach(index -> drop(session, index));
        earlier.begin(
                on.sql(), now.stream().filter(index -> !index.isAmong(own)).toList());
        before = first == null
                ? now.stream().filter(index -> !index.isAmong(own)).toList()
                : first;
    }

    /**
     * Drops what the failed statement has left.
     *
     * @param stillOurs throws when another process has taken the lease
     * @return the failure that also says what was dropped, or what could not be and why
     */
    SchemaFailure after(Transactions transactions, SchemaFailure failure, Runnable stillOurs) {
        if (!leavesAny()) {
            return failure;
        }
        try {
            stillOurs.run();
            return transactions.autocommit(session -> failure.withLeft(clear(session)));
        } catch (DatabaseException e) {
            return failure.withLeft(", and whether it has left an invalid index could not be seen");
        }
    }

    private String clear(Session session) {
        StringBuilder words = new StringBuilder();
        for (InvalidIndex index : found(session)) {
            if (!index.isAmong(before)) {
                words.append(index.building() ? mayBeBuilt(index) : dropped(session, index));
            }
        }
        return words.toString();
    }

    private static String mayBeBuilt(InvalidIndex index) {
        return ", the invalid index " + index.name() + " is left, which another session may be building";
    }

    private String dropped(Session session, InvalidIndex index) {
        try {
            return drop(session, index) ? ", its invalid index " + index.name() + " was dropped" : "";
        } catch (FailedTry e) {
            return ", its invalid index " + index.name() + " is left (DROP INDEX CONCURRENTLY " + index.name()
                    + "), because " + e.failure().describe();
        }
    }

    /** Whether it was still there, and invalid. */
    private boolean drop(Session session, InvalidIndex index) {
        if (!index.isStill(session)) {
            return false;
        }
        String sql = "DROP INDEX CONCURRENTLY IF EXISTS " + index.name().quoted();
        set.around(session, () -> statement.run(session, sql));
        listener.indexDropped(statement.step(), index.name());
        return true;
    }
}
