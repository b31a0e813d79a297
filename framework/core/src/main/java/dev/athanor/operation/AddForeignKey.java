package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code add-foreign-key}: values that another table has. It holds for rows written from contract on, and is then validated
 * for those that are there, which keeps nobody from reading and writing.
 *
 * @param table refers
 * @param name of the constraint
 * @param key what refers to what
 * @param index name of an index on the columns that refer, built in expand; null: none, which makes changes of the other
 *     table read this one whole
 */
public record AddForeignKey(
        QualifiedName table,
        String name,
        ForeignKey key,
        @Nullable String index) implements Operation {
    static AddForeignKey read(Arguments arguments) {
        return new AddForeignKey(
                arguments.table("table"),
                arguments.name("name"),
                ForeignKey.read(arguments),
                arguments.nameOrNull("index"));
    }

    /** The same doing this with rows that refer to one that is deleted: {@code cascade}, {@code set-null} and so on. */
    public AddForeignKey onDelete(String action) {
        return new AddForeignKey(table, name, key.onDelete(action), index);
    }

    /** The same doing this with rows that refer to one whose key changes. */
    public AddForeignKey onUpdate(String action) {
        return new AddForeignKey(table, name, key.onUpdate(action), index);
    }

    /** The same with an index of this name on the columns that refer. */
    public AddForeignKey index(String indexName) {
        return new AddForeignKey(table, name, key, Operations.nameOf(indexName));
    }

    @Override
    public String keyword() {
        return "add-foreign-key";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", name);
        if (index != null) {
            Names.checkNew(objections, "index", index);
        }
        key.validate(objections);
    }

    @Override
    public List<Part> expand() {
        List<Part> parts = new ArrayList<>();
        parts.add(Guard.refuse(
                "current_setting('server_version_num')::int < 180000 AND " + Guard.isPartitioned(table),
                table.quoted() + " is partitioned, and PostgreSQL before 18 knows no foreign key on a partitioned table"
                        + " that is not yet valid: add it to each partition, then to the table by SQL, which takes"
                        + " over what the partitions have"));
        if (index != null) {
            parts.addAll(built(index).create());
        }
        return parts;
    }

    @Override
    public List<Part> contract() {
        return List.copyOf(constraint().add());
    }

    @Override
    public List<Part> undoContract() {
        return constraint().drop();
    }

    @Override
    public List<Part> undoExpand() {
        return index == null ? List.of() : built(index).drop();
    }

    private TableConstraint constraint() {
        return new TableConstraint(table, name, key.definition());
    }

    private Index built(String indexName) {
        return Index.of(table, indexName, key.columns());
    }
}
