package dev.athanor.source;

import dev.athanor.sql.LineIndex;
import dev.athanor.sql.Placeholder;
import dev.athanor.sql.Placeholders;
import dev.athanor.sql.SqlSyntaxException;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.StatementKind;
import dev.athanor.sql.StatementSplitter;
import dev.athanor.sql.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The SQL of one section and what may stand in it. Every check adds its faults; none stops the others.
 *
 * @param directive the section's directive
 * @param tokens the section's tokens in the whole file's text
 * @param sql the section's own text
 * @param statements the statements' tokens
 */
record SectionText(Directive directive, SqlTokens tokens, String sql, List<List<Token>> statements, LineIndex lines) {
    private static final Set<String> TRANSACTION_WORDS =
            Set.of("begin", "commit", "end", "rollback", "abort", "savepoint", "release");

    private static final Set<String> BACKFILL_WORDS = Set.of("update", "delete", "insert", "with");

    /** Reads the statements; an empty section and text that is not whole are faults. */
    static SectionText read(Directive directive, SqlTokens tokens, String sql, LineIndex lines, Faults faults) {
        List<List<Token>> statements = List.of();
        try {
            statements = StatementSplitter.splitTokens(tokens);
            if (statements.isEmpty()) {
                faults.add(directive.line(), "found an empty section '" + directive.keyword() + "', expected SQL");
            }
        } catch (SqlSyntaxException e) {
            faults.add(e.line(), e.problem());
        }
        return new SectionText(directive, tokens, sql, statements, lines);
    }

    private static String word(List<Token> statement) {
        return statement.get(0).text().toLowerCase(Locale.ROOT);
    }

    private int line(List<Token> statement) {
        return lines.line(statement.get(0).start());
    }

    void checkNoTransactionControl(Faults faults) {
        for (List<Token> statement : statements) {
            String word = word(statement);
            boolean pair = statement.size() > 1
                    && (word.equals("start") || word.equals("prepare"))
                    && statement.get(1).isWord("transaction");
            if (pair || TRANSACTION_WORDS.contains(word)) {
                faults.add(
                        line(statement),
                        "found " + (pair ? word + " transaction" : word).toUpperCase(Locale.ROOT)
                                + ", expected no transaction control: a section is one transaction already"
                                + " (transaction=none runs its statements one by one)");
            }
        }
    }

    void checkQueries(Faults faults) {
        for (List<Token> statement : statements) {
            if (StatementKind.of(statement) != StatementKind.SELECT) {
                faults.add(
                        line(statement),
                        "found '" + statement.get(0).text()
                                + "', expected queries: with execute=rows the statements are what queries give");
            }
        }
    }

    void checkQuery(Faults faults) {
        checkSingle(faults);
        for (List<Token> statement : statements) {
            if (StatementKind.of(statement) != StatementKind.SELECT) {
                faults.add(
                        line(statement),
                        "found '" + statement.get(0).text()
                                + "', expected one query that returns the number of rows still wrong");
                return;
            }
        }
    }

    void checkBackfill(Faults faults) {
        checkSingle(faults);
        for (List<Token> statement : statements) {
            boolean walks = BACKFILL_WORDS.contains(word(statement))
                    && StatementKind.of(statement).changesRows();
            if (!walks) {
                faults.add(
                        line(statement),
                        "found '" + statement.get(0).text()
                                + "', expected one UPDATE, DELETE, INSERT … SELECT, or WITH around them");
                return;
            }
        }
    }

    private void checkSingle(Faults faults) {
        if (statements.size() > 1) {
            faults.add(
                    line(statements.get(1)),
                    "found " + statements.size() + " statements, expected one in a section '" + directive.keyword()
                            + "'");
        }
    }

    void checkPlaceholders(boolean backfill, Faults faults) {
        boolean chunkSeen = false;
        for (Placeholder placeholder : Placeholders.of(tokens).all()) {
            if (!placeholder.isValid()) {
                faults.add(
                        placeholder.line(),
                        "found '" + placeholder.text()
                                + "', expected a placeholder ${name}; a literal ${ is written $${ in a string");
            } else if (placeholder.isChunk()) {
                checkChunk(placeholder, backfill, chunkSeen, faults);
                chunkSeen = true;
            }
        }
        if (backfill && !chunkSeen && !statements.isEmpty()) {
            faults.add(line(statements.get(0)), "found no ${chunk}, expected it once: the key range goes there");
        }
    }

    private static void checkChunk(Placeholder chunk, boolean backfill, boolean seen, Faults faults) {
        if (!backfill) {
            faults.add(chunk.line(), "found " + chunk.text() + ", expected it in backfill sections only");
        } else if (seen) {
            faults.add(chunk.line(), "found " + chunk.text() + " again, expected it once");
        } else if (chunk.inLiteral()) {
            faults.add(chunk.line(), "found " + chunk.text() + " inside a literal, expected it as a condition");
        }
    }
}
