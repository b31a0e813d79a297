package dev.athanor.operation;

import java.util.List;

/**
 * {@code create-index}: an index that is built while the table is written. A build that fails leaves nothing: what is
 * invalid is dropped before the next try.
 *
 * @param index what to build
 */
public record CreateIndex(Index index) implements Operation {
    static CreateIndex read(Arguments arguments) {
        return new CreateIndex(Index.read(arguments));
    }

    /** The same with no two rows alike. */
    public CreateIndex unique() {
        return new CreateIndex(index.asUnique());
    }

    /** The same of another kind, such as {@code gin}. */
    public CreateIndex using(String kind) {
        return new CreateIndex(index.ofKind(Operations.nameOf(kind)));
    }

    /** The same with columns that are stored with the keys. */
    public CreateIndex include(String... columns) {
        return new CreateIndex(index.including(Operations.namesOf(List.of(columns))));
    }

    /** The same of these rows only. */
    public CreateIndex where(String condition) {
        return new CreateIndex(index.onlyWhere(condition));
    }

    /** The same of a partitioned table. */
    public CreateIndex partitioned() {
        return new CreateIndex(index.ofPartitions());
    }

    @Override
    public String keyword() {
        return "create-index";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", index.name());
    }

    @Override
    public List<Part> expand() {
        return index.create();
    }

    @Override
    public List<Part> undoExpand() {
        return index.drop();
    }
}
