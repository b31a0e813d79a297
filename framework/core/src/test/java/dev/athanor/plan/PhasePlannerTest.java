package dev.athanor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.RevisionFolder;
import dev.athanor.sql.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhasePlannerTest {
    private static final String WHOLE = """
            -- athanor:revision data002
            -- athanor:expand lock-timeout=2s
            ALTER TABLE ${schema}.tickets ADD COLUMN n integer; -- ${nothing}
            COMMENT ON COLUMN ${schema}.tickets.n IS 'costs $${x}; not much';
            -- athanor:expand
            SELECT 1;
            -- athanor:backfill table=support.tickets key=id workers=3
            /* why; */
            UPDATE ${schema}.tickets t SET n = 1, note = '$${chunk}'
             WHERE ${chunk:t} AND n IS NULL; -- done
            -- athanor:verify
            SELECT count(*) FROM ${schema}.tickets WHERE n IS NULL;
            -- athanor:undo expand
            ALTER TABLE ${other}.tickets DROP COLUMN n;
            """;

    @TempDir
    private Path folder;

    private List<RevisionDefinition> read(String... files) throws IOException {
        for (int i = 0; i < files.length; i++) {
            Files.writeString(folder.resolve(i + ".sql"), files[i]);
        }
        return RevisionFolder.read(List.of(folder)).definitions();
    }

    private static String backfill(String options, String sql) {
        return "-- athanor:revision x\n-- athanor:backfill table=tickets " + options + "\n" + sql;
    }

    @Test
    void plansEveryPhaseOfEachRevision() throws IOException {
        List<RevisionDefinition> revisions = read(WHOLE, "-- athanor:revision data003\n");
        List<PhasePlan> plans = new PhasePlanner(Map.of("schema", "support")).plan(revisions);
        assertThat(plans)
                .extracting(plan -> plan.revision() + " " + plan.phase().key() + " "
                        + plan.steps().size())
                .containsExactly(
                        "data002 expand 2",
                        "data002 backfill 2",
                        "data002 contract 0",
                        "data003 expand 0",
                        "data003 backfill 0",
                        "data003 contract 0");
        assertThat(plans.get(0).checksum()).isEqualTo(revisions.get(0).checksum());
    }

    @Test
    void makesSchemaSteps() throws IOException {
        RevisionDefinition revision = read(WHOLE).get(0);
        List<Step> steps = new PhasePlanner(Map.of("schema", "support"))
                .plan(revision, Phase.EXPAND)
                .steps();
        assertThat(steps).extracting(Step::name).containsExactly("expand[0]", "expand[1]");
        assertThat(steps.get(0)).isInstanceOfSatisfying(Step.SchemaStep.class, step -> {
            assertThat(step.origin()).isEqualTo(folder.resolve("0.sql") + ":2");
            assertThat(step.statements())
                    .containsExactly(
                            "ALTER TABLE support.tickets ADD COLUMN n integer",
                            "COMMENT ON COLUMN support.tickets.n IS 'costs ${x}; not much'");
        });
    }

    @Test
    void makesBackfillAndVerifySteps() throws IOException {
        RevisionDefinition revision = read(WHOLE).get(0);
        List<Step> steps = new PhasePlanner(Map.of("schema", "support"))
                .plan(revision, Phase.BACKFILL)
                .steps();
        assertThat(steps).extracting(Step::ordinal).containsExactly(2, 3);
        assertThat(steps.get(0)).isInstanceOfSatisfying(Step.BackfillStep.class, step -> {
            assertThat(step.name()).isEqualTo("backfill-1");
            assertThat(step.table()).isEqualTo(new QualifiedName("support", "tickets"));
            assertThat(step.key()).containsExactly("id");
            assertThat(step.options().workers()).isEqualTo(3);
            assertThat(step.template().alias()).isEqualTo("t");
            assertThat(step.template().with("TRUE"))
                    .isEqualTo("UPDATE support.tickets t SET n = 1, note = '${chunk}'\n WHERE TRUE AND n IS NULL");
        });
        assertThat(steps.get(1))
                .isEqualTo(new Step.VerifyStep(
                        "data002",
                        3,
                        "verify-1",
                        folder.resolve("0.sql") + ":11",
                        "SELECT count(*) FROM support.tickets WHERE n IS NULL"));
    }

    @Test
    void namesEveryUnsetPlaceholderOfEveryRevision() throws IOException {
        List<RevisionDefinition> revisions =
                read(WHOLE, "-- athanor:revision b\n-- athanor:contract\nSELECT 1;\nSELECT '${a}';\n");
        UnsetPlaceholdersException e = catchThrowableOfType(
                UnsetPlaceholdersException.class, () -> new PhasePlanner(Map.of()).plan(revisions));
        String first = folder.resolve("0.sql").toString();
        assertThat(e.unset())
                .extracting(Object::toString)
                .containsExactly(
                        first + ":3: ${schema}",
                        first + ":4: ${schema}",
                        first + ":9: ${schema}",
                        first + ":12: ${schema}",
                        folder.resolve("1.sql") + ":4: ${a}");
        assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
        assertThat(e.code()).isEqualTo("unset_placeholder");
        assertThat(e.hint()).contains("--set schema=value --set a=value");
        assertThat(e).hasMessageContaining("0.sql:12: ${schema}");
    }

    @Test
    void refusesABackfillThatSetsTheKeyItNames() throws IOException {
        List<RevisionDefinition> revisions =
                read(backfill("key=tenant,id", "UPDATE public.tickets SET (a, \"id\") = (1, 2) WHERE ${chunk}"));
        assertThatExceptionOfType(KeyChangeRefusedException.class)
                .isThrownBy(() -> new PhasePlanner(Map.of()).plan(revisions))
                .withMessageContaining("0.sql:2: backfill 'backfill-1' sets id, by which it walks its table")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.REFUSED))
                .satisfies(e -> assertThat(e.code()).isEqualTo("changes_its_key"))
                .satisfies(e -> assertThat(e.refusals().get(0).columns()).containsExactly("id"));
    }

    @Test
    void undoSectionsKnowWhatTheyTakeBack() throws IOException {
        List<UndoPlan> plans = new PhasePlanner(Map.of()).undo(read("""
                -- athanor:revision x
                -- athanor:operation add-column table=t column=a type=int
                -- athanor:expand
                SELECT 1;
                -- athanor:operation set-default table=t column=b default=1
                -- athanor:operation drop-unique table=t name=u columns=a
                -- athanor:operation version-view table=t schema=v columns=a
                -- athanor:undo expand
                SELECT -1;
                -- athanor:undo contract
                SELECT -2;
                """));

        // 0 add-column, 1 by hand, 2 and 3 set-default: a question and the change, 4 and 5 drop-unique, the rest
        // version-view
        UndoPlan contract = plans.get(0);
        assertThat(contract.doing()).containsExactly(5);
        assertThat(contract.undo())
                .extracting(undo -> undo.undoes().toString())
                .startsWith("[7]", "[7]")
                .contains("[5]")
                .endsWith("[1]");
        UndoPlan expand = plans.get(2);
        assertThat(expand.doing()).containsExactly(0, 1, 3, 7);
        assertThat(expand.of(Set.of(3)).undo())
                .singleElement()
                .satisfies(undo -> assertThat(undo.step().statements().get(0)).contains("DROP DEFAULT"));
        assertThat(expand.of(Set.of(1)).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.statements()).containsExactly("SELECT -1"));
        assertThat(expand.of(Set.of(2)).undo()).isEmpty();
    }

    @Test
    void keyOfAnotherTableMayChange() throws IOException {
        List<RevisionDefinition> revisions =
                read(backfill("key=id", "UPDATE other SET id = 2 FROM tickets WHERE ${chunk:tickets}"));
        assertThat(new PhasePlanner(Map.of()).plan(revisions)).hasSize(3);
    }

    @Test
    void aValueCannotBreakAStatementApart() throws IOException {
        List<RevisionDefinition> revisions = read(backfill("", "DELETE FROM tickets WHERE ${chunk} AND a = ${a}"));
        for (String value : List.of("1; DROP TABLE x", "'", "(")) {
            assertThatExceptionOfType(AthanorException.class)
                    .isThrownBy(() -> new PhasePlanner(Map.of("a", value)).plan(revisions))
                    .withMessageContaining("0.sql:2: with the values of its placeholders in place, found")
                    .satisfies(e -> assertThat(e.code()).isEqualTo("invalid_sql"));
        }
        assertThat(new PhasePlanner(Map.of("a", "${chunk}")).plan(revisions)).hasSize(3);
    }
}
