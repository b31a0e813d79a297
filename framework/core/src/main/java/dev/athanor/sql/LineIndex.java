package dev.athanor.sql;

import java.util.Arrays;

/** From an offset in a text to its line. */
public final class LineIndex {
    private final int[] starts;

    /** Index of a text whose lines end in a line feed. */
    public LineIndex(String text) {
        int[] found = new int[16];
        int count = 1;
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = feed + 1;
        }
        starts = Arrays.copyOf(found, count);
    }

    /** Line of an offset, counted from 1. */
    public int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Offset of a line's first character. */
    public int start(int line) {
        return starts[line - 1];
    }
}
