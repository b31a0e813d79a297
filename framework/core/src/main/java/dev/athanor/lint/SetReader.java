package dev.athanor.lint;

import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.List;
import java.util.Locale;

/** Reads {@code SET} and {@code RESET}. */
final class SetReader {
    private SetReader() {}

    static Statement read(TokenCursor cursor) {
        if (cursor.skip("reset")) {
            return new Statement.SetParameter(name(cursor), null, false);
        }
        cursor.skip("set");
        boolean local = cursor.skip("local");
        boolean session = !local && cursor.skip("session");
        boolean other = session
                        && (cursor.peek().isWord("characteristics")
                                || cursor.peek().isWord("authorization"))
                || cursor.peek().isWord("role")
                || cursor.peek().isWord("transaction")
                || cursor.peek().isWord("constraints");
        if (other) {
            return new Statement.Plain("SET", true);
        }
        if (cursor.skip("time", "zone")) {
            return new Statement.SetParameter("timezone", value(cursor.rest()), local);
        }
        String name = name(cursor);
        boolean assigned = cursor.skip("to") || cursor.skipSymbol("=");
        if (name.isEmpty() || !assigned) {
            return new Statement.Plain("SET", true);
        }
        boolean byDefault = cursor.peek().isWord("default");
        return new Statement.SetParameter(name, byDefault ? null : value(cursor.rest()), local);
    }

    private static String name(TokenCursor cursor) {
        return String.join(".", cursor.parts()).toLowerCase(Locale.ROOT);
    }

    private static String value(List<Token> code) {
        StringBuilder value = new StringBuilder();
        for (Token token : code) {
            value.append(
                    token.kind() == TokenKind.STRING
                            ? string(token)
                            : token.isName() ? token.identifier() : token.text());
        }
        return value.toString();
    }

    /** The text of a string constant without its quotes. */
    static String string(Token token) {
        String text = token.text();
        int open = text.indexOf('\'');
        return open < 0 ? text : text.substring(open + 1, text.length() - 1).replace("''", "'");
    }
}
