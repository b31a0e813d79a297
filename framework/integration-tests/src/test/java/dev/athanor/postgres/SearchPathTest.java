package dev.athanor.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class SearchPathTest {

    @Test
    void a_schema_that_is_called_as_the_role_does_not_get_its_tables(TestDatabase server) {
        try (Database database = Database.open(ConnectionUrl.parse(server.url(), Map.of()), PoolSettings.DEFAULTS)) {
            String role = database.url().user();
            server.jdbc().execute("CREATE SCHEMA \"" + role + "\"");
            assertThat(schemaOfNewTable(database, "before_hiding")).isEqualTo(role);

            database.hideFromSearchPath(role);

            assertThat(schemaOfNewTable(database, "after_hiding")).isEqualTo("public");
            assertThat(database.reactive()
                            .inTransaction(
                                    TransactionSettings.SERVER_DEFAULTS,
                                    session -> session.query("SELECT current_schema() AS s", row -> row.string("s"))
                                            .single())
                            .block())
                    .isEqualTo("public");
            assertThat(database.reactive()
                            .readOnly(session -> session.query("SELECT current_schema() AS s", row -> row.string("s")))
                            .blockLast())
                    .isEqualTo("public");
        }
    }

    @Test
    void a_path_without_the_schema_stays_as_it_is(TestDatabase server) {
        try (Database database = Database.open(ConnectionUrl.parse(server.url(), Map.of()), PoolSettings.DEFAULTS)) {
            database.hideFromSearchPath("nowhere");
            String path = database.transactions()
                    .inTransaction(
                            TransactionSettings.SERVER_DEFAULTS,
                            session -> session.queryOne(
                                            "SELECT current_setting('search_path') AS s", row -> row.string("s"))
                                    .orElseThrow());
            assertThat(path).isEqualTo("\"$user\", public");
        }
    }

    private static String schemaOfNewTable(Database database, String table) {
        return database.transactions()
                .inTransaction(TransactionSettings.SERVER_DEFAULTS, session -> {
                    session.executeVerbatim("CREATE TABLE " + table + " (a int)");
                    return session.queryOne(
                            "SELECT schemaname::text AS s FROM pg_tables WHERE tablename = ?",
                            row -> row.string("s"),
                            table);
                })
                .orElseThrow();
    }
}
