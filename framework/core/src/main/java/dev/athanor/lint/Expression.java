package dev.athanor.lint;

import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tokens of a value or condition.
 *
 * @param code none of them a comment
 */
record Expression(List<Token> code) {
    /** Words that are followed by a parenthesis and are no function of {@code pg_proc}. */
    private static final Set<String> NO_FUNCTION = Set.of(
            "and",
            "or",
            "not",
            "in",
            "any",
            "all",
            "some",
            "exists",
            "case",
            "when",
            "then",
            "else",
            "values",
            "select",
            "where",
            "from",
            "cast",
            "coalesce",
            "nullif",
            "greatest",
            "least",
            "extract",
            "position",
            "substring",
            "overlay",
            "trim",
            "row",
            "array",
            "interval",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "collate",
            "between",
            "like",
            "ilike",
            "is",
            "as",
            "distinct",
            "on",
            "using",
            "filter",
            "over",
            "within",
            "grouping",
            "treat",
            "normalize",
            "xmlelement",
            "xmlforest",
            "xmlconcat",
            "xmlparse",
            "xmlpi",
            "xmlroot",
            "xmlserialize",
            "xmlexists",
            "json_object",
            "json_array",
            "json",
            "json_scalar",
            "json_serialize",
            "merge_action",
            "limit",
            "operator",
            "zone",
            "second",
            "to",
            "for",
            "escape",
            "placing",
            "both",
            "leading",
            "trailing",
            "symmetric",
            "asymmetric",
            "variadic",
            "json_query",
            "json_value",
            "json_exists");

    /** Types whose modifiers stand in parentheses, as a function's arguments would. */
    private static final Set<String> TYPES = Set.of(
            "varchar",
            "char",
            "character",
            "bpchar",
            "nchar",
            "numeric",
            "decimal",
            "dec",
            "timestamp",
            "timestamptz",
            "time",
            "timetz",
            "bit",
            "varbit",
            "varying",
            "float");

    Expression {
        code = List.copyOf(code);
    }

    static Expression of(List<Token> code) {
        return new Expression(code);
    }

    /** As written, each gap one blank. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < code.size(); i++) {
            if (i > 0 && code.get(i - 1).end() < code.get(i).start()) {
                text.append(' ');
            }
            text.append(code.get(i).text());
        }
        return text.toString();
    }

    /** The same without parentheses around the whole. */
    Expression bare() {
        List<Token> inner = code;
        while (inner.size() > 1 && inner.get(0).kind() == TokenKind.OPEN) {
            TokenCursor cursor = new TokenCursor(inner);
            List<Token> within = cursor.parenthesized();
            if (!cursor.atEnd()) {
                break;
            }
            inner = within;
        }
        return new Expression(inner);
    }

    boolean isEmpty() {
        return code.isEmpty();
    }

    /** Whether it is NULL, cast or not. */
    boolean isNull() {
        List<Token> bare = bare().code();
        return !bare.isEmpty()
                && bare.get(0).isWord("null")
                && (bare.size() == 1 || bare.get(1).isSymbol("::"));
    }

    /** Whether a name occurs in it, in its true spelling. */
    boolean mentions(String name) {
        return code.stream()
                .anyMatch(token -> token.isName() && token.identifier().equals(name));
    }

    /** All names in it, in their true spelling, of whatever they are. */
    Set<String> names() {
        return code.stream().filter(Token::isName).map(Token::identifier).collect(Collectors.toSet());
    }

    /** Whether one of these words occurs in it. */
    boolean hasWord(Set<String> words) {
        return code.stream().anyMatch(token -> token.kind() == TokenKind.WORD && words.contains(token.identifier()));
    }

    /** The names of the functions that it calls, without their schema where that is {@code pg_catalog}. */
    List<String> functions() {
        List<String> functions = new ArrayList<>();
        for (int i = 0; i < code.size(); i = next(i)) {
            Token token = code.get(i);
            if (!isCall(i)) {
                continue;
            }
            boolean qualified = i > 1 && code.get(i - 1).isSymbol(".");
            boolean word = token.kind() == TokenKind.WORD && !qualified;
            boolean known = word && (NO_FUNCTION.contains(token.identifier()) || isType(i));
            if (!known) {
                String schema = qualified ? code.get(i - 2).identifier() + "." : "";
                functions.add((schema.equals("pg_catalog.") ? "" : schema) + token.identifier());
            }
        }
        return functions;
    }

    /** The columns that it may speak of: names that are no function, type, collation, table or keyword. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (int i = 0; i < code.size(); i = next(i)) {
            Token token = code.get(i);
            Token after = code.get(Math.min(i + 1, code.size() - 1));
            Token before = code.get(Math.max(i - 1, 0));
            boolean keyword = token.kind() == TokenKind.WORD && Words.isInConditions(token.identifier());
            boolean part = after.isSymbol(".") || after.kind() == TokenKind.STRING || before.isWord("collate");
            boolean field =
                    i > 1 && before.kind() == TokenKind.OPEN && code.get(i - 2).isWord("extract");
            if (token.isName() && !isCall(i) && !keyword && !part && !field) {
                columns.add(token.identifier());
            }
        }
        return columns;
    }

    private boolean isCall(int index) {
        return index + 1 < code.size()
                && code.get(index).isName()
                && code.get(index + 1).kind() == TokenKind.OPEN;
    }

    /** Index of what comes next; behind the type where a cast begins. */
    private int next(int index) {
        Token token = code.get(index);
        if (!token.isSymbol("::") && !token.isWord("as")) {
            return index + 1;
        }
        TokenCursor cursor = new TokenCursor(code.subList(index + 1, code.size()));
        TypeName.read(cursor);
        return index + 1 + cursor.position();
    }

    /** {@code varchar(10) 'x'}: a constant of that type. */
    private boolean isType(int index) {
        if (!TYPES.contains(code.get(index).identifier())) {
            return false;
        }
        TokenCursor cursor = new TokenCursor(code.subList(index + 1, code.size()));
        cursor.parenthesized();
        return cursor.peek().kind() == TokenKind.STRING
                || cursor.peek().isWord("with")
                || cursor.peek().isWord("without");
    }
}
