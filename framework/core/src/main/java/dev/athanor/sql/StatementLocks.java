package dev.athanor.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which table-level locks a statement takes, read from its text by the rules of PostgreSQL's manual (12 and later). What
 * triggers, rules, foreign-key checks of changed rows and the functions in an expression lock on top of that is not seen.
 *
 * @param locks in the order of the text; none for a statement that locks no table
 * @param created tables and views that the statement makes, new names of renamed ones included
 * @param unknown why these may not be all its locks, in words; null when they are
 */
public record StatementLocks(
        List<TableLock> locks,
        List<QualifiedName> created,
        @Nullable String unknown) {
    /** Statements that lock no table that was there before. */
    private static final Set<String> NONE = Set.of(
            "abort",
            "begin",
            "checkpoint",
            "close",
            "commit",
            "deallocate",
            "discard",
            "end",
            "fetch",
            "grant",
            "listen",
            "load",
            "move",
            "notify",
            "release",
            "reset",
            "revoke",
            "rollback",
            "savepoint",
            "set",
            "show",
            "start",
            "unlisten");

    public StatementLocks {
        locks = List.copyOf(locks);
        created = List.copyOf(created);
    }

    /** Reads one statement. */
    public static StatementLocks of(String sql) {
        List<Token> code = SqlTokens.of(sql).code().stream()
                .takeWhile(token -> token.kind() != TokenKind.SEMICOLON)
                .toList();
        return of(code);
    }

    /** Reads one statement, of tokens without comments and without the semicolon at its end. */
    public static StatementLocks of(List<Token> code) {
        LocksFound found = new LocksFound();
        read(new TokenCursor(code, 0), found);
        return found.result();
    }

    private static void read(TokenCursor cursor, LocksFound found) {
        Token first = cursor.peek();
        String word = first.kind() == TokenKind.WORD ? first.text().toLowerCase(Locale.ROOT) : "";
        switch (word) {
            case "alter" -> AlterLocks.read(cursor, found);
            case "create" -> CreateLocks.read(cursor, found);
            case "drop" -> DropLocks.read(cursor, found);
            case "explain", "prepare", "declare" -> read(inner(cursor), found);
            case "do" -> found.unknown("what a DO block does is not seen");
            case "call" -> found.unknown("what a procedure does is not seen");
            default -> {
                boolean rows = first.kind() == TokenKind.OPEN || RowLocks.BEGINNINGS.contains(word);
                if (rows) {
                    RowLocks.read(cursor, found);
                } else if (!NONE.contains(word) && !cursor.atEnd()) {
                    MaintenanceLocks.read(cursor, found);
                }
            }
        }
    }

    /** The statement within EXPLAIN, PREPARE name AS and DECLARE name CURSOR FOR: it is planned with its locks. */
    private static TokenCursor inner(TokenCursor cursor) {
        boolean explain = cursor.next().isWord("explain");
        if (explain && cursor.peek().kind() == TokenKind.OPEN) {
            cursor.skipNested();
            return cursor;
        }
        while (explain && (cursor.skip("analyze") || cursor.skip("verbose"))) {
            // both are words in front of the statement
        }
        while (!explain && !cursor.atEnd() && !cursor.skip("as") && !cursor.skip("for")) {
            cursor.skipNested();
        }
        return cursor;
    }
}
