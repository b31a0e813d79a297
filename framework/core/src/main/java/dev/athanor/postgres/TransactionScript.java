package dev.athanor.postgres;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@link TransactionSettings} as SQL. */
final class TransactionScript {

    private TransactionScript() {}

    /** One {@code SET LOCAL} per setting that is given, each with its semicolon; empty when none is. */
    static String settings(TransactionSettings settings) {
        StringBuilder sql = new StringBuilder();
        append(sql, "lock_timeout", settings.lockTimeout());
        append(sql, "statement_timeout", settings.statementTimeout());
        append(sql, "idle_in_transaction_session_timeout", settings.idleTimeout());
        return sql.toString();
    }

    private static void append(StringBuilder sql, String name, @Nullable Duration value) {
        if (value != null) {
            sql.append("SET LOCAL ")
                    .append(name)
                    .append(" = ")
                    .append(millis(value))
                    .append(';');
        }
    }

    /** To the server 0 means for ever; whoever gives a fraction of a millisecond does not mean that. */
    private static long millis(Duration value) {
        return value.isZero() ? 0 : Math.max(1, value.toMillis());
    }
}
