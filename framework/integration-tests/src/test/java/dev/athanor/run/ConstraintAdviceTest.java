package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.run.DryRunReport.SectionForecast;
import dev.athanor.source.RevisionFolder;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dry runs say of constraints and partitions that a backfill will meet. */
@AthanorPostgres
class ConstraintAdviceTest {
    private static final String HOSTILE = "\"tick\"\"ets; drop\"";
    private static final String OTHER = "\"cust;omers\"";

    private final TestDatabase server;
    private final Jdbc sql;
    private Path folder;

    ConstraintAdviceTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path temporary) {
        folder = temporary;
        sql.execute("DROP TABLE IF EXISTS " + HOSTILE + ", " + OTHER + " CASCADE");
    }

    private List<String> advice(String statement) {
        new Migrations(folder, server).with("fill", """
                -- athanor:revision fill
                -- athanor:backfill name=fill table=%s key=id
                %s;
                """.formatted(HOSTILE, statement));
        try (Database database = Database.open(ConnectionUrl.parse(server.url(), Map.of()), PoolSettings.DEFAULTS)) {
            return MigrationRunner.of(database, RevisionFolder.read(List.of(folder)))
                    .build()
                    .dryRun(new UpgradeRequest("heads", null))
                    .revisions()
                    .stream()
                    .flatMap(revision -> revision.phases().stream())
                    .flatMap(phase -> phase.sections().stream())
                    .map(SectionForecast::walk)
                    .filter(Objects::nonNull)
                    .flatMap(walk -> walk.advice().stream())
                    .map(advice -> advice.code() + ": " + advice.object() + " | " + advice.remedy())
                    .toList();
        }
    }

    private void referenced() {
        sql.execute("CREATE TABLE " + OTHER + " (id bigint PRIMARY KEY);"
                + " CREATE TABLE " + HOSTILE
                + " (id bigint PRIMARY KEY, \"C\"\"1\" bigint CONSTRAINT \"to;c\" REFERENCES "
                + OTHER + ", parent bigint CONSTRAINT up REFERENCES " + HOSTILE + ", n int,"
                + " CONSTRAINT good CHECK (n < 1000));"
                + " ALTER TABLE " + HOSTILE + " ADD CONSTRAINT \"n;1\" CHECK (n > 0) NOT VALID");
    }

    @Test
    void an_update_of_a_foreign_key_and_a_check_that_is_not_valid() {
        referenced();
        assertThat(advice("UPDATE " + HOSTILE + " SET \"C\"\"1\" = 1 WHERE ${chunk}"))
                .hasSize(2)
                .anyMatch(line ->
                        line.startsWith("foreign_key_checked: foreign key \"to;c\" of table public." + HOSTILE + " |"))
                .anyMatch(line ->
                        line.startsWith("check_not_valid: constraint \"n;1\" of table public." + HOSTILE + " |"));
    }

    @Test
    void rows_that_are_deleted_are_looked_for_in_tables_that_reference_them() {
        referenced();
        String purge = "DELETE FROM " + HOSTILE + " WHERE ${chunk}";
        assertThat(advice(purge))
                .singleElement()
                .asString()
                .startsWith("reference_without_index: foreign key up of table public." + HOSTILE + " |")
                .contains("CREATE INDEX CONCURRENTLY ON public." + HOSTILE + " (parent);");
        sql.execute("CREATE INDEX ON " + HOSTILE + " (parent, n)");
        assertThat(advice(purge)).isEmpty();
    }

    @Test
    void rows_that_move_between_partitions() {
        sql.execute("CREATE TABLE " + HOSTILE
                + " (id bigint, \"M\"\"1\" int, PRIMARY KEY (id, \"M\"\"1\"), UNIQUE (\"M\"\"1\", id))"
                + " PARTITION BY LIST (\"M\"\"1\");"
                + " CREATE TABLE " + OTHER + " PARTITION OF " + HOSTILE + " DEFAULT");
        assertThat(advice("UPDATE " + HOSTILE + " SET \"M\"\"1\" = 1 WHERE ${chunk}"))
                .anyMatch(line -> line.startsWith("moves_between_partitions: table public." + HOSTILE + " |"));
    }
}
