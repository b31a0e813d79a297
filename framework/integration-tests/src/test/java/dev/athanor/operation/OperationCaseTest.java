package dev.athanor.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.testkit.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the harness sees what is wrong, and says where. */
class OperationCaseTest {
    private static final String RIGHT = """
            -- case:table t tickets
            -- case:name c done
            -- case:setup
            CREATE TABLE {{t}} (id int PRIMARY KEY);
            INSERT INTO {{t}} VALUES (1);
            -- case:operation
            -- athanor:expand
            ALTER TABLE {{t}} ADD COLUMN {{c}} boolean;
            -- athanor:contract
            ALTER TABLE {{t}} ALTER COLUMN {{c}} SET DEFAULT false;
            -- athanor:undo contract
            ALTER TABLE {{t}} ALTER COLUMN {{c}} DROP DEFAULT;
            -- athanor:undo expand
            ALTER TABLE {{t}} DROP COLUMN {{c}};
            -- case:old-writer expand
            INSERT INTO {{t}} VALUES (2);
            -- case:check undo
            SELECT id FROM {{t}}
             ORDER BY id;
            -- = 1
            -- = 2
            -- case:fresh
            CREATE TABLE {{t}} (id int PRIMARY KEY, {{c}} boolean DEFAULT false);
            """;

    @TempDir
    private Path folder;

    private void run(String text) {
        OperationCase one = CaseReader.read("sql/test", text);
        try (CaseLab lab = new CaseLab(folder)) {
            lab.run(one, CaseNames.plain(one), TestServers.majors().get(0));
        }
    }

    private void isFound(String part, String wrong, String... message) {
        assertThat(RIGHT).contains(part);
        assertThatThrownBy(() -> run(RIGHT.replace(part, wrong)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void rightCasePasses() {
        run(RIGHT);
    }

    @Test
    void whatUndoForgetsIsFound() {
        isFound("SET DEFAULT false", "SET DEFAULT true", "after contract it is not that of a table made fresh", "done");
        isFound(
                "DROP DEFAULT;",
                "DROP DEFAULT; GRANT SELECT (id) ON {{t}} TO PUBLIC;",
                "after undo of everything",
                "tickets.id");
        isFound(
                "ADD COLUMN {{c}} boolean;",
                "ADD COLUMN {{c}} boolean; CREATE INDEX i ON {{t}} (id);",
                "after undo of expand it is not what it was before",
                "index public.i added");
        isFound("DROP COLUMN {{c}};", "DROP COLUMN {{c}}; DELETE FROM {{t}};", "rows after undo of expand");
    }

    @Test
    void wrongRowsAndStatementsAreFound() {
        isFound("-- = 2", "-- = 3", "line 17, check undo: SELECT id");
        isFound("VALUES (2)", "VALUES (1)", "line 15, old-writer expand: ", "23505");
        isFound("old-writer expand", "refused expand 23505", "line 15, refused expand 23505: ");
        isFound("-- case:fresh", "-- case:irreversible\n-- case:fresh", "Expecting code to raise a throwable");
    }

    @Test
    void faultsOfFilesAreToldWithTheirLines() {
        isFound("-- case:old-writer expand", "-- case:old-writer contract", "Case sql/test, line 15", "expected old");
        isFound("-- case:old-writer expand", "-- case:writer", "line 15: unknown section 'writer'");
        isFound("-- case:fresh", "", "no section fresh");
        isFound("{{c}} boolean DEFAULT", "{{d}} boolean DEFAULT", "no name 'd'; there are [t, t.name,");
    }

    @Test
    void namesArePutWhereTheyBelong() {
        OperationCase one = CaseReader.read("sql/test", RIGHT);
        CaseNames hostile = CaseNames.hostile(one);
        String name = hostile.in("{{c}}").strip();
        assertThat(name).startsWith("\"").endsWith("\"");
        assertThat(hostile.in("{{t}}")).startsWith("\"Other \"\"schema\"\"; -- '\".\"");
        assertThat(hostile.inRevision("-- athanor:operation x a={{c}} b=\"f({{c}})\""))
                .isEqualToIgnoringNewLines(
                        "-- athanor:operation x a=" + name + " b=\"f(" + name.replace("\"", "\"\"") + ")\"");
        assertThat(CaseNames.plain(one).in("{{t}} {{t.name}} {{t.text}} {{t.literal}} {{t.regclass}}"))
                .isEqualToIgnoringNewLines("tickets tickets tickets 'tickets' 'tickets'::regclass");
    }
}
