package dev.athanor.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the checks of an application tell apart. */
final class ReadCheckTest {
    private final Findings findings = new Findings();
    private final ReadCheck check = new ReadCheck(new Old(), findings);
    private final KnownRow row = new KnownRow(7, 10);

    /** Shows the edit as text. */
    record Old() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return Sql.row("value " + edit);
        }

        @Override
        public String rows() {
            return "";
        }

        @Override
        public Sql insert(long edit) {
            return Sql.sql("");
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return Sql.sql("");
        }
    }

    @Test
    void whatWasCommittedIsRight() {
        check.read(row, row.known(), seen(10, "value 10"));

        assertThat(findings.none()).isTrue();
    }

    @Test
    void aWriteUnderWayMayBeSeenOrNot() {
        row.updating(11);
        check.read(row, row.known(), seen(10, "value 10"));
        check.read(row, row.known(), seen(11, "value 11"));

        assertThat(findings.none()).isTrue();
    }

    @Test
    void aWriteCommittedWhileTheReadWasUnderWayMayBeSeenOrNot() {
        KnownRow.Known before = row.known();
        update(11);
        check.read(row, before, seen(10, "value 10"));
        check.read(row, before, seen(11, "value 11"));

        assertThat(findings.none()).isTrue();
    }

    @Test
    void anOlderEditIsALostUpdate() {
        update(11);
        check.read(row, row.known(), seen(10, "value 10"));

        found(Check.LOST_UPDATE, "reads edit 10 of row 7, where edit 11 was committed");
    }

    @Test
    void aValueOfAnEarlierEditIsALostUpdate() {
        update(11);
        check.read(row, row.known(), seen(11, "value 10"));

        found(Check.LOST_UPDATE, "[value 10] in row 7, of an earlier edit; edit 11 wrote [value 11]");
    }

    @Test
    void anotherValueIsAWrongRead() {
        check.read(row, row.known(), seen(10, null));

        found(Check.WRONG_READ, "row 7 shows [null] where edit 10 wrote [value 10]");
    }

    @Test
    void anEditThatNobodyWroteIsAWrongRead() {
        check.read(row, row.known(), seen(12, "value 12"));

        found(Check.WRONG_READ, "edit 12, which nobody wrote to it");
    }

    @Test
    void aMissingRowIsAWrongRead() {
        check.read(row, row.known(), List.of());

        found(Check.WRONG_READ, "row 7 is missing");
    }

    @Test
    void aDeletedRowMustNotComeBack() {
        row.deleting();
        check.read(row, row.known(), List.of());
        check.read(row, row.known(), seen(10, "value 10"));
        assertThat(findings.none()).isTrue();

        row.deleted();
        check.read(row, row.known(), seen(10, "value 10"));
        found(Check.WRONG_READ, "row 7 was deleted and is there again");
    }

    @Test
    void aRowThatIsThereTwiceIsAWrongRead() {
        SeenRow one = seen(10, "value 10").get(0);
        check.read(row, row.known(), List.of(one, one));

        found(Check.WRONG_READ, "row 7 is there 2 times");
    }

    private void update(long edit) {
        row.updating(edit);
        row.updated();
    }

    private List<SeenRow> seen(long edit, @Nullable String value) {
        return List.of(new SeenRow(7, edit, Arrays.asList(value)));
    }

    private void found(Check kind, String text) {
        assertThat(findings.count(kind)).isOne();
        assertThat(findings.examples(kind).get(0)).contains(text);
    }
}
