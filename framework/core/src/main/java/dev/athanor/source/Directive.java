package dev.athanor.source;

import dev.athanor.sql.Token;

/**
 * A comment that begins with {@code -- athanor:}.
 *
 * @param line where it stands
 * @param start offset of its comment in the file
 * @param end offset behind its comment
 * @param keyword the word right behind the colon; empty when a blank is there
 * @param argument the rest of the line, without blanks around it
 */
record Directive(int line, int start, int end, String keyword, String argument) {
    static final String PREFIX = "-- athanor:";

    static Directive of(Token comment, int line) {
        String content = comment.text().substring(PREFIX.length());
        int end = 0;
        while (end < content.length() && !isBlank(content.charAt(end))) {
            end++;
        }
        return new Directive(
                line,
                comment.start(),
                comment.end(),
                content.substring(0, end),
                content.substring(end).strip());
    }

    /** Whether a comment is meant as a directive, {@code --Athanor :expand} included. */
    static boolean isMeant(String comment) {
        int i = 2;
        while (i < comment.length() && isBlank(comment.charAt(i))) {
            i++;
        }
        if (!comment.regionMatches(true, i, "athanor", 0, 7)) {
            return false;
        }
        i += 7;
        while (i < comment.length() && isBlank(comment.charAt(i))) {
            i++;
        }
        return i < comment.length() && comment.charAt(i) == ':';
    }

    /** Without its first word, which a section needs and its options do not. */
    Directive withoutFirstWord() {
        String rest = argument.substring(firstWord().length()).strip();
        return new Directive(line, start, end, keyword + " " + firstWord(), rest);
    }

    /** The argument up to its first blank. */
    String firstWord() {
        int end = 0;
        while (end < argument.length() && !isBlank(argument.charAt(end))) {
            end++;
        }
        return argument.substring(0, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f';
    }
}
