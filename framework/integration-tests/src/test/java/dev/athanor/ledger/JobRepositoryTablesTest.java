package dev.athanor.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;

/** Our tables must be what the job repository of the library in use expects: its own script is the judge. */
@AthanorPostgres
class JobRepositoryTablesTest {
    private static final String COLUMNS = "SELECT table_name || '.' || column_name || ' ' || data_type || ' '"
            + " || coalesce(character_maximum_length::text, '') || ' ' || is_nullable FROM information_schema.columns"
            + " WHERE table_schema = ? AND table_name LIKE 'batch%' ORDER BY 1";
    private static final String SEQUENCES = "SELECT sequence_name || ' ' || maximum_value || cycle_option FROM"
            + " information_schema.sequences WHERE sequence_schema = ? AND sequence_name LIKE 'batch%' ORDER BY 1";

    @Test
    void areThoseOfTheLibrary(TestDatabase server) throws IOException {
        try (LedgerFixture process = new LedgerFixture(server);
                InputStream in = Objects.requireNonNull(JobExecution.class.getResourceAsStream(
                        "/org/springframework/batch/core/schema-postgresql.sql"))) {
            process.leases().acquire(false, LeaseListener.NONE).close();
            server.jdbc()
                    .execute("CREATE SCHEMA theirs; SET search_path = theirs;"
                            + new String(in.readAllBytes(), StandardCharsets.UTF_8));
            for (String sql : new String[] {COLUMNS, SEQUENCES}) {
                assertThat(server.jdbc().texts(sql, LedgerFixture.HOSTILE))
                        .isNotEmpty()
                        .isEqualTo(server.jdbc().texts(sql, "theirs"));
            }
        }
    }
}
