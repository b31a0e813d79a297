package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Figure;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH benchmarks, each for some seconds; {@code benchmarks/run jmh} runs them with JMH's own options. */
record MicroBenchmarks() implements Drill {
    @Override
    public String id() {
        return "jmh";
    }

    @Override
    public String title() {
        return "pure parts, by JMH";
    }

    @Override
    public boolean isUsual() {
        return false;
    }

    @Override
    public DrillResult run(DrillContext context) throws Exception {
        Runner runner = new Runner(new OptionsBuilder()
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build());
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : runner.run()) {
            var primary = result.getPrimaryResult();
            figures.add(new Figure(
                    result.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1"),
                    primary.getScoreUnit(),
                    List.of(primary.getScore())));
        }
        return DrillResult.of(id(), title(), figures, List.of());
    }
}
