package dev.athanor.cli;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.ledger.Control;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.revision.Phase;
import dev.athanor.run.RunListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells on standard error what a run does: redrawn on a terminal, a line every few seconds elsewhere. */
final class Progress implements RunListener {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final Clock clock;
    private Instant drawn;
    private int width;
    private @Nullable Instant waitingSince;
    private @Nullable Meter meter;

    Progress(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.drawn = clock.instant();
    }

    @Override
    public synchronized void waitingForLease(String holder, Duration remaining) {
        Instant now = clock.instant();
        if (waitingSince == null || Duration.between(waitingSince, now).compareTo(LINE) >= 0) {
            waitingSince = now;
            say("waiting for the lease of " + holder + "; it seems gone, and its lease expires in "
                    + Math.max(1, remaining.toSeconds()) + " s");
        }
    }

    @Override
    public synchronized void takenOver(String holder) {
        say("taken over from " + holder);
    }

    @Override
    public synchronized void linted(List<RevisionFinding> findings) {
        findings.forEach(finding -> say("lint: " + finding.line()));
    }

    @Override
    public synchronized void phaseStarted(String revision, Phase phase) {
        say(revision + " " + phase.key());
    }

    @Override
    public synchronized void undoStarted(String revision, Phase phase) {
        say(revision + " undo " + phase.key());
    }

    @Override
    public synchronized void sectionRetried(String revision, String section, String cause, Duration delay) {
        say(String.format(
                Locale.ROOT, "%s %s: %s; again in %.1f s", revision, section, cause, delay.toMillis() / 1000.0));
    }

    @Override
    public synchronized void indexBuilding(String revision, String section, String index) {
        Instant now = clock.instant();
        if (waitingSince == null || Duration.between(waitingSince, now).compareTo(LINE) >= 0) {
            waitingSince = now;
            say(revision + " " + section + ": another session is building " + index + "; waiting for it");
        }
    }

    @Override
    public synchronized void indexRebuilt(String revision, String section, String index) {
        say(revision + " " + section + ": a failed build has left " + index + " invalid; it is built anew");
    }

    @Override
    public synchronized void blockerMet(String revision, String section, String words) {
        say(revision + " " + section + ": " + words);
    }

    @Override
    public synchronized void indexDropped(String revision, String section, String index) {
        say(revision + " " + section + ": the failed build's invalid index " + index + " is dropped");
    }

    @Override
    public synchronized void backfillStarted(BackfillView backfill) {
        meter = new Meter(backfill, clock.instant());
        if (backfill.rowsWalkedBefore() > 0) {
            say(String.format(
                    Locale.ROOT,
                    "%s %s goes on after %,d rows",
                    backfill.revision(),
                    backfill.name(),
                    backfill.rowsWalkedBefore()));
        }
    }

    @Override
    public synchronized void backfillEvent(BackfillView backfill, BackfillEvent event) {
        Meter current = meter;
        if (current == null) {
            return;
        }
        Instant now = clock.instant();
        String name = backfill.revision() + " " + backfill.name();
        if (event instanceof BackfillEvent.ChunkCommitted chunk) {
            current.chunk(chunk, now);
            redraw(current, now, false);
        } else if (event instanceof BackfillEvent.BudgetChanged budget) {
            current.budget(budget.state());
            redraw(current, now, budget.state().workers() == 0);
        } else if (event instanceof BackfillEvent.ControlChanged changed) {
            obeyed(name, current, changed.control(), now);
        } else if (event instanceof BackfillEvent.ChunkRetried retried && retried.attempt() == 1) {
            say(name + ": " + retried.cause() + "; trying again");
        } else if (event instanceof BackfillEvent.RowQuarantined row) {
            say(name + ": row " + String.join(", ", row.key()) + " is set aside (SQLSTATE " + row.sqlState() + "): "
                    + firstLine(row.message()));
        } else if (event instanceof BackfillEvent.RowReleased row) {
            current.released(row);
            say(name + ": row " + String.join(", ", row.key()) + " is done after all");
        } else if (event instanceof BackfillEvent.ChunkShrunk shrunk) {
            say(String.format(
                    Locale.ROOT,
                    "%s: range %d goes on with %,d rows a chunk: %s",
                    name,
                    shrunk.range(),
                    shrunk.rows(),
                    firstLine(shrunk.cause())));
        } else if (event instanceof BackfillEvent.RangeFailed failed) {
            say(name + ": range " + failed.range() + " failed: " + firstLine(failed.error()));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Nothing moves while it is paused, so that is said and stays to be read. */
    private void obeyed(String name, Meter current, Control control, Instant now) {
        Control.Wish pause = control.pause();
        boolean was = current.isPaused();
        current.pause(pause, now);
        if (pause != null) {
            say(name + ": PAUSED " + BackfillText.by(pause) + "; waiting. Go on with: athanor backfill resume "
                    + current.id());
        } else {
            say(name + (was ? ": resumed" : ": an operator's command is obeyed"));
        }
    }

    private void redraw(Meter current, Instant now, boolean atOnce) {
        if (atOnce || Duration.between(drawn, now).compareTo(terminal.redraws() ? REDRAW : LINE) >= 0) {
            String line = current.line(now);
            draw(terminal.redraws() ? line.substring(0, Math.min(line.length(), terminal.columns() - 1)) : line);
            drawn = now;
        }
    }

    @Override
    public synchronized void backfillFinished(BackfillView backfill) {
        if (meter != null) {
            say(meter.summary(clock.instant()));
            meter = null;
        }
    }

    @Override
    public synchronized void backfillStopped(BackfillView backfill) {
        backfillFinished(backfill);
    }

    @Override
    public synchronized void verified(String revision, String verification, long wrong) {
        say(String.format(Locale.ROOT, "%s verify %s: %,d wrong", revision, verification, wrong));
    }

    /** A line that stays. */
    synchronized void say(String line) {
        draw(line);
        if (terminal.redraws()) {
            terminal.err().println();
        }
        width = 0;
    }

    private void draw(String line) {
        if (terminal.redraws()) {
            terminal.err().print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            terminal.err().flush();
            width = line.length();
        } else {
            terminal.err().println(line);
        }
    }
}
