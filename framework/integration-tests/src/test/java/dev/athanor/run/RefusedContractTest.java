package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.catalog.SchemaPicture;
import dev.athanor.revision.Phase;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.SchemaAssert;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A contract that is refused has changed nothing, and a downgrade from there loses nothing; nor does one that is refused. */
@AthanorPostgres
class RefusedContractTest {
    private final TestDatabase server;
    private final Jdbc sql;
    private Migrations migrations;

    RefusedContractTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute(
                "DROP SCHEMA IF EXISTS athanor CASCADE; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
        sql.execute("""
                CREATE TABLE customers (id int PRIMARY KEY);
                CREATE TABLE tickets (id int PRIMARY KEY, a int, c text, note text,
                  customer int CONSTRAINT to_customer REFERENCES customers);
                CREATE TABLE notes (ticket int PRIMARY KEY);
                INSERT INTO customers SELECT n FROM generate_series(1, 20) n;
                INSERT INTO tickets SELECT n, n, 'c' || n, 'note ' || n, n FROM generate_series(1, 20) n;
                INSERT INTO notes SELECT n FROM generate_series(1, 20) n;
                """);
        migrations = new Migrations(folder, server);
    }

    private void operations(String directives) {
        migrations.with(
                "1",
                "-- athanor:revision one\n" + directives.indent(0).replaceAll("(?m)^\\+ ", "-- athanor:operation "));
    }

    private void expanded() {
        migrations.upgrade("heads", Phase.EXPAND);
        migrations.upgrade("heads", Phase.BACKFILL);
    }

    private void isRefused(String message) {
        SchemaPicture before = SchemaAssert.schemaOf(server);
        assertThatThrownBy(() -> migrations.upgrade("heads", Phase.CONTRACT))
                .isInstanceOf(AthanorException.class)
                .hasMessageContaining(message);
        SchemaAssert.sameSchema("a refused contract has changed something", before, SchemaAssert.schemaOf(server));
    }

    private void isUndone(SchemaPicture before) {
        migrations.downgrade("base");
        SchemaAssert.sameSchema("after undo it is not what it was", before, SchemaAssert.schemaOf(server));
    }

    @Test
    void what_new_versions_write_behind_a_refused_move_is_kept() {
        SchemaPicture before = SchemaAssert.schemaOf(server);
        operations("+ move-column table=tickets column=note to-table=notes key=id to-key=ticket");
        expanded();
        sql.execute("CREATE VIEW looks AS SELECT note FROM tickets");
        isRefused("view looks");

        sql.execute(
                "UPDATE notes SET note = 'changed' WHERE ticket = 3; UPDATE notes SET note = NULL WHERE ticket = 4");
        sql.execute("DROP VIEW looks");
        isUndone(before);

        assertThat(sql.texts("SELECT coalesce(note, '-') FROM tickets WHERE id IN (2, 3, 4) ORDER BY id"))
                .containsExactly("note 2", "changed", "-");
    }

    @Test
    void of_two_renames_only_the_one_is_undone_that_was_done() {
        SchemaPicture before = SchemaAssert.schemaOf(server);
        operations("""
                + rename-column table=tickets from=a to=b
                + rename-column table=tickets from=c to=d
                """);
        expanded();
        sql.execute("CREATE MATERIALIZED VIEW counted AS SELECT d FROM tickets");
        assertThatThrownBy(() -> migrations.upgrade("heads", Phase.CONTRACT)).hasMessageContaining("counted");
        sql.execute("UPDATE tickets SET b = 99, d = 'new' WHERE id = 1; DROP MATERIALIZED VIEW counted");

        isUndone(before);

        assertThat(sql.text("SELECT a || c FROM tickets WHERE id = 1")).isEqualTo("99new");
    }

    @Test
    void keys_of_a_table_that_cannot_be_dropped_stay() {
        SchemaPicture before = SchemaAssert.schemaOf(server);
        operations("""
                + drop-table table=tickets
                id int PRIMARY KEY
                """);
        expanded();
        sql.execute("CREATE VIEW looks AS SELECT id FROM tickets; CREATE TABLE parts (ticket int REFERENCES tickets);"
                + " CREATE FUNCTION ids(t tickets) RETURNS int LANGUAGE sql AS 'SELECT t.id'");
        isRefused("view looks");
        isRefused("function ids(tickets)");
        isRefused("parts_ticket_fkey");
        sql.execute("DROP VIEW looks; DROP FUNCTION ids; DROP TABLE parts");

        isUndone(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            drop-unique table=parted name=parted_key columns=id ~ is partitioned
            drop-primary-key table=parted name=parted_key columns=id ~ is partitioned
            drop-check table=tickets name=small check="a < 100" ~ is not valid
            drop-foreign-key table=tickets name=to_note column=id references="notes(ticket)" ~ is not valid
            """)
    void what_undo_could_not_make_again_is_not_dropped(String operation, String message) {
        sql.execute("""
                CREATE TABLE parted (id int CONSTRAINT parted_key PRIMARY KEY) PARTITION BY RANGE (id);
                ALTER TABLE tickets ADD CONSTRAINT small CHECK (a < 100) NOT VALID;
                ALTER TABLE tickets ADD CONSTRAINT to_note FOREIGN KEY (id) REFERENCES notes NOT VALID;
                """);
        SchemaPicture before = SchemaAssert.schemaOf(server);
        operations("+ " + operation);

        assertThatThrownBy(() -> migrations.upgrade("heads")).hasMessageContaining(message);
        SchemaAssert.sameSchema("a refused operation has changed something", before, SchemaAssert.schemaOf(server));
        isUndone(before);
    }

    @Test
    void a_narrower_type_is_refused_before_anything_is_changed() {
        operations("+ change-type table=tickets column=a type=bigint was=integer");
        SchemaPicture before = SchemaAssert.schemaOf(server);
        migrations.upgrade("heads");
        SchemaPicture wide = SchemaAssert.schemaOf(server);
        sql.execute("UPDATE tickets SET a = 3000000000 + id WHERE id > 17");

        for (int run = 1; run <= 2; run++) {
            assertThatThrownBy(() -> migrations.downgrade("base"))
                    .isInstanceOf(AthanorException.class)
                    .hasMessageContaining("found 3 rows of \"tickets\" whose value does not go into integer")
                    .hasMessageContaining("athanor resume");
        }

        SchemaAssert.sameSchema("a refused downgrade has changed something", wide, SchemaAssert.schemaOf(server));
        assertThat(migrations.status().heads()).containsExactly("one");
        assertThat(migrations.upgrade("heads").phases()).isEmpty();
        sql.execute("INSERT INTO tickets (id, a) VALUES (100, 5000000000)");

        sql.execute("UPDATE tickets SET a = 1 WHERE a > 1000");
        migrations.resume();
        SchemaAssert.sameSchema("after undo it is not what it was", before, SchemaAssert.schemaOf(server));
    }

    @Test
    void a_key_that_has_grown_is_refused_before_what_refers_to_it_is_touched() {
        sql.execute("CREATE TABLE parts (ticket int CONSTRAINT to_ticket REFERENCES tickets ON UPDATE CASCADE)");
        operations("+ replace-primary-key table=tickets column=id type=bigint was=integer references=parts(ticket)");
        migrations.upgrade("heads");
        SchemaPicture wide = SchemaAssert.schemaOf(server);
        sql.execute("INSERT INTO tickets (id) VALUES (3000000000)");

        assertThatThrownBy(() -> migrations.downgrade("base"))
                .hasMessageContaining("found 1 row of \"tickets\" whose value does not go into integer");

        SchemaAssert.sameSchema("a refused downgrade has changed something", wide, SchemaAssert.schemaOf(server));
    }

    @Test
    void a_text_that_is_no_value_of_the_enum_is_refused() {
        sql.execute(
                "CREATE TYPE mood AS ENUM ('fine', 'sad'); ALTER TABLE tickets ADD COLUMN mood mood DEFAULT 'fine'");
        operations("+ enum-to-text table=tickets column=mood was=mood");
        migrations.upgrade("heads");
        sql.execute("UPDATE tickets SET mood = 'angry' WHERE id < 3");

        assertThatThrownBy(() -> migrations.downgrade("base")).hasMessageContaining("found 2 rows of \"tickets\"");

        sql.execute("UPDATE tickets SET mood = 'angry' WHERE id = 4");
    }
}
