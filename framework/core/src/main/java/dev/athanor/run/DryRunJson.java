package dev.athanor.run;

import dev.athanor.run.DryRunReport.LockForecast;
import dev.athanor.run.DryRunReport.RevisionForecast;
import dev.athanor.run.DryRunReport.SectionForecast;
import dev.athanor.run.DryRunReport.StatementForecast;
import dev.athanor.run.DryRunReport.WalkForecast;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dry run as maps of plain values. */
final class DryRunJson {
    private DryRunJson() {}

    static Map<String, Object> of(DryRunReport report) {
        return JsonForm.object(
                "dry_run", true,
                "steps",
                        report.steps().stream()
                                .map(step -> List.of(step.action().key(), step.id()))
                                .toList(),
                "revisions",
                        report.revisions().stream().map(DryRunJson::revision).toList(),
                "heads_after", report.headsAfter(),
                "notes", report.notes(),
                "total",
                        JsonForm.object(
                                "revisions", report.revisions().size(),
                                "statements", report.statements(),
                                "strongest_lock",
                                        report.strongestLock()
                                                .map(lock -> lock.mode().sql())
                                                .orElse(null),
                                "rows_to_walk", report.rowsToWalk()));
    }

    private static Map<String, Object> revision(RevisionForecast revision) {
        return JsonForm.object(
                "id", revision.id(),
                "message", revision.message(),
                "phases",
                        revision.phases().stream()
                                .map(phase -> JsonForm.object(
                                        "phase", phase.phase().key(),
                                        "sections",
                                                phase.sections().stream()
                                                        .map(DryRunJson::section)
                                                        .toList()))
                                .toList());
    }

    private static Map<String, Object> section(SectionForecast section) {
        Map<String, Object> json = JsonForm.object(
                "name", section.name(),
                "kind", section.kind().name().toLowerCase(Locale.ROOT),
                "origin", section.origin(),
                "done", section.done(),
                "statements",
                        section.statements().stream().map(DryRunJson::statement).toList(),
                "transaction", section.limits().transactional(),
                "lock_timeout_ms", millis(section.limits().lockTimeout()),
                "statement_timeout_ms", millis(section.limits().statementTimeout()),
                "retries", section.limits().retries());
        WalkForecast walk = section.walk();
        if (walk != null) {
            json.putAll(JsonForm.object(
                    "table", walk.table(),
                    "key", walk.key(),
                    "rows_estimated", walk.rows(),
                    "chunks_estimated", walk.chunks(),
                    "chunk_size", walk.chunkSize(),
                    "adaptive", walk.adaptive(),
                    "workers", walk.workers(),
                    "max_rows_per_second", walk.maxRowsPerSecond(),
                    "advice", walk.advice().stream().map(DryRunJson::advice).toList()));
        }
        json.put("note", section.note());
        return json;
    }

    private static Map<String, Object> advice(Advice advice) {
        return JsonForm.object(
                "code", advice.code(),
                "object", advice.object(),
                "message", advice.message(),
                "remedy", advice.remedy());
    }

    private static Map<String, Object> statement(StatementForecast statement) {
        return JsonForm.object(
                "sql", statement.sql(),
                "done", statement.done(),
                "locks", statement.locks().stream().map(DryRunJson::lock).toList(),
                "unknown", statement.unknown());
    }

    private static Map<String, Object> lock(LockForecast lock) {
        Duration longest = lock.longest();
        return JsonForm.object(
                "table", lock.table(),
                "mode", lock.mode().sql(),
                "blocks", lock.mode().blocks(),
                "there", lock.there(),
                "rows", lock.rows(),
                "rows_guessed", lock.guessed(),
                "bytes", lock.bytes(),
                "partitions", lock.partitions(),
                "sessions_in_the_way", lock.holders(),
                "longest_seconds", longest == null ? null : longest.toSeconds(),
                "note", lock.note());
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : Long.valueOf(duration.toMillis());
    }
}
