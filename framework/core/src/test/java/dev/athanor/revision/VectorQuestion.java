package dev.athanor.revision;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks what a vector asks, and compares the answer. */
final class VectorQuestion {
    private final GraphVector vector;

    VectorQuestion(GraphVector vector) {
        this.vector = vector;
    }

    void check() {
        switch (vector.command()) {
            case "upgrade", "downgrade", "stamp" -> ask(this::plan, plan -> new VectorPlan(vector).check(plan));
            case "revision", "merge" -> ask(this::draft, vector::checkDraft);
            default -> ask(this::list, vector::checkList);
        }
    }

    private <T> void ask(Function<RevisionGraph, T> question, Consumer<T> checkAnswer) {
        vector.check(() -> question.apply(RevisionGraph.of(vector.revisions())), checkAnswer);
    }

    private RevisionPlan plan(RevisionGraph graph) {
        String target = vector.targets().get(0);
        AppliedState state = vector.words().contains("--purge") ? AppliedState.none() : vector.state();
        return switch (vector.command()) {
            case "upgrade" -> vector.isSql() ? graph.upgradeScript(target) : graph.upgrade(state, target);
            case "downgrade" -> vector.isSql() ? graph.downgradeScript(target) : graph.downgrade(state, target);
            default -> vector.isSql() ? graph.stampScript(target) : graph.stamp(state, vector.targets());
        };
    }

    private RevisionNode draft(RevisionGraph graph) {
        String id = vector.values("--rev-id").get(0);
        boolean splice = vector.words().contains("--splice");
        boolean merge = vector.command().equals("merge");
        List<String> labels = vector.values("--branch-label");
        if (merge && !splice) {
            return graph.mergeDraft(id, vector.targets(), labels);
        }
        List<String> heads = merge ? vector.targets() : vector.values("--head");
        return graph.draft(id, new DraftRequest(heads, splice, labels, vector.values("--depends-on")));
    }

    private List<GraphEntry> list(RevisionGraph graph) {
        AppliedState state = vector.state();
        return switch (vector.command()) {
            case "heads" ->
                vector.words().contains("--resolve-dependencies") ? graph.show(state, "heads") : graph.headEntries();
            case "branches" -> graph.branches();
            case "show" -> graph.show(state, vector.targets().get(0));
            case "current" -> current(graph, state);
            case "history" -> {
                List<String> range = vector.values("-r");
                yield range.isEmpty() ? graph.history(state) : graph.history(state, range.get(0));
            }
            default -> throw new IllegalStateException("no such command: " + vector.command());
        };
    }

    private List<GraphEntry> current(RevisionGraph graph, AppliedState state) {
        if (vector.words().contains("--check-heads")) {
            graph.requireAtHeads(state);
        }
        return graph.current(state);
    }
}
