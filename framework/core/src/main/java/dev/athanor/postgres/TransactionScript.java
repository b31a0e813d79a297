package dev.athanor.postgres;

import static dev.athanor.sql.QualifiedName.quote;

import dev.athanor.sql.Literal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How every transaction on one database begins: {@link TransactionSettings} as SQL, and the search path. */
final class TransactionScript {
    private volatile String searchPath = "";

    /** From now on every transaction looks for names in these schemas and nowhere else. */
    void lookOnlyIn(List<String> schemas) {
        String path = schemas.isEmpty()
                ? "''"
                : schemas.stream().map(schema -> quote(schema)).collect(Collectors.joining(", "));
        searchPath = "SET LOCAL search_path = " + path + ";";
    }

    /** One {@code SET LOCAL} per setting that is given, each with its semicolon; empty when none is. */
    String of(TransactionSettings settings) {
        StringBuilder sql = new StringBuilder(searchPath);
        append(sql, "lock_timeout", settings.lockTimeout());
        append(sql, "statement_timeout", settings.statementTimeout());
        append(sql, "idle_in_transaction_session_timeout", settings.idleTimeout());
        if (settings.quiets() != null) {
            sql.append("SET LOCAL athanor.backfill = ")
                    .append(Literal.quote(settings.quiets()))
                    .append(';');
        }
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
