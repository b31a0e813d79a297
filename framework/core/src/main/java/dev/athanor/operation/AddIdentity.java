package dev.athanor.operation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code add-identity}: a column that is there already numbers its rows by itself, behind the greatest number so far. In
 * expand; in contract when nobody may write numbers of his own, as old versions do.
 *
 * @param identity of which column
 * @param was its default so far, which an identity cannot have; null: there is none, which is looked at first
 */
record AddIdentity(Identity identity, @Nullable String was) implements Operation {
    static AddIdentity read(Arguments arguments) {
        Identity identity = new Identity(arguments.table("table"), arguments.name("column"), arguments.flag("always"));
        return new AddIdentity(identity, arguments.sqlOrNull("was"));
    }

    @Override
    public String keyword() {
        return "add-identity";
    }

    @Override
    public List<Part> expand() {
        return identity.always() ? List.of() : add();
    }

    @Override
    public List<Part> contract() {
        return identity.always() ? add() : List.of();
    }

    private List<Part> add() {
        List<Part> parts = new ArrayList<>();
        if (was == null) {
            parts.add(SetDefault.untold(identity.table(), identity.column()));
        }
        parts.add(identity.guard());
        String dropDefault = was == null ? "" : Alter.column(identity.table(), identity.column(), "DROP DEFAULT");
        parts.add(Part.schema(dropDefault + identity.add()));
        return parts;
    }

    @Override
    public List<Part> undoExpand() {
        return identity.always() ? List.of() : undo();
    }

    @Override
    public List<Part> undoContract() {
        return identity.always() ? undo() : List.of();
    }

    private List<Part> undo() {
        String restore = was == null
                ? ""
                : Alter.column(identity.table(), identity.column(), "SET DEFAULT " + was)
                        + identity.behindGreatest('a');
        return List.of(Part.schema(identity.drop() + restore));
    }
}
