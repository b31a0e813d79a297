package dev.athanor.sql;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CREATE [UNIQUE] INDEX CONCURRENTLY [IF NOT EXISTS] name ON [ONLY] table} builds. Such a statement that
 * fails leaves an invalid index behind.
 *
 * @param name of the index, in its true spelling
 * @param table the table, whose schema is the index's too
 */
public record ConcurrentIndex(String name, QualifiedName table) {

    /** Recognises the statement; empty for any other, and for an index to which the server gives the name. */
    public static Optional<ConcurrentIndex> of(String sql) {
        TokenCursor cursor = new TokenCursor(SqlTokens.of(sql).code(), 0);
        boolean begins = cursor.skip("create", "unique", "index", "concurrently")
                || cursor.skip("create", "index", "concurrently");
        if (!begins) {
            return Optional.empty();
        }
        cursor.skip("if", "not", "exists");
        if (cursor.peek().isWord("on") || !cursor.peek().isName()) {
            return Optional.empty();
        }
        String name = cursor.next().identifier();
        if (!cursor.skip("on")) {
            return Optional.empty();
        }
        cursor.skip("only");
        @Nullable QualifiedName table = cursor.name();
        return table == null ? Optional.empty() : Optional.of(new ConcurrentIndex(name, table));
    }

    /** The index's name in the schema of its table. */
    public QualifiedName qualifiedName() {
        return new QualifiedName(table.schema(), name);
    }
}
