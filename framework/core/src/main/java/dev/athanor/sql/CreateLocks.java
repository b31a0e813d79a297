package dev.athanor.sql;

import static dev.athanor.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.athanor.sql.LockMode.ACCESS_SHARE;
import static dev.athanor.sql.LockMode.SHARE;
import static dev.athanor.sql.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.athanor.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code CREATE …}. */
final class CreateLocks {
    private static final Set<String> MODIFIERS = Set.of(
            "global", "local", "temporary", "temp", "unlogged", "recursive", "unique", "constraint", "materialized");

    /** Kinds of objects that are made without a lock on a table. */
    private static final Set<String> NO_TABLE = Set.of(
            "access",
            "aggregate",
            "cast",
            "collation",
            "conversion",
            "database",
            "default",
            "domain",
            "event",
            "function",
            "group",
            "language",
            "operator",
            "procedural",
            "procedure",
            "role",
            "sequence",
            "server",
            "tablespace",
            "text",
            "transform",
            "trusted",
            "type",
            "user");

    private CreateLocks() {}

    static void read(TokenCursor cursor, LocksFound found) {
        cursor.skip("create");
        boolean replace = cursor.skip("or", "replace");
        while (cursor.peek().kind() == TokenKind.WORD
                && MODIFIERS.contains(cursor.peek().identifier())) {
            cursor.next();
        }
        if (cursor.skip("table") || cursor.skip("foreign", "table")) {
            table(cursor, found);
            return;
        }
        String kind = cursor.next().text().toLowerCase(Locale.ROOT);
        switch (kind) {
            case "index" -> index(cursor, found);
            case "view" -> view(cursor, replace, found);
            case "trigger" -> on(cursor, LockTarget.TREE, SHARE_ROW_EXCLUSIVE, found);
            case "policy" -> on(cursor, LockTarget.TABLE, ACCESS_EXCLUSIVE, found);
            case "rule" -> {
                cursor.next();
                cursor.skip("as");
                cursor.skip("on");
                cursor.next();
                cursor.skip("to");
                found.add(LockTarget.TABLE, cursor.name(), ACCESS_EXCLUSIVE);
            }
            case "statistics" -> from(cursor, found);
            case "schema" -> {
                if (cursor.rest().stream().anyMatch(token -> token.isWord("create"))) {
                    found.unknown("what is made within the schema is not looked at");
                }
            }
            default -> {
                if (!NO_TABLE.contains(kind)) {
                    found.unknown("Athanor does not know the locks of CREATE " + kind.toUpperCase(Locale.ROOT));
                }
            }
        }
    }

    private static QualifiedName made(TokenCursor cursor, LocksFound found) {
        cursor.skip("if", "not", "exists");
        QualifiedName name = cursor.name();
        found.creates(name);
        return name == null ? new QualifiedName(null, "") : name;
    }

    private static void table(TokenCursor cursor, LocksFound found) {
        QualifiedName table = made(cursor, found);
        if (cursor.skip("partition", "of")) {
            QualifiedName parent = cursor.name();
            found.add(LockTarget.TABLE, parent, ACCESS_EXCLUSIVE);
            found.add(LockTarget.DEFAULT_PARTITION, parent, ACCESS_EXCLUSIVE);
            found.add(LockTarget.REFERENCED, parent, SHARE_ROW_EXCLUSIVE);
        }
        while (!cursor.atEnd()) {
            if (cursor.peek().kind() == TokenKind.OPEN) {
                int begin = cursor.position();
                List<Token> rest = cursor.rest();
                cursor.skipNested();
                List<Token> columns = rest.subList(0, cursor.position() - begin);
                references(columns, table, found);
                likes(columns, found);
            } else if (cursor.skip("inherits")) {
                cursor.next();
                do {
                    found.add(LockTarget.TABLE, cursor.name(), SHARE_UPDATE_EXCLUSIVE);
                } while (cursor.skipComma());
            } else if (cursor.skip("as")) {
                query(cursor, found);
                return;
            } else {
                cursor.next();
            }
        }
    }

    private static void query(TokenCursor cursor, LocksFound found) {
        if (cursor.peek().isWord("execute")) {
            found.unknown("what EXECUTE runs is not in the text");
        } else {
            RowLocks.read(cursor, found);
        }
    }

    /** Of every {@code REFERENCES table} within columns and constraints; a table that references itself is no other. */
    static void references(List<Token> code, QualifiedName own, LocksFound found) {
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i).isWord("references")) {
                QualifiedName referenced = new TokenCursor(code, i + 1).name();
                if (!own.equals(referenced)) {
                    found.add(LockTarget.TREE, referenced, SHARE_ROW_EXCLUSIVE);
                }
            }
        }
    }

    private static void likes(List<Token> columns, LocksFound found) {
        for (int i = 1; i < columns.size(); i++) {
            TokenKind before = columns.get(i - 1).kind();
            boolean begins = i == 1 || before == TokenKind.COMMA;
            if (begins && columns.get(i).isWord("like")) {
                found.add(LockTarget.TABLE, new TokenCursor(columns, i + 1).name(), ACCESS_SHARE);
            }
        }
    }

    private static void index(TokenCursor cursor, LocksFound found) {
        LockMode mode = cursor.skip("concurrently") ? SHARE_UPDATE_EXCLUSIVE : SHARE;
        cursor.skip("if", "not", "exists");
        if (!cursor.peek().isWord("on")) {
            cursor.name();
        }
        cursor.skip("on");
        found.add(cursor.skip("only") ? LockTarget.TABLE : LockTarget.TREE, cursor.name(), mode);
    }

    private static void view(TokenCursor cursor, boolean replace, LocksFound found) {
        QualifiedName view = made(cursor, found);
        if (replace) {
            found.add(LockTarget.TABLE, view, ACCESS_EXCLUSIVE);
        }
        while (!cursor.atEnd() && !cursor.skip("as")) {
            cursor.skipNested();
        }
        RowLocks.read(cursor, found);
    }

    /** The table behind the first ON that no event stands behind. */
    private static void on(TokenCursor cursor, LockTarget target, LockMode mode, LocksFound found) {
        while (!cursor.atEnd() && !cursor.skip("on")) {
            cursor.next();
        }
        found.add(target, cursor.name(), mode);
    }

    private static void from(TokenCursor cursor, LocksFound found) {
        while (!cursor.atEnd() && !cursor.skip("from")) {
            cursor.skipNested();
        }
        found.add(LockTarget.TABLE, cursor.name(), SHARE_UPDATE_EXCLUSIVE);
    }
}
