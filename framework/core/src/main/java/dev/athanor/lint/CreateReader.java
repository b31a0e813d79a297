package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code CREATE …}. */
final class CreateReader {
    private static final Set<String> MODIFIERS = Set.of(
            "global",
            "local",
            "temporary",
            "temp",
            "unlogged",
            "recursive",
            "unique",
            "constraint",
            "materialized",
            "trusted",
            "procedural",
            "default",
            "foreign",
            "event",
            "access");

    private static final Set<String> OTHERS = Set.of(
            "aggregate",
            "cast",
            "collation",
            "conversion",
            "data",
            "database",
            "extension",
            "group",
            "language",
            "method",
            "operator",
            "policy",
            "publication",
            "role",
            "rule",
            "schema",
            "sequence",
            "server",
            "statistics",
            "subscription",
            "tablespace",
            "text",
            "transform",
            "type",
            "user");

    private CreateReader() {}

    static Statement read(TokenCursor cursor) {
        cursor.skip("create");
        boolean replace = cursor.skip("or", "replace");
        List<String> modifiers = new ArrayList<>();
        while (cursor.peek().kind() == TokenKind.WORD
                && MODIFIERS.contains(cursor.peek().identifier())) {
            modifiers.add(cursor.next().identifier());
        }
        String kind = cursor.next().text().toLowerCase(Locale.ROOT);
        boolean temporary = modifiers.contains("temporary") || modifiers.contains("temp");
        return switch (kind) {
            case "table" -> CreateTableReader.read(cursor, temporary);
            case "index" -> index(cursor, modifiers.contains("unique"));
            case "view" -> view(cursor, modifiers.contains("materialized"), replace);
            case "trigger" ->
                modifiers.contains("event")
                        ? new Statement.CreateOther("event trigger", cursor.name(), false, List.of())
                        : trigger(cursor, replace);
            case "domain" -> domain(cursor);
            case "function", "procedure" -> RoutineReader.read(cursor, replace);
            default ->
                OTHERS.contains(kind)
                        ? other(kind, cursor, replace)
                        : new Statement.Unknown("CREATE " + kind.toUpperCase(Locale.ROOT));
        };
    }

    private static Statement other(String kind, TokenCursor cursor, boolean replace) {
        if (kind.equals("user")) {
            cursor.skip("mapping");
        }
        boolean ifNotExists = cursor.skip("if", "not", "exists");
        @Nullable QualifiedName name = cursor.peek().isName() ? cursor.name() : null;
        List<String> columns =
                kind.equals("type") && cursor.skip("as") && cursor.peek().kind() == TokenKind.OPEN
                        ? ConstraintReader.names(cursor.parenthesized())
                        : List.of();
        return new Statement.CreateOther(kind, name, ifNotExists || replace, columns);
    }

    private static Statement index(TokenCursor cursor, boolean unique) {
        boolean concurrently = cursor.skip("concurrently");
        boolean ifNotExists = cursor.skip("if", "not", "exists");
        @Nullable QualifiedName name = cursor.peek().isWord("on") ? null : cursor.name();
        if (!cursor.skip("on")) {
            return new Statement.Unknown("CREATE INDEX");
        }
        boolean only = cursor.skip("only");
        QualifiedName table = cursor.name();
        cursor.skipSymbol("*");
        @Nullable String method = cursor.skip("using") ? cursor.next().identifier() : null;
        List<Statement.IndexKey> keys = keys(cursor.parenthesized());
        while (!cursor.atEnd() && !cursor.skip("where")) {
            cursor.skipNested();
        }
        return table == null
                ? new Statement.Unknown("CREATE INDEX")
                : new Statement.CreateIndex(
                        name == null ? null : name.name(),
                        table,
                        unique,
                        concurrently,
                        ifNotExists,
                        only,
                        method,
                        keys,
                        Expression.of(cursor.rest()));
    }

    private static List<Statement.IndexKey> keys(List<Token> list) {
        List<Statement.IndexKey> keys = new ArrayList<>();
        for (List<Token> item : TokenCursor.items(list)) {
            keys.add(new Statement.IndexKey(column(item), Expression.of(item)));
        }
        return keys;
    }

    /** The column that an index key is, be it in parentheses; null for an expression. */
    private static @Nullable String column(List<Token> item) {
        List<Token> inner =
                Expression.of(new TokenCursor(item).parenthesized()).bare().code();
        if (inner.size() == 1 && inner.get(0).isName()) {
            return inner.get(0).identifier();
        }
        boolean column = !item.isEmpty()
                && item.get(0).isName()
                && (item.size() == 1
                        || item.get(1).kind() != TokenKind.OPEN && !item.get(1).isSymbol("."));
        return column ? item.get(0).identifier() : null;
    }

    private static Statement view(TokenCursor cursor, boolean materialized, boolean replace) {
        boolean ifNotExists = cursor.skip("if", "not", "exists");
        QualifiedName name = cursor.name();
        if (name == null) {
            return new Statement.Unknown("CREATE VIEW");
        }
        List<String> columns = ConstraintReader.names(cursor.parenthesized());
        while (!cursor.atEnd() && !cursor.skip("as")) {
            cursor.skipNested();
        }
        return new Statement.CreateView(
                name, materialized, replace || ifNotExists, columns, Expression.of(cursor.rest()));
    }

    private static Statement trigger(TokenCursor cursor, boolean replace) {
        String name = cursor.next().identifier();
        while (!cursor.atEnd() && !cursor.skip("on")) {
            cursor.next();
        }
        QualifiedName table = cursor.name();
        return table == null
                ? new Statement.Unknown("CREATE TRIGGER")
                : new Statement.CreateTrigger(name, table, replace);
    }

    private static Statement domain(TokenCursor cursor) {
        QualifiedName name = cursor.name();
        if (name == null) {
            return new Statement.Unknown("CREATE DOMAIN");
        }
        cursor.skip("as");
        TypeName type = TypeName.read(cursor);
        List<Token> rest = cursor.rest();
        for (int i = 0; i < rest.size(); i++) {
            Token token = rest.get(i);
            boolean constrained = token.isWord("constraint")
                    || token.isWord("check")
                    || token.isWord("not")
                            && i + 1 < rest.size()
                            && rest.get(i + 1).isWord("null");
            if (constrained) {
                String text = Expression.of(rest.subList(i, rest.size())).text();
                return new Statement.CreateDomain(name, type, text);
            }
        }
        return new Statement.CreateDomain(name, type, "");
    }
}
