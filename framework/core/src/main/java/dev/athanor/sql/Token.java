package dev.athanor.sql;

/**
 * One piece of SQL text. Blanks are no tokens: they are what lies between them.
 *
 * @param kind what it is
 * @param start offset of its first character
 * @param end offset behind its last character
 * @param text as written
 */
public record Token(TokenKind kind, int start, int end, String text) {

    /** Whether it is this word without quotes, in any case. */
    public boolean isWord(String word) {
        return kind == TokenKind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is this operator or punctuation. */
    public boolean isSymbol(String symbol) {
        return (kind == TokenKind.OPERATOR || kind == TokenKind.PUNCTUATION) && text.equals(symbol);
    }

    /** Whether it may be the name of a table or column: an identifier, in quotes or not. */
    public boolean isName() {
        return kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME;
    }

    /** A name's true spelling: without quotes, and folded to lower case where it had none. */
    public String identifier() {
        return Identifiers.fold(text);
    }

    /** Whether nothing, not even a blank, stands between this token and the next. */
    boolean touches(Token next) {
        return end == next.start;
    }
}
