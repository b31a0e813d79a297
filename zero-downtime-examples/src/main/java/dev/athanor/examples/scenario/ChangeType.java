package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code orders.price}, a text such as 12.50, becomes {@code orders.price_cents}, a bigint. */
final class ChangeType {
    private ChangeType() {}

    private static long cents(long edit) {
        return edit % 100_000;
    }

    private static String price(long edit) {
        return String.format(Locale.ROOT, "%d.%02d", cents(edit) / 100, cents(edit) % 100);
    }

    /** Has prices as text. */
    record Old() implements ApplicationVersion {
        @Override
        public String table() {
            return "orders";
        }

        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(price(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.price FROM orders t";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO orders (edit, price) VALUES ($1, $2) RETURNING id", edit, price(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE orders SET edit = $3, price = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    price(edit));
        }
    }

    /** Has prices in cents. */
    record New() implements ApplicationVersion {
        @Override
        public String table() {
            return "orders";
        }

        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(cents(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.price_cents FROM orders t";
        }

        @Override
        public String rowsWhileFilling() {
            return """
                    SELECT t.id, t.edit, coalesce(t.price_cents, (t.price::numeric * 100)::bigint)
                      FROM orders t""";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO orders (edit, price_cents) VALUES ($1, $2) RETURNING id", edit, cents(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE orders SET edit = $3, price_cents = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    cents(edit));
        }
    }
}
