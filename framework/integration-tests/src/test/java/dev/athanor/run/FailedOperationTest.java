package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.catalog.SchemaPicture;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.RowPicture;
import dev.athanor.testkit.SchemaAssert;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was there before an operation that has failed is there after the downgrade too, with its rows. */
@AthanorPostgres
class FailedOperationTest {
    private static final String STATE_SCHEMA = "athanor";

    private final TestDatabase server;
    private final Jdbc sql;
    private Migrations migrations;

    FailedOperationTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @BeforeEach
    void fresh(@TempDir Path folder) {
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE; DROP SCHEMA IF EXISTS v2 CASCADE;"
                + " DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
        sql.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, name text);
                CREATE TABLE tickets (
                  id int PRIMARY KEY, a int NOT NULL, b int DEFAULT 2, c text, note text,
                  CONSTRAINT taken CHECK (a > 0), CONSTRAINT one_a UNIQUE (a));
                CREATE TABLE notes (ticket int PRIMARY KEY, note text);
                CREATE INDEX taken_index ON customers (name);
                CREATE VIEW looks AS SELECT id FROM customers;
                CREATE TYPE mood AS ENUM ('fine', 'sad');
                CREATE SEQUENCE numbers START 7;
                CREATE FUNCTION same(n int) RETURNS int LANGUAGE sql AS 'SELECT n';
                CREATE FUNCTION as_it_is() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER guard BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION as_it_is();
                CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY, n int);
                CREATE SCHEMA v2;
                CREATE VIEW v2.tickets AS SELECT id FROM customers;
                COMMENT ON TABLE tickets IS 'ours';
                INSERT INTO customers SELECT n, 'n' || n FROM generate_series(1, 20) n;
                INSERT INTO tickets SELECT n, n, n, 'c' || n, 'of ' || n FROM generate_series(1, 20) n;
                INSERT INTO notes SELECT n, 'kept ' || n FROM generate_series(1, 20) n;
                """);
        migrations = new Migrations(folder, server);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            create-table table=tickets // id int PRIMARY KEY ~ already exists
            add-column table=tickets column=b type=int ~ already exists
            add-column table=tickets column=b type=int up="a + 1" not-null=true ~ already exists
            add-column table=tickets column=b type=int generated="a + 1" ~ already exists
            rename-column table=tickets from=a to=b ~ already exists
            rename-table table=tickets to=notes ~ already exists
            change-type table=tickets column=b to=c type=text was=int ~ already exists
            split-column table=tickets from=note to='c, d' type=text up=note up=note down="c" was=text ~ already exists
            merge-columns table=tickets from='c, note' to=b type=text up="c || note" down="b" down="b" was=text was=text ~ already exists
            move-column table=tickets column=note to-table=notes key=id to-key=ticket ~ already exists
            extract-table table=tickets columns=note into=notes key=id to-key=ticket ~ already exists
            set-default table=tickets column=b default=3 ~ has a default
            set-default table=tickets column=nobody default=3 was=2 ~ does not exist
            comment table=tickets comment="theirs" ~ is not the one that undo would bring back
            add-check table=tickets name=taken check="a > 1" ~ already exists
            add-foreign-key table=tickets name=taken column=b references="customers(id)" ~ already exists
            add-foreign-key table=tickets name=free column=b references="customers(id)" index=taken_index ~ already exists
            add-unique table=tickets name=taken columns=b ~ choose another name
            add-unique table=tickets name=one_a columns=b ~ choose another name
            add-unique table=tickets name=taken_index columns=b ~ choose another name
            add-primary-key table=notes name=notes_pkey columns=ticket ~ choose another name
            create-index table=tickets name=one_a columns=b ~ already exists
            create-index table=tickets name=taken_index columns=b ~ already exists
            add-identity table=numbered column=id ~ identity
            create-view name=looks // SELECT 1 AS one ~ already exists
            version-view table=tickets schema=v2 ~ already exists
            create-enum name=mood values="'other'" ~ already exists
            alter-enum name=mood add=sad after=fine ~ has this label already
            create-sequence name=numbers ~ already exists
            create-function signature="same(int)" // CREATE FUNCTION same(n int) RETURNS int LANGUAGE sql AS 'SELECT n + 1' ~ already exists
            create-trigger table=tickets name=guard // CREATE TRIGGER guard BEFORE UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION as_it_is() ~ already exists
            bulk-insert table=tickets columns=id,a key=id // (7, 100), (30, 30) ~ duplicate key
            set-not-null table=tickets column=a ~ is NOT NULL already
            set-not-null table=tickets column=a up="1" ~ is NOT NULL already
            drop-not-null table=tickets column=b down="5" ~ may be null already
            """)
    void what_is_there_already_stays(String operation, String refusal) {
        SchemaPicture before = SchemaAssert.schemaOf(server);
        RowPicture rows = RowPicture.of(sql, STATE_SCHEMA, Set.of());
        migrations.with("1", "-- athanor:revision one\n-- athanor:operation " + operation.replaceFirst(" // ", "\n"));

        for (int run = 1; run <= 2; run++) {
            assertThatThrownBy(() -> migrations.upgrade("heads"))
                    .isInstanceOf(AthanorException.class)
                    .hasMessageContaining(refusal);
        }
        migrations.downgrade("base");

        SchemaAssert.sameSchema("a downgrade has taken what was there", before, SchemaAssert.schemaOf(server));
        assertThat(rows.differences(rows.again())).isEmpty();
        assertThat(sql.number("SELECT count(*) FROM athanor.revision")).isZero();
    }

    @Test
    void what_the_operations_before_it_have_done_is_taken_back() {
        SchemaPicture before = SchemaAssert.schemaOf(server);
        migrations.with("1", """
                -- athanor:revision one
                -- athanor:operation add-column table=tickets column=e type=int
                -- athanor:operation add-column table=tickets column=b type=int
                -- athanor:operation add-column table=tickets column=f type=int
                """);
        assertThatThrownBy(() -> migrations.upgrade("heads")).isInstanceOf(AthanorException.class);

        RunResult result = migrations.downgrade("base");

        SchemaAssert.sameSchema("it is not what it was", before, SchemaAssert.schemaOf(server));
        assertThat(result.undone()).containsExactly("one");
        assertThat(result.notes())
                .filteredOn(note -> note.contains("nothing of what it takes back was done"))
                .singleElement()
                .asString()
                .contains("undo expand[0]", "undo expand[1]")
                .doesNotContain("undo expand[2]");
    }

    @Test
    void so_does_what_sections_by_hand_have_not_made() {
        SchemaPicture before = SchemaAssert.schemaOf(server);
        migrations.with("1", """
                -- athanor:revision one
                -- athanor:expand
                CREATE TABLE tickets (id int);
                -- athanor:undo expand
                DROP TABLE tickets;
                """);
        assertThatThrownBy(() -> migrations.upgrade("heads")).hasMessageContaining("already exists");

        migrations.downgrade("base");

        SchemaAssert.sameSchema("it is not what it was", before, SchemaAssert.schemaOf(server));
    }

    @Test
    void what_was_attempted_in_autocommit_is_taken_back() {
        migrations.with("1", """
                -- athanor:revision one
                -- athanor:expand transaction=none
                DO 'BEGIN CREATE TABLE half (id int); COMMIT; RAISE EXCEPTION ''here''; END';
                -- athanor:undo expand
                DROP TABLE IF EXISTS half;
                """);
        assertThatThrownBy(() -> migrations.upgrade("heads")).hasMessageContaining("here");

        migrations.downgrade("base");

        assertThat(sql.text("SELECT to_regclass('half')")).isNull();
    }

    @Test
    void a_half_done_downgrade_goes_on_with_what_was_done() {
        SchemaPicture before = SchemaAssert.schemaOf(server);
        migrations.with("1", """
                -- athanor:revision one
                -- athanor:operation add-column table=tickets column=e type=int
                -- athanor:operation add-column table=tickets column=f type=int
                -- athanor:operation add-column table=tickets column=b type=int
                """);
        assertThatThrownBy(() -> migrations.upgrade("heads")).isInstanceOf(AthanorException.class);
        sql.execute("CREATE VIEW stands_on_it AS SELECT e FROM tickets");
        assertThatThrownBy(() -> migrations.downgrade("base")).hasMessageContaining("undo expand[2]");
        sql.execute("DROP VIEW stands_on_it");

        migrations.resume();

        SchemaAssert.sameSchema("it is not what it was", before, SchemaAssert.schemaOf(server));
    }
}
