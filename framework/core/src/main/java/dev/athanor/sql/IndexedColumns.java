package dev.athanor.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CREATE INDEX} builds on which names.
 *
 * @param index as written, in its true spelling; empty when the server names it
 * @param table its table
 * @param names all names behind the table: columns, those in expressions and conditions, and words besides
 */
public record IndexedColumns(String index, QualifiedName table, Set<String> names) {
    public IndexedColumns {
        names = Set.copyOf(names);
    }

    /** Recognises the statement; empty for any other. */
    public static Optional<IndexedColumns> of(String sql) {
        List<Token> code = SqlTokens.of(sql).code();
        TokenCursor cursor = new TokenCursor(code, 0);
        if (!cursor.skip("create", "unique", "index") && !cursor.skip("create", "index")) {
            return Optional.empty();
        }
        cursor.skip("concurrently");
        cursor.skip("if", "not", "exists");
        String index = cursor.peek().isWord("on") || !cursor.peek().isName()
                ? ""
                : cursor.next().identifier();
        if (!cursor.skip("on")) {
            return Optional.empty();
        }
        cursor.skip("only");
        @Nullable QualifiedName table = cursor.name();
        if (table == null) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        cursor.rest().stream().filter(Token::isName).forEach(token -> names.add(token.identifier()));
        return Optional.of(new IndexedColumns(index, table, names));
    }
}
