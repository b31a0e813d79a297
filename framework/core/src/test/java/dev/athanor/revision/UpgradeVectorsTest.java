package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Alembic answered to upgrades. */
class UpgradeVectorsTest {

    static Stream<GraphVector> upgrades() {
        return GraphVector.ofCommand("upgrade").filter(vector -> !vector.isSql());
    }

    @ParameterizedTest
    @MethodSource("upgrades")
    void plansWhatAlembicRuns(GraphVector vector) {
        vector.check(
                () -> RevisionGraph.of(vector.revisions()).upgrade(vector.state(), vector.args()), vector::checkPlan);
    }

    static Stream<GraphVector> answers() {
        return upgrades()
                .filter(vector -> !vector.isError() && !vector.compare().equals("advisory"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void plansTheSameFromTheSetOfAppliedRevisions(GraphVector vector) {
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
}
