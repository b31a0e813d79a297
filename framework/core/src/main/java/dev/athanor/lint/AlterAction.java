package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/** One action of ALTER TABLE, ALTER INDEX, ALTER VIEW and the like. */
sealed interface AlterAction {

    record AddColumn(Column column, boolean ifNotExists) implements AlterAction {}

    record DropColumn(String column, boolean ifExists) implements AlterAction {}

    /**
     * @param using null without USING
     * @param collated whether it names a collation
     */
    record ChangeType(
            String column, TypeName type, @Nullable Expression using, boolean collated) implements AlterAction {}

    record SetNotNull(String column) implements AlterAction {}

    record DropNotNull(String column) implements AlterAction {}

    record SetDefault(String column, Expression value) implements AlterAction {}

    /** Of a generated column. */
    record SetExpression(String column, Expression value) implements AlterAction {}

    record AddConstraint(Constraint constraint) implements AlterAction {}

    record DropConstraint(String constraint, boolean ifExists) implements AlterAction {}

    record Validate(String constraint) implements AlterAction {}

    record RenameColumn(String from, String to) implements AlterAction {}

    record RenameTo(String name) implements AlterAction {}

    record SetSchema(String schema) implements AlterAction {}

    /** @param bound FOR VALUES … as written; empty for DEFAULT */
    record Attach(QualifiedName partition, Expression bound) implements AlterAction {}

    record Detach(QualifiedName partition, boolean concurrently, boolean finalizes) implements AlterAction {}

    /** SET TABLESPACE, LOGGED, UNLOGGED, ACCESS METHOD. */
    record Relocate(String words) implements AlterAction {}

    record SwitchTrigger(String trigger, boolean enable) implements AlterAction {}

    /**
     * A form that is known and that no rule looks at by itself.
     *
     * @param repeatable whether a second run of it changes nothing and does not fail
     */
    record Plain(boolean repeatable) implements AlterAction {}

    /** A form that is not known. */
    record UnknownAction(String words) implements AlterAction {}
}
