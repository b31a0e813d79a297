package dev.athanor.operation;

import static dev.athanor.operation.Operations.changeType;
import static dev.athanor.operation.Operations.column;
import static dev.athanor.operation.Operations.renameColumn;
import static dev.athanor.operation.Replacements.mergeColumns;
import static dev.athanor.operation.Replacements.splitColumn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application's triggers must see what is written under either name; those that cannot are named in expand. */
@AthanorPostgres
class RowTriggersTest {
    private static final String NAME = "\"tick\"\"ets; drop\"";

    private final Jdbc sql;
    private final PartRunner runner;

    RowTriggersTest(TestDatabase database) {
        this.sql = database.jdbc();
        this.runner = new PartRunner(sql);
    }

    @BeforeEach
    void fresh() {
        sql.execute("CREATE TABLE " + NAME + " (id int PRIMARY KEY, status text, \"sta\"\"tus$\" text, closed text)");
    }

    @AfterEach
    void drop() {
        sql.execute("DROP TABLE " + NAME + " CASCADE; DO $$ DECLARE f regprocedure; BEGIN"
                + " FOR f IN SELECT oid FROM pg_proc WHERE proname ~ '^(athanor_|looks$)' LOOP"
                + " EXECUTE 'DROP FUNCTION ' || f; END LOOP; END $$");
    }

    private void trigger(String when, String body) {
        sql.execute(
                "CREATE FUNCTION looks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + " RETURN NEW; END $$;"
                        + "CREATE TRIGGER watch " + when.replace("{t}", NAME) + " EXECUTE FUNCTION looks()");
    }

    private void isRefused(Operation operation) {
        assertThatThrownBy(() -> runner.run(operation.expand())).hasMessageContaining("trigger watch on");
        assertThat(sql.number("SELECT count(*) FROM pg_attribute WHERE attrelid = '" + NAME
                        + "'::regclass AND attnum > 0 AND NOT attisdropped"))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            AFTER UPDATE OF status ON {t} FOR EACH ROW | NULL;
            BEFORE INSERT OR UPDATE OF closed, status ON {t} | NULL;
            BEFORE UPDATE ON {t} FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) | NULL;
            BEFORE UPDATE ON {t} FOR EACH ROW | IF NEW.status = 'closed' THEN NEW.closed := 'yes'; END IF;
            AFTER UPDATE ON {t} FOR EACH ROW | PERFORM old . "status";
            AFTER UPDATE ON {t} FOR EACH ROW | PERFORM NEW.Status, NEW.state_of_affairs;
            """)
    void one_that_looks_at_the_column_alone_is_refused(String when, String body) {
        trigger(when, body);

        isRefused(renameColumn(NAME, "status", "state"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            AFTER UPDATE OF closed ON {t} FOR EACH ROW | NULL;
            AFTER UPDATE ON {t} FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) | NULL;
            BEFORE UPDATE ON {t} FOR EACH ROW | NEW.closed := coalesce(to_jsonb(NEW) ->> 'state', to_jsonb(NEW) ->> 'status');
            BEFORE UPDATE ON {t} FOR EACH ROW | PERFORM status FROM pg_stat_wal_receiver;
            BEFORE UPDATE ON {t} FOR EACH ROW | BEGIN NEW.closed := NEW.state; EXCEPTION WHEN undefined_column THEN NEW.closed := NEW.status; END;
            AFTER UPDATE ON {t} FOR EACH ROW | PERFORM renew.status FROM (SELECT 1 AS status) AS renew;
            AFTER UPDATE ON {t} FOR EACH ROW | PERFORM NEW.id FROM (SELECT 1 AS status_code) AS x;
            """)
    void one_that_knows_both_or_none_stands_in_nobodys_way(String when, String body) {
        trigger(when, body);
        Operation rename = renameColumn(NAME, "status", "state");

        runner.run(rename.expand());
        sql.execute(
                "INSERT INTO " + NAME + " (id, state) VALUES (1, 'open'); UPDATE " + NAME + " SET state = 'closed'");
        assertThat(sql.text("SELECT status FROM " + NAME)).isEqualTo("closed");
    }

    @Test
    void one_that_is_switched_off_does_not_count() {
        trigger("BEFORE UPDATE ON {t} FOR EACH ROW", "NEW.closed := NEW.status;");
        sql.execute("ALTER TABLE " + NAME + " DISABLE TRIGGER watch");

        runner.run(renameColumn(NAME, "status", "state").expand());
    }

    @Test
    void names_of_all_sorts_are_found() {
        trigger("BEFORE UPDATE ON {t} FOR EACH ROW", "NEW.closed := NEW.\"sta\"\"tus$\";");

        isRefused(renameColumn(NAME, "\"sta\"\"tus$\"", "state"));
    }

    @Test
    void it_is_asked_wherever_there_are_two_shapes() {
        trigger("BEFORE UPDATE ON {t} FOR EACH ROW", "NEW.closed := NEW.status;");

        isRefused(changeType(NAME, "status", "varchar").to("state").was("text"));
        isRefused(splitColumn(NAME, "status", "text", new LinkedHashMap<>(Map.of("f", "status", "g", "status")), "f"));
        isRefused(mergeColumns(
                NAME,
                new LinkedHashMap<>(Map.of("status", "f", "\"sta\"\"tus$\"", "f")),
                column("f", "text"),
                "status"));
        for (Part part :
                List.copyOf(changeType(NAME, "status", "varchar").was("text").expand())) {
            runner.run(List.of(part));
        }
    }
}
