package dev.athanor.operation;

import dev.athanor.AthanorException;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign key refers to, written {@code customers} or {@code support."Customers"(id, region)}.
 *
 * @param table the table
 * @param columns its columns; none: its primary key
 */
record Reference(QualifiedName table, List<String> columns) {
    Reference {
        columns = List.copyOf(columns);
    }

    static Reference read(Arguments arguments, String name) {
        String text = arguments.written(name, "a table, or table(column, …)");
        Reference reference = parse(text);
        if (reference == null) {
            arguments.objection("found '" + name + "=" + text + "', expected a table, or table(column, …)");
            return new Reference(new QualifiedName(null, "absent"), List.of());
        }
        return reference;
    }

    /** Null when it is none. */
    static @Nullable Reference parse(String text) {
        List<Token> tokens = SqlTokens.of(text).all();
        int open = 0;
        while (open < tokens.size() && tokens.get(open).kind() != TokenKind.OPEN) {
            open++;
        }
        try {
            String table = open == tokens.size()
                    ? text
                    : text.substring(0, tokens.get(open).start());
            List<String> columns = columns(tokens.subList(open, tokens.size()));
            return columns == null ? null : new Reference(QualifiedName.parse(table.strip()), columns);
        } catch (AthanorException e) {
            return null;
        }
    }

    private static @Nullable List<String> columns(List<Token> tokens) {
        List<String> columns = new ArrayList<>();
        if (tokens.isEmpty()) {
            return columns;
        }
        boolean right = tokens.size() % 2 == 1 && tokens.size() > 1;
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            TokenKind wanted = i == tokens.size() - 1 ? TokenKind.CLOSE : TokenKind.COMMA;
            right &= i % 2 == 1 ? token.isName() : token.kind() == wanted;
            if (token.isName()) {
                columns.add(token.identifier());
            }
        }
        return right ? columns : null;
    }

    String sql() {
        return Names.quoted(table) + (columns.isEmpty() ? "" : " (" + Names.quoted(columns) + ")");
    }
}
