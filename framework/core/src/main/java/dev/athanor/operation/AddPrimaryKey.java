package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code add-primary-key}: a key for a table that has none. Columns that may be null so far become NOT NULL first; undo
 * lets them be null again.
 *
 * @param key the constraint
 * @param nullable those of its columns that may be null so far; checked before anything is changed
 */
public record AddPrimaryKey(KeyConstraint key, List<String> nullable) implements Operation {
    public AddPrimaryKey {
        nullable = List.copyOf(nullable);
    }

    static AddPrimaryKey read(Arguments arguments) {
        return new AddPrimaryKey(KeyConstraint.primary(arguments), arguments.namesOrNone("nullable"));
    }

    /** The same with those of its columns that may be null so far. */
    public AddPrimaryKey nullable(String... columns) {
        return new AddPrimaryKey(key, Operations.namesOf(List.of(columns)));
    }

    @Override
    public String keyword() {
        return "add-primary-key";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", key.name());
        if (!key.columns().containsAll(nullable)) {
            objections.add("found " + nullable + " in 'nullable', expected columns of the key, " + key.columns());
        }
    }

    @Override
    public List<Part> contract() {
        List<Part> parts = new ArrayList<>();
        parts.add(key.guard());
        parts.add(key.free());
        parts.add(Guard.refuse(
                untold(),
                "a column of the key of " + key.table().quoted()
                        + " may be null, and undo would not know it: say nullable=column"));
        nullable.forEach(column -> parts.addAll(new NotNull(key.table(), column).parts()));
        parts.addAll(key.add());
        return parts;
    }

    private String untold() {
        QualifiedName table = key.table();
        String columns = key.columns().stream()
                .filter(column -> !nullable.contains(column))
                .map(Names::literal)
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
        return "EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + Names.regclass(table)
                + " AND a.attname = ANY (" + columns + ") AND NOT a.attisdropped AND NOT a.attnotnull)";
    }

    @Override
    public List<Part> undoContract() {
        List<Part> parts = new ArrayList<>(key.drop());
        nullable.forEach(column -> parts.add(new NotNull(key.table(), column).undo()));
        return parts;
    }
}
