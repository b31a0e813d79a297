package dev.athanor.examples.application;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what a version has read with what was committed. */
final class ReadCheck {
    private final ApplicationVersion version;
    private final Findings findings;

    ReadCheck(ApplicationVersion version, Findings findings) {
        this.version = version;
        this.findings = findings;
    }

    /**
     * Checks the answer to a read of one row.
     *
     * @param before what was known when the read was sent
     */
    void read(KnownRow row, KnownRow.Known before, List<SeenRow> seen) {
        KnownRow.Known after = row.known();
        if (seen.size() > 1) {
            wrong("row %d is there %d times", row.id(), seen.size());
        } else if (seen.isEmpty()) {
            if (!after.deleting()) {
                wrong("row %d is missing", row.id());
            }
        } else if (before.deleted()) {
            wrong("row %d was deleted and is there again", row.id());
        } else {
            content(row, before.committed(), after.attempted(), seen.get(0));
        }
    }

    private void content(KnownRow row, long from, long to, SeenRow seen) {
        if (seen.edit() < from) {
            findings.add(
                    Check.LOST_UPDATE,
                    "%s version reads edit %d of row %d, where edit %d was committed"
                            .formatted(version.name(), seen.edit(), row.id(), from));
        } else if (seen.edit() > to) {
            wrong("row %d holds edit %d, which nobody wrote to it", row.id(), seen.edit());
        } else {
            values(row, seen);
        }
    }

    private void values(KnownRow row, SeenRow seen) {
        List<@Nullable Object> expected = version.shown(seen.edit());
        if (expected.equals(seen.values())) {
            return;
        }
        boolean old = row.earlier().stream()
                .anyMatch(edit -> edit != seen.edit() && version.shown(edit).equals(seen.values()));
        if (old
                || row.known().committed() != seen.edit()
                        && Objects.equals(version.shown(row.known().committed()), seen.values())) {
            findings.add(
                    Check.LOST_UPDATE,
                    "%s version reads %s in row %d, of an earlier edit; edit %d wrote %s"
                            .formatted(version.name(), seen.values(), row.id(), seen.edit(), expected));
        } else {
            wrong("row %d shows %s where edit %d wrote %s", row.id(), seen.values(), seen.edit(), expected);
        }
    }

    private void wrong(String text, Object... values) {
        findings.add(Check.WRONG_READ, version.name() + " version: " + text.formatted(values));
    }
}
