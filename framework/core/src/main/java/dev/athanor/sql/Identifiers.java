package dev.athanor.sql;

/** The spelling of identifiers, as PostgreSQL's scanner has it. */
final class Identifiers {

    private Identifiers() {}

    /** Letters, underscore, and everything outside ASCII, no-break blanks included. */
    static boolean isStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    static boolean isPart(char c) {
        return isStart(c) || isDigit(c) || c == '$';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** End of the identifier, plain or in double quotes, that begins at an offset; -1 when none does. */
    static int end(String text, int start) {
        if (start >= text.length()) {
            return -1;
        }
        if (text.charAt(start) == '"') {
            int end = quotedEnd(text, start, '"');
            return end - start > 2 ? end : -1;
        }
        if (!isStart(text.charAt(start))) {
            return -1;
        }
        int end = start + 1;
        while (end < text.length() && isPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Offset behind the quote that closes the one at an offset, doubled quotes inside; -1 when it is never closed. */
    static int quotedEnd(String text, int open, char quote) {
        int close = text.indexOf(quote, open + 1);
        while (close >= 0 && close + 1 < text.length() && text.charAt(close + 1) == quote) {
            close = text.indexOf(quote, close + 2);
        }
        return close < 0 ? -1 : close + 1;
    }

    /**
     * The true spelling of an identifier as written: quotes taken off and doubled ones halved, {@code U&"…"} decoded
     * with its default escape character, anything else folded. PostgreSQL folds ASCII letters only.
     */
    static String fold(String written) {
        if (written.startsWith("\"")) {
            return written.substring(1, written.length() - 1).replace("\"\"", "\"");
        }
        if (written.length() > 3 && written.charAt(1) == '&') {
            return decode(written.substring(3, written.length() - 1).replace("\"\"", "\""));
        }
        StringBuilder folded = null;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded = folded == null ? new StringBuilder(written) : folded;
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded == null ? written : folded.toString();
    }

    /** {@code \0041}, {@code \+000041} and {@code \\}; what is none of these stays as it stands. */
    private static String decode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            boolean escape = text.charAt(i) == '\\';
            boolean longForm = escape && text.startsWith("+", i + 1);
            int from = longForm ? i + 2 : i + 1;
            int to = from + (longForm ? 6 : 4);
            if (escape && text.startsWith("\\", i + 1)) {
                decoded.append('\\');
                i += 2;
            } else if (escape && isHex(text, from, to)) {
                decoded.appendCodePoint(Integer.parseInt(text, from, to, 16));
                i = to;
            } else {
                decoded.append(text.charAt(i++));
            }
        }
        return decoded.toString();
    }

    private static boolean isHex(String text, int from, int to) {
        if (to > text.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return Integer.parseInt(text, from, to, 16) <= Character.MAX_CODE_POINT;
    }
}
