package dev.athanor.testkit;

import dev.athanor.backfill.ChunkPoint;
import dev.athanor.backfill.ChunkProbe;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a process die at a named point of the backfill engine, as {@code kill -9} does: no shutdown hook runs, nothing is
 * flushed, no connection is closed by us. The test says where by {@link #jvmArgument()}, the child obeys with
 * {@link #asked()}:
 *
 * <pre>{@code
 * ChildJvm.running(Worker.class).withJvm(CrashPoint.at(ChunkPoint.CHANGED, 3).jvmArgument()).start()
 * MigrationRunner.of(database, revisions).probe(CrashPoint.asked())
 * }</pre>
 *
 * Safe for use by several threads.
 */
public final class CrashPoint implements ChunkProbe {
    /** Exit code of a process that died here: no code of Athanor's own, nor of a signal. */
    public static final int EXIT_CODE = 86;

    private static final String PROPERTY = "athanor.test.crash";

    private final ChunkPoint point;
    private final long pass;
    private final AtomicLong passes = new AtomicLong();

    private CrashPoint(ChunkPoint point, long pass) {
        if (pass < 1) {
            throw new IllegalArgumentException("the first pass of a point is 1, not " + pass);
        }
        this.point = point;
        this.pass = pass;
    }

    /** At the point's n-th pass of all chunks of the process, counted from 1. */
    public static CrashPoint at(ChunkPoint point, long pass) {
        return new CrashPoint(point, pass);
    }

    /** What the JVM's arguments ask for; {@link ChunkProbe#NONE} when they ask for nothing. */
    public static ChunkProbe asked() {
        String text = System.getProperty(PROPERTY, "");
        return text.isEmpty() ? ChunkProbe.NONE : parse(text);
    }

    /** The argument for a child JVM that calls {@link #asked()}. */
    public String jvmArgument() {
        return "-D" + PROPERTY + "=" + this;
    }

    /** Ends the process when it is the time and the place. */
    @Override
    public void reached(ChunkPoint here, long backfillId, int range) {
        if (here == point && passes.incrementAndGet() == pass) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** Such as {@code CHANGED:3}. */
    @Override
    public String toString() {
        return point + ":" + pass;
    }

    static CrashPoint parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(PROPERTY + " is '" + text + "', not as CHANGED:3");
        }
        return at(ChunkPoint.valueOf(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }
}
