package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement, as far as the rules need to know it. Names are in their true spelling. */
sealed interface Statement {

    /**
     * {@code ALTER TABLE | FOREIGN TABLE | VIEW | MATERIALIZED VIEW | INDEX | SEQUENCE}.
     *
     * @param kind the words behind ALTER, in lower case
     * @param ifExists whether it does nothing when the object is missing
     */
    record AlterTable(String kind, QualifiedName name, boolean ifExists, List<AlterAction> actions)
            implements Statement {
        public AlterTable {
            actions = List.copyOf(actions);
        }

        boolean isTable() {
            return kind.endsWith("table");
        }

        /** Whether rows are here: those of a foreign table are never looked at, nor written anew. */
        boolean holdsRows() {
            return kind.equals("table");
        }
    }

    /**
     * @param partitionOf the parent; null when it is no partition
     * @param asDefault whether it is that one's default partition
     * @param likes tables whose columns it copies
     * @param query what CREATE TABLE AS runs; empty otherwise
     */
    record CreateTable(
            QualifiedName name,
            boolean temporary,
            boolean ifNotExists,
            List<Column> columns,
            List<Constraint> constraints,
            boolean partitioned,
            @Nullable QualifiedName partitionOf,
            boolean asDefault,
            Expression query)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
        }
    }

    /** {@code CREATE [MATERIALIZED] VIEW}; {@code columns} only where it lists them. */
    record CreateView(QualifiedName name, boolean materialized, boolean guarded, List<String> columns, Expression query)
            implements Statement {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    /**
     * @param name null when the server names it
     * @param only ON ONLY: of a partitioned table the parent's entry alone
     * @param method in lower case; null: btree
     * @param condition of a partial index; empty otherwise
     */
    record CreateIndex(
            @Nullable String name,
            QualifiedName table,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            boolean only,
            @Nullable String method,
            List<IndexKey> keys,
            Expression condition)
            implements Statement {
        public CreateIndex {
            keys = List.copyOf(keys);
        }

        boolean hasExpression() {
            return keys.stream().anyMatch(key -> key.column() == null);
        }
    }

    /** @param column null for an expression */
    record IndexKey(@Nullable String column, Expression text) {}

    /** @param kind the words behind DROP, in lower case: {@code materialized view} */
    record Drop(String kind, List<QualifiedName> names, boolean ifExists, boolean concurrently, boolean cascade)
            implements Statement {
        public Drop {
            names = List.copyOf(names);
        }
    }

    /** @param kind {@code index}, {@code table}, {@code schema}, {@code database}, {@code system} */
    record Reindex(String kind, @Nullable QualifiedName name, boolean concurrently) implements Statement {}

    record CreateTrigger(String name, QualifiedName table, boolean orReplace) implements Statement {}

    record AddEnumValue(QualifiedName type, String value, boolean ifNotExists, boolean positioned)
            implements Statement {}

    record RenameEnumValue(QualifiedName type, String from, String to) implements Statement {}

    record CreateDomain(QualifiedName name, @Nullable TypeName type, String constraints) implements Statement {
        boolean constrained() {
            return !constraints.isEmpty();
        }
    }

    /**
     * @param checks whether it adds a constraint or sets NOT NULL
     * @param definition what is added
     */
    record AlterDomain(QualifiedName name, boolean checks, boolean repeatable, Expression definition)
            implements Statement {}

    record RenameSchema(String from, String to) implements Statement {}

    /**
     * CREATE FUNCTION and PROCEDURE.
     *
     * @param volatility {@code i}, {@code s} or {@code v}, as {@code pg_proc.provolatile}
     * @param body its text; null where there is none to read, as of functions in C
     */
    record Routine(
            QualifiedName name,
            boolean orReplace,
            String language,
            char volatility,
            boolean trigger,
            @Nullable String body)
            implements Statement {}

    /** {@code DO}. */
    record DoBlock(String language, String body) implements Statement {}

    /** {@code EXECUTE} of a prepared statement, or {@code CALL}. */
    record Opaque(boolean call) implements Statement {}

    record Truncate(List<QualifiedName> tables, boolean cascade) implements Statement {
        public Truncate {
            tables = List.copyOf(tables);
        }
    }

    /**
     * VACUUM and ANALYZE.
     *
     * @param tables none: all of them
     * @param ofColumns whether it lists columns, so that expressions of indexes are not analysed
     */
    record Vacuum(boolean vacuum, boolean full, boolean analyze, List<QualifiedName> tables, boolean ofColumns)
            implements Statement {
        public Vacuum {
            tables = List.copyOf(tables);
        }
    }

    /** @param table null: every table that was clustered before */
    record Cluster(@Nullable QualifiedName table) implements Statement {}

    record Refresh(QualifiedName view, boolean concurrently) implements Statement {}

    /** BEGIN, COMMIT, ROLLBACK and their other spellings; savepoints are not among them. */
    record Control(Kind kind, boolean chain) implements Statement {
        enum Kind {
            BEGIN,
            COMMIT,
            ROLLBACK,
            PREPARE
        }
    }

    /** @param value null for DEFAULT and RESET; {@code name} is {@code all} for RESET ALL */
    record SetParameter(String name, @Nullable String value, boolean local) implements Statement {}

    /** SELECT, INSERT, UPDATE, DELETE, MERGE, WITH: whatever works on rows. */
    record Rows(List<RowChange> changes, List<SetParameter> settings) implements Statement {
        public Rows {
            changes = List.copyOf(changes);
            settings = List.copyOf(settings);
        }
    }

    /**
     * One change of rows within a statement.
     *
     * @param verb {@code insert}, {@code update}, {@code delete}, {@code merge}
     * @param columns those it assigns or lists, in order, each as often as it is there
     * @param where its condition; null without one
     */
    record RowChange(
            String verb,
            QualifiedName table,
            List<String> columns,
            @Nullable Expression where) {
        public RowChange {
            columns = List.copyOf(columns);
        }

        boolean changesExisting() {
            return !verb.equals("insert");
        }
    }

    /**
     * Any other CREATE that is known.
     *
     * @param kind the word behind CREATE
     * @param name null where it cannot be told
     * @param guarded IF NOT EXISTS or OR REPLACE
     * @param columns of a composite type
     */
    record CreateOther(String kind, @Nullable QualifiedName name, boolean guarded, List<String> columns)
            implements Statement {
        public CreateOther {
            columns = List.copyOf(columns);
        }
    }

    /** Any other statement that is known and that no rule looks at by itself. */
    record Plain(String kind, boolean repeatable) implements Statement {}

    /** A statement of a form that is not known. */
    record Unknown(String words) implements Statement {}
}
