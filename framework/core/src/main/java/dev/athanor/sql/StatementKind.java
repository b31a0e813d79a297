package dev.athanor.sql;

import java.util.List;
import java.util.Locale;

/** What a statement does to the rows of the table that it walks. */
public enum StatementKind {
    /** Changes rows. */
    UPDATE,
    /** Deletes rows. */
    DELETE,
    /** Adds rows, perhaps to another table. */
    INSERT,
    /** Only reads: SELECT, VALUES, TABLE. */
    SELECT,
    /** Anything else, MERGE included. */
    OTHER;

    /**
     * The kind of one statement. Behind WITH it is that of the UPDATE, DELETE or INSERT that holds {@code ${chunk}}, at
     * whatever depth; else of the main statement; else, when that one only reads, of the last that changes data.
     */
    public static StatementKind of(String sql) {
        return of(SqlTokens.ofTemplate(sql).code());
    }

    /** As {@link #of(String)}, of tokens without comments. */
    public static StatementKind of(List<Token> code) {
        if (code.isEmpty()) {
            return OTHER;
        }
        return code.get(0).isWord("with") ? new WithQuery(code).kind() : ofFirst(code.get(0));
    }

    /** The kind of a statement that begins with this token. */
    static StatementKind ofFirst(Token first) {
        if (first.kind() == TokenKind.OPEN) {
            return SELECT;
        }
        if (first.kind() != TokenKind.WORD) {
            return OTHER;
        }
        return switch (first.text().toLowerCase(Locale.ROOT)) {
            case "update" -> UPDATE;
            case "delete" -> DELETE;
            case "insert" -> INSERT;
            case "select", "values", "table" -> SELECT;
            default -> OTHER;
        };
    }

    /** Whether it changes data and can be walked in chunks. */
    public boolean changesRows() {
        return this == UPDATE || this == DELETE || this == INSERT;
    }
}
