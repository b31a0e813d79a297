package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.TokenCursor;
import java.util.Locale;
import java.util.Set;

/** Reads {@code ALTER …}. */
final class AlterReader {
    private static final Set<String> LIKE_TABLE = Set.of("table", "view", "index", "sequence");

    private static final Set<String> OTHERS = Set.of(
            "access",
            "aggregate",
            "collation",
            "conversion",
            "database",
            "default",
            "event",
            "extension",
            "foreign",
            "function",
            "group",
            "language",
            "large",
            "operator",
            "policy",
            "procedural",
            "procedure",
            "publication",
            "role",
            "routine",
            "rule",
            "server",
            "statistics",
            "subscription",
            "system",
            "tablespace",
            "text",
            "trigger",
            "user");

    private AlterReader() {}

    static Statement read(TokenCursor cursor) {
        cursor.skip("alter");
        if (cursor.skip("foreign", "table")) {
            return AlterTableReader.read("foreign table", cursor);
        }
        if (cursor.skip("materialized", "view")) {
            return AlterTableReader.read("materialized view", cursor);
        }
        String kind = cursor.next().text().toLowerCase(Locale.ROOT);
        if (LIKE_TABLE.contains(kind)) {
            return AlterTableReader.read(kind, cursor);
        }
        return switch (kind) {
            case "type" -> type(cursor);
            case "domain" -> domain(cursor);
            case "schema" -> schema(cursor);
            default ->
                OTHERS.contains(kind)
                        ? new Statement.Plain("ALTER " + kind, !renames(cursor))
                        : new Statement.Unknown("ALTER " + kind.toUpperCase(Locale.ROOT));
        };
    }

    private static boolean renames(TokenCursor cursor) {
        return cursor.rest().stream().anyMatch(token -> token.isWord("rename"));
    }

    private static Statement schema(TokenCursor cursor) {
        String name = cursor.next().identifier();
        return cursor.skip("rename", "to")
                ? new Statement.RenameSchema(name, cursor.next().identifier())
                : new Statement.Plain("ALTER SCHEMA", true);
    }

    private static Statement type(TokenCursor cursor) {
        QualifiedName type = cursor.name();
        if (type == null) {
            return new Statement.Unknown("ALTER TYPE");
        }
        if (cursor.skip("add", "value")) {
            boolean ifNotExists = cursor.skip("if", "not", "exists");
            String value = SetReader.string(cursor.next());
            boolean positioned = cursor.peek().isWord("before") || cursor.peek().isWord("after");
            return new Statement.AddEnumValue(type, value, ifNotExists, positioned);
        }
        if (cursor.skip("rename", "value")) {
            String from = SetReader.string(cursor.next());
            cursor.skip("to");
            return new Statement.RenameEnumValue(type, from, SetReader.string(cursor.next()));
        }
        boolean owner = cursor.peek().isWord("owner") || cursor.peek().isWord("set");
        boolean known = owner
                || cursor.peek().isWord("rename")
                || cursor.peek().isWord("add")
                || cursor.peek().isWord("drop")
                || cursor.peek().isWord("alter");
        return known ? new Statement.Plain("ALTER TYPE", owner) : new Statement.Unknown("ALTER TYPE");
    }

    private static Statement domain(TokenCursor cursor) {
        QualifiedName name = cursor.name();
        if (name == null) {
            return new Statement.Unknown("ALTER DOMAIN");
        }
        Expression definition = Expression.of(cursor.rest());
        boolean adds = cursor.skip("add");
        boolean notValid = adds && ConstraintReader.isNotValid(definition);
        boolean checks = adds && !notValid
                || cursor.peek().isWord("set") && cursor.ahead(1).isWord("not");
        boolean drops = cursor.skip("drop", "constraint");
        boolean guarded = drops && cursor.peek().isWord("if");
        boolean repeatable = !adds && (!drops || guarded) && !cursor.peek().isWord("rename");
        return new Statement.AlterDomain(name, checks, repeatable, definition);
    }
}
