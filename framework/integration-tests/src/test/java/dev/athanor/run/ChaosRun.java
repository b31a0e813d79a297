package dev.athanor.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The chaos run as a program; {@code benchmarks/run-chaos} starts it. Ends with 0 only when every row is done exactly once. */
final class ChaosRun {
    private static final Set<String> OPTIONS = Set.of("--rows", "--minutes", "--workers", "--seed");

    private ChaosRun() {}

    public static void main(String[] arguments) throws IOException {
        Chaos.Plan plan = plan(arguments);
        System.out.printf(
                Locale.ROOT,
                "%,d rows, %d workers, %d s of chaos; again with --seed %d%n",
                plan.rows(),
                plan.workers(),
                plan.duration().toSeconds(),
                plan.seed());
        Path folder = Files.createTempDirectory("athanor-chaos");
        try {
            List<Chaos.Entry> entries = new Chaos(plan, ChaosRun::print).run(folder);
            Map<String, Integer> counts = new TreeMap<>();
            entries.forEach(entry -> counts.merge(entry.event(), 1, Integer::sum));
            System.out.println();
            counts.forEach((event, count) -> System.out.printf("%-20s %5d%n", event, count));
            System.out.printf(
                    Locale.ROOT, "%nEXACT: each of %,d rows changed once, and the ledger says so%n", plan.rows());
        } catch (AssertionError e) {
            System.out.println("\nNOT EXACT (--seed " + plan.seed() + "): " + e.getMessage());
            System.exit(1);
        } finally {
            Files.deleteIfExists(folder.resolve("1.sql"));
            Files.deleteIfExists(folder);
        }
    }

    private static void print(Chaos.Entry entry) {
        System.out.printf(
                Locale.ROOT,
                "%8.1f s  %-20s %-24s %,12d rows%n",
                entry.at().toMillis() / 1000.0,
                entry.event(),
                entry.detail(),
                entry.rows());
    }

    private static Chaos.Plan plan(String[] arguments) {
        Map<String, Long> given = new HashMap<>();
        for (int index = 0; index < arguments.length; index += 2) {
            if (!OPTIONS.contains(arguments[index]) || index + 1 == arguments.length) {
                System.err.println("usage: run-chaos [--rows N] [--minutes N] [--workers N] [--seed N]");
                System.exit(2);
            }
            given.put(arguments[index], Long.valueOf(arguments[index + 1]));
        }
        return new Chaos.Plan(
                given.getOrDefault("--rows", 1_000_000L).intValue(),
                Duration.ofMinutes(given.getOrDefault("--minutes", 5L)),
                given.getOrDefault("--workers", 4L).intValue(),
                given.getOrDefault("--seed", System.nanoTime()));
    }
}
