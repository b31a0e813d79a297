package dev.athanor.cli;

import dev.athanor.catalog.SchemaDifference;
import dev.athanor.run.CheckReport;
import dev.athanor.run.Remedies;
import dev.athanor.run.StatusReport.RevisionProgress;
import java.util.ArrayList;
import java.util.List;

/** The findings of a check as lines, each with what to do about it. */
final class Findings {
    private Findings() {}

    static List<String> of(CheckReport report) {
        List<String> lines = new ArrayList<>();
        if (!report.pending().isEmpty()) {
            lines.add("pending: " + String.join(", ", report.pending()) + " (run: athanor upgrade heads)");
        }
        if (!report.heads().isEmpty()) {
            lines.add("several heads: " + String.join(", ", report.heads()) + " (join them: athanor merge -m TEXT "
                    + String.join(" ", report.heads()) + ")");
        }
        lines.addAll(ofRevisions(report.betweenPhases(), report.unknown(), report.changed()));
        report.drift().forEach(difference -> lines.add(drift(difference)));
        report.notes().forEach(note -> lines.add("note: " + note));
        if (report.finding().isEmpty()) {
            lines.add("All is in order.");
        }
        return lines;
    }

    /** Revisions that are not as they should be, those of a status among them. */
    static List<String> ofRevisions(List<RevisionProgress> betweenPhases, List<String> unknown, List<String> changed) {
        List<String> lines = new ArrayList<>();
        betweenPhases.stream()
                .filter(revision -> revision.undoing() || !unknown.contains(revision.revision()))
                .forEach(revision -> lines.add(between(revision) + " ("
                        + Remedies.between(revision, !unknown.contains(revision.revision())) + ")"));
        unknown.forEach(id -> lines.add("in the ledger but in no file: " + id + " (" + Remedies.unknown() + ")"));
        changed.forEach(id -> lines.add("changed since it was run: " + id + " (" + Remedies.changed() + ")"));
        return lines;
    }

    private static String between(RevisionProgress revision) {
        if (revision.undoing()) {
            return "being undone: " + revision.revision() + ", next is its " + revision.next();
        }
        return "between phases: " + revision.revision() + ", "
                + (revision.finished() == null ? "begun" : revision.finished() + " done") + ", next is "
                + revision.next();
    }

    private static String drift(SchemaDifference difference) {
        return "drift: " + difference.line()
                + " (take it back, or write it as a revision and set that as applied: athanor stamp ID)";
    }
}
