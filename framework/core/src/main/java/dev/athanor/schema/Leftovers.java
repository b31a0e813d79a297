package dev.athanor.schema;

import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.Transactions;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.util.List;

/**
 * The invalid indexes that a CREATE INDEX or REINDEX CONCURRENTLY leaves when it fails. Every write pays for them, so they
 * are dropped at once; what was there before we began is not touched.
 */
final class Leftovers {
    private final String sql;
    private final boolean reindex;
    private final Autocommit statement;
    private final SchemaListener listener;
    private List<InvalidIndex> before = List.of();

    Leftovers(String sql, Autocommit statement, SchemaListener listener) {
        this.sql = sql;
        this.reindex = isReindex(sql);
        this.statement = statement;
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
        return reindex || begins(sql, "create") && LockProfile.of(sql) == LockProfile.CONCURRENT;
    }

    /**
     * Looks before the statement is run.
     *
     * @param attempted an earlier run, perhaps killed, has begun this very statement: what a REINDEX has left is its own
     */
    void before(Session session, boolean attempted) {
        if (!leavesAny()) {
            return;
        }
        before = InvalidIndex.behind(session, sql);
        if (reindex && attempted) {
            List<InvalidIndex> own =
                    before.stream().filter(InvalidIndex::isOfReindex).toList();
            own.forEach(index -> drop(session, index.name()));
            before = before.stream().filter(index -> !own.contains(index)).toList();
        }
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
        List<QualifiedName> own = InvalidIndex.behind(session, sql).stream()
                .filter(index -> !before.contains(index) && (!reindex || index.isOfReindex()))
                .map(InvalidIndex::name)
                .toList();
        StringBuilder words = new StringBuilder();
        for (QualifiedName index : own) {
            try {
                drop(session, index);
                words.append(", its invalid index ").append(index).append(" was dropped");
            } catch (FailedTry e) {
                words.append(", its invalid index ")
                        .append(index)
                        .append(" is left (DROP INDEX CONCURRENTLY ")
                        .append(index)
                        .append("), because ")
                        .append(e.failure().describe());
            }
        }
        return words.toString();
    }

    private void drop(Session session, QualifiedName index) {
        statement.run(session, "DROP INDEX CONCURRENTLY IF EXISTS " + index.quoted());
        listener.indexDropped(statement.step(), index);
    }
}
