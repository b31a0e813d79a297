package dev.athanor.operation;

/**
 * The value of one {@code name=value} of a directive.
 *
 * @param written as it stands there, quotes included
 * @param plain without the quotes around all of it
 */
public record Argument(String written, String plain) {
    /** For names of SQL: double quotes belong to them, single quotes around all of it do not. */
    String ofName() {
        return written.startsWith("'") ? plain : written;
    }
}
