package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.revision.Phase;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operation in a file, through all its phases, while both versions of the application write. */
@AthanorPostgres
class RenameColumnRunTest {
    private static final String NAME = "\"tick\"\"ets; drop\"";

    private final Jdbc sql;
    private final TestDatabase server;
    private Migrations migrations;

    RenameColumnRunTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS " + NAME);
        migrations = new Migrations(folder, server).with("1", """
                -- athanor:revision rename
                -- athanor:operation rename-column table=%s from="Sta tus" to=state
                """.formatted(NAME));
        sql.execute("CREATE TABLE " + NAME + " (id bigint PRIMARY KEY, \"Sta tus\" varchar(20) NOT NULL DEFAULT 'new');"
                + "INSERT INTO " + NAME + " SELECT i, 'open' FROM generate_series(1, 500) i");
    }

    private String row(int id, String column) {
        return sql.text("SELECT " + column + " FROM " + NAME + " WHERE id = " + id);
    }

    @Test
    void both_names_live_until_contract() {
        migrations.upgrade("heads", Phase.EXPAND);

        sql.execute("INSERT INTO " + NAME + " VALUES (1001, 'by old')");
        sql.execute("INSERT INTO " + NAME + " (id, state) VALUES (1002, 'by new')");
        sql.execute("INSERT INTO " + NAME + " (id) VALUES (1003)");
        sql.execute("UPDATE " + NAME + " SET state = 'new did' WHERE id = 1");
        sql.execute("UPDATE " + NAME + " SET \"Sta tus\" = 'old did' WHERE id = 2");

        assertThat(row(1001, "state")).isEqualTo("by old");
        assertThat(row(1002, "\"Sta tus\"")).isEqualTo("by new");
        assertThat(row(1003, "state")).isEqualTo("new");
        assertThat(row(1, "\"Sta tus\"")).isEqualTo("new did");
        assertThat(row(2, "state")).isEqualTo("old did");
        migrations.upgrade("heads", Phase.BACKFILL);
        assertThat(row(3, "state")).isEqualTo("open");
        migrations.upgrade("heads", Phase.CONTRACT);

        assertThat(row(1003, "state")).isEqualTo("new");
        assertThat(sql.texts("SELECT attname FROM pg_attribute WHERE attrelid = '" + NAME.replace("'", "''")
                        + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY 1"))
                .containsExactly("id", "state");
        migrations.downgrade("base");
        assertThat(row(1, "\"Sta tus\"")).isEqualTo("new did");
    }

    @Test
    void expand_is_taken_back_whole() {
        migrations.upgrade("heads", Phase.EXPAND);

        migrations.downgrade("base");

        assertThat(sql.number("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
                .isZero();
        assertThat(sql.number("SELECT count(*) FROM pg_proc WHERE proname LIKE 'athanor%'"))
                .isZero();
    }
}
