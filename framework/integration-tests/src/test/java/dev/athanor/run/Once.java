package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A migration that shows whatever is done twice or not at all: counters, and a log without any key. */
final class Once {
    private static final int SECTIONS = 4;

    private final Jdbc sql;
    private final int rows;

    Once(TestDatabase database, int rows) {
        this(database.jdbc(), rows);
    }

    private Once(Jdbc sql, int rows) {
        this.sql = sql;
        this.rows = rows;
    }

    /** The same, looked at on another server. */
    Once at(Jdbc other) {
        return new Once(other, rows);
    }

    /** Makes the table, and the files of one revision with many sections before and behind a backfill. */
    Migrations prepare(Path folder, TestDatabase database, String backfillOptions) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS tickets, log;"
                + "CREATE TABLE tickets (id bigint PRIMARY KEY, n int NOT NULL DEFAULT 0);"
                + "INSERT INTO tickets SELECT i FROM generate_series(1, " + rows + ") i;"
                + "CREATE TABLE log (what text NOT NULL)");
        return new Migrations(folder, database)
                .with(
                        "1",
                        "-- athanor:revision once\n\n" + sections("expand") + """
                        -- athanor:backfill name=fill table=tickets %s
                        UPDATE tickets SET n = n + 1 WHERE ${chunk};

                        -- athanor:verify name=all-one
                        SELECT count(*) FROM tickets WHERE n <> 1;

                        """.formatted(backfillOptions)
                                + sections("contract"));
    }

    private static String sections(String phase) {
        return IntStream.rangeClosed(1, SECTIONS)
                .mapToObj(i -> """
                        -- athanor:%1$s
                        INSERT INTO log VALUES ('%1$s %2$d a');
                        INSERT INTO log VALUES ('%1$s %2$d b');

                        """.formatted(phase, i))
                .collect(Collectors.joining());
    }

    /** As {@link #exactlyOnce}, and the job repository says so. */
    void everythingIsDoneOnce() {
        exactlyOnce();
        assertThat(sql.texts("SELECT DISTINCT ON (i.job_name) e.status FROM athanor.batch_job_execution e"
                        + " JOIN athanor.batch_job_instance i USING (job_instance_id) WHERE i.job_name LIKE 'once.%'"
                        + " ORDER BY i.job_name, e.job_execution_id DESC"))
                .containsExactly("COMPLETED", "COMPLETED", "COMPLETED");
        assertThat(sql.texts("SELECT job_name FROM athanor.batch_job_instance WHERE job_name LIKE 'once.%' ORDER BY 1"))
                .containsExactly("once.backfill", "once.contract", "once.expand");
    }

    /**
     * Every row is changed once, every section run once, and the ledger says so. A job whose end could not be written down
     * may have a second instance, so faults of the server and the network are asked for no more than this.
     */
    void exactlyOnce() {
        everyRowIsChangedOnce();
        assertThat(sql.number("SELECT count(*) FROM log")).isEqualTo(4 * SECTIONS);
        assertThat(sql.number("SELECT count(DISTINCT what) FROM log")).isEqualTo(4 * SECTIONS);
        assertThat(sql.texts("SELECT DISTINCT phase FROM athanor.revision")).containsExactly("contract");
        assertThat(sql.texts("SELECT state FROM athanor.backfill")).containsExactly("done");
        assertThat(sql.texts("SELECT DISTINCT state FROM athanor.backfill_range"))
                .containsExactly("done");
        assertThat(sql.number("SELECT sum(rows_changed) FROM athanor.backfill_range"))
                .isEqualTo(rows);
        assertThat(sql.number("SELECT count(*) FROM athanor.section WHERE finished_at IS NULL"))
                .isZero();
        assertThat(sql.number("SELECT result FROM athanor.section WHERE result IS NOT NULL"))
                .isZero();
        assertThat(sql.texts("SELECT DISTINCT outcome FROM athanor.run WHERE id = (SELECT max(id) FROM athanor.run)"))
                .containsExactly("done");
    }

    void everyRowIsChangedOnce() {
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(rows);
        assertThat(sql.number("SELECT sum(n) FROM tickets")).isEqualTo(rows);
    }
}
