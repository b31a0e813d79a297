package dev.athanor.run;

import dev.athanor.plan.Step;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.LockWatch;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.run.TracePredictions.Prediction;
import dev.athanor.run.TraceReport.StatementTrace;
import dev.athanor.sql.SqlStateClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Runs the statements of one section and looks at each of them. */
final class SectionTracer {
    /** SQLSTATE of a statement that cannot run in a transaction. */
    private static final String IN_TRANSACTION = "25001";

    private static final Set<String> OPENS = Set.of("begin", "start");
    private static final Set<String> ENDS = Set.of("commit", "end", "rollback", "abort");

    /** What tells of work that grows with a table; the rest of the server's debug messages is of no use here. */
    private static final List<String> TELLING =
            List.of("building index ", "rewriting table ", "verifying table ", "validating foreign key constraint ");

    /** Storage for long values, which comes and goes with its table. */
    private static final String TOAST = "\"pg_toast";

    private static final Pattern HOW_BUILT = Pattern.compile(" (serially|with request for .*)$");

    private final Database database;
    private final String hidden;
    private final Step step;
    private final TracePredictions predictions;
    private final List<StatementTrace> traces = new ArrayList<>();

    SectionTracer(Database database, String hidden, Step step, TracePredictions predictions) {
        this.database = database;
        this.hidden = hidden;
        this.step = step;
        this.predictions = predictions;
    }

    void transaction(List<String> statements, boolean queries) {
        List<Prediction> predicted = statements.stream()
                .map(statement -> queries ? Prediction.UNKNOWN : predictions.predict(statement))
                .toList();
        inTransaction(session -> {
            LockWatch watch = LockWatch.begin(session, hidden);
            for (int i = 0; i < statements.size(); i++) {
                String statement = statements.get(i);
                for (String sql : queries ? session.queryVerbatim(statement) : List.of(statement)) {
                    run(session, watch, sql, predicted.get(i));
                }
            }
        });
    }

    /** Each in a transaction of its own, so that its locks are still there to be seen, unless it cannot run in one. */
    void autocommit(List<String> statements, boolean queries) {
        boolean opens = !queries && statements.stream().anyMatch(sql -> OPENS.contains(word(sql)));
        if (opens) {
            plainly(statements);
            return;
        }
        for (String statement : statements) {
            List<String> all = queries
                    ? database.transactions().autocommit(session -> session.queryVerbatim(statement))
                    : List.of(statement);
            for (String sql : all) {
                predictions.newTransaction();
                if (!alone(sql)) {
                    plainly(List.of(sql));
                }
            }
        }
    }

    /** False when it cannot run in a transaction. */
    private boolean alone(String sql) {
        Prediction predicted = predictions.predict(sql);
        int before = traces.size();
        try {
            inTransaction(session -> run(session, LockWatch.begin(session, hidden), sql, predicted));
            return true;
        } catch (Failed e) {
            if (!IN_TRANSACTION.equals(e.reason.sqlState())) {
                throw e;
            }
            traces.subList(before, traces.size()).clear();
            return false;
        }
    }

    /** In one session, statement by statement; there may be transactions among them. */
    private void plainly(List<String> statements) {
        database.transactions().autocommit(session -> {
            session.executeVerbatim("SET client_min_messages = debug1");
            boolean open = false;
            try {
                LockWatch watch = LockWatch.begin(session, hidden);
                for (String sql : statements) {
                    if (OPENS.contains(word(sql))) {
                        predictions.newTransaction();
                        open = true;
                    }
                    open &= !ENDS.contains(word(sql));
                    outside(session, watch, sql, open);
                }
            } finally {
                leave(session, open);
            }
            return null;
        });
    }

    /** The pool has thrown the connection away already after some failures. */
    private static void leave(Session session, boolean open) {
        try {
            if (open) {
                session.executeVerbatim("ROLLBACK");
            }
            session.executeVerbatim("RESET client_min_messages");
        } catch (DatabaseException e) {
            if (e.category() != SqlStateClass.TRANSIENT) {
                throw e;
            }
        }
    }

    private void outside(Session session, LockWatch watch, String sql, boolean open) {
        List<String> messages = tried(sql, () -> session.messagesVerbatim(sql));
        LockWatch.Seen seen = watch.look(session);
        traces.add(new StatementTrace(
                step.name(),
                step.origin(),
                sql,
                open ? seen.locks() : null,
                seen.rewritten(),
                seen.rebuilt(),
                telling(messages),
                null,
                List.of()));
    }

    private void run(Session session, LockWatch watch, String sql, Prediction predicted) {
        List<String> messages = tried(sql, () -> session.messagesVerbatim(sql));
        LockWatch.Seen seen = watch.look(session);
        traces.add(new StatementTrace(
                step.name(),
                step.origin(),
                sql,
                seen.locks(),
                seen.rewritten(),
                seen.rebuilt(),
                telling(messages),
                null,
                predictions.compare(sql, predicted, watch, seen)));
    }

    private interface Work {
        void on(Session session);
    }

    private interface Statement {
        List<String> run();
    }

    private void inTransaction(Work work) {
        database.transactions().inTransaction(TransactionSettings.SERVER_DEFAULTS, session -> {
            session.executeVerbatim("SET LOCAL client_min_messages = debug1");
            work.on(session);
            return null;
        });
    }

    private List<String> tried(String sql, Statement statement) {
        try {
            return statement.run();
        } catch (DatabaseException e) {
            traces.add(new StatementTrace(
                    step.name(),
                    step.origin(),
                    sql,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    e.sqlState() + " " + e.error().message(),
                    List.of()));
            throw new Failed(e);
        }
    }

    private static List<String> telling(List<String> messages) {
        return messages.stream()
                .filter(message -> TELLING.stream().anyMatch(message::startsWith) && !message.contains(TOAST))
                .map(message -> HOW_BUILT.matcher(message).replaceFirst(""))
                .toList();
    }

    private static String word(String sql) {
        return sql.strip().split("[\\s;]", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** What was seen, a statement that failed at the end of it. */
    List<StatementTrace> traces() {
        return traces;
    }

    /** A statement failed, and its trace says so. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient DatabaseException reason;

        Failed(DatabaseException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
