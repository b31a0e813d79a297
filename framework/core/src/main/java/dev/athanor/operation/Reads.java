package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a table that expressions read. Text cannot tell columns from other words, the catalogue can: queries ask
 * for those words that are columns. What is called or cast to is none.
 *
 * @param table has the columns
 * @param words that may be names of columns, as strings of SQL
 */
record Reads(QualifiedName table, Set<String> words) {
    /** No word at all; no column has this name. */
    private static final String NONE = "''";

    static Reads of(QualifiedName table, Collection<String> expressions) {
        Set<String> words = new LinkedHashSet<>();
        for (String expression : expressions) {
            List<Token> tokens = SqlTokens.ofTemplate(expression).code();
            for (int i = 0; i < tokens.size(); i++) {
                boolean called = i + 1 < tokens.size() && tokens.get(i + 1).kind() == TokenKind.OPEN;
                boolean type = i > 0 && tokens.get(i - 1).isSymbol("::");
                if (tokens.get(i).isName() && !called && !type) {
                    words.add(Literal.quote(tokens.get(i).identifier()));
                }
            }
        }
        return new Reads(table, words);
    }

    /** The same with columns that are known. */
    Reads and(Collection<String> columns) {
        Set<String> more = new LinkedHashSet<>(words);
        columns.forEach(column -> more.add(Names.literal(column)));
        return new Reads(table, more);
    }

    /** Columns of the table, as a condition on {@code a} of {@code pg_attribute}. */
    String areThese() {
        return "a.attrelid = " + Names.regclass(table) + " AND a.attnum > 0 AND NOT a.attisdropped AND a.attname IN ("
                + (words.isEmpty() ? NONE : String.join(", ", words)) + ")";
    }

    /**
     * What stands behind a trigger's condition, as an expression of SQL: always true, but the server sees by it on which
     * columns the trigger depends. It does not look into the trigger's function.
     */
    String always() {
        return "coalesce((SELECT ' AND (' || string_agg('NEW.' || quote_ident(a.attname) || ' IS NOT NULL OR ', ''"
                + " ORDER BY a.attnum) || 'true)' FROM pg_catalog.pg_attribute a WHERE " + areThese() + "), '')";
    }

    /** Queries that refuse what a trigger that reads these columns would get wrong. */
    List<String> refusals() {
        List<String> queries = new ArrayList<>();
        queries.add("SELECT "
                + Refusal.of("'found ' || what || ' in an expression over '||" + Names.literal(table.quoted())
                        + " || ', expected none that the server computes: it does so behind triggers, which see null."
                        + " Write what it is computed from'")
                + " FROM (SELECT string_agg('column ' || quote_ident(a.attname), ', ' ORDER BY a.attnum) AS what"
                + " FROM pg_catalog.pg_attribute a WHERE " + areThese()
                + " AND a.attgenerated <> '') AS computed WHERE what IS NOT NULL");
        queries.add(new OtherOperations(this).refuseToRead());
        return queries;
    }

    /** The names of functions that a purpose has for each word as a column. */
    String functions(String purpose) {
        return words.isEmpty()
                ? NONE
                : words.stream()
                        .map(word -> Literal.quote(Names.own(purpose, table.name(), unquoted(word))))
                        .collect(Collectors.joining(", "));
    }

    private static String unquoted(String word) {
        return word.substring(1, word.length() - 1).replace("''", "'");
    }
}
