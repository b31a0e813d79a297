package dev.athanor.catalog;

import static dev.athanor.sql.QualifiedName.quote;

/**
 * One column of a key.
 *
 * @param name true spelling, unquoted
 * @param type as {@code format_type} writes it; stands in casts
 * @param temporal whether the text form depends on {@code DateStyle} or {@code TimeZone}
 */
public record KeyColumn(String name, String type, boolean temporal) {

    /** The column as SQL, qualified when an alias is given. */
    String reference(String qualifier) {
        return qualifier + quote(name);
    }

    /** Its value as it is when that is a whole number, else {@linkplain #asText as text}. */
    String asValue() {
        return isWhole() ? quote(name) : asText();
    }

    /** Whether it is a whole number. */
    public boolean isWhole() {
        return ColumnPicture.isWhole(type);
    }

    /**
     * Its value as text that reads back the same in any session. Dates and times go through JSON, which always writes
     * ISO 8601 whatever {@code DateStyle} says.
     */
    String asText() {
        return temporal ? "to_json(" + quote(name) + ") #>> '{}'" : quote(name) + "::text";
    }
}
