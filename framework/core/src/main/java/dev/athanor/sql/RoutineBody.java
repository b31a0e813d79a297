package dev.athanor.sql;

import java.util.Locale;

/**
 * Whether a statement stands inside the {@code BEGIN ATOMIC … END} of CREATE [OR REPLACE] FUNCTION | PROCEDURE, by the
 * same rough rule as psql: the statement's first words say that it makes a routine, and from then on BEGIN opens, CASE
 * opens within, and END closes, each outside parentheses.
 */
final class RoutineBody {
    /** CREATE OR REPLACE FUNCTION: no more words are needed to know. */
    private static final int LEADING_WORDS = 4;

    private final StringBuilder leading = new StringBuilder(LEADING_WORDS);
    private int depth;

    boolean isOpen() {
        return depth > 0;
    }

    void reset() {
        leading.setLength(0);
        depth = 0;
    }

    /** Whether words can still tell anything: not in a statement that does not begin with CREATE. */
    boolean listens() {
        return leading.length() == 0 || leading.charAt(0) == 'c';
    }

    /** Takes note of the statement's next word. */
    void word(Token word, boolean outsideParentheses) {
        if (leading.length() < LEADING_WORDS) {
            leading.append(initial(word));
        }
        if (!outsideParentheses || leading.charAt(0) != 'c' || !makesRoutine()) {
            return;
        }
        if (word.isWord("begin") || depth > 0 && word.isWord("case")) {
            depth++;
        } else if (depth > 0 && word.isWord("end")) {
            depth--;
        }
    }

    private static char initial(Token word) {
        return switch (word.text().toLowerCase(Locale.ROOT)) {
            case "create" -> 'c';
            case "or" -> 'o';
            case "replace" -> 'r';
            case "function" -> 'f';
            case "procedure" -> 'p';
            default -> '-';
        };
    }

    private boolean makesRoutine() {
        return leading.length() > 1 && isRoutine(1)
                || leading.length() > 3 && leading.charAt(1) == 'o' && leading.charAt(2) == 'r' && isRoutine(3);
    }

    private boolean isRoutine(int index) {
        return leading.charAt(index) == 'f' || leading.charAt(index) == 'p';
    }
}
