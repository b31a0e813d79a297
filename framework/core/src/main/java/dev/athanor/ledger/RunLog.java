package dev.athanor.ledger;

import dev.athanor.postgres.Transactions;
import dev.athanor.revision.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was asked for and is not finished: so that {@code resume} goes on with that, and with no more than that. */
public final class RunLog {
    private final Transactions transactions;
    private final StateSchema schema;
    private final Actor actor;

    /** The log in a state schema, written by this actor. */
    public RunLog(Transactions transactions, StateSchema schema, Actor actor) {
        this.transactions = transactions;
        this.schema = schema;
        this.actor = actor;
    }

    /**
     * A run that was begun.
     *
     * @param id in the log
     * @param revisions that were to be worked on, in order
     * @param phase only this phase; null: all of them
     * @param downgrade whether they were to be undone
     */
    public record OpenRun(
            long id, List<String> revisions, @Nullable Phase phase, boolean downgrade) {
        public OpenRun {
            revisions = List.copyOf(revisions);
        }
    }

    /** The run that was begun last and neither finished nor replaced by a later one. */
    public Optional<OpenRun> open() {
        if (!schema.exists()) {
            return Optional.empty();
        }
        return transactions.autocommit(session -> session.queryOne(
                // only looked at, a state schema of an older version has no column action yet
                "SELECT id, revisions, phase, coalesce(to_jsonb(r) ->> 'action', 'upgrade') AS action FROM " + table()
                        + " r WHERE finished_at IS NULL ORDER BY id DESC LIMIT 1",
                row -> new OpenRun(
                        row.number("id"),
                        Objects.requireNonNull(row.texts("revisions")),
                        phase(row.text("phase")),
                        row.string("action").equals("downgrade"))));
    }

    /** Begins an upgrade; runs that are still open are replaced by it. The caller holds the lease. */
    public OpenRun begin(List<String> revisions, @Nullable Phase phase) {
        return begin(revisions, phase, false);
    }

    /** Begins a downgrade; runs that are still open are replaced by it. The caller holds the lease. */
    public OpenRun beginDowngrade(List<String> revisions) {
        return begin(revisions, null, true);
    }

    private OpenRun begin(List<String> revisions, @Nullable Phase phase, boolean downgrade) {
        long id = transactions.autocommit(session -> session.queryOne(
                        "WITH replaced AS (UPDATE " + table() + " SET finished_at = clock_timestamp(),"
                                + " outcome = 'replaced' WHERE finished_at IS NULL)"
                                + " INSERT INTO " + table()
                                + " (revisions, phase, actor, action) VALUES (?, ?, ?, ?) RETURNING id",
                        row -> row.number("id"),
                        revisions,
                        phase == null ? null : phase.key(),
                        actor.toString(),
                        downgrade ? "downgrade" : "upgrade")
                .orElseThrow());
        return new OpenRun(id, revisions, phase, downgrade);
    }

    /** The run has done all that was asked for. */
    public void finish(OpenRun run) {
        transactions.autocommit(session -> session.execute(
                "UPDATE " + table()
                        + " SET finished_at = clock_timestamp(), outcome = 'done' WHERE id = ? AND finished_at IS NULL",
                run.id()));
    }

    /** No run is open any more: what was asked for has been overtaken. */
    public void abandon() {
        transactions.autocommit(session -> session.execute("UPDATE " + table()
                + " SET finished_at = clock_timestamp(), outcome = 'replaced' WHERE finished_at IS NULL"));
    }

    private static @Nullable Phase phase(@Nullable String key) {
        return key == null ? null : Phase.valueOf(key.toUpperCase(Locale.ROOT));
    }

    private String table() {
        return schema.quoted() + ".run";
    }
}
