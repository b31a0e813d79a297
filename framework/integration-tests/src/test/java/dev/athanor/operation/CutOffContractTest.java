package dev.athanor.operation;

import static dev.athanor.operation.Operations.changeType;
import static dev.athanor.operation.Replacements.extractTable;
import static dev.athanor.operation.Replacements.replacePrimaryKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.catalog.SchemaPicture;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.SchemaAssert;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A contract that was cut off behind any of its parts is taken back to exactly what was there. */
@AthanorPostgres
class CutOffContractTest {
    private static final String TABLES = """
            DROP TABLE IF EXISTS comments, tickets, queues;
            CREATE TABLE queues (id integer PRIMARY KEY);
            CREATE TABLE tickets (
              id serial PRIMARY KEY,
              queue integer DEFAULT 1 NOT NULL CONSTRAINT to_queue REFERENCES queues,
              parent integer CONSTRAINT to_parent REFERENCES tickets,
              CONSTRAINT small CHECK (queue < 100), CONSTRAINT apart UNIQUE (id, queue));
            CREATE INDEX by_queue ON tickets (queue) WHERE queue > 1;
            CREATE TABLE comments (ticket integer CONSTRAINT to_ticket REFERENCES tickets ON DELETE CASCADE);
            INSERT INTO queues SELECT generate_series(1, 9);
            INSERT INTO tickets (queue) SELECT n % 9 + 1 FROM generate_series(1, 50) n;
            INSERT INTO comments SELECT n FROM generate_series(1, 50) n;
            """;

    private final TestDatabase database;
    private final Jdbc sql;
    private final PartRunner runner;

    CutOffContractTest(TestDatabase database) {
        this.database = database;
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    private void isTakenBackFromEveryPlace(Operation operation) {
        sql.execute(TABLES);
        SchemaPicture before = SchemaAssert.schemaOf(database);
        List<Part> contract = operation.contract();
        for (int done = 0; done <= contract.size(); done++) {
            runner.run(operation.expand());
            runner.run(operation.backfill());
            runner.run(contract.subList(0, done));
            sql.execute("INSERT INTO tickets (queue) VALUES (3)");
            runner.run(operation.undoContract());
            runner.run(operation.undoExpand());
            SchemaAssert.sameSchema(
                    "cut off behind part " + done + " of contract", before, SchemaAssert.schemaOf(database));
        }
        assertThat(sql.number("SELECT count(*) FROM tickets WHERE queue IS NOT NULL"))
                .isEqualTo(50 + contract.size() + 1);
    }

    @Test
    void of_a_change_of_type() {
        isTakenBackFromEveryPlace(changeType("tickets", "queue", "bigint").was("integer"));
    }

    @Test
    void of_a_key_with_what_refers_to_it() {
        isTakenBackFromEveryPlace(replacePrimaryKey("tickets", "id", "bigint")
                .was("integer")
                .with("comments(ticket)")
                .with("tickets(parent)"));
    }

    @Test
    void of_columns_in_a_table_of_their_own() {
        sql.execute(
                "DROP TABLE IF EXISTS comments, tickets, customers; CREATE TABLE customers (id int PRIMARY KEY, street text"
                        + " NOT NULL DEFAULT 'none' CONSTRAINT some_street CHECK (street <> ''), city text);"
                        + "CREATE INDEX ON customers (city); INSERT INTO customers SELECT n, 's', n FROM generate_series(1, 50) n");
        Operation operation = extractTable("customers", List.of("street", "city"), "addresses", "id", "customer_id");
        SchemaPicture before = SchemaAssert.schemaOf(database);
        List<Part> contract = operation.contract();
        for (int done = 0; done <= contract.size(); done++) {
            runner.run(operation.expand());
            runner.run(operation.backfill());
            runner.run(contract.subList(0, done));
            sql.execute("UPDATE addresses SET city = 'done" + done + "' WHERE customer_id = " + (done + 1));
            runner.run(operation.undoContract());
            runner.run(operation.undoExpand());
            SchemaAssert.sameSchema(
                    "cut off behind part " + done + " of contract", before, SchemaAssert.schemaOf(database));
        }
        assertThat(sql.number("SELECT count(*) FROM customers WHERE city = 'done' || id - 1 AND street = 's'"))
                .isEqualTo(contract.size() + 1);
        sql.execute("DROP TABLE customers");
    }

    @Test
    void what_is_made_meanwhile_is_told_before_the_swap() {
        sql.execute(TABLES);
        Operation operation = changeType("tickets", "queue", "bigint").was("integer");
        List<Part> contract = operation.contract();
        runner.run(operation.expand());
        runner.run(operation.backfill());
        runner.run(contract.subList(0, contract.size() - 1));

        sql.execute("CREATE INDEX made_meanwhile ON tickets (queue)");

        assertThatThrownBy(() -> runner.run(contract.subList(contract.size() - 1, contract.size())))
                .hasMessageContaining("index made_meanwhile");
        runner.run(operation.undoContract());
        runner.run(operation.undoExpand());
    }
}
