package dev.athanor.cli;

import dev.athanor.backfill.BackfillEvent;
import dev.athanor.revision.Phase;
import dev.athanor.run.RunListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
        if (event instanceof BackfillEvent.ChunkCommitted chunk) {
            Instant now = clock.instant();
            current.chunk(chunk, now);
            if (Duration.between(drawn, now).compareTo(terminal.redraws() ? REDRAW : LINE) >= 0) {
                String line = current.line(now);
                draw(terminal.redraws() ? line.substring(0, Math.min(line.length(), terminal.columns() - 1)) : line);
                drawn = now;
            }
        } else if (event instanceof BackfillEvent.ChunkRetried retried && retried.attempt() == 1) {
            say(backfill.revision() + " " + backfill.name() + ": " + retried.cause() + "; trying again");
        } else if (event instanceof BackfillEvent.RangeFailed failed) {
            say(backfill.revision() + " " + backfill.name() + ": range " + failed.range() + " failed");
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
