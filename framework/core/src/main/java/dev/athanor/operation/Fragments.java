package dev.athanor.operation;

import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.util.List;

/** Pieces of SQL that are put into a statement as they are. */
final class Fragments {
    private Fragments() {}

    /** Whether a piece can neither end the statement around it nor reach beyond its own parentheses. */
    static boolean isWhole(String text) {
        int depth = 0;
        List<Token> tokens = SqlTokens.ofTemplate(text).all();
        for (Token token : tokens) {
            switch (token.kind()) {
                case OPEN -> depth++;
                case CLOSE -> depth--;
                case SEMICOLON, UNCLOSED, STRAY, LINE_COMMENT, BLOCK_COMMENT -> depth = -1;
                default -> {}
            }
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0 && !tokens.isEmpty();
    }

    /** The piece, for those who build operations in Java. */
    static String whole(String what, String text) {
        if (!isWhole(text)) {
            throw new IllegalArgumentException("found " + what + " '" + text
                    + "', expected one whole piece of SQL, without semicolons and comments");
        }
        return text;
    }
}
