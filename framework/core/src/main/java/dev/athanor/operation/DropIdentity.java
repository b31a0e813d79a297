package dev.athanor.operation;

import java.util.List;

/**
 * {@code drop-identity}: a column that does not number its rows by itself any more; its sequence goes with it. Undo begins
 * to number behind the greatest value.
 *
 * @param identity of which column, and of which sort it was
 */
record DropIdentity(Identity identity) implements Operation {
    static DropIdentity read(Arguments arguments) {
        return new DropIdentity(
                new Identity(arguments.table("table"), arguments.name("column"), arguments.flag("always")));
    }

    @Override
    public String keyword() {
        return "drop-identity";
    }

    @Override
    public List<Part> contract() {
        return List.of(Part.schema(Alter.column(identity.table(), identity.column(), "DROP IDENTITY")));
    }

    @Override
    public List<Part> undoContract() {
        return List.of(identity.guard(), Part.schema(identity.drop() + identity.add()));
    }
}
