package dev.athanor.sql;

import java.util.Locale;
import java.util.Set;

/** {@code ALTER …}. */
final class AlterLocks {
    /** Kinds of objects whose change locks no table. */
    private static final Set<String> NO_TABLE = Set.of(
            "aggregate",
            "collation",
            "conversion",
            "database",
            "default",
            "event",
            "function",
            "group",
            "language",
            "large",
            "operator",
            "procedure",
            "role",
            "routine",
            "schema",
            "server",
            "system",
            "tablespace",
            "text",
            "user");

    private AlterLocks() {}

    static void read(TokenCursor cursor, LocksFound found) {
        cursor.skip("alter");
        if (cursor.skip("table") || cursor.skip("foreign", "table") || cursor.skip("materialized", "view")) {
            AlterTableLocks.read(cursor, found);
            return;
        }
        String kind = cursor.next().text().toLowerCase(Locale.ROOT);
        switch (kind) {
            case "view" -> found.add(LockTarget.TABLE, name(cursor), LockMode.ACCESS_EXCLUSIVE);
            case "index" -> index(cursor, found);
            case "sequence" -> sequence(cursor, found);
            case "domain" -> domain(cursor, found);
            case "type" -> type(cursor, found);
            case "trigger", "policy", "rule" -> {
                cursor.next();
                if (cursor.skip("on")) {
                    found.add(LockTarget.TREE, cursor.name(), LockMode.ACCESS_EXCLUSIVE);
                } else {
                    found.unknown("the table of the " + kind + " cannot be read");
                }
            }
            default -> {
                if (!NO_TABLE.contains(kind)) {
                    found.unknown("Athanor does not know the locks of ALTER " + kind.toUpperCase(Locale.ROOT));
                }
            }
        }
    }

    static QualifiedName name(TokenCursor cursor) {
        cursor.skip("if", "exists");
        QualifiedName name = cursor.name();
        return name == null ? new QualifiedName(null, "") : name;
    }

    private static void index(TokenCursor cursor, LocksFound found) {
        if (cursor.skip("all", "in")) {
            found.unknown("ALL IN TABLESPACE names no index");
            return;
        }
        QualifiedName index = name(cursor);
        boolean options = (cursor.skip("set") || cursor.skip("reset"))
                && cursor.peek().kind() == TokenKind.OPEN
                && StorageOptions.areLight(cursor);
        boolean light = options || cursor.skip("rename") || cursor.skip("alter");
        if (cursor.skip("attach", "partition")) {
            found.add(LockTarget.INDEX, index, LockMode.SHARE_UPDATE_EXCLUSIVE);
            found.add(LockTarget.INDEX, cursor.name(), LockMode.ACCESS_EXCLUSIVE);
        } else {
            found.add(LockTarget.INDEX, index, light ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
        }
    }

    private static void sequence(TokenCursor cursor, LocksFound found) {
        QualifiedName sequence = name(cursor);
        boolean whole = cursor.skip("rename") || cursor.skip("owner", "to") || cursor.skip("set");
        found.add(LockTarget.TABLE, sequence, whole ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_ROW_EXCLUSIVE);
    }

    /** Rows are checked under SHARE on every table that has the domain. */
    private static void domain(TokenCursor cursor, LocksFound found) {
        QualifiedName domain = name(cursor);
        boolean adds = cursor.skip("add");
        boolean checks = adds || cursor.skip("validate") || cursor.skip("set", "not", "null");
        int words = cursor.rest().size();
        boolean notValid = adds
                && words > 1
                && cursor.ahead(words - 1).isWord("valid")
                && cursor.ahead(words - 2).isWord("not");
        if (checks && !notValid) {
            found.add(LockTarget.TABLES_OF_DOMAIN, domain, LockMode.SHARE);
        }
    }

    private static void type(TokenCursor cursor, LocksFound found) {
        cursor.name();
        boolean attribute = cursor.rest().stream().anyMatch(token -> token.isWord("attribute"));
        if (attribute) {
            found.unknown("the tables of that type are not in the text");
        }
    }
}
