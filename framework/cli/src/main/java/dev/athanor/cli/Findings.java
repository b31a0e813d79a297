package dev.athanor.cli;

import dev.athanor.catalog.SchemaDifference;
import dev.athanor.run.CheckReport;
import dev.athanor.run.StatusReport.RevisionProgress;
import java.util.ArrayList;
import java.util.List;

/** The findings of a check as lines, each with what to do about it. */
final class Findings {
    private Findings() {}

    static List<String> of(CheckReport report) {
        List<String> lines = new ArrayList<>();
        report.betweenPhases().stream()
                .filter(revision -> revision.undoing() || !report.unknown().contains(revision.revision()))
                .forEach(revision -> lines.add(between(revision)));
        if (!report.pending().isEmpty()) {
            lines.add("pending: " + String.join(", ", report.pending()) + " (run: athanor upgrade heads)");
        }
        if (!report.heads().isEmpty()) {
            lines.add("several heads: " + String.join(", ", report.heads()) + " (join them: athanor merge -m TEXT "
                    + String.join(" ", report.heads()) + ")");
        }
        report.unknown()
                .forEach(id ->
                        lines.add("in no file: " + id + " (restore its file, see that --migrations names all folders,"
                                + " or forget it: athanor stamp --purge TARGET)"));
        report.changed()
                .forEach(
                        id -> lines.add(
                                "changed since it was run: " + id
                                        + " (restore the file, and write the change as a revision of its own: athanor revision -m TEXT)"));
        report.drift().forEach(difference -> lines.add(drift(difference)));
        report.notes().forEach(note -> lines.add("note: " + note));
        if (report.finding().isEmpty()) {
            lines.add("All is in order.");
        }
        return lines;
    }

    private static String between(RevisionProgress revision) {
        if (revision.undoing()) {
            return "being undone: " + revision.revision() + ", next is its " + revision.next()
                    + " (go on: athanor resume)";
        }
        return "between phases: " + revision.revision() + ", "
                + (revision.finished() == null ? "begun" : revision.finished() + " done") + ", next is "
                + revision.next() + " (go on: athanor upgrade " + revision.revision() + " --phase "
                + revision.next() + ")";
    }

    private static String drift(SchemaDifference difference) {
        return "drift: " + difference.line()
                + " (take it back, or write it as a revision and set that as applied: athanor stamp ID)";
    }
}
