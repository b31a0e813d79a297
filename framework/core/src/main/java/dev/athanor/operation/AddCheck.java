package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;

/**
 * {@code add-check}: a condition that every row obeys. In contract, because old versions may write rows that do not.
 *
 * @param table gets it
 * @param name of the constraint
 * @param check condition over the columns of the table
 */
record AddCheck(QualifiedName table, String name, String check) implements Operation {
    AddCheck {
        Fragments.whole("the condition of check '" + name + "'", check);
    }

    static AddCheck read(Arguments arguments) {
        return new AddCheck(arguments.table("table"), arguments.name("name"), arguments.sql("check"));
    }

    @Override
    public String keyword() {
        return "add-check";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", name);
    }

    @Override
    public List<Part> contract() {
        return constraint().add();
    }

    @Override
    public List<Part> undoContract() {
        return constraint().drop();
    }

    private TableConstraint constraint() {
        return new TableConstraint(table, name, "CHECK (" + check + ")");
    }
}
