package dev.athanor.benchmark.micro;

import dev.athanor.benchmark.drill.ManyRevisions;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionNode;
import dev.athanor.revision.RevisionPlan;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 10,000 revisions joined to a graph, and an upgrade of all of them planned. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GraphPlanning {
    private final List<RevisionNode> nodes = ManyRevisions.nodes(10_000);
    private final RevisionGraph graph = RevisionGraph.of(nodes);

    /** For JMH. */
    public GraphPlanning() {}

    /** Joins and checks. */
    @Benchmark
    public RevisionGraph join() {
        return RevisionGraph.of(nodes);
    }

    /** Plans from nothing to the heads. */
    @Benchmark
    public RevisionPlan plan() {
        return graph.upgrade(AppliedState.none(), "heads");
    }
}
