package dev.athanor.sql;

import static dev.athanor.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.athanor.sql.LockMode.ACCESS_SHARE;
import static dev.athanor.sql.LockMode.EXCLUSIVE;
import static dev.athanor.sql.LockMode.ROW_EXCLUSIVE;
import static dev.athanor.sql.LockMode.SHARE;
import static dev.athanor.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Statements on whole tables that neither make, change nor drop them. */
final class MaintenanceLocks {
    private static final Set<String> OFF = Set.of("false", "off", "0");

    private MaintenanceLocks() {}

    static void read(TokenCursor cursor, LocksFound found) {
        String word = cursor.next().text().toLowerCase(Locale.ROOT);
        switch (word) {
            case "truncate" -> truncate(cursor, found);
            case "lock" -> lock(cursor, found);
            case "vacuum" -> {
                boolean full = option(cursor, "full");
                tables(cursor, full ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE, found);
            }
            case "analyze", "analyse" -> {
                option(cursor, "");
                tables(cursor, SHARE_UPDATE_EXCLUSIVE, found);
            }
            case "cluster" -> {
                option(cursor, "");
                tables(cursor, ACCESS_EXCLUSIVE, found);
            }
            case "reindex" -> reindex(cursor, found);
            case "refresh" -> {
                cursor.skip("materialized", "view");
                LockMode mode = cursor.skip("concurrently") ? EXCLUSIVE : ACCESS_EXCLUSIVE;
                found.add(LockTarget.TABLE, cursor.name(), mode);
            }
            case "comment", "security" -> comment(cursor, found);
            case "copy" -> copy(cursor, found);
            default -> found.unknown("Athanor does not know the locks of " + word.toUpperCase(Locale.ROOT));
        }
    }

    /** Steps over options, in parentheses or as words; whether this one is on. */
    private static boolean option(TokenCursor cursor, String wanted) {
        boolean on = false;
        if (cursor.peek().kind() != TokenKind.OPEN) {
            for (String word : List.of("full", "freeze", "verbose", "analyze", "analyse")) {
                on |= cursor.skip(word) && word.equals(wanted);
            }
            return on;
        }
        while (!cursor.atEnd() && cursor.peek().kind() != TokenKind.CLOSE) {
            boolean found = cursor.next().isWord(wanted);
            String value = cursor.peek().text().toLowerCase(Locale.ROOT).replace("'", "");
            on |= found && !OFF.contains(value);
        }
        cursor.next();
        return on;
    }

    private static void tables(TokenCursor cursor, LockMode mode, LocksFound found) {
        if (cursor.atEnd()) {
            found.unknown("it names no table and goes over all of them");
            return;
        }
        do {
            found.add(cursor.skip("only") ? LockTarget.TABLE : LockTarget.TREE, cursor.name(), mode);
            cursor.skipSymbol("*");
            if (cursor.peek().kind() == TokenKind.OPEN) {
                cursor.skipNested();
            }
        } while (cursor.skipComma());
    }

    private static void truncate(TokenCursor cursor, LocksFound found) {
        cursor.skip("table");
        int begin = cursor.position();
        List<Token> rest = cursor.rest();
        tables(cursor, ACCESS_EXCLUSIVE, found);
        if (cursor.rest().stream().anyMatch(token -> token.isWord("cascade"))) {
            TokenCursor again = new TokenCursor(rest.subList(0, cursor.position() - begin), 0);
            do {
                again.skip("only");
                found.add(LockTarget.REFERENCING, again.name(), ACCESS_EXCLUSIVE);
                again.skipSymbol("*");
            } while (again.skipComma());
        }
    }

    private static void lock(TokenCursor cursor, LocksFound found) {
        cursor.skip("table");
        StringBuilder mode = new StringBuilder();
        int in = -1;
        List<Token> rest = cursor.rest();
        for (int i = 0; i < rest.size(); i++) {
            if (rest.get(i).isWord("in")) {
                in = i;
            } else if (in >= 0 && !rest.get(i).isWord("mode") && !rest.get(i).isWord("nowait")) {
                mode.append(mode.isEmpty() ? "" : " ").append(rest.get(i).text());
            }
        }
        tables(cursor, LockMode.named(mode.toString()), found);
    }

    private static void reindex(TokenCursor cursor, LocksFound found) {
        boolean concurrently = cursor.peek().kind() == TokenKind.OPEN && option(cursor, "concurrently");
        String kind = cursor.next().text().toLowerCase(Locale.ROOT);
        LockMode mode = cursor.skip("concurrently") || concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE;
        if (kind.equals("index")) {
            QualifiedName index = cursor.name();
            found.add(LockTarget.TABLE_OF_INDEX, index, mode);
            found.add(LockTarget.INDEX, index, mode == SHARE ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE);
        } else if (kind.equals("table")) {
            found.add(LockTarget.TREE, cursor.name(), mode);
        } else {
            found.unknown("REINDEX " + kind.toUpperCase(Locale.ROOT) + " names no table");
        }
    }

    /** COMMENT ON and SECURITY LABEL … ON. Objects that hang on a table need only a look at it. */
    private static void comment(TokenCursor cursor, LocksFound found) {
        while (!cursor.atEnd() && !cursor.skip("on")) {
            cursor.next();
        }
        if (cursor.skip("table")
                || cursor.skip("view")
                || cursor.skip("materialized", "view")
                || cursor.skip("foreign", "table")
                || cursor.skip("sequence")) {
            found.add(LockTarget.TABLE, cursor.name(), SHARE_UPDATE_EXCLUSIVE);
        } else if (cursor.skip("index")) {
            found.add(LockTarget.INDEX, cursor.name(), SHARE_UPDATE_EXCLUSIVE);
        } else if (cursor.skip("column")) {
            List<String> parts = cursor.parts();
            int table = parts.size() - 2;
            if (table >= 0) {
                String schema = table == 0 ? null : parts.get(table - 1);
                found.add(LockTarget.TABLE, new QualifiedName(schema, parts.get(table)), SHARE_UPDATE_EXCLUSIVE);
            }
        } else if (cursor.skip("trigger")
                || cursor.skip("constraint")
                || cursor.skip("rule")
                || cursor.skip("policy")) {
            cursor.next();
            if (cursor.skip("on") && !cursor.skip("domain")) {
                found.add(LockTarget.TABLE, cursor.name(), ACCESS_SHARE);
            }
        }
    }

    private static void copy(TokenCursor cursor, LocksFound found) {
        if (cursor.peek().kind() == TokenKind.OPEN) {
            int begin = cursor.position();
            List<Token> rest = cursor.rest();
            cursor.skipNested();
            RowLocks.read(new TokenCursor(rest.subList(1, cursor.position() - begin - 1), 0), found);
            return;
        }
        QualifiedName table = cursor.name();
        if (cursor.peek().kind() == TokenKind.OPEN) {
            cursor.skipNested();
        }
        boolean writes = cursor.skip("from");
        found.add(LockTarget.TREE, table, writes ? ROW_EXCLUSIVE : ACCESS_SHARE);
    }
}
