package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.result.Series;
import dev.athanor.benchmark.result.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Statements that were due while something went on.
 *
 * @param begin nanoseconds since the load began
 * @param statements at least one is expected; without any, latencies are 0
 * @param rowsPerSecond that were filled beside them
 */
record Period(long begin, List<ConstantLoad.Statement> statements, double rowsPerSecond) {
    /** Width of a point in a plot, in nanoseconds: a hundred statements or so. */
    private static final long WINDOW = 200_000_000;

    double count() {
        return statements.size();
    }

    double errors() {
        return statements.stream().filter(ConstantLoad.Statement::failed).count();
    }

    /** The latency that the given share of the statements did not exceed. */
    double millis(double share) {
        return statements.isEmpty() ? 0 : Statistics.percentile(latencies(statements), share);
    }

    /** The 99th percentile of each short window. */
    Series overTime(String name) {
        TreeMap<Long, List<ConstantLoad.Statement>> windows = new TreeMap<>();
        for (ConstantLoad.Statement statement : statements) {
            windows.computeIfAbsent((statement.due() - begin) / WINDOW, window -> new ArrayList<>())
                    .add(statement);
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        windows.forEach((window, inside) -> {
            seconds.add(window * WINDOW / 1e9);
            values.add(Statistics.percentile(latencies(inside), 0.99));
        });
        return new Series(name, seconds, values);
    }

    private static List<Double> latencies(List<ConstantLoad.Statement> statements) {
        return statements.stream().map(statement -> statement.latency() / 1e6).toList();
    }
}
