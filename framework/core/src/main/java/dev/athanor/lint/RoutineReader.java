package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import org.jspecify.annotations.Nullable;

/** Reads {@code CREATE FUNCTION} and {@code CREATE PROCEDURE} from behind these words on. */
final class RoutineReader {
    private RoutineReader() {}

    static Statement read(TokenCursor cursor, boolean replace) {
        QualifiedName name = cursor.name();
        if (name == null) {
            return new Statement.Unknown("CREATE FUNCTION");
        }
        cursor.parenthesized();
        String language = "sql";
        char volatility = 'v';
        boolean trigger = false;
        @Nullable String body = null;
        while (!cursor.atEnd()) {
            if (cursor.skip("returns")) {
                trigger = cursor.peek().isWord("trigger");
                cursor.skipNested();
            } else if (cursor.skip("language")) {
                Token word = cursor.next();
                language = word.kind() == TokenKind.STRING ? SetReader.string(word) : word.identifier();
            } else if (cursor.skip("immutable")) {
                volatility = 'i';
            } else if (cursor.skip("stable")) {
                volatility = 's';
            } else if (cursor.skip("volatile")) {
                volatility = 'v';
            } else if (cursor.skip("as")) {
                body = StatementReader.body(cursor.next());
            } else if (cursor.peek().isWord("begin") || cursor.peek().isWord("return")) {
                body = Expression.of(cursor.rest()).text();
                break;
            } else {
                cursor.skipNested();
            }
        }
        return new Statement.Routine(name, replace, language, volatility, trigger, body);
    }
}
