package dev.athanor.lint;

import dev.athanor.catalog.TargetFacts;
import dev.athanor.lint.Statement.CreateIndex;
import dev.athanor.lint.Statement.IndexKey;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An index, as far as the statements so far have shown it.
 *
 * @param columns its keys: columns in their true spelling, and expressions as written
 * @param names all names in its keys and its condition; the columns among them are what it depends on
 * @param computed whether it has an expression or a condition
 * @param madeIn number of the transaction that made it, or {@link TableState#BEFORE}
 */
record IndexState(
        QualifiedName table,
        List<String> columns,
        Set<String> names,
        boolean computed,
        boolean partitioned,
        int madeIn) {
    IndexState {
        columns = List.copyOf(columns);
        names = Set.copyOf(names);
    }

    /** One that a statement makes, on a table with its schema. */
    static IndexState of(CreateIndex index, QualifiedName table, boolean partitioned, int madeIn) {
        List<String> columns = new ArrayList<>();
        Set<String> names = new HashSet<>(index.condition().names());
        for (IndexKey key : index.keys()) {
            String column = key.column();
            columns.add(column == null ? key.text().text() : column);
            names.addAll(column == null ? key.text().names() : Set.of(column));
        }
        boolean computed = index.hasExpression() || !index.condition().isEmpty();
        return new IndexState(table, columns, names, computed, partitioned, madeIn);
    }

    /** One that was there before; its condition is not known. */
    static IndexState of(TargetFacts.Index index) {
        List<String> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean computed = false;
        for (String key : index.columns()) {
            List<Token> code = SqlTokens.of(key).code();
            boolean column = code.size() == 1 && code.get(0).isName();
            columns.add(column ? code.get(0).identifier() : key);
            names.addAll(Expression.of(code).names());
            computed |= !column;
        }
        return new IndexState(index.table(), columns, names, computed, index.partitioned(), TableState.BEFORE);
    }

    /** The name that the server gives to an index without one, as long as it is free. */
    static String serverName(CreateIndex index) {
        StringBuilder name = new StringBuilder(index.table().name());
        index.keys().forEach(key -> name.append('_').append(key.column() == null ? label(key.text()) : key.column()));
        return name + "_idx";
    }

    /** An expression is called by its function, if it is nothing but a call of one. */
    private static String label(Expression key) {
        List<Token> wrapped = new TokenCursor(key.code()).parenthesized();
        TokenCursor cursor = new TokenCursor(
                wrapped.isEmpty() ? key.code() : Expression.of(wrapped).bare().code());
        List<String> parts = cursor.parts();
        boolean call = !parts.isEmpty() && cursor.peek().kind() == TokenKind.OPEN;
        cursor.parenthesized();
        return call && (wrapped.isEmpty() || cursor.atEnd()) ? parts.get(parts.size() - 1) : "expr";
    }

    IndexState on(QualifiedName other) {
        return new IndexState(other, columns, names, computed, partitioned, madeIn);
    }

    IndexState ofPartitions() {
        return new IndexState(table, columns, names, computed, true, madeIn);
    }
}
