package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.revision.Phase;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were there before are deleted by a downgrade only when the revision says so. */
@AthanorPostgres
class BulkInsertRunTest {
    private final Jdbc sql;
    private final TestDatabase server;

    @TempDir
    private Path folder;

    BulkInsertRunTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh() {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP TABLE IF EXISTS statuses;"
                + "CREATE TABLE statuses (code text PRIMARY KEY, title text);"
                + "INSERT INTO statuses VALUES ('new', 'was there')");
    }

    private Migrations expanded(String undo) {
        Migrations migrations = new Migrations(folder, server).with("1", """
                -- athanor:revision rows
                -- athanor:operation bulk-insert table=statuses columns=code,title key=code on-conflict=nothing %s
                ('new', 'New'), ('open', 'Open')
                """.formatted(undo));
        migrations.upgrade("heads", Phase.EXPAND);
        assertThat(sql.text("SELECT string_agg(title, ', ' ORDER BY code) FROM statuses"))
                .isEqualTo("was there, Open");
        return migrations;
    }

    @Test
    void a_downgrade_that_cannot_tell_them_apart_is_refused() {
        Migrations migrations = expanded("");

        assertThatThrownBy(() -> migrations.downgrade("base"))
                .isInstanceOfSatisfying(
                        AthanorException.class, e -> assertThat(e.code()).isEqualTo("irreversible"))
                .hasMessageContaining("-- athanor:undo expand");

        assertThat(sql.number("SELECT count(*) FROM statuses")).isEqualTo(2);
    }

    @Test
    void all_go_when_the_revision_says_so() {
        expanded("undo=delete").downgrade("base");

        assertThat(sql.number("SELECT count(*) FROM statuses")).isZero();
    }
}
