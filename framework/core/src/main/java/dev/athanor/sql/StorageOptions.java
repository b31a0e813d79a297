package dev.athanor.sql;

import java.util.Set;

/** Storage parameters in parentheses, and the weaker lock that most of them need. */
final class StorageOptions {
    private static final Set<String> LIGHT = Set.of(
            "fillfactor",
            "parallel_workers",
            "toast_tuple_target",
            "log_autovacuum_min_duration",
            "vacuum_truncate",
            "vacuum_index_cleanup",
            "vacuum_max_eager_freeze_failure_rate",
            "deduplicate_items");

    private StorageOptions() {}

    /** Whether SHARE UPDATE EXCLUSIVE is enough for all of them; steps over the parentheses. */
    static boolean areLight(TokenCursor cursor) {
        boolean light = true;
        cursor.next();
        while (!cursor.atEnd() && cursor.peek().kind() != TokenKind.CLOSE) {
            QualifiedName option = cursor.name();
            light &= option != null
                    && (LIGHT.contains(option.name()) || option.name().startsWith("autovacuum_"));
            while (!cursor.atEnd()
                    && cursor.peek().kind() != TokenKind.COMMA
                    && cursor.peek().kind() != TokenKind.CLOSE) {
                cursor.skipNested();
            }
            cursor.skipComma();
        }
        cursor.next();
        return light;
    }
}
