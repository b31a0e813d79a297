package dev.athanor.run;

import dev.athanor.ledger.LeaseHolder;
import dev.athanor.ledger.LeaseSettings;
import dev.athanor.ledger.Leases;
import dev.athanor.ledger.RunLog;
import dev.athanor.ledger.RunLog.OpenRun;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.run.StatusReport.RevisionProgress;
import java.time.Clock;
import java.util.Optional;

/** What the ledger tells of revisions, of runs and of whoever works on them. */
final class LedgerDiagnosis {
    private final Leases leases;
    private final RunLog log;
    private final Diagnosis diagnosis;
    private final Clock clock;

    LedgerDiagnosis(Database database, StateSchema schema, RunSettings settings, Diagnosis diagnosis) {
        this.leases = new Leases(database.transactions(), schema, LeaseSettings.standard(settings.actor()));
        this.log = new RunLog(database.transactions(), schema, settings.actor());
        this.diagnosis = diagnosis;
        this.clock = settings.clock();
    }

    void revisions(StatusReport report) {
        report.unknown()
                .forEach(id -> diagnosis.problem(
                        "revision " + id, "is in the ledger, and no file has it", Remedies.unknown()));
        report.changed()
                .forEach(id -> diagnosis.problem("revision " + id, "has changed since it was run", Remedies.changed()));
        new BackfillDiagnosis(diagnosis, clock.instant()).examine(report.backfills());
        report.betweenPhases().stream()
                .filter(revision -> !report.unknown().contains(revision.revision()))
                .forEach(this::between);
        if (report.betweenPhases().isEmpty()) {
            if (report.pending().isEmpty()) {
                diagnosis.ok("ledger", "every revision is applied");
            } else {
                diagnosis.note("ledger", pending(report.pending().size()), "athanor upgrade heads");
            }
        }
    }

    private static String pending(int revisions) {
        return revisions == 1 ? "1 revision is pending" : revisions + " revisions are pending";
    }

    private void between(RevisionProgress revision) {
        String done = revision.finished() == null ? "was begun" : "has done its " + revision.finished() + " phase";
        String undo = revision.undoing() ? "" : "; or undo it: athanor downgrade " + revision.revision() + "-1 --yes";
        diagnosis.warning(
                "revision " + revision.revision(),
                revision.undoing()
                        ? "is half undone; next is its " + revision.next()
                        : done + "; next is " + revision.next(),
                Remedies.between(revision, true) + undo);
    }

    void runs() {
        Optional<LeaseHolder> last = leases.last();
        if (last.isPresent() && !last.get().free()) {
            holder(last.get());
            return;
        }
        last.filter(holder -> !holder.released())
                .ifPresent(holder -> diagnosis.note(
                        "lease",
                        "was not given back by " + holder.describe() + "; it has expired, and the next run takes it",
                        "athanor status"));
        log.open().ifPresent(this::open);
    }

    private void holder(LeaseHolder holder) {
        if (holder.isSilent()) {
            diagnosis.warning(
                    "lease",
                    "is held by " + holder.describe() + ", who is silent",
                    "Wait until it expires in " + Math.max(1, holder.remaining().toSeconds())
                            + " s, then: athanor resume; or, when that process is known to be gone: athanor resume"
                            + " --takeover");
        } else {
            diagnosis.note("lease", "is held by " + holder.describe() + ", who is at work", "athanor status");
        }
    }

    private void open(OpenRun run) {
        diagnosis.warning(
                "run",
                (run.downgrade() ? "of a downgrade of " : "of an upgrade of ") + String.join(", ", run.revisions())
                        + " was begun and not brought to its end, and nobody works on it",
                "go on: athanor resume");
    }
}
