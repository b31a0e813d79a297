package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.backfill.BackfillEvent;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import dev.athanor.testkit.ChildJvm;
import dev.athanor.testkit.CrashPoint;
import dev.athanor.testkit.SharedClasses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An upgrade in a process of its own, which tests kill and freeze. Tells what it does in numbered lines ({@code #1 …}),
 * and ends with the exit code of what went wrong.
 */
final class WorkerProcess {
    /** Longest a child may take to come to a point of a test, on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(40);

    static final Duration LEASE = Duration.ofSeconds(1);

    private static final AtomicLong LINES = new AtomicLong();

    /** For the tests' JVM alone: the children are begun with {@code main} below. */
    private static final class Shared {
        static final SharedClasses CLASSES = SharedClasses.of(Path.of("..", "cli", "launcher", "classes"));
    }

    private WorkerProcess() {}

    /** Starts a child that upgrades to the heads. */
    static ChildJvm upgrading(Migrations migrations) {
        return start(migrations, "upgrade");
    }

    /** Starts a child that goes on with what is there. */
    static ChildJvm resuming(Migrations migrations) {
        return start(migrations, "resume");
    }

    /** Starts a child that upgrades to the heads, or goes on, and dies at a point of a chunk. */
    static ChildJvm dyingAt(CrashPoint point, Migrations migrations) {
        return child(migrations, "upgrade").withJvm(point.jvmArgument()).start();
    }

    private static ChildJvm start(Migrations migrations, String verb) {
        return child(migrations, verb).start();
    }

    private static ChildJvm.Builder child(Migrations migrations, String verb) {
        return child(WorkerProcess.class)
                .with(verb, migrations.url(), migrations.folder().toString());
    }

    /** A child with a small heap that starts quickly and logs nothing. */
    static ChildJvm.Builder child(Class<?> main) {
        return ChildJvm.running(main)
                .sharing(Shared.CLASSES)
                .withJvm("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .withJvm("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    }

    public static void main(String[] arguments) {
        say("begun");
        Revisions revisions = RevisionFolder.read(List.of(Path.of(arguments[2])));
        ConnectionUrl url = ConnectionUrl.parse(arguments[1], Map.of());
        try (Database database = Database.open(url, MigrationRunner.connectionsFor(revisions))) {
            MigrationRunner runner = MigrationRunner.of(database, revisions)
                    .lease(LEASE)
                    .listener(new Teller())
                    .probe(CrashPoint.asked())
                    .build();
            RunResult result = arguments[0].equals("resume")
                    ? runner.resume(null)
                    : runner.upgrade(new UpgradeRequest("heads", null));
            say("ended stopped=" + result.stopped());
            System.exit(result.stopped() ? 5 : 0);
        } catch (AthanorException e) {
            say("failed " + e.code() + " | " + e.getMessage() + " | " + e.hint());
            System.exit(e.kind().exitCode());
        }
    }

    private static synchronized void say(String line) {
        System.out.println("#" + LINES.incrementAndGet() + " " + line);
    }

    private static final class Teller implements RunListener {
        @Override
        public void waitingForLease(String holder, Duration remaining) {
            say("waiting for " + holder);
        }

        @Override
        public void takenOver(String holder) {
            say("taken over from " + holder);
        }

        @Override
        public void phaseStarted(String revision, Phase phase) {
            say("phase " + revision + "." + phase.key());
        }

        @Override
        public void phaseFinished(String revision, Phase phase) {
            say("done " + revision + "." + phase.key());
        }

        @Override
        public void sectionStarted(String revision, String section) {
            say("section " + section);
        }

        @Override
        public void backfillEvent(BackfillView backfill, BackfillEvent event) {
            say("event " + event);
        }
    }
}
