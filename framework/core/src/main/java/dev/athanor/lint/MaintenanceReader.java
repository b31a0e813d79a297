package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads VACUUM, ANALYZE, CLUSTER, REINDEX and REFRESH. */
final class MaintenanceReader {
    private static final Set<String> OFF = Set.of("false", "off", "0");
    private static final Set<String> BARE = Set.of("full", "freeze", "verbose", "analyze", "analyse");

    private MaintenanceReader() {}

    static Statement vacuum(TokenCursor cursor) {
        boolean vacuum = cursor.next().isWord("vacuum");
        List<Token> options = cursor.parenthesized();
        boolean full = isOn(options, "full");
        boolean analyze = !vacuum || isOn(options, "analyze") || isOn(options, "analyse");
        while (BARE.stream().anyMatch(cursor.peek()::isWord)) {
            full |= vacuum && cursor.peek().isWord("full");
            analyze |= cursor.peek().isWord("analyze") || cursor.peek().isWord("analyse");
            cursor.next();
        }
        List<QualifiedName> tables = new ArrayList<>();
        boolean ofColumns = false;
        do {
            cursor.skip("only");
            QualifiedName table = cursor.name();
            ofColumns |= !cursor.parenthesized().isEmpty();
            if (table != null) {
                tables.add(table);
            }
        } while (cursor.skipComma());
        return new Statement.Vacuum(vacuum, full, analyze, tables, ofColumns);
    }

    private static boolean isOn(List<Token> options, String name) {
        for (List<Token> option : TokenCursor.items(options)) {
            if (!option.isEmpty() && option.get(0).isWord(name)) {
                return option.size() < 2 || !isOff(option.get(1));
            }
        }
        return false;
    }

    private static boolean isOff(Token value) {
        String text = value.text().toLowerCase(Locale.ROOT).replace("'", "");
        return OFF.contains(text);
    }

    static Statement cluster(TokenCursor cursor) {
        cursor.skip("cluster");
        cursor.parenthesized();
        cursor.skip("verbose");
        QualifiedName name = cursor.name();
        return new Statement.Cluster(cursor.skip("on") ? cursor.name() : name);
    }

    static Statement reindex(TokenCursor cursor) {
        cursor.skip("reindex");
        boolean concurrently = isOn(cursor.parenthesized(), "concurrently");
        cursor.skip("force");
        String kind = cursor.next().text().toLowerCase(Locale.ROOT);
        if (!Set.of("index", "table", "schema", "database", "system").contains(kind)) {
            return new Statement.Unknown("REINDEX");
        }
        concurrently |= cursor.skip("concurrently");
        @Nullable QualifiedName name = cursor.name();
        return new Statement.Reindex(kind, name, concurrently);
    }

    static Statement refresh(TokenCursor cursor) {
        if (!cursor.skip("refresh", "materialized", "view")) {
            return new Statement.Unknown("REFRESH");
        }
        boolean concurrently = cursor.skip("concurrently");
        QualifiedName view = cursor.name();
        return view == null ? new Statement.Unknown("REFRESH") : new Statement.Refresh(view, concurrently);
    }
}
