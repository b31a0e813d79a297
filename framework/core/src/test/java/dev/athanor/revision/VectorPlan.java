package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compares a plan with the steps, and the rows before, between and after them, that Alembic had. */
final class VectorPlan {
    private final GraphVector vector;
    private final List<List<String>> expectedSteps;

    VectorPlan(GraphVector vector) {
        this.vector = vector;
        expectedSteps = lists("steps");
    }

    private List<List<String>> lists(String key) {
        return vector.expect().get(key).valueStream().map(GraphVector::texts).toList();
    }

    void check(RevisionPlan plan) {
        List<List<String>> steps = plan.steps().stream()
                .map(step -> List.of(step.action().key(), step.id()))
                .toList();
        if (vector.compare().equals("exact") || vector.isForced()) {
            assertThat(steps).isEqualTo(expectedSteps);
        } else if (!vector.compare().equals("versions")) {
            assertThat(steps).containsExactlyInAnyOrderElementsOf(expectedSteps);
            vector.checkOrder(plan.ids(), vector.command().equals("upgrade"));
        }
        assertThat(plan.rowsAfter()).isEqualTo(GraphVector.texts(vector.expect().get("versions_after")));
        checkTrace(plan, steps);
    }

    private void checkTrace(RevisionPlan plan, List<List<String>> steps) {
        AppliedState state = AppliedState.fromTips(plan.rowsBefore());
        List<List<String>> trace = RevisionGraph.of(vector.revisions()).trace(state, plan);
        assertThat(trace).hasSameSizeAs(steps);
        assertThat(trace.isEmpty() ? plan.rowsBefore() : trace.get(trace.size() - 1))
                .isEqualTo(plan.rowsAfter());
        if (vector.expect().has("trace") && steps.equals(expectedSteps)) {
            assertThat(trace).isEqualTo(lists("trace"));
        }
        if (!vector.command().equals("stamp")) {
            PlainGraph plain = new PlainGraph(vector.revisions());
            assertThat(trace).isEqualTo(plain.trace(plain.withAllBelow(plan.rowsBefore()), plan.steps()));
        }
        if (vector.isSql()) {
            checkStatements(plan, trace);
        }
    }

    /** The statements of Alembic's script, run on the rows before, must lead through the rows after each of our steps. */
    private void checkStatements(RevisionPlan plan, List<List<String>> trace) {
        assertThat(plan.rowsBefore())
                .isEqualTo(GraphVector.texts(vector.expect().get("versions_before")));
        Set<String> table = new TreeSet<>(plan.rowsBefore());
        List<List<String>> states = new ArrayList<>();
        for (JsonNode statement : vector.expect().get("version_sql")) {
            run(GraphVector.texts(statement), table);
            states.add(List.copyOf(table));
        }
        assertThat(states).containsSubsequence(trace);
        assertThat(List.copyOf(table)).isEqualTo(plan.rowsAfter());
    }

    private static void run(List<String> statement, Set<String> table) {
        List<String> ids = statement.subList(1, statement.size());
        switch (statement.get(0)) {
            case "create" -> assertThat(table).isEmpty();
            case "insert" -> assertThat(table.addAll(ids)).isTrue();
            case "delete" -> assertThat(table.removeAll(new HashSet<>(ids))).isTrue();
            case "update" -> {
                assertThat(table.remove(ids.get(0))).isTrue();
                assertThat(table.add(ids.get(1))).isTrue();
            }
            default -> throw new IllegalStateException("no such statement: " + statement);
        }
    }
}
