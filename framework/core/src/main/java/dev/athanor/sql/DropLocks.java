package dev.athanor.sql;

import static dev.athanor.sql.LockMode.ACCESS_EXCLUSIVE;

import java.util.Locale;
import java.util.Set;

/** {@code DROP …}. */
final class DropLocks {
    /** Kinds of objects that go without a lock on a table, as long as nothing depends on them. */
    private static final Set<String> NO_TABLE = Set.of(
            "aggregate",
            "cast",
            "collation",
            "conversion",
            "database",
            "domain",
            "event",
            "function",
            "group",
            "language",
            "operator",
            "procedure",
            "role",
            "routine",
            "schema",
            "tablespace",
            "text",
            "type",
            "user");

    private DropLocks() {}

    static void read(TokenCursor cursor, LocksFound found) {
        cursor.skip("drop");
        if (cursor.skip("table") || cursor.skip("foreign", "table")) {
            tables(cursor, found);
        } else if (cursor.skip("view") || cursor.skip("materialized", "view") || cursor.skip("sequence")) {
            names(cursor, LockTarget.TABLE, ACCESS_EXCLUSIVE, found);
        } else if (cursor.skip("index")) {
            boolean concurrently = cursor.skip("concurrently");
            LockMode mode = concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
            names(cursor, LockTarget.TABLE_OF_INDEX, mode, found);
        } else {
            others(cursor, found);
        }
        if (cursor.rest().stream().anyMatch(token -> token.isWord("cascade"))) {
            found.unknown("what else depends on it (CASCADE) is not in the text");
        }
    }

    private static void tables(TokenCursor cursor, LocksFound found) {
        cursor.skip("if", "exists");
        do {
            QualifiedName table = cursor.name();
            found.add(LockTarget.TREE, table, ACCESS_EXCLUSIVE);
            found.add(LockTarget.PARENT, table, ACCESS_EXCLUSIVE);
            found.add(LockTarget.REFERENCED, table, ACCESS_EXCLUSIVE);
        } while (cursor.skipComma());
    }

    private static void names(TokenCursor cursor, LockTarget target, LockMode mode, LocksFound found) {
        cursor.skip("if", "exists");
        do {
            found.add(target, cursor.name(), mode);
        } while (cursor.skipComma());
    }

    private static void others(TokenCursor cursor, LocksFound found) {
        String kind = cursor.next().text().toLowerCase(Locale.ROOT);
        if (Set.of("trigger", "rule", "policy").contains(kind)) {
            cursor.skip("if", "exists");
            cursor.next();
            cursor.skip("on");
            found.add(LockTarget.TREE, cursor.name(), ACCESS_EXCLUSIVE);
        } else if (!NO_TABLE.contains(kind)) {
            found.unknown("Athanor does not know the locks of DROP " + kind.toUpperCase(Locale.ROOT));
        }
    }
}
