package dev.athanor.sql;

/** What a {@link Token} is, as PostgreSQL's scanner tells tokens apart. */
public enum TokenKind {
    /** An identifier or keyword without quotes. */
    WORD,
    /** {@code "…"} or {@code U&"…"}. */
    QUOTED_NAME,
    /** {@code '…'}, also with the prefix E, N or U&amp;. */
    STRING,
    /** {@code B'…'} or {@code X'…'}. */
    BIT_STRING,
    /** {@code $$…$$} or {@code $tag$…$tag$}. */
    DOLLAR_STRING,
    /** A number, with whatever letters are glued to it. */
    NUMBER,
    /** {@code $1}. */
    PARAMETER,
    /** One operator, such as {@code =} or {@code ->>}. */
    OPERATOR,
    /** {@code (}. */
    OPEN,
    /** {@code )}. */
    CLOSE,
    /** {@code ,}. */
    COMMA,
    /** {@code ;}. */
    SEMICOLON,
    /** {@code . .. : :: := [ ]}. */
    PUNCTUATION,
    /** {@code ${…}} outside literals; known to {@link SqlTokens#ofTemplate} only. */
    PLACEHOLDER,
    /** {@code -- …}, without its line end. */
    LINE_COMMENT,
    /** {@code /* … *}{@code /}, comments inside it included. */
    BLOCK_COMMENT,
    /** A character that SQL has no use for, such as a backslash. */
    STRAY,
    /** A quote or comment that is never closed; reaches to the end of the text. */
    UNCLOSED;

    /** Whether it is a comment; all else counts as code. */
    public boolean isComment() {
        return this == LINE_COMMENT || this == BLOCK_COMMENT;
    }
}
