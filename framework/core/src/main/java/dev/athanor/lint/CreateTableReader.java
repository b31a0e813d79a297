package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenCursor;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code CREATE TABLE} from behind the word TABLE on. */
final class CreateTableReader {
    private final List<Column> columns = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private @Nullable QualifiedName partitionOf;
    private boolean asDefault;
    private boolean partitioned;
    private Expression query = Expression.of(List.of());

    private CreateTableReader() {}

    static Statement read(TokenCursor cursor, boolean temporary) {
        boolean ifNotExists = cursor.skip("if", "not", "exists");
        QualifiedName name = cursor.name();
        if (name == null) {
            return new Statement.Unknown("CREATE TABLE");
        }
        CreateTableReader reader = new CreateTableReader();
        reader.rest(cursor);
        return new Statement.CreateTable(
                name,
                temporary || "pg_temp".equals(name.schema()),
                ifNotExists,
                reader.columns,
                reader.constraints,
                reader.partitioned,
                reader.partitionOf,
                reader.asDefault,
                reader.query);
    }

    private void rest(TokenCursor cursor) {
        if (cursor.skip("partition", "of")) {
            partitionOf = cursor.name();
        } else if (cursor.skip("of")) {
            cursor.name();
        }
        if (cursor.peek().kind() == TokenKind.OPEN) {
            elements(cursor.parenthesized());
        }
        while (!cursor.atEnd()) {
            if (cursor.skip("partition", "by")) {
                partitioned = true;
            } else if (cursor.skip("inherits")) {
                cursor.parenthesized();
            } else if (partitionOf != null && cursor.skip("default")) {
                asDefault = true;
            } else if (cursor.skip("as")) {
                query = Expression.of(cursor.rest());
                return;
            } else {
                cursor.skipNested();
            }
        }
    }

    private void elements(List<Token> list) {
        for (List<Token> item : TokenCursor.items(list)) {
            TokenCursor cursor = new TokenCursor(item);
            boolean named = cursor.peek().isWord("constraint") || !item.isEmpty() && item.size() > 1;
            if (named && ConstraintReader.begins(cursor)) {
                Constraint constraint = ConstraintReader.read(cursor);
                if (constraint != null) {
                    constraints.add(constraint);
                }
            } else if (!(cursor.peek().isWord("like")
                    && item.size() > 1
                    && item.get(1).isName())) {
                Column column = ColumnReader.read(cursor);
                if (column != null) {
                    columns.add(column);
                }
            }
        }
    }
}
