package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import io.r2dbc.spi.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tickets.customer_id} gets a foreign key; one ticket in a hundred names a customer that is not there. */
final class NewForeignKey {
    private NewForeignKey() {}

    private static final long CUSTOMERS = 1000;

    /** NULL for no customer; at the beginning those tickets name one that is not there. */
    private static @Nullable Long customer(long edit) {
        return edit % 100 == 0 ? null : Long.valueOf(1 + edit % CUSTOMERS);
    }

    private static Object written(long edit) {
        Long customer = customer(edit);
        return customer == null ? Parameters.in(Long.class) : customer;
    }

    /** Does not trust the column. */
    record Old() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(customer(edit));
        }

        @Override
        public String rows() {
            return """
                    SELECT t.id, t.edit, c.id
                      FROM tickets t LEFT JOIN customers c ON c.id = t.customer_id""";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO tickets (edit, customer_id) VALUES ($1, $2) RETURNING id", edit, written(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE tickets SET edit = $3, customer_id = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    written(edit));
        }
    }

    /** Trusts it once the backfill is through. */
    record New() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(customer(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.customer_id FROM tickets t";
        }

        @Override
        public String rowsWhileFilling() {
            return new Old().rows();
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO tickets (edit, customer_id) VALUES ($1, $2) RETURNING id", edit, written(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE tickets SET edit = $3, customer_id = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    written(edit));
        }
    }
}
