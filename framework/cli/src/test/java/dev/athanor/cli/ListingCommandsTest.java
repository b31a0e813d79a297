package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** History with ranges and drawn, branches, and whether a database is at the heads. */
@AthanorPostgres
class ListingCommandsTest {
    private Cli cli;

    @BeforeEach
    void graph(@TempDir Path folder) {
        cli = new Cli(folder);
        revision("root", "", "");
        revision("t1", "root", "labels tickets");
        revision("t2", "t1", "");
        revision("r1", "root", "labels reporting");
        revision("r2", "r1", "depends-on t1");
        revision("merged", "t2, r2", "");
        revision("t3", "t1", "");
    }

    private void revision(String id, String revises, String more) {
        cli.file(
                "migrations/" + id + ".sql",
                "-- athanor:revision " + id + "\n-- athanor:revises " + revises + "\n"
                        + (more.isEmpty() ? "" : "-- athanor:" + more + "\n") + "-- athanor:message about " + id
                        + "\n");
    }

    private List<String> ids(String list, String... command) {
        JsonNode json = cli.json(command).endsWith(0).json();
        List<String> ids = new ArrayList<>();
        json.path(list).forEach(entry -> ids.add(entry.path("id").stringValue()));
        return ids;
    }

    @Test
    void historyTakesRanges() {
        assertThat(ids("revisions", "history", "-r", "t1:merged")).containsExactly("merged", "t2", "t1");
        assertThat(ids("revisions", "history", "-r", ":r1")).containsExactly("r1", "root");
        assertThat(ids("revisions", "history", "--range", "t3:")).containsExactly("t3");
        assertThat(ids("revisions", "history", "-r", "r1:+1")).containsExactly("r2", "r1");
        cli.json("history", "-r", "-3:").endsWith(9).refusal().is("ambiguous_relative");
        cli.json("history", "-r", "t1").endsWith(9).refusal().is("bad_range");
        cli.json("history", "-r", "t3:r1").endsWith(9).refusal().is("not_an_ancestor");
        cli.json("history", "-r", "current:").endsWith(2).refusal().is("no_database");
    }

    @Test
    void historyDrawsTheBranches() {
        assertThat(cli.run("history", "--graph").endsWith(0).out()).isEqualToNormalizingNewlines("""
                *  t3 (head), about t3
                | *  merged (head) (mergepoint), about merged
                | |\\
                | * |  t2, about t2
                |/ /
                | *  r2 (depends on t1), about r2
                * |  t1 (branchpoint) (labels: tickets), about t1
                | *  r1 (labels: reporting), about r1
                |/
                *  root (branchpoint), about root
                """);
        assertThat(cli.run("history", "--graph", "--verbose", "-r", "r1:r2")
                        .endsWith(0)
                        .out())
                .contains("*  Revision: r2", "|  Depends on: t1", "*  Revision: r1");
    }

    @Test
    void headsMayLeaveOutWhatOthersDependOn() {
        revision("alone", "", "");
        revision("needs", "", "depends-on alone");
        assertThat(ids("heads", "heads")).containsExactlyInAnyOrder("merged", "t3", "alone", "needs");
        assertThat(ids("heads", "heads", "--resolve-dependencies")).containsExactlyInAnyOrder("merged", "t3", "needs");
        assertThat(cli.run("heads", "--resolve-dependencies").endsWith(0).out())
                .contains("needs (head)")
                .doesNotContain("-> alone");
    }

    @Test
    void showTakesWhatIsNamedByOthers() {
        assertThat(ids("revisions", "show", "heads")).containsExactlyInAnyOrder("merged", "t3");
        assertThat(ids("revisions", "show", "reporting@base")).isEmpty();
        cli.json("show", "r2-1").endsWith(9).refusal().is("unknown_revision");
        cli.json("show", "current").endsWith(2).refusal().is("no_database");
    }

    @Test
    void branchesNameWhereTheyLead() {
        assertThat(ids("branches", "branches")).containsExactly("t1", "root");
        assertThat(cli.json("branches").json().path("branches").get(0).path("into"))
                .hasToString("[\"t2\",\"t3\"]");
        assertThat(cli.run("branches").endsWith(0).out())
                .contains("root -> t1 (branchpoint)", "    -> t3 (head), about t3");
    }

    @Test
    void currentTellsWhetherTheDatabaseIsAtTheHeads(TestDatabase database) {
        cli.with("ATHANOR_URL", database.url());
        cli.json("current", "--check-heads")
                .endsWith(9)
                .refusal()
                .is("not_at_heads")
                .advises("athanor upgrade");
        cli.run("upgrade", "tickets@t3").endsWith(0);
        assertThat(ids("revisions", "history", "-r", "current:")).contains("t3");
        assertThat(ids("revisions", "show", "current")).containsExactly("t3");
        JsonNode marked =
                cli.json("history", "--indicate-current", "-r", ":t3").json().path("revisions");
        assertThat(marked.get(0).path("current").booleanValue()).isTrue();
        assertThat(marked.get(1).path("current").booleanValue()).isFalse();
        cli.json("current", "--check-heads").endsWith(9).refusal().says("merged");
        cli.run("upgrade", "heads").endsWith(0);
        assertThat(cli.run("current", "--check-heads").endsWith(0).out())
                .isEqualToNormalizingNewlines("merged, about merged\nt3, about t3\n");
    }

    /** As Alembic shows it: every branch has its head, though what is depended on is no row. */
    @Test
    void currentTellsTheHeadsOfAllBranches(TestDatabase database) {
        cli.with("ATHANOR_URL", database.url());
        revision("alone", "", "");
        revision("needs", "", "depends-on alone");
        cli.run("stamp", "needs", "--purge").endsWith(0);
        JsonNode json = cli.json("current").endsWith(0).json();
        assertThat(json.path("heads")).hasToString("[\"needs\"]");
        assertThat(ids("revisions", "current")).containsExactlyInAnyOrder("alone", "needs");
        assertThat(cli.run("current").endsWith(0).out())
                .isEqualToNormalizingNewlines("needs, about needs\nalone (depended on by what is applied)\n");
        cli.file("migrations/needs.sql", "-- athanor:revision other\n");
        cli.json("history", "-r", "current:")
                .endsWith(9)
                .refusal()
                .is("unknown_revision")
                .says("needs");
        assertThat(cli.run("current").endsWith(0).out()).contains("needs (in no file)");
        cli.run("stamp", "base", "--purge").endsWith(0);
    }
}
