package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is planned from the rows must be planned from the set of all that is applied, too. */
class AppliedSetVectorsTest {

    static Stream<GraphVector> upgrades() {
        return answers("upgrade");
    }

    static Stream<GraphVector> downgrades() {
        return answers("downgrade");
    }

    private static Stream<GraphVector> answers(String command) {
        return GraphVector.ofCommand(command)
                .filter(vector -> !vector.isSql() && !vector.isError())
                .filter(vector -> !vector.compare().equals("advisory"))
                .filter(vector -> !vector.expect().has("may_refuse"));
    }

    @ParameterizedTest
    @MethodSource("upgrades")
    void upgradesAreTheSame(GraphVector vector) {
        RevisionGraph graph = RevisionGraph.of(vector.revisions());
        RevisionPlan plan = graph.upgrade(vector.asSet(), vector.args());

        assertThat(plan).isEqualTo(graph.upgrade(vector.state(), vector.args()));
        assertThat(plan.rowsBefore())
                .isEqualTo(vector.current().stream().sorted().toList());
        assertThat(graph.rows(AppliedState.fromTips(plan.rowsAfter()))).isEqualTo(plan.rowsAfter());
        assertThat(graph.upgrade(AppliedState.fromTips(plan.rowsAfter()), "heads")
                        .ids())
                .allMatch(id -> !plan.ids().contains(id));
    }

    @ParameterizedTest
    @MethodSource("downgrades")
    void downgradesAreTheSame(GraphVector vector) {
        RevisionGraph graph = RevisionGraph.of(vector.revisions());

        RevisionPlan fromSet = graph.downgrade(vector.asSet(), vector.args());
        RevisionPlan fromRows = graph.downgrade(vector.state(), vector.args());

        assertThat(fromSet.steps()).isEqualTo(fromRows.steps());
        assertThat(fromSet.rowsAfter()).isEqualTo(fromRows.rowsAfter());
    }
}
