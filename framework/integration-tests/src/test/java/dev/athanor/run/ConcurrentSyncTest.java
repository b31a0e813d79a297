package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.revision.Phase;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Old and new versions of an application write the same few rows of two tables at the same time, as fast as they can, while
 * the backfill and its verification run: nobody gets an error, and no write is lost.
 */
@AthanorPostgres
class ConcurrentSyncTest {
    /** Rows that everybody writes, one in each chunk, so that the backfill meets writers all the time. */
    private static final int HOT = 8;

    private static final int CHUNK = 100;

    /** What one writer does at least, also when the backfill is done before. */
    private static final int WRITES = 200;

    private static final String PACE = " chunk-size=" + CHUNK + " max-rows-per-second=800\n";

    private final Jdbc sql;
    private final TestDatabase server;
    private final AtomicBoolean done = new AtomicBoolean();
    private final List<Future<Written>> writers = new ArrayList<>();
    private ExecutorService threads;
    private Path folder;

    ConcurrentSyncTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    /** What a writer has done: how many rows it has written, and its last value for each. */
    private record Written(int rows, Map<Integer, String> last) {}

    @BeforeEach
    void open(@TempDir Path empty) {
        folder = empty;
        threads = Executors.newCachedThreadPool();
        sql.execute("""
                DROP SCHEMA IF EXISTS athanor CASCADE;
                DROP TABLE IF EXISTS addresses, customers CASCADE;
                DO $$ DECLARE made regprocedure; BEGIN
                  FOR made IN SELECT oid FROM pg_proc WHERE proname LIKE 'athanor\\_%' LOOP
                    EXECUTE 'DROP FUNCTION ' || made;
                  END LOOP; END $$""");
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    /** Writes hot rows one by one, with these statements in turn; {@code :value} is another one each time. */
    private Future<Written> writer(String name, String... statements) {
        Future<Written> writer = threads.submit(() -> {
            Map<Integer, String> last = new TreeMap<>();
            Random random = new Random(name.hashCode());
            int rows = 0;
            try (Connection connection = sql.connect();
                    Statement statement = connection.createStatement()) {
                for (int n = 0; n < WRITES || !done.get(); n++) {
                    int row = 1 + CHUNK * random.nextInt(HOT);
                    String value = name + n;
                    String text = statements[n % statements.length];
                    if (statement.executeUpdate(
                                    text.replace(":value", "'" + value + "'").replace(":row", String.valueOf(row)))
                            > 0) {
                        rows++;
                        last.put(row, text.contains(":value") ? value : "");
                    }
                }
            }
            return new Written(rows, last);
        });
        writers.add(writer);
        return writer;
    }

    /** Runs the backfill beside the writers, and lets them come to an end. */
    private void fill(Migrations migrations) throws InterruptedException, ExecutionException {
        try {
            migrations.upgrade("heads", Phase.BACKFILL);
        } finally {
            done.set(true);
        }
        for (Future<Written> writer : writers) {
            writer.get();
        }
    }

    private Migrations expanded(String setup, String operation) {
        sql.execute(setup);
        Migrations migrations = new Migrations(folder, server)
                .with("1", "-- athanor:revision one\n-- athanor:operation " + operation + PACE);
        migrations.upgrade("heads", Phase.EXPAND);
        return migrations;
    }

    private Migrations extraction(String more) {
        return expanded(
                "CREATE TABLE customers (id int PRIMARY KEY, street text, city text);"
                        + "INSERT INTO customers SELECT n, 0, 0 FROM generate_series(1, " + HOT * CHUNK + ") n",
                "extract-table table=customers columns='street, city' into=addresses key=id to-key=customer_id" + more);
    }

    private void bothSidesAreTheSame() {
        assertThat(sql.texts("SELECT concat_ws(' ', c.id, c.street, c.city, '/', a.street, a.city) FROM customers c"
                        + " LEFT JOIN addresses a ON a.customer_id = c.id"
                        + " WHERE (c.street, c.city) IS DISTINCT FROM (a.street, a.city)"))
                .isEmpty();
    }

    /** Each row holds what one of its writers wrote last; an empty value stands for nothing. */
    private void heldByOneOf(String query) throws InterruptedException, ExecutionException {
        for (int row = 1; row < HOT * CHUNK; row += CHUNK) {
            List<String> possible = new ArrayList<>();
            for (Future<Written> writer : writers) {
                possible.add(writer.get().last().getOrDefault(row, "never written"));
            }
            assertThat(sql.text(query, row)).as("row " + row).isIn(possible);
        }
    }

    @Test
    void an_extracted_table_loses_nothing_of_what_both_versions_write_into_a_row() throws Exception {
        Migrations migrations = extraction("");
        String old = "UPDATE customers SET street = street::int + 1 WHERE id = :row";
        String upsert = "INSERT INTO addresses AS a (customer_id, city) VALUES (:row, 1)"
                + " ON CONFLICT (customer_id) DO UPDATE SET city = a.city::int + 1";
        String young = "UPDATE addresses SET city = city::int + 1 WHERE customer_id = :row";
        Future<Written> firstOld = writer("old", old);
        Future<Written> secondOld = writer("older", old);
        Future<Written> firstNew = writer("new", upsert, young);
        Future<Written> secondNew = writer("newer", young);

        fill(migrations);

        bothSidesAreTheSame();
        assertThat(sql.number("SELECT sum(street::int) FROM addresses"))
                .isEqualTo(firstOld.get().rows() + secondOld.get().rows());
        assertThat(sql.number("SELECT sum(city::int) FROM customers"))
                .isEqualTo(firstNew.get().rows() + secondNew.get().rows());
    }

    @Test
    void rows_that_one_version_fills_and_the_other_empties_end_the_same() throws Exception {
        Migrations migrations = extraction(" rows=filled");
        writer(
                "old",
                "UPDATE customers SET street = :value, city = :value WHERE id = :row",
                "UPDATE customers SET street = NULL, city = NULL WHERE id = :row");
        writer(
                "new",
                "UPDATE addresses SET street = :value, city = :value WHERE customer_id = :row",
                "DELETE FROM addresses WHERE customer_id = :row",
                "INSERT INTO addresses VALUES (:row, :value, :value)"
                        + " ON CONFLICT (customer_id) DO UPDATE SET street = excluded.street, city = excluded.city");

        fill(migrations);

        bothSidesAreTheSame();
        assertThat(sql.number("SELECT count(*) FROM addresses WHERE street IS DISTINCT FROM city"))
                .isZero();
    }

    @Test
    void rows_that_old_versions_delete_while_new_ones_write_them_go_on_both_sides() throws Exception {
        Migrations migrations = extraction(" on-delete=cascade");
        writer(
                "old",
                "DELETE FROM customers WHERE id = :row",
                "INSERT INTO customers VALUES (:row, :value, :value) ON CONFLICT DO NOTHING");
        writer(
                "new",
                "UPDATE addresses SET street = :value, city = :value WHERE customer_id = :row",
                "DELETE FROM addresses WHERE customer_id = :row");

        fill(migrations);

        bothSidesAreTheSame();
        assertThat(sql.number("SELECT count(*) FROM addresses WHERE street IS DISTINCT FROM city"))
                .isZero();
    }

    @Test
    void a_moved_column_is_the_same_on_both_sides_and_of_one_of_its_last_writers() throws Exception {
        Migrations migrations = expanded(
                "CREATE TABLE customers (id int PRIMARY KEY, street text);"
                        + "INSERT INTO customers SELECT n, 0 FROM generate_series(1, " + HOT * CHUNK + ") n;"
                        + "CREATE TABLE addresses (customer_id int PRIMARY KEY REFERENCES customers, city text);"
                        + "INSERT INTO addresses SELECT id FROM customers",
                "move-column table=customers column=street to-table=addresses key=id to-key=customer_id");
        writer("old", "UPDATE customers SET street = :value WHERE id = :row");
        writer("new", "UPDATE addresses SET street = :value WHERE customer_id = :row");
        writer(
                "newer",
                "UPDATE addresses SET street = :value, city = :value WHERE customer_id = :row",
                "UPDATE addresses SET street = :value WHERE customer_id = :row");

        fill(migrations);

        assertThat(sql.number("SELECT count(*) FROM customers c LEFT JOIN addresses a ON a.customer_id = c.id"
                        + " WHERE c.street IS DISTINCT FROM a.street"))
                .isZero();
        heldByOneOf("SELECT street FROM addresses WHERE customer_id = ?");
    }
}
