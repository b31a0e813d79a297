package dev.athanor.benchmarks;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Is a backfill in exactly-once chunks as fast as one UPDATE statement? Both fill the same fresh table in turn, after one
 * warm-up of each, on a server that keeps what it commits; every result is checked.
 *
 * <p>Arguments: rows (1,000,000), repeats (5), workers (2).
 */
public final class BackfillVersusUpdate {
    private static final Path DIRECTORY = Path.of(".athanor", "benchmarks");
    private static final String DATABASE = "backfill_versus_update";

    private final Clock clock;
    private final PrintStream out;
    private final TicketTable table;
    private final List<Contender> contenders;

    private BackfillVersusUpdate(Clock clock, PrintStream out, TicketTable table, List<Contender> contenders) {
        this.clock = clock;
        this.out = out;
        this.table = table;
        this.contenders = contenders;
    }

    /** Runs and prints; see the class. */
    public static void main(String[] arguments) {
        long rows = argument(arguments, 0, 1_000_000);
        int repeats = Math.toIntExact(argument(arguments, 1, 5));
        int workers = Math.toIntExact(argument(arguments, 2, 2));
        try (EmbeddedServer server = EmbeddedServer.open(settings())) {
            server.dropDatabase(DATABASE);
            server.createDatabase(DATABASE);
            BenchmarkDatabase database = new BenchmarkDatabase(server, DATABASE);
            TicketTable table = new TicketTable(database, rows);
            describe(System.out, database, table, repeats, workers);
            try (EngineBackfill engine = new EngineBackfill(database, workers);
                    UpgradePhase upgrade = new UpgradePhase(database, DIRECTORY.resolve("migrations"), workers)) {
                List<Contender> contenders = List.of(new OneUpdate(database), engine, upgrade);
                new BackfillVersusUpdate(Clock.systemUTC(), System.out, table, contenders).run(repeats);
            }
            server.dropDatabase(DATABASE);
        }
    }

    /** What a server of this size would have in earnest; nothing that gives up durability. */
    static EmbeddedSettings settings() {
        return EmbeddedSettings.in(DIRECTORY)
                .withServerSetting("fsync", "on")
                .withServerSetting("synchronous_commit", "on")
                .withServerSetting("full_page_writes", "on")
                .withServerSetting("shared_buffers", "1GB")
                .withServerSetting("max_wal_size", "8GB")
                .withServerSetting("synchronize_seqscans", "off");
    }

    private static void describe(
            PrintStream out, BenchmarkDatabase database, TicketTable table, int repeats, int workers) {
        out.printf("PostgreSQL %s", database.text("SHOW server_version"));
        for (String setting : List.of("fsync", "synchronous_commit", "shared_buffers", "max_wal_size")) {
            out.printf(", %s %s", setting, database.text("SHOW " + setting));
        }
        out.printf(
                "%n%,d rows of %d bytes, %d rounds, %d workers, Java %s, %d processors%n%n",
                table.rows(),
                table.bytes() / table.rows(),
                repeats,
                workers,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
    }

    private void run(int repeats) {
        for (Contender contender : contenders) {
            out.println("warm-up   " + new Timings(contender.name(), table.rows()).add(measure(contender)));
        }
        List<Timings> timings = contenders.stream()
                .map(contender -> new Timings(contender.name(), table.rows()))
                .toList();
        for (int round = 1; round <= repeats; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                out.printf("round %-3d %s%n", round, timings.get(i).add(measure(contenders.get(i))));
            }
        }
        out.println();
        timings.forEach(each -> out.println(each.summary()));
        timings.stream().skip(1).forEach(each -> out.println(each.comparedTo(timings.get(0))));
        out.printf(
                "heap: at most %d MB used of %d MB%n",
                peakHeap() >> 20, Runtime.getRuntime().maxMemory() >> 20);
    }

    private Duration measure(Contender contender) {
        contender.reset();
        table.renew();
        Instant begin = clock.instant();
        contender.fill();
        Duration elapsed = Duration.between(begin, clock.instant());
        table.check(contender.name());
        return elapsed;
    }

    /** Sum of the pools' peaks: an upper bound, garbage included. */
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return arguments.length > index ? Long.parseLong(arguments[index].replace("_", "")) : otherwise;
    }
}
