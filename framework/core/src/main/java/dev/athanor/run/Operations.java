package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.batch.Verification;
import dev.athanor.ledger.BackfillFacts;
import dev.athanor.ledger.BackfillTrouble;
import dev.athanor.ledger.Control.Pace;
import dev.athanor.ledger.GivenCommand;
import dev.athanor.ledger.OperatorLedger;
import dev.athanor.ledger.StateSchema;
import dev.athanor.ledger.VerificationLedger;
import dev.athanor.plan.PhasePlanner;
import dev.athanor.plan.Step.VerifyStep;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.Pause;
import dev.athanor.revision.Phase;
import dev.athanor.run.RunResult.VerificationSummary;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import dev.athanor.verify.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * What operators ask of backfills, and what they see of them. A backfill is named by its number in the ledger, {@code
 * REVISION/NAME}, its name, or its revision when that has one only. Commands are durable: a process that runs the backfill,
 * wherever it is, obeys within one chunk; when none runs, they hold for whoever does next. Errors are
 * {@link AthanorException}s: kind USAGE for a name that fits none or several, REFUSED where a command makes no sense.
 */
public final class Operations {
    /** Enough to see what is wrong; the table in the ledger has all. */
    private static final int ROWS_SHOWN = 20;
    /** How often a command is looked at while it is waited for. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Database database;
    private final Revisions revisions;
    private final RunSettings settings;
    private final StateSchema schema;
    private final StatusReader status;
    private final OperatorLedger ledger;
    private final Run run;

    Operations(Database database, Revisions revisions, RunSettings settings, StatusReader status, Run run) {
        this.database = database;
        this.revisions = revisions;
        this.settings = settings;
        this.schema = new StateSchema(database.transactions(), settings.stateSchema());
        this.status = status;
        this.ledger = new OperatorLedger(database.transactions(), schema, settings.actor());
        this.run = run;
    }

    /**
     * A command that was given, and the backfill behind it.
     *
     * @param backfill as it stands afterwards
     * @param command as the ledger keeps it; {@link GivenCommand#given()} is false when there was nothing to change
     * @param attended whether a process held the lease when the command was given
     */
    public record Commanded(BackfillProgress backfill, GivenCommand command, boolean attended) {}

    /**
     * Rows that are still wrong, as the verifications of a backfill's revision count them.
     *
     * @param backfill that was asked for
     * @param counts of each verification
     */
    public record Verified(BackfillProgress backfill, List<VerificationSummary> counts) {
        public Verified {
            counts = List.copyOf(counts);
        }

        /** Rows still wrong, over all of them. */
        public long wrong() {
            return counts.stream().mapToLong(VerificationSummary::wrong).sum();
        }
    }

    /** All backfills of the ledger, and those of the files that were never begun. */
    public List<BackfillProgress> list() {
        return status.read().backfills();
    }

    /** One backfill. */
    public BackfillProgress find(String backfill) {
        return new BackfillName(list()).find(backfill);
    }

    /** All of one backfill. */
    public BackfillDetails show(String backfill) {
        BackfillProgress progress = find(backfill);
        Long id = progress.id();
        if (id == null) {
            BackfillTrouble none = new BackfillTrouble(List.of(), List.of(), List.of());
            return new BackfillDetails(progress, List.of(), null, Duration.ZERO, none);
        }
        BackfillFacts facts = ledger.backfills().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> unbegun(progress));
        return new BackfillDetails(
                progress, facts.key(), facts.startedAt(), facts.elapsed(), ledger.trouble(id, ROWS_SHOWN));
    }

    /** Lets no chunk begin until {@link #resume}; also after the process has ended. */
    public Commanded pause(String backfill, String reason) {
        return give(backfill, id -> ledger.pause(id, reason));
    }

    /** Takes a pause or a cancellation back. */
    public Commanded resume(String backfill, String reason) {
        return give(backfill, id -> ledger.resume(id, reason));
    }

    /** Sets the pace over what the directive says; null leaves a value as it is. */
    public Commanded set(String backfill, Pace pace, String reason) {
        return give(backfill, id -> ledger.set(id, pace, reason));
    }

    /** Ends a backfill for good; all that it has done stays. */
    public Commanded cancel(String backfill, String reason) {
        return give(backfill, id -> ledger.cancel(id, reason));
    }

    /**
     * Lets failed ranges be tried again, or rows that were set aside.
     *
     * @param rows whether rows, not ranges
     */
    public Commanded retry(String backfill, boolean rows, String reason) {
        return give(backfill, id -> ledger.retry(id, rows, reason));
    }

    /** Sets the rows aside at which ranges have failed, and lets those ranges go on behind them. */
    public Commanded skip(String backfill, String reason) {
        return give(backfill, id -> ledger.skip(id, reason));
    }

    private Commanded give(String backfill, LongFunction<GivenCommand> command) {
        BackfillProgress before = find(backfill);
        Long id = before.id();
        if (id == null) {
            throw unbegun(before);
        }
        GivenCommand given = command.apply(id);
        return look(id, given);
    }

    private Commanded look(long id, GivenCommand command) {
        StatusReport report = status.read();
        BackfillProgress after = new BackfillName(report.backfills()).find(Long.toString(id));
        return new Commanded(after, command, report.lease() != null);
    }

    private static AthanorException unbegun(BackfillProgress backfill) {
        return new AthanorException(
                FailureKind.REFUSED,
                "backfill_not_begun",
                "Backfill " + backfill.name() + " of revision " + backfill.revision()
                        + " was not begun; there is nothing yet that could be commanded.",
                "First: athanor upgrade " + backfill.revision());
    }

    /**
     * Waits until a running process has taken a command in.
     *
     * @param longest how long
     * @return as it stands then; not obeyed when nobody runs it, or nobody has answered in time
     */
    public Commanded await(Commanded commanded, Duration longest) {
        GivenCommand command = commanded.command();
        if (!command.given() || !commanded.attended()) {
            return commanded;
        }
        for (Duration left = longest; !command.obeyed() && left.compareTo(LOOK) >= 0; left = left.minus(LOOK)) {
            Pause.real().await(LOOK);
            command = ledger.command(command.id()).orElse(command);
        }
        return look(Objects.requireNonNull(commanded.backfill().id()), command);
    }

    /**
     * Runs what is open of the backfill phase of a backfill's revision, under the lease, and no more.
     *
     * @throws AthanorException as {@link MigrationRunner#resume}
     */
    public RunResult goOn(BackfillProgress backfill) {
        return run.backfill(definition(backfill).id());
    }

    /** Counts the rows still wrong now. Writes nothing, and takes no lease. */
    public Verified verify(String backfill) {
        BackfillProgress found = find(backfill);
        Verifier verifier = new Verifier(database.reactive(), new VerificationLedger(schema));
        List<VerificationSummary> counts = new PhasePlanner(settings.placeholders())
                .plan(definition(found), Phase.BACKFILL).steps().stream()
                        .filter(VerifyStep.class::isInstance)
                        .map(VerifyStep.class::cast)
                        .map(step -> new VerificationSummary(
                                step.revision(), step.name(), Verification.count(verifier, step)))
                        .toList();
        return new Verified(found, counts);
    }

    private RevisionDefinition definition(BackfillProgress backfill) {
        return revisions
                .find(backfill.revision())
                .orElseThrow(() -> new AthanorException(
                        FailureKind.GRAPH,
                        "unknown_revision",
                        "Revision " + backfill.revision() + " of this backfill is in no file.",
                        "Name the right folders with --migrations DIR."));
    }
}
