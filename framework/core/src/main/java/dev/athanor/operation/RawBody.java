package dev.athanor.operation;

import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.List;

/**
 * SQL behind a directive, and behind a line {@code -- undo} the SQL that takes it back.
 *
 * @param does what to do
 * @param undo what takes it back; empty: not told
 */
record RawBody(String does, String undo) {
    static RawBody read(Arguments arguments, String expected) {
        return parse(arguments.body(expected));
    }

    static RawBody parse(String body) {
        for (Token token : SqlTokens.ofTemplate(body).all()) {
            if (token.kind() == TokenKind.LINE_COMMENT
                    && token.text().substring(2).strip().equalsIgnoreCase("undo")) {
                return new RawBody(
                        body.substring(0, token.start()).strip(),
                        body.substring(token.end()).strip());
            }
        }
        return new RawBody(body.strip(), "");
    }

    void validate(Objections objections, String keyword) {
        if (isBlank(does)) {
            objections.add("found no SQL behind 'operation " + keyword + "', expected what it is to do");
        }
    }

    boolean hasUndo() {
        return !isBlank(undo);
    }

    /** Whether these words come first in what it does. */
    boolean begins(String... words) {
        List<Token> code = SqlTokens.ofTemplate(does).code();
        for (int i = 0; i < words.length; i++) {
            if (i >= code.size() || !code.get(i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** The text without the semicolon at its end, as it may stand inside of a statement. */
    static String inner(String text) {
        List<Token> code = SqlTokens.ofTemplate(text).code();
        Token last = code.isEmpty() ? null : code.get(code.size() - 1);
        return last != null && last.kind() == TokenKind.SEMICOLON
                ? (text.substring(0, last.start()) + text.substring(last.end())).strip()
                : text.strip();
    }

    /** Whether it holds nothing but comments. */
    static boolean isBlank(String text) {
        return SqlTokens.ofTemplate(text).code().isEmpty();
    }

    /** Objects to text that would end the statement around it; comments may stand in it. */
    static void checkInner(Objections objections, String what, String text) {
        int depth = 0;
        boolean whole = !isBlank(text);
        for (Token token : SqlTokens.ofTemplate(text).all()) {
            switch (token.kind()) {
                case OPEN -> depth++;
                case CLOSE -> depth--;
                case SEMICOLON, UNCLOSED, STRAY -> whole = false;
                default -> {}
            }
            whole &= depth >= 0;
        }
        if (!whole || depth != 0) {
            objections.add("found no whole piece of SQL behind the directive, expected " + what);
        }
    }
}
