package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code street} and {@code city} move from customers to a table of their own. */
final class ExtractTable {
    private ExtractTable() {}

    private static String street(long edit) {
        return edit % 500 + " Mill Lane";
    }

    private static String city(long edit) {
        return "City " + edit;
    }

    /** Has the address in the customer. */
    record Old() implements ApplicationVersion {
        @Override
        public String table() {
            return "customers";
        }

        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(street(edit), city(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.street, t.city FROM customers t";
        }

        @Override
        public Sql insert(long edit) {
            return sql(
                    "INSERT INTO customers (edit, street, city) VALUES ($1, $2, $3) RETURNING id",
                    edit,
                    street(edit),
                    city(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE customers SET edit = $3, street = $4, city = $5 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    street(edit),
                    city(edit));
        }
    }

    /** Has it beside the customer. */
    record New() implements ApplicationVersion {
        @Override
        public String table() {
            return "customers";
        }

        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(street(edit), city(edit));
        }

        @Override
        public String rows() {
            return """
                    SELECT t.id, t.edit, a.street, a.city
                      FROM customers t LEFT JOIN addresses a ON a.customer_id = t.id""";
        }

        @Override
        public String rowsWhileFilling() {
            return """
                    SELECT t.id, t.edit, coalesce(a.street, t.street), coalesce(a.city, t.city)
                      FROM customers t LEFT JOIN addresses a ON a.customer_id = t.id""";
        }

        @Override
        public Sql insert(long edit) {
            return sql("""
                    WITH customer AS (INSERT INTO customers (edit) VALUES ($1) RETURNING id)
                    INSERT INTO addresses (customer_id, street, city) SELECT id, $2, $3 FROM customer
                    RETURNING customer_id""", edit, street(edit), city(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql("""
                    WITH customer AS (UPDATE customers SET edit = $3 WHERE id = $1 AND edit = $2 RETURNING id)
                    INSERT INTO addresses (customer_id, street, city) SELECT id, $4, $5 FROM customer
                        ON CONFLICT (customer_id) DO UPDATE SET street = excluded.street, city = excluded.city""", id, before, edit, street(edit), city(edit));
        }
    }
}
