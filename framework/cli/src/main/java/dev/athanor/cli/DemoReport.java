package dev.athanor.cli;

import dev.athanor.jobs.supportdesk.application.PeriodReport;
import dev.athanor.run.RunResult;
import dev.athanor.run.RunResult.BackfillSummary;
import dev.athanor.run.RunResult.VerificationSummary;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo has shown.
 *
 * @param periods of the application: warming up, before, and during the upgrade
 */
record DemoReport(long tickets, RunResult result, List<PeriodReport> periods) {

    long applicationErrors() {
        return periods.stream().mapToLong(PeriodReport::errorCount).sum();
    }

    private List<PeriodReport> shown() {
        return periods.stream()
                .filter(period -> !period.name().equals(Demo.WARMING_UP))
                .toList();
    }

    void json(Map<String, Object> json) {
        RunReport.json(result, json);
        if (result.stopped()) {
            json.put("error", RunReport.stopped("Go on with: ./athanor demo --rows " + tickets));
        } else {
            json.put("success", applicationErrors() == 0);
        }
        json.put("rows", tickets);
        json.put("rows_per_second", Math.round(rate()));
        json.put("application_errors", applicationErrors());
        Map<String, Object> application = new LinkedHashMap<>();
        shown().forEach(period -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("statements", period.statements());
            one.put("p50_ms", period.p50().toNanos() / 1e6);
            one.put("p99_ms", period.p99().toNanos() / 1e6);
            one.put("max_ms", period.max().toNanos() / 1e6);
            one.put("errors", period.errors());
            application.put(period.name(), one);
        });
        json.put("application", application);
    }

    void text(PrintStream out, boolean keep, DemoFolder folder) {
        out.println();
        if (result.stopped()) {
            out.println("Stopped at a clean checkpoint; nothing is lost. Go on with: ./athanor demo --rows " + tickets);
            return;
        }
        out.printf(
                Locale.ROOT,
                "%,d tickets, %d revisions, %d phases, %s%n",
                tickets,
                result.applied().size(),
                result.phases().size(),
                Durations.inWords(result.elapsed()));
        Table backfills = new Table("BACKFILL", "ROWS", "CHANGED", "ROWS/S");
        for (BackfillSummary backfill : result.backfills()) {
            backfills.row(
                    backfill.revision() + " " + backfill.name(),
                    String.format(Locale.ROOT, "%,d", backfill.rowsWalked()),
                    String.format(Locale.ROOT, "%,d", backfill.rowsChanged()),
                    String.format(Locale.ROOT, "%,.0f", rate(backfill)));
        }
        backfills.print(out);
        out.println();
        Table application = new Table("APPLICATION", "STATEMENTS", "P50", "P99", "MAX", "ERRORS");
        for (PeriodReport period : shown()) {
            application.row(
                    period.name(),
                    String.format(Locale.ROOT, "%,d", period.statements()),
                    millis(period.p50().toNanos()),
                    millis(period.p99().toNanos()),
                    millis(period.max().toNanos()),
                    period.errors().isEmpty() ? "0" : period.errors().toString());
        }
        application.print(out);
        out.println();
        for (VerificationSummary verification : result.verifications()) {
            out.printf(
                    Locale.ROOT,
                    "verified: %s %s, %,d wrong%n",
                    verification.revision(),
                    verification.name(),
                    verification.wrong());
        }
        out.println();
        next(out, keep, folder);
    }

    private static void next(PrintStream out, boolean keep, DemoFolder folder) {
        out.println("The revisions are in " + folder.migrations() + ". Try next:");
        out.println("  ./athanor history --migrations " + folder.migrations());
        out.println("  ./athanor show sd003 --migrations " + folder.migrations());
        if (keep) {
            out.println("  ./athanor status --config " + folder.settings());
            out.println("  ./athanor current --verbose --config " + folder.settings());
        } else {
            out.println("  ./athanor demo --keep        and then: ./athanor status --config " + folder.settings());
        }
        out.println("  ./athanor demo               kill it in the middle, and start it again");
    }

    private double rate() {
        long rows = result.backfills().stream()
                .mapToLong(BackfillSummary::rowsWalked)
                .sum();
        long nanos = result.backfills().stream()
                .mapToLong(backfill -> backfill.elapsed().toNanos())
                .sum();
        return nanos == 0 ? 0 : rows * 1e9 / nanos;
    }

    private static double rate(BackfillSummary backfill) {
        return backfill.rowsWalked() * 1e9 / Math.max(1, backfill.elapsed().toNanos());
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
