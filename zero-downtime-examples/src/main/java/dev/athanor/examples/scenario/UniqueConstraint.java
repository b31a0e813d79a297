package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code customers.email} becomes unique. */
final class UniqueConstraint {
    private UniqueConstraint() {}

    private static String email(long edit) {
        return "user" + edit + "@example.com";
    }

    /** Looks itself whether an address is taken. */
    record Old() implements ApplicationVersion {
        @Override
        public String table() {
            return "customers";
        }

        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(email(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.email FROM customers t";
        }

        @Override
        public Sql insert(long edit) {
            return sql("""
                    INSERT INTO customers (edit, email)
                    SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM customers WHERE email = $2)
                    RETURNING id""", edit, email(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE customers SET edit = $3, email = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    email(edit));
        }
    }

    /** Leaves that to the database. */
    record New() implements ApplicationVersion {
        @Override
        public String table() {
            return "customers";
        }

        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(email(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.email FROM customers t";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO customers (edit, email) VALUES ($1, $2) RETURNING id", edit, email(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE customers SET edit = $3, email = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    email(edit));
        }
    }
}
