package dev.athanor.source;

import org.jspecify.annotations.Nullable;

/**
 * Cuts {@code a=1 b='two words' c=x."Y Z"} into names and values. A quote inside or around a value keeps blanks in it;
 * the same quote doubled stands for itself.
 */
final class OptionScanner {
    private final String text;
    private int position;
    private String name = "";
    private @Nullable String value;
    private boolean unclosed;

    OptionScanner(String text) {
        this.text = text;
    }

    /** Moves to the next pair; false at the end or when quotes are never closed. */
    boolean next() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        if (position == text.length()) {
            return false;
        }
        int start = position;
        while (position < text.length() && text.charAt(position) != '=' && !isBlankAt(position)) {
            position++;
        }
        name = text.substring(start, position);
        value = position < text.length() && text.charAt(position) == '=' ? readValue() : null;
        return !unclosed;
    }

    private boolean isBlankAt(int index) {
        return Character.isWhitespace(text.charAt(index));
    }

    private String readValue() {
        int start = ++position;
        char quote = 0;
        while (position < text.length() && (quote != 0 || !isBlankAt(position))) {
            char c = text.charAt(position++);
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        unclosed = quote != 0;
        return text.substring(start, position);
    }

    String name() {
        return name;
    }

    /** As written, quotes included; null when there is no equals sign. */
    @Nullable
    String value() {
        return value;
    }

    boolean isUnclosed() {
        return unclosed;
    }

    /** A value without the quotes around all of it. */
    static String unquoted(String value) {
        char quote = value.charAt(0);
        if (quote != '\'' && quote != '"') {
            return value;
        }
        int end = 1;
        while (end < value.length() && (value.charAt(end) != quote || value.startsWith("" + quote, end + 1))) {
            end += value.charAt(end) == quote ? 2 : 1;
        }
        String doubled = "" + quote + quote;
        return end == value.length() - 1 ? value.substring(1, end).replace(doubled, "" + quote) : value;
    }
}
