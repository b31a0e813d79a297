package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.server.BenchmarkServer;
import dev.athanor.benchmark.table.TicketTable;
import dev.athanor.benchmark.worker.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What drills work with.
 *
 * @param table of the volume, with its database
 * @param workers how JVMs are started, on the table's database
 * @param repeats how often each thing is measured
 * @param root of the project, where the command line was built
 */
public record DrillContext(BenchmarkServer server, TicketTable table, WorkerSettings workers, int repeats, Path root) {
    /** The executable jar, when it was built. */
    Optional<Path> commandLine() {
        Path jar = root.resolve("framework/cli/target/athanor.jar");
        return Files.exists(jar) ? Optional.of(jar) : Optional.empty();
    }
}
