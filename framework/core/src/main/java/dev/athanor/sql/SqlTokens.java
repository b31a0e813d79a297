package dev.athanor.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * The token stream of SQL text: what the splitter, the checksum and the checks of revision files read. Never fails:
 * what is not closed is a last token {@link TokenKind#UNCLOSED}, what SQL does not know is {@link TokenKind#STRAY}.
 *
 * <p>The rules are those of psql 15 ({@code psqlscan.l}) with {@code standard_conforming_strings} on.
 *
 * @param text the text that was read
 * @param all every token in order, comments included
 */
public record SqlTokens(String text, List<Token> all) {
    public SqlTokens {
        all = List.copyOf(all);
    }

    /** Tokens of plain SQL. */
    public static SqlTokens of(String sql) {
        return new SqlTokens(sql, new Lexer(sql, false).tokens());
    }

    /**
     * Tokens of SQL that may hold {@code ${name}}: outside literals each is one {@link TokenKind#PLACEHOLDER}, and a
     * {@code $} right before <code>{</code> never belongs to an identifier or to the end of a dollar quote.
     */
    public static SqlTokens ofTemplate(String sql) {
        return new SqlTokens(sql, new Lexer(sql, true).tokens());
    }

    /** The tokens that are no comments. */
    public List<Token> code() {
        List<Token> code = new ArrayList<>(all.size());
        for (Token token : all) {
            if (!token.kind().isComment()) {
                code.add(token);
            }
        }
        return code;
    }
}
