package dev.athanor.sql;

import org.jspecify.annotations.Nullable;

/**
 * One {@code ${…}} of a text.
 *
 * @param text as written; only {@code ${} when it has no end on its line
 * @param start offset of its first character
 * @param line where it stands, counted from 1
 * @param inLiteral whether it stands in a string, dollar quote or quoted name
 */
public record Placeholder(String text, int start, int line, boolean inLiteral) {
    private static final String CHUNK = "${chunk";

    /** Offset behind its last character. */
    public int end() {
        return start + text.length();
    }

    /** The name between the braces; null when what stands there is no name. {@code chunk} is reserved. */
    public @Nullable String name() {
        return isChunk(text) || !isName(2, text.length() - 1) ? null : text.substring(2, text.length() - 1);
    }

    /** Whether it is {@code ${chunk}} or {@code ${chunk:alias}}. */
    public boolean isChunk() {
        return isChunk(text);
    }

    /** The alias of {@code ${chunk:alias}} as written, in double quotes if it was; null when there is none. */
    public @Nullable String alias() {
        boolean aliased = isChunk() && text.charAt(CHUNK.length()) == ':';
        return aliased ? text.substring(CHUNK.length() + 1, text.length() - 1) : null;
    }

    /** Whether it is a name or a chunk; anything else is a fault of whoever wrote it. */
    public boolean isValid() {
        return isChunk() || name() != null;
    }

    static boolean isChunk(String text) {
        if (!text.startsWith(CHUNK) || !text.endsWith("}")) {
            return false;
        }
        int behind = CHUNK.length();
        return text.length() == behind + 1
                || text.charAt(behind) == ':' && Identifiers.end(text, behind + 1) == text.length() - 1;
    }

    /** A letter or underscore, then letters, digits, and any of {@code _ . -}; ASCII only. */
    private boolean isName(int from, int to) {
        if (to <= from || Identifiers.isDigit(text.charAt(from))) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letter = c < 0x80 && (Identifiers.isStart(c) || Identifiers.isDigit(c));
            if (!letter && (i == from || c != '.' && c != '-')) {
                return false;
            }
        }
        return true;
    }
}
