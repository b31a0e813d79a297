package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plan over 10,000 pending revisions: reading and checking the files, joining the graph, asking the database, ordering. */
record PlanManyRevisions() implements Drill {
    private static final int REVISIONS = 10_000;

    @Override
    public String id() {
        return "plan-10000";
    }

    @Override
    public String title() {
        return "plan over 10,000 revisions, in a fresh JVM";
    }

    @Override
    public DrillResult run(DrillContext context) throws Exception {
        Path folder = context.workers().folder().resolve("many-revisions");
        ManyRevisions.write(ManyRevisions.nodes(REVISIONS), folder);
        context.table().database().execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        List<String> arguments = new ArrayList<>(context.workers().jvm());
        arguments.addAll(List.of(PlanMain.class.getName(), folder.toString()));
        List<Double> reading = new ArrayList<>();
        List<Double> planning = new ArrayList<>();
        for (int i = 0; i < context.repeats(); i++) {
            String[] nanos = Programs.java(
                            context.workers().log(), context.workers().url(), arguments)
                    .trim()
                    .split(" ");
            reading.add(Long.parseLong(nanos[0]) / 1e9);
            planning.add(Long.parseLong(nanos[1]) / 1e9);
        }
        return DrillResult.of(
                id(),
                title(),
                List.of(new Figure("reading the files", "s", reading), new Figure("planning", "s", planning)),
                List.of());
    }
}
