package dev.athanor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What holds in every transaction of the job repository: no wait for the disk, and an end by the server when its process
 * stands still.
 */
@AthanorPostgres
class JobTransactionsTest {
    private static final String SETTINGS = "SELECT current_setting('synchronous_commit') || ' '"
            + " || current_setting('idle_in_transaction_session_timeout')";

    @Test
    void they_have_settings_of_their_own_which_end_with_them(TestDatabase database) {
        try (Database open = Database.open(ConnectionUrl.parse(database.url(), Map.of()), PoolSettings.DEFAULTS)) {
            DataSource dataSource = open.dataSource();
            JdbcTemplate template = new JdbcTemplate(dataSource);
            String before = template.queryForObject(SETTINGS, String.class);
            String within = new TransactionTemplate(JobRepositories.transactions(dataSource))
                    .execute(status -> template.queryForObject(SETTINGS, String.class));
            assertThat(within).isEqualTo("off 15s").isNotEqualTo(before);
            assertThat(template.queryForObject(SETTINGS, String.class)).isEqualTo(before);
        }
    }
}
