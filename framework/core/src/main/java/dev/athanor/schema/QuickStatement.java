package dev.athanor.schema;

import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.List;

/**
 * Statements that change only the catalogue, and so are over as soon as they have their locks. What is not surely one of
 * them counts as long.
 */
final class QuickStatement {
    private static final List<String> ALWAYS =
            List.of("comment", "drop", "grant", "lock", "release", "revoke", "savepoint", "security", "truncate");

    /** Words of ALTER and CREATE that mean reading or writing rows; more than that is no harm. */
    private static final List<String> LONG = List.of(
            "attach",
            "index",
            "logged",
            "materialized",
            "method",
            "partition",
            "tablespace",
            "type",
            "unlogged",
            "validate");

    /** What is checked on the rows that are there, unless it is NOT VALID or takes a ready index. */
    private static final List<String> CHECKED =
            List.of("check", "exclude", "foreign", "primary", "references", "unique");

    private QuickStatement() {}

    static boolean is(String sql) {
        List<Token> code = SqlTokens.of(sql).code();
        if (code.isEmpty() || ALWAYS.stream().anyMatch(code.get(0)::isWord)) {
            return true;
        }
        if (StatementLocks.of(code).unknown() != null) {
            return false;
        }
        if (code.get(0).isWord("create")) {
            boolean makesRows =
                    has(code, "table") && has(code, "as") && has(code, "select", "with", "values", "execute");
            boolean harmless = List.of("function", "procedure", "trigger", "view").stream()
                    .anyMatch(kind -> code.size() > 3
                            && (code.get(1).isWord(kind) || code.get(3).isWord(kind)));
            return harmless || !makesRows && LONG.stream().noneMatch(word -> has(code, word));
        }
        return code.get(0).isWord("alter") && isQuickAlter(code);
    }

    private static boolean isQuickAlter(List<Token> code) {
        boolean usingIndex = follows(code, "using", "index");
        if (follows(code, "set", "not")
                || LONG.stream().anyMatch(word -> has(code, word) && !isIndex(word, usingIndex))) {
            return false;
        }
        boolean checked = has(code, "add") && CHECKED.stream().anyMatch(word -> has(code, word));
        boolean computed = has(code, "add")
                && has(code, "default", "generated")
                && code.stream().anyMatch(token -> token.kind() == TokenKind.OPEN);
        return !computed && (!checked || usingIndex || follows(code, "not", "valid"));
    }

    private static boolean isIndex(String word, boolean usingIndex) {
        return usingIndex && word.equals("index");
    }

    private static boolean has(List<Token> code, String... words) {
        return List.of(words).stream().anyMatch(word -> code.stream().anyMatch(token -> token.isWord(word)));
    }

    private static boolean follows(List<Token> code, String first, String second) {
        for (int i = 1; i < code.size(); i++) {
            if (code.get(i - 1).isWord(first) && code.get(i).isWord(second)) {
                return true;
            }
        }
        return false;
    }
}
