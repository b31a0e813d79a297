package dev.athanor.lint;

/**
 * Where something stands.
 *
 * @param file as {@link LintedSection#file()} gave it
 * @param line counted from 1
 */
public record Place(String file, int line) {

    /** As {@code file:line}. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
