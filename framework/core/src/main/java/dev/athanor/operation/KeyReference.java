package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.List;
import java.util.Optional;

/**
 * A column that refers to a key: {@code comments(ticket_id)}.
 *
 * @param table has it
 * @param column its name
 */
public record KeyReference(QualifiedName table, String column) {
    /** Empty when the text is no such thing. */
    static Optional<KeyReference> parse(String text) {
        List<Token> tokens = SqlTokens.of(text).all();
        int size = tokens.size();
        boolean right = size >= 4
                && tokens.get(size - 4).isName()
                && tokens.get(size - 3).kind() == TokenKind.OPEN
                && tokens.get(size - 2).isName()
                && tokens.get(size - 1).kind() == TokenKind.CLOSE
                && (size == 4 || size == 6 && tokens.get(0).isName());
        if (!right) {
            return Optional.empty();
        }
        String schema = size == 6 ? tokens.get(0).identifier() : null;
        return Optional.of(new KeyReference(
                new QualifiedName(schema, tokens.get(size - 4).identifier()),
                tokens.get(size - 2).identifier()));
    }
}
