package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the revision has shown so far of one table. */
final class TableState {
    /** Of a thing that the revision did not make. */
    static final int BEFORE = -1;

    /** Number of the transaction that made it, or {@link #BEFORE}. */
    int madeIn = BEFORE;

    boolean temporary;
    boolean partitioned;
    boolean defaultPartition;
    final Map<String, ColumnState> columns = new LinkedHashMap<>();
    final Map<String, Held> constraints = new LinkedHashMap<>();
    List<String> primaryKey = List.of();

    /** What it was called before, each with the transaction that changed the name. */
    final List<Former> former = new ArrayList<>();

    /** A column. */
    static final class ColumnState {
        @Nullable
        TypeName type;

        boolean notNull;
        boolean made;
        boolean hasDefault;
        int madeIn = BEFORE;
        int retypedIn = BEFORE;
        int notNullIn = BEFORE;
    }

    /** A constraint, whether rows were checked, and the transaction that added it. */
    record Held(Constraint constraint, boolean valid, int addedIn) {}

    /** A name that it had, with its schema. */
    record Former(QualifiedName name, int changedIn) {}

    boolean madeHere() {
        return madeIn != BEFORE;
    }

    ColumnState column(String name) {
        return columns.computeIfAbsent(name, key -> new ColumnState());
    }

    List<Held> checksOf(String column) {
        List<Held> found = new ArrayList<>();
        for (Held held : constraints.values()) {
            if (held.constraint().kind() == Constraint.Kind.CHECK
                    && held.constraint().check().mentions(column)) {
                found.add(held);
            }
        }
        return found;
    }

    List<Constraint> foreignKeys() {
        return constraints.values().stream()
                .map(Held::constraint)
                .filter(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
                .toList();
    }
}
