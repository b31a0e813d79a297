package dev.athanor.benchmark.drill;

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
        long begin = System.nanoTime();
        Revisions revisions = RevisionFolder.read(List.of(Path.of(arguments[0])));
        long read = System.nanoTime();
        try (Database database = Database.open(
                ConnectionUrl.parse(System.getenv(Worker.URL_VARIABLE), Map.of()),
                MigrationRunner.connectionsFor(revisions))) {
            long opened = System.nanoTime();
            RevisionPlan plan = MigrationRunner.of(database, revisions).build().planUpgrade("heads");
            long planned = System.nanoTime();
            if (plan.steps().size() != revisions.definitions().size()) {
                throw new IllegalStateException("the plan has " + plan.steps().size() + " steps");
            }
            System.out.println(read - begin + " " + (planned - opened));
        }
    }
}
