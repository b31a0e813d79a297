package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.CreateTable;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** CO6: foreign keys between columns of different types, where the revision shows both. */
final class ForeignKeyTypes implements Rule {
    /** Integers that hold all values of those with a lower number. */
    private static final Map<String, Integer> INTEGERS = Map.of("smallint", 1, "integer", 2, "bigint", 3);

    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof CreateTable create) {
            for (Constraint key : ForeignKeyTargets.keysOf(create)) {
                compare(site, create.name(), key, new Types(scope, create));
            }
        }
    }

    @Override
    public void action(Site site, AlterTable alter, AlterAction action, Scope scope) {
        for (Constraint key : ForeignKeyIndexes.keys(action)) {
            Column added = action instanceof AlterAction.AddColumn add ? add.column() : null;
            compare(site, alter.name(), key, new Types(scope, alter.name(), added));
        }
    }

    private static void compare(Site site, QualifiedName table, Constraint key, Types types) {
        QualifiedName referenced = key.referenced();
        if (referenced == null) {
            return;
        }
        List<String> columns =
                key.referencedColumns().isEmpty() ? types.primaryKey(referenced) : key.referencedColumns();
        for (int i = 0; i < Math.min(columns.size(), key.columns().size()); i++) {
            TypeName own = types.of(table, key.columns().get(i));
            TypeName other = types.of(referenced, columns.get(i));
            if (own != null && other != null && !fits(own, other)) {
                types.scope.report(
                        site, draft(table, key.columns().get(i), own, referenced + " (" + other.sql() + ")", other));
            }
        }
    }

    private static boolean fits(TypeName own, TypeName other) {
        int ownRank = INTEGERS.getOrDefault(own.name(), 0);
        int otherRank = INTEGERS.getOrDefault(other.name(), 0);
        return own.array() == other.array()
                && (own.name().equals(other.name()) || ownRank > otherRank && otherRank > 0);
    }

    private static Draft draft(QualifiedName table, String column, TypeName own, String referenced, TypeName other) {
        String quoted = QualifiedName.quote(column);
        return Draft.of(
                LintRule.CO6,
                table,
                "The key column " + quoted + " of " + table + " is " + own.sql() + " and references " + referenced
                        + ": values that the one holds may not fit into the other, and joins have to cast.",
                "-- make it of the same type:\n" + Safe.alter(table, "ADD COLUMN " + quoted + " " + other.sql()));
    }

    /** Types of columns, those of the statement itself included. */
    private static final class Types {
        private final Scope scope;
        private final QualifiedName own;
        private final @Nullable CreateTable create;
        private final @Nullable Column added;

        Types(Scope scope, CreateTable create) {
            this.scope = scope;
            this.own = create.name();
            this.create = create;
            this.added = null;
        }

        Types(Scope scope, QualifiedName own, @Nullable Column added) {
            this.scope = scope;
            this.own = own;
            this.create = null;
            this.added = added;
        }

        private boolean isOwn(QualifiedName table) {
            return scope.history().key(table).equals(scope.history().key(own));
        }

        List<String> primaryKey(QualifiedName table) {
            if (create != null && isOwn(table)) {
                return Stream.concat(
                                create.columns().stream().flatMap(column -> column.constraints().stream()),
                                create.constraints().stream())
                        .filter(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY)
                        .findFirst()
                        .map(Constraint::columns)
                        .orElse(List.of());
            }
            return scope.history().table(table).primaryKey;
        }

        @Nullable
        TypeName of(QualifiedName table, String column) {
            TypeName type = null;
            if (isOwn(table) && create != null) {
                type = create.columns().stream()
                        .filter(found -> found.name().equals(column))
                        .findFirst()
                        .map(Column::type)
                        .orElse(null);
            } else if (isOwn(table) && added != null && added.name().equals(column)) {
                type = added.type();
            } else {
                TableState.ColumnState state =
                        scope.history().table(table).columns.get(column);
                type = state == null ? null : state.type;
            }
            return type == null ? null : base(type.stored());
        }

        /** What a domain of the revision is made of. */
        private @Nullable TypeName base(TypeName type) {
            return scope.history()
                    .domain(new QualifiedName(type.schema(), type.name()))
                    .map(Statement.CreateDomain::type)
                    .orElse(type);
        }
    }
}
