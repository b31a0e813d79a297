package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
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
        return Optional.ofNullable(Reference.parse(text))
                .filter(reference -> reference.columns().size() == 1)
                .map(reference ->
                        new KeyReference(reference.table(), reference.columns().get(0)));
    }
}
