package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code replace-primary-key}: the column of a primary key in another type, such as bigint where integer runs out, with
 * the columns that refer to it. Each column is replaced as {@link ChangeType} does it; foreign keys hold all the while,
 * because the server compares integers of different widths.
 *
 * @param table has the key
 * @param column the column of the key
 * @param type its new type
 * @param was its old type, and that of the columns that refer to it; null: contract cannot be taken back
 * @param references columns of other tables, or of this one, that get the new type too
 */
public record ReplacePrimaryKey(
        QualifiedName table,
        String column,
        String type,
        @Nullable String was,
        List<KeyReference> references) implements Operation {

    public ReplacePrimaryKey {
        references = List.copyOf(references);
    }

    static ReplacePrimaryKey read(Arguments arguments) {
        List<KeyReference> references = new ArrayList<>();
        for (String text : arguments.sqls("references")) {
            Optional<KeyReference> reference = KeyReference.parse(text);
            reference.ifPresentOrElse(
                    references::add,
                    () -> arguments.objection("found 'references=" + text + "', expected table(column)"));
        }
        return new ReplacePrimaryKey(
                arguments.table("table"),
                arguments.name("column"),
                arguments.sql("type"),
                arguments.sqlOrNull("was"),
                references);
    }

    /** The same with the old type, so that contract can be taken back. */
    public ReplacePrimaryKey was(String oldType) {
        return new ReplacePrimaryKey(table, column, type, oldType, references);
    }

    /** The same with one more column that refers to the key: {@code comments(ticket_id)}. */
    public ReplacePrimaryKey with(String reference) {
        List<KeyReference> more = new ArrayList<>(references);
        more.add(KeyReference.parse(reference)
                .orElseThrow(() ->
                        new IllegalArgumentException("found reference '" + reference + "', expected table(column)")));
        return new ReplacePrimaryKey(table, column, type, was, more);
    }

    @Override
    public String keyword() {
        return "replace-primary-key";
    }

    @Override
    public void validate(Objections objections) {
        if (references.stream().distinct().count() < references.size()
                || references.contains(new KeyReference(table, column))) {
            objections.add("found a column twice, expected each once in 'references', and the key itself not there");
        }
    }

    /** The key first. */
    private List<ChangeType> changes() {
        List<ChangeType> changes = new ArrayList<>(List.of(change(table, column)));
        references.forEach(reference -> changes.add(change(reference.table(), reference.column())));
        return changes;
    }

    private ChangeType change(QualifiedName owner, String name) {
        return new ChangeType(owner, name, type, null, null, null, was, false, null, null);
    }

    /** What refers to the key gives way before the key: a wide reference to a narrow key is harmless. */
    private List<ChangeType> keyLast() {
        List<ChangeType> changes = changes();
        Collections.reverse(changes);
        return changes;
    }

    @Override
    public List<Part> expand() {
        return changes().stream().flatMap(change -> change.expand().stream()).toList();
    }

    @Override
    public List<Part> backfill() {
        return changes().stream().flatMap(change -> change.backfill().stream()).toList();
    }

    @Override
    public List<Part> contract() {
        return keyLast().stream().flatMap(change -> change.contract().stream()).toList();
    }

    @Override
    public List<Part> undoContract() {
        return Stream.concat(
                        changes().stream().flatMap(change -> change.fits().stream()),
                        changes().stream().flatMap(change -> change.takeBack().stream()))
                .toList();
    }

    @Override
    public List<Part> undoExpand() {
        return keyLast().stream()
                .flatMap(change -> change.undoExpand().stream())
                .toList();
    }

    @Override
    public @Nullable String irreversible() {
        return change(table, column).irreversible();
    }
}
