package dev.athanor.operation;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key as it stands behind its name.
 *
 * @param columns that refer
 * @param reference what to
 * @param onDelete {@code cascade}, {@code set-null} and so on; null: no action
 * @param onUpdate as onDelete
 * @param deferrable {@code immediate} or {@code deferred}, how it begins; null: it is not
 */
record ForeignKey(
        List<String> columns,
        Reference reference,
        @Nullable String onDelete,
        @Nullable String onUpdate,
        @Nullable String deferrable) {
    private static final List<String> ACTIONS = List.of("no-action", "restrict", "cascade", "set-null", "set-default");

    ForeignKey {
        columns = List.copyOf(columns);
    }

    static ForeignKey read(Arguments arguments) {
        List<String> columns = arguments.names(arguments.has("columns") ? "columns" : "column");
        return new ForeignKey(
                columns,
                Reference.read(arguments, "references"),
                arguments.oneOf("on-delete", ACTIONS),
                arguments.oneOf("on-update", ACTIONS),
                arguments.oneOf("deferrable", List.of("immediate", "deferred")));
    }

    static ForeignKey of(List<String> columns, String references) {
        Reference reference = Reference.parse(references);
        if (reference == null) {
            throw new IllegalArgumentException(
                    "found references '" + references + "', expected a table, or table(column, …)");
        }
        return new ForeignKey(Operations.namesOf(columns), reference, null, null, null);
    }

    ForeignKey onDelete(String action) {
        return new ForeignKey(columns, reference, known(action), onUpdate, deferrable);
    }

    ForeignKey onUpdate(String action) {
        return new ForeignKey(columns, reference, onDelete, known(action), deferrable);
    }

    private static String known(String action) {
        if (!ACTIONS.contains(action)) {
            throw new IllegalArgumentException(
                    "found action '" + action + "', expected one of " + String.join(", ", ACTIONS));
        }
        return action;
    }

    void validate(Objections objections) {
        int referred = reference.columns().size();
        if (referred > 0 && referred != columns.size()) {
            objections.add("found " + columns.size() + " columns that refer to " + referred
                    + ", expected as many on both sides");
        }
    }

    String definition() {
        return "FOREIGN KEY (" + Names.quoted(columns) + ") REFERENCES " + reference.sql()
                + action(" ON DELETE ", onDelete)
                + action(" ON UPDATE ", onUpdate)
                + action(" DEFERRABLE INITIALLY ", deferrable);
    }

    private static String action(String clause, @Nullable String word) {
        return word == null ? "" : clause + word.replace('-', ' ').toUpperCase(Locale.ROOT);
    }
}
