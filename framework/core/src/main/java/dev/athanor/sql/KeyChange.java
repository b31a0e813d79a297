package dev.athanor.sql;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the columns that a statement sets. A backfill that changes the key it is walked by would meet rows twice or
 * never.
 */
public final class KeyChange {
    private final List<Token> code;
    private final QualifiedName table;
    private final Set<String> columns = new LinkedHashSet<>();
    private final Map<Integer, QualifiedName> intoAtDepth = new HashMap<>();

    private KeyChange(List<Token> code, QualifiedName table) {
        this.code = code;
        this.table = table;
    }

    /**
     * Columns of a table that any UPDATE in a statement sets, in their true spelling: the statement itself, those in
     * WITH, {@code ON CONFLICT DO UPDATE} and MERGE. Where one side names no schema, the table's name decides alone.
     */
    public static Set<String> columnsSet(String sql, QualifiedName table) {
        KeyChange change = new KeyChange(SqlTokens.ofTemplate(sql).code(), table);
        change.walk();
        return change.columns;
    }

    private void walk() {
        int depth = 0;
        for (int i = 0; i < code.size(); i++) {
            Token token = code.get(i);
            if (token.kind() == TokenKind.OPEN) {
                depth++;
            } else if (token.kind() == TokenKind.CLOSE) {
                depth--;
            } else if (token.isWord("into")) {
                QualifiedName into = new TokenCursor(code, i + 1).name();
                if (into != null) {
                    intoAtDepth.put(depth, into);
                }
            } else if (token.isWord("update")) {
                update(new TokenCursor(code, i + 1), depth);
            }
        }
    }

    private void update(TokenCursor cursor, int depth) {
        QualifiedName target;
        if (cursor.peek().isWord("set")) {
            target = intoAtDepth.get(depth);
        } else {
            cursor.skip("only");
            target = cursor.name();
            cursor.skipSymbol("*");
            cursor.skip("as");
            if (cursor.peek().isName() && !cursor.peek().isWord("set")) {
                cursor.next();
            }
        }
        if (target != null && isTable(target) && cursor.skip("set")) {
            assignments(cursor);
        }
    }

    private boolean isTable(QualifiedName target) {
        boolean sameSchema = target.schema() == null
                || table.schema() == null
                || target.schema().equals(table.schema());
        return sameSchema && target.name().equals(table.name());
    }

    private void assignments(TokenCursor cursor) {
        do {
            if (cursor.peek().kind() == TokenKind.OPEN) {
                columnList(cursor);
            } else if (cursor.peek().isName()) {
                columns.add(cursor.next().identifier());
            }
        } while (skipValue(cursor));
    }

    private void columnList(TokenCursor cursor) {
        boolean first = true;
        cursor.next();
        while (!cursor.atEnd() && cursor.peek().kind() != TokenKind.CLOSE) {
            Token token = cursor.next();
            if (first && token.isName()) {
                columns.add(token.identifier());
            }
            first = token.kind() == TokenKind.COMMA;
        }
        cursor.next();
    }

    /** Steps over the rest of an assignment; true when a comma follows, and another assignment behind it. */
    private static boolean skipValue(TokenCursor cursor) {
        boolean distinct = false;
        while (!cursor.atEnd()) {
            Token token = cursor.peek();
            if (token.kind() == TokenKind.COMMA) {
                cursor.next();
                return true;
            }
            if (token.kind() == TokenKind.CLOSE
                    || token.isWord("where")
                    || token.isWord("returning")
                    || token.isWord("from") && !distinct) {
                return false;
            }
            distinct = token.isWord("distinct");
            cursor.skipNested();
        }
        return false;
    }
}
