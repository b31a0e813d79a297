package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.BackfillTrouble.FailedRange;
import dev.athanor.ledger.Control.Pace;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import dev.athanor.revision.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What operators ask of backfills. Each command is one transaction: the wish in the backfill's row, a row in the table of
 * commands, an audit event, and an announcement that running processes listen to. Nobody needs to run: a wish holds for
 * whoever does next.
 */
public final class OperatorLedger {
    /** The script that made room for wishes. */
    private static final int WISHES_SINCE = 4;
    /** Row locks of the ledger are held for one small transaction; more means that somebody stands still. */
    private static final TransactionSettings TRANSACTION =
            new TransactionSettings(Duration.ofSeconds(10), null, Duration.ofSeconds(15));
    /** A deadlock with the end of a chunk is possible and rare. */
    private static final int TRIES = 3;

    private final Transactions transactions;
    private final StateSchema schema;
    private final Actor actor;
    private final BackfillFactsTable facts;
    private final TroubleTable trouble;
    private final CommandTable commands;
    private final LeaseTable lease;

    /** Commands of this actor in a state schema. */
    public OperatorLedger(Transactions transactions, StateSchema schema, Actor actor) {
        this.transactions = transactions;
        this.schema = schema;
        this.actor = actor;
        this.facts = new BackfillFactsTable(schema);
        this.trouble = new TroubleTable(schema);
        this.commands = new CommandTable(schema, actor);
        this.lease = new LeaseTable(schema);
    }

    /** Every backfill that was ever begun and not undone, in the order in which they were begun. Makes nothing. */
    public List<BackfillFacts> backfills() {
        return schema.exists() ? transactions.autocommit(facts::read) : List.of();
    }

    /**
     * What went wrong in a backfill.
     *
     * @param rows at most so many rows of the quarantine, and so many commands
     */
    public BackfillTrouble trouble(long backfill, int rows) {
        return transactions.autocommit(session -> trouble.read(session, backfill, rows));
    }

    /** A command, as it stands now. */
    public Optional<GivenCommand> command(long id) {
        return transactions.autocommit(session -> trouble.command(session, id));
    }

    /**
     * Lets no chunk begin until {@link #resume}. Paused already: nothing changes.
     *
     * @throws AthanorException kind REFUSED when it is done or cancelled, or the state schema is of an older version
     */
    public GivenCommand pause(long backfill, String reason) {
        return give(backfill, "pause", reason, (session, standing) -> {
            standing.requireOpen();
            Wish pause = standing.control().pause();
            if (pause != null) {
                return new Change("paused by " + pause.by(), "", false);
            }
            session.execute(
                    "UPDATE " + table() + " SET paused_by = ?, paused_reason = ?, paused_at = clock_timestamp()"
                            + " WHERE id = ?",
                    actor.name(),
                    reason,
                    backfill);
            return new Change("not paused", "paused", true);
        });
    }

    /**
     * Takes a pause and a cancellation back. Neither there: nothing changes.
     *
     * @throws AthanorException kind REFUSED when the state schema is of an older version
     */
    public GivenCommand resume(long backfill, String reason) {
        return give(backfill, "resume", reason, (session, standing) -> {
            String before = standing.held();
            if (before.isEmpty()) {
                return new Change("neither paused nor cancelled", "", false);
            }
            session.execute(
                    "UPDATE " + table() + " SET paused_by = NULL, paused_reason = NULL, paused_at = NULL,"
                            + " cancelled_by = NULL, cancelled_reason = NULL, cancelled_at = NULL,"
                            + " state = CASE state WHEN 'cancelled' THEN 'stopped' ELSE state END WHERE id = ?",
                    backfill);
            return new Change(before, "resumed", true);
        });
    }

    /**
     * Sets the pace over what the directive says.
     *
     * @param pace what to set, see {@link Pace}; null leaves a value as it is
     * @throws AthanorException kind REFUSED when it is done or cancelled, or the state schema is of an older version
     */
    public GivenCommand set(long backfill, Pace pace, String reason) {
        return give(backfill, "set", reason, (session, standing) -> {
            standing.requireOpen();
            PaceChange change = new PaceChange(standing.control().pace(), pace);
            change.write(session, table(), backfill);
            return new Change(change.before(), change.after(), change.differs());
        });
    }

    /**
     * Ends a backfill for good, with all that it has done; the process that runs it ends at its next commit. Cancelled
     * already: nothing changes.
     *
     * @throws AthanorException kind REFUSED when it is done, or the state schema is of an older version
     */
    public GivenCommand cancel(long backfill, String reason) {
        return give(backfill, "cancel", reason, (session, standing) -> {
            Wish cancellation = standing.control().cancellation();
            if (cancellation != null) {
                return new Change("cancelled by " + cancellation.by(), "", false);
            }
            standing.requireOpen();
            session.execute(
                    "UPDATE " + table() + " SET cancelled_by = ?, cancelled_reason = ?, cancelled_at ="
                            + " clock_timestamp(), state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END"
                            + " WHERE id = ?",
                    actor.name(),
                    reason,
                    backfill);
            return new Change(standing.state(), "cancelled", true);
        });
    }

    /**
     * Lets failed ranges be tried again, or rows that were set aside. A backfill that was done with such rows is open
     * again then, and so is its revision's backfill phase.
     *
     * @param rows whether rows, not ranges
     * @throws AthanorException kind REFUSED when it is cancelled, when its contract is done, or when the state schema is of
     *     an older version; kind LEASE_HELD when somebody may be at its contract
     */
    public GivenCommand retry(long backfill, boolean rows, String reason) {
        return give(backfill, "retry", reason, (session, standing) -> {
            standing.requireNotCancelled();
            if (!rows) {
                long ranges = commands.retryRanges(session, backfill);
                return new Change(count(ranges, "failed range"), "pending", ranges > 0);
            }
            long marked = commands.retryRows(session, backfill);
            if (marked > 0 && standing.isDone()) {
                reopen(session, standing, backfill);
            }
            return new Change(count(marked, "quarantined row"), "to be tried again", marked > 0);
        });
    }

    private void reopen(Session session, CommandTable.Standing standing, long backfill) {
        if (standing.phase() == Phase.CONTRACT) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "already_contracted",
                    "Backfill " + standing.name() + " of revision " + standing.revision()
                            + " cannot be tried again: the contract of its revision is done.",
                    "Mend those rows with a revision of their own: athanor revision -m TEXT");
        }
        if (standing.phase() == Phase.BACKFILL) {
            Optional<LeaseHolder> holder = lease.lock(session).filter(held -> !held.free());
            if (holder.isPresent()) {
                throw new LeaseHeldException(holder.get());
            }
        }
        commands.reopen(session, standing.revision(), backfill);
    }

    /**
     * Sets the rows aside at which ranges have failed, and lets those ranges go on behind them. Ranges that failed for
     * another reason stay as they are.
     *
     * @throws AthanorException kind REFUSED when it is done or cancelled, or the state schema is of an older version
     */
    public GivenCommand skip(long backfill, String reason) {
        return give(backfill, "skip", reason, (session, standing) -> {
            standing.requireOpen();
            List<FailedRange> failed = trouble.failed(session, backfill);
            long skipped = failed.stream()
                    .filter(range -> range.key() != null)
                    .mapToLong(range -> commands.skip(session, backfill, range))
                    .sum();
            long left = failed.size() - skipped;
            return new Change(
                    count(failed.size(), "failed range"),
                    count(skipped, "row") + " set aside"
                            + (left == 0 ? "" : "; " + count(left, "range") + " not failed at one row left as before"),
                    skipped > 0);
        });
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private GivenCommand give(long backfill, String verb, String reason, Deed deed) {
        for (int tried = 1; ; tried++) {
            try {
                return transactions.inTransaction(TRANSACTION, session -> once(session, backfill, verb, reason, deed));
            } catch (DatabaseException e) {
                if (tried == TRIES || !e.category().retryable()) {
                    throw e;
                }
            }
        }
    }

    private GivenCommand once(Session session, long backfill, String verb, String reason, Deed deed) {
        if (schema.version(session) < WISHES_SINCE) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "state_schema_older",
                    "The state schema " + schema.quoted()
                            + " is of an older Athanor, which had no commands for backfills.",
                    "The next run brings it up to date: athanor resume, or athanor upgrade heads");
        }
        CommandTable.Standing standing = commands.lock(session, backfill);
        Change change = deed.on(session, standing);
        long id = change.made() ? commands.write(session, standing, new CommandTable.Written(verb, reason, change)) : 0;
        return trouble.command(session, id).orElseGet(() -> commands.unwritten(session, verb, reason, change));
    }

    private String table() {
        return schema.quoted() + ".backfill";
    }

    private interface Deed {
        Change on(Session session, CommandTable.Standing standing);
    }

    /**
     * What a command has changed.
     *
     * @param made whether it has changed anything
     */
    record Change(String before, String after, boolean made) {}
}
