package dev.athanor.run;

import dev.athanor.catalog.SchemaDifference;
import dev.athanor.ledger.GivenCommand;
import dev.athanor.revision.RevisionStep;
import dev.athanor.run.RunResult.PhaseDone;
import dev.athanor.run.StatusReport.LeaseView;
import dev.athanor.run.StatusReport.RevisionProgress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results as maps of plain values under the names that {@code --output json} prints; the command line prints these very
 * maps. Durations are in seconds, times in ISO 8601.
 */
public final class JsonForm {
    private JsonForm() {}

    /** What a run has done: {@code steps}, {@code heads_after}, {@code phases} … */
    public static Map<String, Object> of(RunResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("steps", steps(result.steps()));
        json.put("heads_after", result.headsAfter());
        json.put("phases", result.phases().stream().map(JsonForm::phase).toList());
        json.put(
                "backfills",
                result.backfills().stream()
                        .map(backfill -> object(
                                "revision", backfill.revision(),
                                "name", backfill.name(),
                                "rows_walked", backfill.rowsWalked(),
                                "rows_changed", backfill.rowsChanged(),
                                "seconds", seconds(backfill.elapsed())))
                        .toList());
        json.put(
                "verifications",
                result.verifications().stream()
                        .map(verification -> object(
                                "revision", verification.revision(),
                                "name", verification.name(),
                                "wrong", verification.wrong()))
                        .toList());
        json.put("notes", result.notes());
        json.put("stopped", result.stopped());
        json.put("seconds", seconds(result.elapsed()));
        return json;
    }

    /** What lint has found: {@code success}, {@code findings} …; {@code success} is false when errors are not excused. */
    public static Map<String, Object> of(LintReport report) {
        return LintJson.of(report);
    }

    /** What statements did on a scratch database: {@code revision}, {@code statements} … */
    public static Map<String, Object> of(TraceReport report) {
        return LintJson.of(report);
    }

    /** Where a database stands: {@code heads}, {@code pending}, {@code revisions} (those between phases) … */
    public static Map<String, Object> of(StatusReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("heads", report.heads());
        json.put("pending", report.pending());
        json.put(
                "revisions",
                report.betweenPhases().stream().map(JsonForm::progress).toList());
        json.put("unknown", report.unknown());
        json.put("changed", report.changed());
        json.put(
                "remedies",
                report.remedies().stream()
                        .map(remedy -> object("revision", remedy.revision(), "remedy", remedy.remedy()))
                        .toList());
        json.put("backfills", report.backfills().stream().map(BackfillJson::of).toList());
        json.put("lease", report.lease() == null ? null : lease(report.lease()));
        return json;
    }

    /** What another tool has brought: {@code from}, {@code table}, {@code found}, {@code steps} … */
    public static Map<String, Object> of(Adoption adoption) {
        return object(
                "from", adoption.from().key(),
                "table", adoption.table(),
                "found", adoption.found(),
                "steps", steps(adoption.plan().steps()),
                "revisions", adoption.revisions(),
                "not_taken_over", adoption.notTakenOver(),
                "heads_after", adoption.plan().rowsAfter(),
                "stamped", adoption.stamped());
    }

    private static List<List<String>> steps(List<RevisionStep> steps) {
        return steps.stream()
                .map(step -> List.of(step.action().key(), step.id()))
                .toList();
    }

    /** What is not in order: {@code pending}, {@code heads}, {@code between_phases}, {@code drift} … */
    public static Map<String, Object> of(CheckReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pending", report.pending());
        json.put("heads", report.heads());
        json.put(
                "between_phases",
                report.betweenPhases().stream().map(JsonForm::progress).toList());
        json.put("unknown", report.unknown());
        json.put("changed", report.changed());
        json.put("drift", report.drift().stream().map(JsonForm::difference).toList());
        json.put("notes", report.notes());
        return json;
    }

    private static Map<String, Object> difference(SchemaDifference difference) {
        return object(
                "object", difference.object(),
                "kind", difference.kind().key(),
                "change", difference.change().key(),
                "was", difference.was(),
                "is", difference.is());
    }

    /** What an upgrade would do: {@code dry_run}, {@code steps}, {@code revisions} with their phases, {@code total} … */
    public static Map<String, Object> of(DryRunReport report) {
        return DryRunJson.of(report);
    }

    /** How fit a database is: {@code findings}. */
    public static Map<String, Object> of(DoctorReport report) {
        return object(
                "findings",
                report.findings().stream()
                        .map(finding -> object(
                                "severity", finding.severity().key(),
                                "object", finding.object(),
                                "finding", finding.finding(),
                                "remedy", finding.remedy()))
                        .toList());
    }

    /** One backfill: {@code id}, {@code state}, {@code scanned}, {@code percent_key} … */
    public static Map<String, Object> of(BackfillProgress backfill) {
        return BackfillJson.of(backfill);
    }

    /** All of one backfill: as its progress, with {@code failed_ranges}, {@code quarantine}, {@code commands}, {@code set}. */
    public static Map<String, Object> of(BackfillDetails details) {
        return BackfillJson.of(details);
    }

    /** What a command was and who has obeyed it: {@code id}, {@code verb}, {@code old}, {@code new}, {@code obeyed} … */
    public static Map<String, Object> of(GivenCommand command) {
        return BackfillJson.of(command);
    }

    private static Map<String, Object> phase(PhaseDone done) {
        return object("revision", done.revision(), "phase", done.phase().key());
    }

    private static Map<String, Object> progress(RevisionProgress revision) {
        return object(
                "id", revision.revision(),
                "phase", revision.finished(),
                "next", revision.next(),
                "undoing", revision.undoing(),
                "started_at", revision.startedAt().toString());
    }

    private static Map<String, Object> lease(LeaseView lease) {
        return object(
                "owner", lease.owner(),
                "host", lease.host(),
                "pid", lease.pid(),
                "age_seconds", seconds(lease.age()),
                "heartbeat_age_seconds", seconds(lease.heartbeatAge()));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    static Map<String, Object> object(@Nullable Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return object;
    }
}
