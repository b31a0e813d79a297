package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.ledger.LeaseHolder;
import dev.athanor.ledger.LeaseSettings;
import dev.athanor.ledger.Leases;
import dev.athanor.ledger.RunLog;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.ServerFacts;
import dev.athanor.run.DoctorReport.Finding;
import dev.athanor.run.DoctorReport.Severity;
import dev.athanor.run.StatusReport.RevisionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks whether a database and its ledger are fit for a run. Reads only; what cannot be read is a finding, too. */
final class Doctor {
    private static final int OLDEST_MAJOR = 14;
    private static final int NEWEST_MAJOR = 18;

    private final Database database;
    private final StateSchema schema;
    private final RunSettings settings;
    private final StatusReader status;
    private final List<Finding> findings = new ArrayList<>();

    Doctor(Database database, StateSchema schema, RunSettings settings, StatusReader status) {
        this.database = database;
        this.schema = schema;
        this.settings = settings;
        this.status = status;
    }

    DoctorReport examine() {
        examine("server", this::server);
        examine("state schema " + schema.quoted(), this::stateSchema);
        examine("ledger", this::ledger);
        examine("runs", this::runs);
        return new DoctorReport(findings);
    }

    /** What one cause makes unreadable is said once. */
    private void examine(String object, Runnable examination) {
        try {
            examination.run();
        } catch (AthanorException e) {
            String message = String.valueOf(e.getMessage());
            if (findings.stream().noneMatch(finding -> finding.finding().equals(message))) {
                add(Severity.PROBLEM, object, message, e.hint());
            }
        }
    }

    private void add(Severity severity, String object, String finding, String remedy) {
        findings.add(new Finding(severity, object, finding, remedy));
    }

    private void server() {
        ServerFacts facts = ServerFacts.read(database.transactions());
        String object = "database '" + facts.database() + "'";
        add(Severity.OK, object, "connected as '" + facts.user() + "'", "");
        version(facts);
        if (facts.standby()) {
            add(Severity.PROBLEM, object, "is on a standby, which takes no writes", "Name the primary with --url.");
        } else if (facts.readOnly()) {
            add(
                    Severity.PROBLEM,
                    object,
                    "has default_transaction_read_only on",
                    "ALTER DATABASE or ALTER ROLE … SET default_transaction_read_only = off;");
        }
        facts.invalidIndexes()
                .forEach(index -> add(
                        Severity.WARNING,
                        "index " + index,
                        "is invalid: its build has failed, and it only costs",
                        "Build it anew with athanor resume if a revision makes it, else: DROP INDEX CONCURRENTLY "
                                + index + ";"));
        facts.unvalidated()
                .forEach(constraint -> add(
                        Severity.NOTE,
                        "constraint on " + constraint,
                        "is NOT VALID: rows that were there before may break it",
                        "Validate it in a contract section: ALTER TABLE … VALIDATE CONSTRAINT …;"));
    }

    private void version(ServerFacts facts) {
        boolean old = facts.major() < OLDEST_MAJOR;
        boolean fresh = facts.major() > NEWEST_MAJOR;
        add(
                old ? Severity.PROBLEM : fresh ? Severity.NOTE : Severity.OK,
                "server",
                "PostgreSQL " + facts.version() + (fresh ? ", newer than what Athanor was tested with" : ""),
                old ? "Athanor needs PostgreSQL " + OLDEST_MAJOR + " or newer." : "");
    }

    private void stateSchema() {
        OptionalInt behind = schema.examine();
        String object = "state schema " + schema.quoted();
        if (behind.isEmpty()) {
            add(Severity.NOTE, object, "is not there yet; the first run makes it", "");
        } else if (behind.getAsInt() > 0) {
            add(Severity.NOTE, object, "is of an older Athanor; the next run brings it up to date", "");
        } else {
            add(Severity.OK, object, "is there, and may be used", "");
        }
    }

    private void ledger() {
        StatusReport report = status.read();
        report.unknown()
                .forEach(id -> add(
                        Severity.PROBLEM,
                        "revision " + id,
                        "is in the ledger, and no file has it",
                        "Restore its file, see that --migrations names all folders, or forget it:"
                                + " athanor stamp --purge TARGET"));
        report.changed()
                .forEach(id -> add(
                        Severity.PROBLEM,
                        "revision " + id,
                        "has changed since it was run",
                        "Restore the file, and write the change as a revision of its own: athanor revision -m TEXT"));
        report.betweenPhases().stream()
                .filter(revision -> !report.unknown().contains(revision.revision()))
                .forEach(this::between);
        if (report.pending().isEmpty() && report.betweenPhases().isEmpty()) {
            add(Severity.OK, "ledger", "every revision is applied", "");
        } else if (report.betweenPhases().isEmpty()) {
            add(Severity.NOTE, "ledger", report.pending().size() + " revisions are pending", "athanor upgrade heads");
        }
    }

    private void between(RevisionProgress revision) {
        if (revision.undoing()) {
            add(Severity.WARNING, "revision " + revision.revision(), "is half undone", "Go on with: athanor resume");
        } else {
            String done = revision.finished() == null ? "was begun" : "has done its " + revision.finished() + " phase";
            add(
                    Severity.WARNING,
                    "revision " + revision.revision(),
                    done + "; next is " + revision.next(),
                    "Go on with: athanor upgrade " + revision.revision() + " --phase " + revision.next()
                            + ", or undo it: athanor downgrade " + revision.revision() + "-1 --yes");
        }
    }

    private void runs() {
        Optional<LeaseHolder> holder =
                new Leases(database.transactions(), schema, LeaseSettings.standard(settings.actor())).holder();
        Optional<LeaseHolder> working = holder.filter(lease -> !lease.free());
        if (working.isPresent()) {
            add(Severity.NOTE, "lease", "held by " + working.get().describe(), "");
            return;
        }
        boolean readable = schema.examine().orElse(1) == 0;
        if (readable
                && new RunLog(database.transactions(), schema, settings.actor())
                        .open()
                        .isPresent()) {
            add(
                    Severity.WARNING,
                    "run",
                    "was begun and not brought to its end, and nobody works on it",
                    "Go on with: athanor resume");
        }
    }
}
