package dev.athanor.ledger;

import static dev.athanor.sql.QualifiedName.quote;

import dev.athanor.ledger.Control.Wish;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.Row;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What operators wish of a running backfill, and what its process says of it in turn. */
public final class ControlLedger {
    /** Channel on which operators' commands are announced; the message is {@code STATE_SCHEMA:BACKFILL_ID}. */
    public static final String CHANNEL = "athanor_control";

    private final String stateSchema;
    private final String backfill;
    private final String command;
    private final String vitals;

    /** Uses the tables of this state schema (unquoted name). */
    public ControlLedger(String stateSchema) {
        this.stateSchema = stateSchema;
        this.backfill = quote(stateSchema) + ".backfill";
        this.command = quote(stateSchema) + ".command";
        this.vitals = quote(stateSchema) + ".backfill_vitals";
    }

    /** The announcement of a command for this backfill. */
    public String announcement(long backfillId) {
        return stateSchema + ":" + backfillId;
    }

    /** What is wished now. */
    public Mono<Control> read(ReactiveSession session, long backfillId) {
        return session.query(
                        "SELECT control_version, paused_by, paused_reason, paused_at, cancelled_by, cancelled_reason,"
                                + " cancelled_at, max_rows_per_second, chunk_size, target_chunk_ms, workers, skip_limit"
                                + " FROM " + backfill + " WHERE id = $1",
                        ControlLedger::control,
                        backfillId)
                .next();
    }

    /** Notes that all commands up to this version are obeyed. */
    public Mono<Long> obeyed(ReactiveSession session, long backfillId, long version, String by) {
        return session.execute(
                "UPDATE " + command + " c SET obeyed_at = clock_timestamp(), obeyed_by = $3 FROM " + backfill
                        + " b WHERE b.id = $1 AND b.control_version = $2 AND c.backfill_id = $1"
                        + " AND c.obeyed_at IS NULL",
                backfillId,
                version,
                by);
    }

    /**
     * Writes how a backfill does, unless a newer owner has written.
     *
     * @return commands of operators so far; empty when the backfill is gone
     */
    public Mono<Long> beat(ReactiveSession session, long backfillId, Vitals told, Fence fence) {
        return session.query(
                        "WITH told AS (INSERT INTO " + vitals + " AS v (backfill_id, beat_at, fencing_token, state,"
                                + " reason, rows_per_second, active_ms, workers, workers_wanted, chunk_rows, chunk_ms,"
                                + " utilisation, signals) VALUES ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7, $8, $9,"
                                + " $10, $11, $12::jsonb) ON CONFLICT (backfill_id) DO UPDATE SET"
                                + " beat_at = excluded.beat_at, fencing_token = excluded.fencing_token,"
                                + " state = excluded.state, reason = excluded.reason,"
                                + " rows_per_second = excluded.rows_per_second,"
                                + " active_ms = v.active_ms + excluded.active_ms, workers = excluded.workers,"
                                + " workers_wanted = excluded.workers_wanted, chunk_rows = excluded.chunk_rows,"
                                + " chunk_ms = excluded.chunk_ms, utilisation = excluded.utilisation,"
                                + " signals = excluded.signals WHERE v.fencing_token <= excluded.fencing_token)"
                                + " SELECT control_version FROM " + backfill + " WHERE id = $1",
                        row -> row.number("control_version"),
                        backfillId,
                        fence.token(),
                        told.state(),
                        told.reason(),
                        told.rowsPerSecond(),
                        told.activeSince().toMillis(),
                        told.workers(),
                        told.workersWanted(),
                        told.chunkRows(),
                        told.chunkMillis(),
                        told.utilisation(),
                        told.signals())
                .next();
    }

    private static Control control(Row row) {
        return new Control(
                row.number("control_version"),
                wish(row, "paused"),
                wish(row, "cancelled"),
                new Control.Pace(
                        row.numberOrNull("max_rows_per_second"),
                        whole(row, "chunk_size"),
                        millis(row),
                        whole(row, "workers"),
                        row.numberOrNull("skip_limit")));
    }

    private static @Nullable Wish wish(Row row, String what) {
        return row.time(what + "_at") == null
                ? null
                : new Wish(
                        Objects.requireNonNullElse(row.text(what + "_by"), ""),
                        Objects.requireNonNullElse(row.text(what + "_reason"), ""),
                        row.instant(what + "_at"));
    }

    private static @Nullable Integer whole(Row row, String column) {
        Long number = row.numberOrNull(column);
        return number == null ? null : number.intValue();
    }

    private static @Nullable Duration millis(Row row) {
        Long number = row.numberOrNull("target_chunk_ms");
        return number == null ? null : Duration.ofMillis(number);
    }

    /**
     * How a running backfill does.
     *
     * @param state {@code running}, {@code throttled} or {@code paused}
     * @param reason why it is slower than it could be; empty when it is not
     * @param rowsPerSecond smoothed
     * @param activeSince time at work since it was told last
     * @param workers that may run at once now
     * @param workersWanted that may if nothing holds them back
     * @param chunkRows rows of the next chunk
     * @param chunkMillis run time of the last chunk's statement
     * @param utilisation of the worst signal
     * @param signals readings, as a JSON array
     */
    public record Vitals(
            String state,
            String reason,
            double rowsPerSecond,
            Duration activeSince,
            int workers,
            int workersWanted,
            int chunkRows,
            long chunkMillis,
            double utilisation,
            String signals) {}
}
