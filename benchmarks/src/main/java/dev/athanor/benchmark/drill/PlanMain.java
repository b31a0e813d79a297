package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.worker.Stopwatch;
import dev.athanor.benchmark.worker.Worker;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.revision.RevisionPlan;
import dev.athanor.run.MigrationRunner;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a folder of revisions and plans an upgrade in a fresh JVM. Argument: folder; the URL is in the environment. Prints the nanoseconds of reading and of planning. */
public final class PlanMain {
    private PlanMain() {}

    /** Runs and prints. */
    public static void main(String[] arguments) {
        Stopwatch reading = Stopwatch.start();
        Revisions revisions = RevisionFolder.read(List.of(Path.of(arguments[0])));
        long read = reading.nanos();
        try (Database database = Database.open(
                ConnectionUrl.parse(System.getenv(Worker.URL_VARIABLE), Map.of()),
                MigrationRunner.connectionsFor(revisions))) {
            Stopwatch planning = Stopwatch.start();
            RevisionPlan plan = MigrationRunner.of(database, revisions).build().planUpgrade("heads");
            long planned = planning.nanos();
            if (plan.steps().size() != revisions.definitions().size()) {
                throw new IllegalStateException("the plan has " + plan.steps().size() + " steps");
            }
            System.out.println(read + " " + planned);
        }
    }
}
