package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.embedded.StopMode;
import dev.athanor.ledger.Control.Pace;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.Pause;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.Jdbc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What can happen to a backfill. */
final class ChaosEvents {
    private static final int LONGEST_FREEZE_MILLIS = 4_000;
    private static final long SLOWEST_ROWS_PER_SECOND = 100;
    /** Named as in {@link Once}. */
    private static final String BACKFILL = "fill";

    private final Chaos.Scene scene;
    private final Random random;
    private List<Kind> bag = List.of();

    /** Kinds of events. */
    enum Kind {
        KILL_PROCESS,
        END_SESSIONS,
        RESTART_FAST,
        RESTART_IMMEDIATE,
        CUT_NETWORK,
        HALF_CLOSE_NETWORK,
        FREEZE_NETWORK,
        PAUSE,
        RESUME,
        SET_RATE
    }

    ChaosEvents(Chaos.Scene scene) {
        this.scene = scene;
        this.random = scene.random();
    }

    /** All kinds in random order, then all again: a short run meets each. */
    Kind next() {
        if (bag.isEmpty()) {
            bag = new ArrayList<>(List.of(Kind.values()));
            Collections.shuffle(bag, random);
        }
        return bag.remove(0);
    }

    /**
     * Lets it happen.
     *
     * @param left how long the rows should last
     * @return what it was in detail
     */
    String happen(Kind kind, ChildJvm child, Duration left) {
        return switch (kind) {
            case KILL_PROCESS -> {
                child.kill9();
                yield "process " + child.processId();
            }
            case END_SESSIONS ->
                sql().rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'athanor'")
                                .size()
                        + " sessions";
            case RESTART_FAST -> restart(StopMode.FAST);
            case RESTART_IMMEDIATE -> restart(StopMode.IMMEDIATE);
            case CUT_NETWORK -> {
                int connections = scene.proxy().connectionCount();
                scene.proxy().cut();
                yield connections + " connections";
            }
            case HALF_CLOSE_NETWORK -> {
                scene.proxy().halfClose();
                yield "";
            }
            case FREEZE_NETWORK -> freeze();
            case PAUSE -> command(operations -> operations.pause(BACKFILL, "chaos"), "");
            case RESUME -> command(operations -> operations.resume(BACKFILL, "chaos"), "");
            case SET_RATE -> setRate(left);
        };
    }

    /** Ends what still holds the backfill up. */
    void calm() {
        scene.proxy().unfreeze();
        command(operations -> operations.resume(BACKFILL, "peace"), "");
        command(operations -> operations.set(BACKFILL, rate(0), "peace"), "");
    }

    private String restart(StopMode mode) {
        scene.server().restart(mode);
        scene.proxy().switchTo(scene.database().url());
        return "";
    }

    private String freeze() {
        long millis = random.nextInt(LONGEST_FREEZE_MILLIS);
        scene.proxy().freeze();
        Pause.real().await(Duration.ofMillis(millis));
        scene.proxy().unfreeze();
        return millis + " ms";
    }

    /** Slower than what would be done in time, so that the rows last. */
    private String setRate(Duration left) {
        long rows = scene.plan().rows() - Math.max(0, Chaos.changed(sql()));
        long inTime = rows / Math.max(1, left.toSeconds());
        long rowsPerSecond = Math.max(SLOWEST_ROWS_PER_SECOND, (long) (inTime * (0.3 + 0.7 * random.nextDouble())));
        return command(operations -> operations.set(BACKFILL, rate(rowsPerSecond), "chaos"), rowsPerSecond + " rows/s");
    }

    private static Pace rate(long rowsPerSecond) {
        return new Pace(rowsPerSecond, null, null, null, null);
    }

    /** A backfill that was not begun yet takes no commands. */
    private String command(Consumer<Operations> command, String detail) {
        try (Database database = scene.direct().at(scene.database().url()).open()) {
            command.accept(scene.direct().runner(database, builder -> builder).operations());
            return detail;
        } catch (AthanorException e) {
            return "refused: " + e.code();
        }
    }

    private Jdbc sql() {
        return scene.database().jdbc();
    }
}
