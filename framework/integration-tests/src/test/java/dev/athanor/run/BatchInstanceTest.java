package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spring Batch has written down of a run that was killed at once does not hinder the next. */
@AthanorPostgres
class BatchInstanceTest {
    /** Batch commits the instance of a job, and then its execution; a kill may fall in between. */
    @Test
    void anInstanceWithoutAnExecutionIsPassedOver(TestDatabase server, @TempDir Path folder) {
        Jdbc sql = server.jdbc();
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS mark, absent");
        Migrations migrations = new Migrations(folder, server).with("1", """
                -- athanor:revision a
                -- athanor:expand
                CREATE TABLE mark AS SELECT * FROM absent;
                """);
        assertThatThrownBy(() -> migrations.upgrade("heads")).isInstanceOf(AthanorException.class);
        sql.execute("TRUNCATE athanor.batch_job_execution CASCADE");
        assertThat(sql.number("SELECT count(*) FROM athanor.batch_job_instance"))
                .isEqualTo(1);
        sql.execute("CREATE TABLE absent AS SELECT 7 AS a");

        migrations.upgrade("heads");

        assertThat(sql.number("SELECT a FROM mark")).isEqualTo(7);
        assertThat(sql.number("SELECT count(*) FROM athanor.batch_job_instance i"
                        + " WHERE NOT EXISTS (SELECT FROM athanor.batch_job_execution e"
                        + " WHERE e.job_instance_id = i.job_instance_id)"))
                .isEqualTo(1);
    }
}
