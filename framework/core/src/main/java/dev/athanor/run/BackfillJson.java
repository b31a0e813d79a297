package dev.athanor.run;

import static dev.athanor.run.JsonForm.object;

import dev.athanor.ledger.BackfillFacts.Signal;
import dev.athanor.ledger.BackfillFacts.Vitals;
import dev.athanor.ledger.BackfillTrouble.FailedRange;
import dev.athanor.ledger.BackfillTrouble.QuarantinedRow;
import dev.athanor.ledger.Control.Pace;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.ledger.GivenCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backfills as maps of plain values. */
final class BackfillJson {
    private BackfillJson() {}

    static Map<String, Object> of(BackfillProgress backfill) {
        Map<String, Object> json = new LinkedHashMap<>(object(
                "id", backfill.id(),
                "revision", backfill.revision(),
                "name", backfill.name(),
                "table", backfill.table(),
                "state", backfill.state(),
                "reason", backfill.reason(),
                "paused_by", by(backfill.control().pause()),
                "cancelled_by", by(backfill.control().cancellation()),
                "done", backfill.done(),
                "total", backfill.total(),
                "scanned", backfill.done(),
                "changed", backfill.changed(),
                "skipped", backfill.rows().skipped(),
                "failed", backfill.rows().quarantined(),
                "quarantined", backfill.rows().quarantined(),
                "ranges", backfill.ranges().count(),
                "ranges_done", backfill.ranges().done(),
                "ranges_failed", backfill.ranges().failed(),
                "percent_rows", backfill.percentOfRows(),
                "percent_key", backfill.percentOfKey()));
        Duration eta = backfill.eta();
        json.put("rows_per_second", rounded(backfill.rowsPerSecond()));
        json.put("eta_seconds", eta == null ? null : eta.toSeconds());
        json.putAll(pulse(backfill.pulse()));
        json.put("active_seconds", JsonForm.seconds(backfill.active()));
        json.put("remedy", backfill.remedy());
        return json;
    }

    private static @Nullable String by(@Nullable Wish wish) {
        return wish == null ? null : wish.by();
    }

    private static @Nullable Double rounded(@Nullable Double rate) {
        return rate == null ? null : Math.round(rate * 10) / 10.0;
    }

    /** The keys are there in any case. */
    private static Map<String, Object> pulse(@Nullable Vitals pulse) {
        return object(
                "workers", pulse == null ? null : pulse.workers(),
                "workers_wanted", pulse == null ? null : pulse.workersWanted(),
                "chunk_rows", pulse == null ? null : pulse.chunkRows(),
                "chunk_ms", pulse == null ? null : pulse.chunkTime().toMillis(),
                "utilisation", pulse == null ? null : pulse.utilisation(),
                "signals",
                        pulse == null
                                ? List.of()
                                : pulse.signals().stream()
                                        .map(BackfillJson::signal)
                                        .toList());
    }

    private static Map<String, Object> signal(Signal signal) {
        return object(
                "name", signal.name(),
                "value", signal.value(),
                "unit", signal.unit(),
                "limit", signal.limit(),
                "utilisation", signal.utilisation(),
                "text", signal.text());
    }

    static Map<String, Object> of(BackfillDetails details) {
        Map<String, Object> json = of(details.progress());
        Wish pause = details.progress().control().pause();
        Wish cancellation = details.progress().control().cancellation();
        json.put("paused_at", at(pause == null ? null : pause.at()));
        json.put("cancelled_at", at(cancellation == null ? null : cancellation.at()));
        json.put("key", details.key());
        json.put("started_at", at(details.startedAt()));
        json.put("elapsed_seconds", JsonForm.seconds(details.elapsed()));
        json.put("set", set(details.progress().control().pace()));
        json.put(
                "failed_ranges",
                details.trouble().failed().stream().map(BackfillJson::failed).toList());
        json.put(
                "quarantine",
                details.trouble().quarantined().stream().map(BackfillJson::row).toList());
        json.put(
                "commands",
                details.trouble().commands().stream().map(BackfillJson::of).toList());
        return json;
    }

    private static Map<String, Object> set(Pace pace) {
        Duration target = pace.targetChunkTime();
        return object(
                "max_rows_per_second", pace.maxRowsPerSecond(),
                "chunk_size", pace.chunkSize(),
                "target_chunk_ms", target == null ? null : target.toMillis(),
                "workers", pace.workers());
    }

    private static Map<String, Object> failed(FailedRange range) {
        return object(
                "range", range.number(), "error", range.error(), "sqlstate", range.sqlState(), "key", range.key());
    }

    private static Map<String, Object> row(QuarantinedRow row) {
        return object(
                "key", row.key(),
                "sqlstate", row.sqlState(),
                "message", row.message(),
                "range", row.range(),
                "retry", row.retry(),
                "attempts", row.attempts(),
                "at", at(row.at()));
    }

    static Map<String, Object> of(GivenCommand command) {
        return object(
                "id", command.given() ? command.id() : null,
                "verb", command.verb(),
                "old", command.oldValue(),
                "new", command.newValue(),
                "reason", command.reason(),
                "actor", command.actor(),
                "at", at(command.at()),
                "changed", command.given(),
                "obeyed", command.obeyed(),
                "obeyed_by", command.obeyedBy());
    }

    private static @Nullable String at(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
