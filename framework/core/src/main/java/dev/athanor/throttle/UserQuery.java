package dev.athanor.throttle;

import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.Session;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A query of the user's, in a transaction of its own that may not write. */
final class UserQuery extends BuiltIn {
    private static final String READ_ONLY = "SET TRANSACTION READ ONLY";

    private final ReactiveTransactions transactions;
    private final String sql;

    UserQuery(ThrottleSettings settings, ReactiveTransactions transactions) {
        super(SignalKind.USER_QUERY, settings);
        this.transactions = transactions;
        this.sql = wrapped(String.valueOf(settings.userQuery()));
    }

    /** One column and one row at most, which the server sees to. The line ends keep a comment at the end from going on. */
    private static String wrapped(String query) {
        return "SELECT (\n" + query.strip().replaceFirst(";\\s*$", "") + "\n)::float8::text AS value";
    }

    /** Runs it once; fails as it fails. */
    static void tryOut(Session session, ThrottleSettings settings) {
        session.executeVerbatim(READ_ONLY);
        session.queryOne(wrapped(String.valueOf(settings.userQuery())), row -> String.valueOf(row.text("value")));
    }

    @Override
    public Mono<Double> read() {
        return transactions
                .reading(
                        SqlSignal.LOOK,
                        session -> session.script(READ_ONLY)
                                .thenMany(Flux.defer(
                                        () -> session.query(sql, row -> Double.valueOf(row.string("value"))))))
                .single();
    }
}
