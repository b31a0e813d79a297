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

/** A revision whose backfill had to set a row aside: contract waits until the row is mended and tried again. */
@AthanorPostgres
class QuarantinedRunTest {
    @Test
    void contract_waits_for_the_quarantined_row(TestDatabase database, @TempDir Path folder) {
        Jdbc sql = database.jdbc();
        sql.execute("CREATE TABLE tickets (id bigint PRIMARY KEY, d int NOT NULL DEFAULT 1, n int);"
                + " INSERT INTO tickets (id) SELECT i FROM generate_series(1, 5000) i;"
                + " UPDATE tickets SET d = 0 WHERE id = 4711");
        Migrations migrations = new Migrations(folder, database).with("1", """
                -- athanor:revision one

                -- athanor:backfill name=fill table=tickets skip-limit=3
                UPDATE tickets SET n = coalesce(n, 0) + 1 / d WHERE ${chunk};

                -- athanor:verify name=none-left
                SELECT count(*) FROM tickets WHERE n IS DISTINCT FROM 1;

                -- athanor:contract
                ALTER TABLE tickets ALTER COLUMN n SET NOT NULL;
                """);
        assertThatThrownBy(() -> migrations.upgrade("heads"))
                .isInstanceOfSatisfying(
                        AthanorException.class, e -> assertThat(e.code()).isEqualTo("verification_failed"));
        assertThat(sql.texts("SELECT row_key[1] FROM athanor.quarantine")).containsExactly("4711");
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(4_999);

        sql.execute("UPDATE tickets SET d = 1 WHERE d = 0; UPDATE athanor.quarantine SET retry = true");
        migrations.resume();
        assertThat(sql.number("SELECT count(*) FROM athanor.quarantine")).isZero();
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE n = 1")).isEqualTo(5_000);
        assertThat(sql.texts("SELECT phase FROM athanor.revision")).containsExactly("contract");
    }
}
