package dev.athanor.catalog;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked about a database that statements are meant for. Names without a schema: as the search path finds them. */
public interface TargetFacts {

    /** Knows nothing: there is no database. */
    TargetFacts NONE = new TargetFacts() {
        @Override
        public Optional<Table> table(QualifiedName name) {
            return Optional.empty();
        }

        @Override
        public Optional<Index> index(QualifiedName name) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> isVolatile(QualifiedName function) {
            return Optional.empty();
        }
    };

    /** The table, partitioned table, foreign table or materialized view of that name. */
    Optional<Table> table(QualifiedName name);

    /** The index of that name. */
    Optional<Index> index(QualifiedName name);

    /** Whether any function of that name is volatile; empty when there is none. */
    Optional<Boolean> isVolatile(QualifiedName function);

    /**
     * A table.
     *
     * @param name with its schema
     * @param partitioned whether it is the parent of partitions
     * @param defaultPartition the partition for all other rows; null when it has none
     * @param bytes size with its partitions and what is stored out of line, without indexes
     * @param rows estimate of the planner; 0 when it has none
     */
    record Table(
            QualifiedName name,
            boolean partitioned,
            @Nullable QualifiedName defaultPartition,
            long bytes,
            long rows,
            List<Column> columns,
            List<Constraint> constraints,
            List<Index> indexes) {
        public Table {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
            indexes = List.copyOf(indexes);
        }
    }

    /**
     * A column.
     *
     * @param type as {@code format_type} writes it, with length and precision
     */
    record Column(String name, String type, boolean notNull, boolean hasDefault) {}

    /**
     * A constraint.
     *
     * @param definition as {@code pg_get_constraintdef} writes it
     */
    record Constraint(String name, String definition, boolean valid) {}

    /**
     * An index.
     *
     * @param name with its schema
     * @param table with its schema
     * @param columns its keys as SQL: names, in quotes where they need them, and expressions
     * @param partitioned whether it is the index of a partitioned table
     */
    record Index(QualifiedName name, QualifiedName table, List<String> columns, boolean partitioned) {
        public Index {
            columns = List.copyOf(columns);
        }
    }
}
