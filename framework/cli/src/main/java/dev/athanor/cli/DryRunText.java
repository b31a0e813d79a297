package dev.athanor.cli;

import dev.athanor.run.DryRunReport;
import dev.athanor.run.DryRunReport.Kind;
import dev.athanor.run.DryRunReport.Limits;
import dev.athanor.run.DryRunReport.LockForecast;
import dev.athanor.run.DryRunReport.PhaseForecast;
import dev.athanor.run.DryRunReport.RevisionForecast;
import dev.athanor.run.DryRunReport.SectionForecast;
import dev.athanor.run.DryRunReport.StatementForecast;
import dev.athanor.run.DryRunReport.WalkForecast;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an upgrade would do, for an operator to read: indented, one line a fact. */
final class DryRunText {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private final PrintStream out;

    private DryRunText(PrintStream out) {
        this.out = out;
    }

    static void print(DryRunReport report, PrintStream out) {
        report.notes().forEach(out::println);
        if (report.revisions().isEmpty()) {
            out.println("Nothing to do.");
            return;
        }
        out.println("Dry run: nothing was changed. The upgrade would do this:");
        DryRunText text = new DryRunText(out);
        report.revisions().forEach(text::revision);
        out.println();
        out.println(total(report));
        out.println(
                "heads after: " + (report.headsAfter().isEmpty() ? "(none)" : String.join(", ", report.headsAfter())));
    }

    private static String total(DryRunReport report) {
        String lock = report.strongestLock()
                .map(strongest -> "strongest lock " + strongest.mode().sql() + " on " + strongest.table())
                .orElse("no lock on a table that is there now");
        return String.format(
                Locale.ROOT,
                "total: %s, %s, %s, %,d rows to walk",
                count(report.revisions().size(), "revision"),
                count(report.statements(), "statement"),
                lock,
                report.rowsToWalk());
    }

    private void line(int depth, String text) {
        out.println("  ".repeat(depth) + text);
    }

    private void revision(RevisionForecast revision) {
        out.println();
        String message = revision.message().isEmpty() ? "" : "  " + revision.message();
        line(0, "revision " + revision.id() + message);
        for (PhaseForecast phase : revision.phases()) {
            if (!phase.sections().isEmpty()) {
                line(1, phase.phase().key());
                phase.sections().forEach(this::section);
            }
        }
    }

    private void section(SectionForecast section) {
        String kind = section.kind() == Kind.VERIFY ? "verify " : section.kind() == Kind.BACKFILL ? "backfill " : "";
        line(2, kind + section.name() + " (" + section.origin() + ")" + (section.done() ? ": done before" : ""));
        if (section.done()) {
            return;
        }
        if (!section.note().isEmpty()) {
            line(3, "note: " + section.note());
        }
        if (section.kind() == Kind.SCHEMA) {
            line(3, limits(section.limits()));
        }
        WalkForecast walk = section.walk();
        if (walk != null) {
            walk(walk, section.limits());
        }
        section.statements().forEach(this::statement);
    }

    private static String limits(Limits limits) {
        Duration lock = limits.lockTimeout();
        Duration statement = limits.statementTimeout();
        return (limits.transactional() ? "one transaction" : "statement by statement, no transaction")
                + (lock == null ? ", waits for locks without limit" : ", lock timeout " + Durations.inWords(lock))
                + (statement == null ? "" : ", statement timeout " + Durations.inWords(statement))
                + (limits.retries() == null ? "" : ", tried again up to " + limits.retries() + " times");
    }

    private void walk(WalkForecast walk, Limits limits) {
        if (!walk.key().isEmpty()) {
            line(3, "walks " + walk.table() + " by (" + String.join(", ", walk.key()) + ")");
        }
        Long rows = walk.rows();
        Long chunks = walk.chunks();
        if (rows != null && chunks != null) {
            String about = walk.adaptive() ? "chunks if none grew beyond the first, of " : "chunks of ";
            line(
                    3,
                    String.format(
                            Locale.ROOT, "about %,d rows, about %,d %s%,d", rows, chunks, about, walk.chunkSize()));
        }
        Long cap = walk.maxRowsPerSecond();
        if (cap != null) {
            String least = rows == null ? "" : ", so at least " + Durations.inWords(Duration.ofSeconds(rows / cap));
            line(3, String.format(Locale.ROOT, "no more than %,d rows a second%s", cap, least));
        }
        line(3, count(walk.workers(), "worker") + ", each chunk a transaction" + lockTimeout(limits.lockTimeout()));
        walk.advice()
                .forEach(advice ->
                        line(3, "advice: " + advice.object() + " " + advice.message() + ". " + advice.remedy()));
    }

    private static String lockTimeout(@Nullable Duration timeout) {
        return timeout == null ? "" : ", lock timeout " + Durations.inWords(timeout);
    }

    private void statement(StatementForecast statement) {
        List<String> lines = statement.sql().stripIndent().lines().toList();
        lines.forEach(sql -> line(3, sql.stripTrailing()));
        if (statement.done()) {
            line(4, "-> done before");
        }
        statement.locks().forEach(lock -> line(4, "-> " + lock(lock)));
        if (statement.unknown() != null) {
            line(4, "-> locks are not all known: " + statement.unknown());
        } else if (statement.locks().isEmpty() && !statement.done()) {
            line(4, "-> locks no table");
        }
    }

    private static String lock(LockForecast lock) {
        String what = lock.mode().sql() + " on " + lock.table();
        if (!lock.there()) {
            return what + ": " + lock.note();
        }
        List<String> facts = new ArrayList<>();
        if (lock.partitions() > 0) {
            what += " and " + count(lock.partitions(), "partition");
        }
        facts.add("blocks " + lock.mode().blocks());
        Long rows = lock.rows();
        if (rows != null) {
            facts.add(String.format(Locale.ROOT, "about %,d rows%s", rows, lock.guessed() ? " (guessed)" : ""));
        }
        Long bytes = lock.bytes();
        if (bytes != null) {
            facts.add(size(bytes));
        }
        if (lock.holders() > 0) {
            Duration longest = lock.longest();
            facts.add(count(lock.holders(), "session") + " in the way now"
                    + (longest == null ? "" : ", the longest for " + Durations.inWords(longest)));
        }
        return what + ": " + String.join(", ", facts);
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    /** {@code 8,192 B}, {@code 24 kB}, {@code 1,234 MB}: whole numbers, as the server's own {@code pg_size_pretty}. */
    private static String size(long bytes) {
        int unit = 0;
        long size = bytes;
        while (size >= 10 * 1024 && unit < UNITS.length - 1) {
            size = (size + 512) / 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%,d %s", size, UNITS[unit]);
    }
}
