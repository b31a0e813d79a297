package dev.athanor.lint;

import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names of the columns that a query gives, as far as they can be told from its text. */
final class SelectList {
    private static final Set<String> ENDS = Set.of(
            "from",
            "into",
            "where",
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "order",
            "limit",
            "offset",
            "fetch",
            "for");

    /** Words that end a value and are no label of it. */
    private static final Set<String> NO_LABELS = Set.of(
            "end", "null", "true", "false", "unknown", "isnull", "notnull", "array", "zone", "year", "month", "day",
            "hour", "minute", "second");

    private SelectList() {}

    /** Those of its first SELECT; items whose name cannot be told, as stars, are left out. */
    static List<String> names(Expression query) {
        TokenCursor cursor = new TokenCursor(query.bare().code());
        skipWith(cursor);
        List<String> names = new ArrayList<>();
        if (!cursor.skip("select")) {
            return names;
        }
        if (cursor.skip("distinct") && cursor.skip("on")) {
            cursor.parenthesized();
        }
        cursor.skip("all");
        int start = 0;
        List<Token> list = cursor.rest();
        TokenCursor items = new TokenCursor(list);
        while (!items.atEnd() && !ends(items)) {
            if (items.peek().kind() == TokenKind.COMMA) {
                name(list.subList(start, items.position())).ifPresent(names::add);
                start = items.position() + 1;
            }
            items.skipNested();
        }
        int end = Math.min(items.position(), list.size());
        name(list.subList(Math.min(start, end), end)).ifPresent(names::add);
        return names;
    }

    private static boolean ends(TokenCursor cursor) {
        Token token = cursor.peek();
        boolean distinct = token.isWord("from") && cursor.before(1).isWord("distinct");
        return token.kind() == TokenKind.WORD && ENDS.contains(token.identifier()) && !distinct;
    }

    private static void skipWith(TokenCursor cursor) {
        if (!cursor.skip("with")) {
            return;
        }
        while (!cursor.atEnd() && !cursor.peek().isWord("select")) {
            cursor.skipNested();
        }
    }

    /** The name of one item: what AS says, its label, or the last part of a column's name, cast or not. */
    private static Optional<String> name(List<Token> item) {
        int last = item.size() - 1;
        if (last > 0 && item.get(last).isName() && item.get(last - 1).isWord("as")) {
            return Optional.of(item.get(last).identifier());
        }
        TokenCursor cursor = new TokenCursor(item);
        List<String> parts = cursor.parts();
        if (parts.isEmpty() || isKeyword(item.get(0))) {
            return label(item);
        }
        String own = parts.get(parts.size() - 1);
        if (cursor.atEnd()) {
            return Optional.of(own);
        }
        if (cursor.skipSymbol("::")) {
            TypeName.read(cursor);
            return cursor.atEnd() ? Optional.of(own) : label(item);
        }
        boolean call = cursor.peek().kind() == TokenKind.OPEN && isFunction(item, own);
        cursor.parenthesized();
        return call && cursor.atEnd() ? Optional.of(own) : label(item);
    }

    private static boolean isKeyword(Token token) {
        return token.kind() == TokenKind.WORD && Words.isInConditions(token.identifier());
    }

    private static boolean isFunction(List<Token> item, String name) {
        return Expression.of(item).functions().stream()
                .limit(1)
                .anyMatch(first -> first.equals(name) || first.endsWith("." + name));
    }

    /** A name behind a value, without AS. */
    private static Optional<String> label(List<Token> item) {
        int last = item.size() - 1;
        if (last < 1 || !item.get(last).isName()) {
            return Optional.empty();
        }
        Token token = item.get(last);
        Token before = item.get(last - 1);
        boolean value = before.kind() == TokenKind.CLOSE
                || before.kind() == TokenKind.NUMBER
                || before.kind() == TokenKind.STRING
                || before.isWord("end")
                || before.isWord("null")
                || last == 1 && before.isName() && !isKeyword(before)
                || last == 3 && item.get(1).isSymbol(".");
        boolean reserved = token.kind() == TokenKind.WORD && NO_LABELS.contains(token.identifier());
        return value && !reserved ? Optional.of(token.identifier()) : Optional.empty();
    }
}
