package dev.athanor.source;

import static dev.athanor.migration.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import dev.athanor.revision.Phase;
import dev.athanor.sql.QualifiedName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MigrationReaderTest {
    private static final String NAME = MigrationReaderTest.class.getName() + "$";

    /** The same as {@link Whole}. */
    private static final String FILE = """
            -- athanor:revision whole
            -- athanor:revises a, b
            -- athanor:depends-on c
            -- athanor:labels desk,night
            -- athanor:message all there is
            -- athanor:created 2025-01-15T14:00:00+01:00
            -- athanor:after contract
            -- athanor:irreversible it drops notes, for good
            -- athanor:expand lock-timeout=2s statement-timeout=5m retries=7
            ALTER TABLE tickets ADD COLUMN n integer;
            -- athanor:allow LK1 small table
            ALTER TABLE tickets ADD COLUMN m integer;
            -- athanor:expand transaction=none
            CREATE INDEX CONCURRENTLY ix ON tickets (n);
            -- athanor:backfill name=fill table='support."tick""ets; drop"' key=tenant,"Id" where='n IS NULL AND s = ''a b''' chunk-size=500 target-chunk-time=250ms max-rows-per-second=1000 workers=4 lock-timeout=1s statement-timeout=1m retries=3
            UPDATE tickets t SET n = 1 WHERE ${chunk:t} AND n IS NULL
            -- athanor:backfill table=tickets
            DELETE FROM tickets WHERE ${chunk};
            -- athanor:verify
            SELECT count(*) FROM tickets;
            -- athanor:verify name=none-left
            SELECT count(*) FROM ${other};
            -- athanor:contract
            DROP TABLE ${old};
            -- athanor:undo contract transaction=none
            SELECT 1;
            -- athanor:undo backfill
            SELECT 2
            -- athanor:undo expand
            SELECT 3
            """;

    @Revision(
            id = "whole",
            revises = {"a", "b"},
            dependsOn = "c",
            labels = {"desk", "night"},
            message = " all there is",
            created = "2025-01-15T13:00:00Z",
            afterContract = true,
            irreversible = "it drops notes, for good")
    public static final class Whole implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.expand(sql("""
                    ALTER TABLE tickets ADD COLUMN n integer;
                    -- athanor:allow LK1 small table
                    ALTER TABLE tickets ADD COLUMN m integer""")
                    .lockTimeout(Duration.ofSeconds(2))
                    .statementTimeout(Duration.ofMinutes(5))
                    .retries(7));
            migration.expand(sql("CREATE INDEX CONCURRENTLY ix ON tickets (n)").withoutTransaction());
            migration.backfill(sql("UPDATE tickets t SET n = 1 WHERE ${chunk:t} AND n IS NULL")
                    .lockTimeout(Duration.ofSeconds(1))
                    .over("support.\"tick\"\"ets; drop\"")
                    .key("tenant", "\"Id\"")
                    .name("fill")
                    .where("n IS NULL AND s = 'a b'")
                    .chunkSize(500)
                    .targetChunkTime(Duration.ofMillis(250))
                    .maxRowsPerSecond(1000)
                    .workers(4)
                    .statementTimeout(Duration.ofMinutes(1))
                    .retries(3));
            migration.backfill(sql("DELETE FROM tickets WHERE ${chunk}").over("tickets"));
            migration.verify(sql("SELECT count(*) FROM tickets"));
            migration.verify(sql("SELECT count(*) FROM ${other}").name("none-left"));
            migration.contract(sql("DROP TABLE ${old}"));
            migration.undoContract(sql("SELECT 1").withoutTransaction());
            migration.undoBackfill(sql("SELECT 2"));
            migration.undoExpand(sql("SELECT 3"));
        }
    }

    private static List<String> faults(Migration... migrations) {
        return catchThrowableOfType(SourceException.class, () -> JavaRevisions.of(migrations)).faults().stream()
                .map(Fault::toString)
                .map(fault -> fault.replace(NAME, ""))
                .toList();
    }

    @Test
    void saysTheSameAsAFile() {
        Faults faults = new Faults("whole.sql");
        RevisionDefinition file = Objects.requireNonNull(RevisionFileReader.read(FILE, faults));
        assertThat(faults.inOrder()).isEmpty();
        RevisionDefinition revision =
                JavaRevisions.of(new Whole()).find("whole").orElseThrow();
        assertThat(revision.checksum()).isEqualTo(file.checksum());
        assertThat(revision)
                .usingRecursiveComparison()
                .ignoringFields("sections", "content", "origin")
                .isEqualTo(file);
        assertThat(revision.sections())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*origin", ".*sql")
                .isEqualTo(file.sections());
        assertThat(revision.created()).isEqualTo(Instant.parse("2025-01-15T13:00:00Z"));
    }

    @Test
    void readsSections() {
        RevisionDefinition revision =
                JavaRevisions.of(new Whole()).find("whole").orElseThrow();
        assertThat(revision.origin()).hasToString(NAME + "Whole");
        assertThat(revision.sections())
                .extracting(section -> section.origin().toString().replace(NAME, ""))
                .containsExactly(
                        "Whole: expand-1",
                        "Whole: expand-2",
                        "Whole: backfill-1",
                        "Whole: backfill-2",
                        "Whole: verify-1",
                        "Whole: verify-2",
                        "Whole: contract-1",
                        "Whole: undo-contract-1",
                        "Whole: undo-backfill-1",
                        "Whole: undo-expand-1");
        assertThat(revision.sections().get(2)).isInstanceOfSatisfying(Section.Backfill.class, backfill -> {
            assertThat(backfill.table()).isEqualTo(new QualifiedName("support", "tick\"ets; drop"));
            assertThat(backfill.key()).containsExactly("tenant", "Id");
            assertThat(backfill.options())
                    .isEqualTo(BackfillOptions.builder()
                            .chunkSize(500)
                            .targetChunkTime(Duration.ofMillis(250))
                            .maxRowsPerSecond(1000L)
                            .workers(4)
                            .where("n IS NULL AND s = 'a b'")
                            .lockTimeout(Duration.ofSeconds(1))
                            .statementTimeout(Duration.ofMinutes(1))
                            .retries(3)
                            .build());
        });
        assertThat(revision.sections().get(8).phase()).isEqualTo(Phase.BACKFILL);
    }

    @Revision(
            id = "a b",
            revises = {"head", "x,y"},
            labels = "",
            message = "two\nlines",
            created = "yesterday")
    public static final class WrongHeader implements Migration {
        @Override
        public void define(MigrationBuilder migration) {}
    }

    @Revision(id = "wrong")
    public static final class WrongSections implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.expand(sql("CREATE TABLE t ();\n\nCOMMIT").lockTimeout(Duration.ZERO));
            migration.expand(sql("-- nothing"));
            migration.expand(sql("SELECT 1;\n-- athanor:contract\nSELECT 'a"));
            migration.backfill(sql("UPDATE t SET a = 1").over("a.b.c").name("x").workers(0));
            migration.backfill(
                    sql("DELETE FROM t WHERE ${chunk}").over("t").where("a;b").key("a", "a"));
            migration.verify(sql("DELETE FROM t").withoutTransaction().name("a"));
            migration.verify(sql("SELECT 1").name("a"));
            migration.undoExpand(sql("SELECT '\0'").name("b"));
        }
    }

    @Test
    void givesAllFaultsOfAllClassesAtOnce() {
        assertThat(faults(new WrongHeader(), new WrongSections()))
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("WrongHeader: @Revision id: found 'a b', expected an id"),
                        fault -> assertThat(fault).startsWith("WrongHeader: @Revision revises: found 'head', expected"),
                        fault -> assertThat(fault)
                                .startsWith("WrongHeader: @Revision revises: found 'x,y', expected one id in each"),
                        fault -> assertThat(fault)
                                .isEqualTo("WrongHeader: @Revision message: found several lines, expected one"),
                        fault -> assertThat(fault).startsWith("WrongHeader: @Revision created: found 'yesterday'"),
                        fault -> assertThat(fault)
                                .startsWith("WrongSections: expand-1: found 'lock-timeout=PT0S', expected a duration"),
                        fault -> assertThat(fault).startsWith("WrongSections: expand-1:3: found COMMIT, expected no"),
                        fault -> assertThat(fault).startsWith("WrongSections: expand-2: found an empty section"),
                        fault -> assertThat(fault)
                                .startsWith("WrongSections: expand-3:2: found directive 'contract', expected none but"),
                        fault ->
                                assertThat(fault).startsWith("WrongSections: expand-3:3: found a string that is never"),
                        fault -> assertThat(fault).startsWith("WrongSections: backfill-1: found 'workers=0'"),
                        fault -> assertThat(fault).startsWith("WrongSections: backfill-1: found 'table=a.b.c'"),
                        fault -> assertThat(fault).startsWith("WrongSections: backfill-1:1: found no ${chunk}"),
                        fault -> assertThat(fault).startsWith("WrongSections: backfill-2: found 'where=a;b'"),
                        fault -> assertThat(fault).startsWith("WrongSections: backfill-2: found 'key=a,a'"),
                        fault -> assertThat(fault)
                                .startsWith("WrongSections: verify-1: found option 'transaction' of 'verify'"),
                        fault ->
                                assertThat(fault).startsWith("WrongSections: verify-1:1: found 'DELETE', expected one"),
                        fault -> assertThat(fault)
                                .isEqualTo("WrongSections: verify-2: found name 'a' again, expected another:"
                                        + " the section verify-1 is called so"),
                        fault -> assertThat(fault)
                                .startsWith("WrongSections: undo-expand-1: found option 'name' of 'undo expand'"),
                        fault -> assertThat(fault).startsWith("WrongSections: undo-expand-1:1: found a NUL character"));
    }

    @Revision(id = "throws")
    public static final class Throws implements Migration {
        @Override
        public void define(MigrationBuilder migration) {
            migration.backfill(sql("SELECT 1").over("t"));
            throw new IllegalStateException("out of coffee");
        }
    }

    public static final class Bare implements Migration {
        @Override
        public void define(MigrationBuilder migration) {}
    }

    @Test
    void namesTheClassThatThrowsAndGoesOn() {
        assertThat(faults(new Throws(), new Bare()))
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("Throws: backfill-1:1: found no ${chunk}"),
                        fault -> assertThat(fault).startsWith("Throws: backfill-1:1: found 'SELECT'"),
                        fault -> assertThat(fault)
                                .startsWith("Throws: found java.lang.IllegalStateException: out of coffee"
                                        + " thrown in define (MigrationReaderTest.java:"),
                        fault -> assertThat(fault).isEqualTo("Bare: found no @Revision, expected it on the class"));
        assertThat(catchThrowableOfType(SourceException.class, () -> JavaRevisions.of(new Throws())))
                .hasMessageStartingWith("3 faults in revision classes:\n")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
                .satisfies(e -> assertThat(e.hint()).startsWith("Correct the class and"));
    }
}
