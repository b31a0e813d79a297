package dev.athanor.lint;

import dev.athanor.catalog.TargetFacts;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.TokenCursor;
import java.util.Optional;

/** What the history knows of a table before the revision says anything of it. */
final class TableSeed {
    private TableSeed() {}

    /** A state of what the target has; without knowledge when it has no such table, or nobody asked one. */
    static TableState of(Optional<TargetFacts.Table> found, QualifiedName key, History history) {
        TableState state = new TableState();
        found.ifPresent(table -> {
            state.partitioned = table.partitioned();
            state.defaultPartition = table.defaultPartition() != null;
            table.columns().forEach(column -> column(column, state));
            table.constraints().forEach(constraint -> constraint(constraint, state));
            for (TargetFacts.Index index : table.indexes()) {
                QualifiedName name =
                        new QualifiedName(key.schema(), index.name().name());
                history.seed(name, new TargetFacts.Index(name, key, index.columns(), index.partitioned()));
            }
        });
        return state;
    }

    private static void column(TargetFacts.Column column, TableState state) {
        TableState.ColumnState known = state.column(column.name());
        known.type = TypeName.read(new TokenCursor(SqlTokens.of(column.type()).code()));
        known.notNull = column.notNull();
        known.hasDefault = column.hasDefault();
    }

    private static void constraint(TargetFacts.Constraint constraint, TableState state) {
        String sql = "CONSTRAINT " + QualifiedName.quote(constraint.name()) + " " + constraint.definition();
        Constraint read =
                ConstraintReader.read(new TokenCursor(SqlTokens.of(sql).code()));
        if (read != null) {
            state.constraints.put(constraint.name(), new TableState.Held(read, constraint.valid(), TableState.BEFORE));
            state.primaryKey = read.kind() == Constraint.Kind.PRIMARY_KEY ? read.columns() : state.primaryKey;
        }
    }
}
