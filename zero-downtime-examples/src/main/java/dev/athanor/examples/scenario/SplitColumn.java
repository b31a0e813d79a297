package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code customers.full_name} becomes {@code first_name} and {@code last_name}. */
final class SplitColumn {
    private SplitColumn() {}

    private static String first(long edit) {
        return "First" + edit;
    }

    private static String last(long edit) {
        return "Last" + edit % 1000;
    }

    private static String full(long edit) {
        return first(edit) + " " + last(edit);
    }

    /** Knows one name. */
    record Old() implements ApplicationVersion {
        @Override
        public String table() {
            return "customers";
        }

        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(full(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.full_name FROM customers t";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO customers (edit, full_name) VALUES ($1, $2) RETURNING id", edit, full(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE customers SET edit = $3, full_name = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    full(edit));
        }
    }

    /** Knows two. */
    record New() implements ApplicationVersion {
        @Override
        public String table() {
            return "customers";
        }

        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(first(edit), last(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.first_name, t.last_name FROM customers t";
        }

        @Override
        public String rowsWhileFilling() {
            return """
                    SELECT t.id, t.edit,
                           coalesce(t.first_name, split_part(t.full_name, ' ', 1)),
                           coalesce(t.last_name, split_part(t.full_name, ' ', 2))
                      FROM customers t""";
        }

        @Override
        public Sql insert(long edit) {
            return sql(
                    "INSERT INTO customers (edit, first_name, last_name) VALUES ($1, $2, $3) RETURNING id",
                    edit,
                    first(edit),
                    last(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql("""
                    UPDATE customers SET edit = $3, first_name = $4, last_name = $5
                     WHERE id = $1 AND edit = $2""", id, before, edit, first(edit), last(edit));
        }
    }
}
