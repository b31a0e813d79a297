package dev.athanor.cli;

import dev.athanor.ledger.BackfillFacts.Signal;
import dev.athanor.ledger.BackfillFacts.Vitals;
import dev.athanor.ledger.Control.Pace;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.ledger.GivenCommand;
import dev.athanor.run.BackfillDetails;
import dev.athanor.run.BackfillProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Backfills for people. */
final class BackfillText {
    private BackfillText() {}

    /** The state in capitals, with who and why. */
    static String state(BackfillProgress backfill) {
        String detail = detail(backfill);
        return backfill.standing().name() + (detail.isEmpty() ? "" : " " + detail);
    }

    /** Who and why. */
    static String detail(BackfillProgress backfill) {
        return switch (backfill.standing()) {
            case PAUSED -> by(backfill.control().pause());
            case CANCELLED -> by(backfill.control().cancellation());
            default -> backfill.reason();
        };
    }

    /** {@code by anna: lunch hour}. */
    static String by(@Nullable Wish wish) {
        if (wish == null) {
            return "";
        }
        return "by " + wish.by() + (wish.reason().isEmpty() ? "" : ": " + wish.reason());
    }

    /** The table of all of them. */
    static Table table(List<BackfillProgress> backfills) {
        Table table = new Table("ID", "REVISION", "BACKFILL", "STATE", "DONE", "TOTAL", "%", "ROWS/S", "ETA", "REASON");
        backfills.forEach(backfill -> {
            Duration eta = backfill.eta();
            table.row(
                    backfill.id() == null ? "" : backfill.id().toString(),
                    backfill.revision(),
                    backfill.name(),
                    backfill.standing().name(),
                    number(backfill.done()),
                    number(backfill.total()),
                    Integer.toString((int) backfill.percentOfKey()),
                    rate(backfill.rowsPerSecond()),
                    eta == null ? "" : Durations.inWords(eta),
                    detail(backfill).lines().findFirst().orElse(""));
        });
        return table;
    }

    /** What to do about those that need somebody. */
    static List<String> remedies(List<BackfillProgress> backfills) {
        return backfills.stream()
                .filter(backfill -> !backfill.remedy().isEmpty())
                .map(backfill -> backfill.revision() + "/" + backfill.name() + " is " + backfill.state() + " ("
                        + backfill.remedy() + ")")
                .toList();
    }

    private static String rate(@Nullable Double rate) {
        return rate == null ? "" : String.format(Locale.ROOT, "%,.0f", rate);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Everything of one. */
    static void print(BackfillDetails details, PrintStream out) {
        BackfillProgress backfill = details.progress();
        out.println((backfill.id() == null ? "" : backfill.id() + "  ") + backfill.revision() + "/" + backfill.name()
                + "  " + state(backfill));
        if (!backfill.remedy().isEmpty()) {
            out.println("  " + backfill.remedy());
        }
        out.println("table      " + backfill.table() + " by " + String.join(", ", details.key()));
        out.println("rows       " + number(backfill.done()) + " of about " + number(backfill.total()) + " ("
                + backfill.percentOfRows() + " %); changed " + number(backfill.changed()) + ", unchanged "
                + number(backfill.rows().skipped()) + ", set aside "
                + number(backfill.rows().quarantined()));
        out.println("ranges     " + backfill.ranges().count() + ", done "
                + backfill.ranges().done() + ", failed " + backfill.ranges().failed() + "; along the key "
                + backfill.percentOfKey() + " %");
        Duration eta = backfill.eta();
        String rate = rate(backfill.rowsPerSecond());
        out.println("pace       " + (rate.isEmpty() ? "" : rate + " rows/s, ")
                + (eta == null ? "" : "ETA " + Durations.inWords(eta) + ", ") + "at work for "
                + Durations.inWords(backfill.active()));
        set(backfill.control().pace()).ifPresent(set -> out.println("set        " + set));
        pulse(backfill.pulse(), out);
        trouble(details, out);
    }

    private static Optional<String> set(Pace pace) {
        List<String> parts = new ArrayList<>();
        add(parts, "max-rows-per-second", pace.maxRowsPerSecond(), "none");
        add(parts, "chunk-size", pace.chunkSize(), "auto");
        Duration target = pace.targetChunkTime();
        add(parts, "target-chunk-time", target == null ? null : target.toMillis() + "ms", "");
        add(parts, "workers", pace.workers(), "");
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private static void add(List<String> parts, String name, @Nullable Object value, String zero) {
        if (value != null) {
            parts.add(name + " " + (value.toString().equals("0") ? zero : value));
        }
    }

    private static void pulse(@Nullable Vitals pulse, PrintStream out) {
        if (pulse == null) {
            return;
        }
        out.println("now        "
                + ProgressLine.chunk(pulse.chunkRows(), pulse.chunkTime().toMillis(), pulse.workers()) + " of "
                + pulse.workersWanted()
                + String.format(Locale.ROOT, "  utilisation %.2f", pulse.utilisation()));
        Table signals = new Table("SIGNAL", "VALUE", "LIMIT", "UNIT", "UTILISATION");
        for (Signal signal : pulse.signals()) {
            signals.row(
                    signal.name(),
                    String.format(Locale.ROOT, "%,.1f", signal.value()),
                    String.format(Locale.ROOT, "%,.1f", signal.limit()),
                    signal.unit(),
                    String.format(Locale.ROOT, "%.2f", signal.utilisation()));
        }
        section(signals, out);
    }

    private static void trouble(BackfillDetails details, PrintStream out) {
        Table failed = new Table("FAILED RANGE", "AT ROW", "SQLSTATE", "ERROR");
        details.trouble()
                .failed()
                .forEach(range -> failed.row(
                        Integer.toString(range.number()),
                        range.key() == null ? "" : String.join(", ", range.key()),
                        range.sqlState(),
                        range.error().lines().findFirst().orElse("")));
        section(failed, out);
        Table rows = new Table("ROW SET ASIDE", "SQLSTATE", "TRIES", "MESSAGE");
        details.trouble()
                .quarantined()
                .forEach(row -> rows.row(
                        String.join(", ", row.key()),
                        row.sqlState(),
                        row.attempts() + (row.retry() ? " (to be tried again)" : ""),
                        row.message().lines().findFirst().orElse("")));
        section(rows, out);
        Table commands = new Table("COMMAND", "BY", "AT", "CHANGE", "REASON", "OBEYED");
        details.trouble().commands().forEach(command -> commands.row(row(command)));
        section(commands, out);
    }

    private static String[] row(GivenCommand command) {
        return new String[] {
            command.verb(),
            command.actor(),
            command.at().toString(),
            command.oldValue() + " -> " + command.newValue(),
            command.reason(),
            command.obeyed() ? "by " + command.obeyedBy() : "not yet"
        };
    }

    private static void section(Table table, PrintStream out) {
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }
}
