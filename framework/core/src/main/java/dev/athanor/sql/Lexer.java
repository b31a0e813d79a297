package dev.athanor.sql;

import static dev.athanor.sql.TokenKind.BIT_STRING;
import static dev.athanor.sql.TokenKind.BLOCK_COMMENT;
import static dev.athanor.sql.TokenKind.DOLLAR_STRING;
import static dev.athanor.sql.TokenKind.LINE_COMMENT;
import static dev.athanor.sql.TokenKind.NUMBER;
import static dev.athanor.sql.TokenKind.OPERATOR;
import static dev.athanor.sql.TokenKind.PARAMETER;
import static dev.athanor.sql.TokenKind.PLACEHOLDER;
import static dev.athanor.sql.TokenKind.PUNCTUATION;
import static dev.athanor.sql.TokenKind.QUOTED_NAME;
import static dev.athanor.sql.TokenKind.STRAY;
import static dev.athanor.sql.TokenKind.STRING;
import static dev.athanor.sql.TokenKind.UNCLOSED;
import static dev.athanor.sql.TokenKind.WORD;

import java.util.ArrayList;
import java.util.List;

/** Reads a text once from left to right. One method per token of psql's scanner; each gives the token's end. */
final class Lexer {
    /** A quote or comment that has no end. */
    private static final int NEVER = -1;

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";

    /** An operator may end in + or - only when it holds one of these: {@code ?-} is one operator, {@code =-} is two. */
    private static final String NOT_IN_STANDARD_OPERATORS = "~!@#^&|`?%";

    private final String text;
    private final boolean template;
    private final List<Token> tokens;

    Lexer(String text, boolean template) {
        this.text = text;
        this.template = template;
        this.tokens = new ArrayList<>(text.length() / 6 + 8);
    }

    List<Token> tokens() {
        int position = text.startsWith("\uFEFF") ? 1 : 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            position = isBlank(c) ? position + 1 : read(position, c);
        }
        return tokens;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
    }

    private int read(int start, char c) {
        if (Identifiers.isStart(c)) {
            return wordOrPrefixedLiteral(start, c);
        }
        if (Identifiers.isDigit(c) || c == '.' && digitAt(start + 1)) {
            return add(NUMBER, start, numberEnd(start));
        }
        return switch (c) {
            case '\'' -> add(STRING, start, Identifiers.quotedEnd(text, start, '\''));
            case '"' -> add(QUOTED_NAME, start, Identifiers.quotedEnd(text, start, '"'));
            case '$' -> dollar(start);
            case '(' -> add(TokenKind.OPEN, start, start + 1);
            case ')' -> add(TokenKind.CLOSE, start, start + 1);
            case ',' -> add(TokenKind.COMMA, start, start + 1);
            case ';' -> add(TokenKind.SEMICOLON, start, start + 1);
            case '[', ']' -> add(PUNCTUATION, start, start + 1);
            case '.' -> add(PUNCTUATION, start, charAt(start + 1) == '.' ? start + 2 : start + 1);
            case ':' -> add(PUNCTUATION, start, colonEnd(start));
            default -> operatorOrComment(start, c);
        };
    }

    private int add(TokenKind kind, int start, int end) {
        boolean closed = end != NEVER;
        int last = closed ? end : text.length();
        tokens.add(new Token(closed ? kind : UNCLOSED, start, last, text.substring(start, last)));
        return last;
    }

    /** The character at an offset, or NUL behind the end. */
    private char charAt(int position) {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private boolean digitAt(int position) {
        return Identifiers.isDigit(charAt(position));
    }

    private int wordOrPrefixedLiteral(int start, char c) {
        char next = charAt(start + 1);
        if (next == '\'') {
            switch (c) {
                case 'e', 'E':
                    return add(STRING, start, escapeStringEnd(start + 1));
                case 'b', 'B', 'x', 'X':
                    return add(BIT_STRING, start, after(text.indexOf('\'', start + 2)));
                case 'n', 'N':
                    return add(STRING, start, Identifiers.quotedEnd(text, start + 1, '\''));
                default:
                    break;
            }
        } else if (next == '&' && (c == 'u' || c == 'U')) {
            char quote = charAt(start + 2);
            if (quote == '\'' || quote == '"') {
                return add(quote == '"' ? QUOTED_NAME : STRING, start, Identifiers.quotedEnd(text, start + 2, quote));
            }
        }
        return add(WORD, start, wordEnd(start));
    }

    private static int after(int position) {
        return position < 0 ? NEVER : position + 1;
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && Identifiers.isPart(text.charAt(end)) && !isPlaceholder(end)) {
            end++;
        }
        return end;
    }

    private boolean isPlaceholder(int position) {
        return template && text.charAt(position) == '$' && charAt(position + 1) == '{';
    }

    /** A backslash takes the next character with it. */
    private int escapeStringEnd(int open) {
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c != '\'') {
                i++;
            } else if (charAt(i + 1) == '\'') {
                i += 2;
            } else {
                int continued = continuedQuote(i + 1);
                if (continued < 0) {
                    return i + 1;
                }
                i = continued + 1;
            }
        }
        return NEVER;
    }

    /**
     * The quote that continues a string on a new line, or -1. psql reads up to a line feed at a time and so takes a
     * string behind one for a new, plain string; only a bare carriage return lets it see that the string goes on.
     */
    private int continuedQuote(int from) {
        boolean newLine = false;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\'') {
                return newLine ? i : -1;
            }
            if (c == '-' && charAt(i + 1) == '-') {
                i = lineCommentEnd(i);
            } else if (c == '\n' || !isBlank(c)) {
                return -1;
            } else {
                newLine |= c == '\r';
                i++;
            }
        }
        return -1;
    }

    private int lineCommentEnd(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int blockCommentEnd(int start) {
        int depth = 1;
        int i = start + 2;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '*' && charAt(i + 1) == '/') {
                i += 2;
                if (--depth == 0) {
                    return i;
                }
            } else if (c == '/' && charAt(i + 1) == '*') {
                i += 2;
                depth++;
            } else {
                i++;
            }
        }
        return NEVER;
    }

    private int dollar(int start) {
        int tagEnd = start + 1;
        if (!digitAt(tagEnd)) {
            while (charAt(tagEnd) != '$' && tagEnd < text.length() && Identifiers.isPart(text.charAt(tagEnd))) {
                tagEnd++;
            }
        }
        if (charAt(tagEnd) == '$') {
            return add(DOLLAR_STRING, start, dollarStringEnd(text.substring(start, tagEnd + 1), tagEnd + 1));
        }
        if (isPlaceholder(start)) {
            int close = text.indexOf('}', start);
            int lineEnd = lineCommentEnd(start);
            return close >= 0 && close < lineEnd
                    ? add(PLACEHOLDER, start, close + 1)
                    : add(PLACEHOLDER, start, start + 2);
        }
        if (digitAt(start + 1)) {
            return add(PARAMETER, start, digitsEnd(start + 1));
        }
        return add(STRAY, start, start + 1);
    }

    private int dollarStringEnd(String delimiter, int from) {
        int close = text.indexOf(delimiter, from);
        while (close >= 0 && isPlaceholder(close + delimiter.length() - 1)) {
            close = text.indexOf(delimiter, close + 1);
        }
        return close < 0 ? NEVER : close + delimiter.length();
    }

    private int digitsEnd(int start) {
        int end = start;
        while (digitAt(end)) {
            end++;
        }
        return end;
    }

    /** {@code 1..2} is a number, two dots and a number; letters glued to a number belong to it, as far as they go. */
    private int numberEnd(int start) {
        int end = digitsEnd(start);
        if (charAt(end) == '.' && charAt(end + 1) != '.') {
            end = digitsEnd(end + 1);
        }
        char e = charAt(end);
        char sign = charAt(end + 1);
        if ((e == 'e' || e == 'E') && (sign == '+' || sign == '-') && digitAt(end + 2)) {
            end = digitsEnd(end + 2);
        }
        return end < text.length() && Identifiers.isStart(text.charAt(end)) ? wordEnd(end) : end;
    }

    private int colonEnd(int start) {
        char next = charAt(start + 1);
        return next == ':' || next == '=' ? start + 2 : start + 1;
    }

    private int operatorOrComment(int start, char c) {
        if (c == '-' && charAt(start + 1) == '-') {
            return add(LINE_COMMENT, start, lineCommentEnd(start));
        }
        if (c == '/' && charAt(start + 1) == '*') {
            return add(BLOCK_COMMENT, start, blockCommentEnd(start));
        }
        return OPERATOR_CHARACTERS.indexOf(c) < 0
                ? add(STRAY, start, start + 1)
                : add(OPERATOR, start, operatorEnd(start));
    }

    /** As long as it can be, but a comment start ends it, and + or - at its end only belongs to some. */
    private int operatorEnd(int start) {
        int end = start;
        boolean mayEndInSign = false;
        while (end < text.length() && OPERATOR_CHARACTERS.indexOf(text.charAt(end)) >= 0) {
            char c = text.charAt(end);
            char next = charAt(end + 1);
            if (c == '-' && next == '-' || c == '/' && next == '*') {
                break;
            }
            mayEndInSign |= NOT_IN_STANDARD_OPERATORS.indexOf(c) >= 0;
            end++;
        }
        while (!mayEndInSign && end - start > 1 && "+-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }
}
