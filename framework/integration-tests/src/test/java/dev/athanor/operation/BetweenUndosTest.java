package dev.athanor.operation;

import static dev.athanor.operation.Replacements.moveColumn;
import static dev.athanor.operation.Replacements.splitColumn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.catalog.SchemaPicture;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.SchemaAssert;
import dev.athanor.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written while contract or its undo stands still for a while, behind any of their parts, is not lost. */
@AthanorPostgres
class BetweenUndosTest {
    private final TestDatabase database;
    private final Jdbc sql;
    private final PartRunner runner;

    BetweenUndosTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void fresh() {
        sql.execute("""
                DROP TABLE IF EXISTS people, tickets, notes;
                CREATE TABLE people (id int PRIMARY KEY, name text);
                INSERT INTO people SELECT n, 'Ann Lee' FROM generate_series(1, 30) n;
                CREATE TABLE tickets (id int PRIMARY KEY, note text, customer int);
                CREATE TABLE notes (ticket int PRIMARY KEY);
                INSERT INTO tickets SELECT n, 'note ' || n, n FROM generate_series(1, 30) n;
                INSERT INTO notes SELECT n FROM generate_series(1, 30) n;
                """);
    }

    @Test
    void both_shapes_of_a_split_column_live_until_its_expand_is_undone() {
        SchemaPicture before = SchemaAssert.schemaOf(database);
        LinkedHashMap<String, String> up = new LinkedHashMap<>();
        up.put("first", "split_part(name, ' ', 1)");
        up.put("last", "split_part(name, ' ', 2)");
        Operation split = splitColumn("people", "name", "text", up, "first || ' ' || last")
                .was("text");
        runner.run(split.expand());
        runner.run(split.backfill());
        runner.run(split.contract());
        runner.run(split.undoContract());

        sql.execute("UPDATE people SET first = 'Gia' WHERE id = 1");
        sql.execute("UPDATE people SET name = 'Bob Ray' WHERE id = 2");
        sql.execute("INSERT INTO people (id, first, last) VALUES (40, 'Eve', 'Fox')");
        assertThat(sql.text("SELECT last FROM people WHERE id = 2")).isEqualTo("Ray");
        runner.run(split.undoExpand());

        assertThat(sql.texts("SELECT name FROM people WHERE id IN (1, 2, 3, 40) ORDER BY id"))
                .containsExactly("Gia Lee", "Bob Ray", "Ann Lee", "Eve Fox");
        SchemaAssert.sameSchema("it is not what it was", before, SchemaAssert.schemaOf(database));
    }

    @Test
    void new_versions_write_behind_every_part_of_the_contract_of_a_move() {
        SchemaPicture before = SchemaAssert.schemaOf(database);
        Operation move = moveColumn("tickets", "note", "notes", "id", "ticket");
        List<Part> contract = move.contract();
        for (int done = 0; done <= contract.size(); done++) {
            runner.run(move.expand());
            runner.run(move.backfill());
            runner.run(contract.subList(0, done));
            String written = "behind " + done;
            sql.execute("UPDATE notes SET note = '" + written + "' WHERE ticket = 7;"
                    + " UPDATE notes SET note = NULL WHERE ticket = 8");
            runner.run(move.undoContract());
            runner.run(move.undoExpand());
            assertThat(sql.texts("SELECT coalesce(note, '-') FROM tickets WHERE id IN (7, 8, 9) ORDER BY id"))
                    .containsExactly(written, "-", "note 9");
            SchemaAssert.sameSchema("cut off behind part " + done, before, SchemaAssert.schemaOf(database));
        }
    }

    @Test
    void a_table_whose_drop_was_cut_off_has_its_keys_again() {
        sql.execute("""
                DROP TABLE IF EXISTS customers;
                CREATE TABLE customers (id int PRIMARY KEY);
                INSERT INTO customers SELECT n FROM generate_series(1, 30) n;
                ALTER TABLE tickets ADD CONSTRAINT to_customer FOREIGN KEY (customer) REFERENCES customers ON DELETE CASCADE;
                ALTER TABLE tickets ADD CONSTRAINT to_itself FOREIGN KEY (id) REFERENCES tickets NOT VALID;
                """);
        SchemaPicture before = SchemaAssert.schemaOf(database);
        Operation drop = Operations.dropTable("tickets", "id int PRIMARY KEY, note text, customer int");
        List<Part> contract = drop.contract();
        for (int done = 0; done < contract.size(); done++) {
            runner.run(contract.subList(0, done));
            runner.run(drop.undoContract());
            SchemaAssert.sameSchema("cut off behind part " + done, before, SchemaAssert.schemaOf(database));
        }
        assertThat(sql.number("SELECT count(*) FROM tickets")).isEqualTo(30);
        runner.run(contract);
        runner.run(drop.undoContract());
        assertThat(sql.number("SELECT count(*) FROM tickets")).isZero();
        assertThat(sql.number("SELECT count(*) FROM pg_proc WHERE proname LIKE 'athanor%'"))
                .isZero();
        sql.execute("DROP TABLE tickets, customers");
    }

    @Test
    void an_index_that_was_not_dropped_after_all_stays() {
        sql.execute("CREATE INDEX by_note ON tickets (lower(note)) WHERE id > 3");
        SchemaPicture before = SchemaAssert.schemaOf(database);
        Operation drop = Constraints.dropIndex(
                Constraints.createIndexOn("tickets", "by_note", "lower(note)").where("id > 3"));

        runner.run(drop.undoContract());
        SchemaAssert.sameSchema("it is not what it was", before, SchemaAssert.schemaOf(database));

        runner.run(drop.contract());
        runner.run(drop.undoContract());
        SchemaAssert.sameSchema("it is not made again", before, SchemaAssert.schemaOf(database));
    }
}
