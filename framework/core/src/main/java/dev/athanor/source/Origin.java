package dev.athanor.source;

/**
 * Where something stands, for messages.
 *
 * @param file path as the user gave it
 * @param line first line, counted from 1
 */
public record Origin(String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
