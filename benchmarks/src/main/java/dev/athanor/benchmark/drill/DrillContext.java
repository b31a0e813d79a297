package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.server.BenchmarkServer;
import dev.athanor.benchmark.table.TicketTable;
import dev.athanor.benchmark.worker.WorkerSettings;
import java.nio.file.Path;

/**
 * What drills work with.
 *
 * @param table of the volume, with its database
 * @param workers how JVMs are started, on the table's database
 * @param repeats how often each thing is measured
 * @param root of the project, where the command line was built
 */
public record DrillContext(BenchmarkServer server, TicketTable table, WorkerSettings workers, int repeats, Path root) {}
