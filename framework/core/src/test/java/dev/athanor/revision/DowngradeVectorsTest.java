package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Alembic answered to downgrades. */
class DowngradeVectorsTest {

    static Stream<GraphVector> downgrades() {
        return GraphVector.ofCommand("downgrade").filter(vector -> !vector.isSql());
    }

    @ParameterizedTest
    @MethodSource("downgrades")
    void plansWhatAlembicUndoes(GraphVector vector) {
        vector.check(
                () -> RevisionGraph.of(vector.revisions()).downgrade(vector.state(), vector.args()), vector::checkPlan);
    }

    static Stream<GraphVector> answers() {
        return downgrades()
                .filter(vector -> !vector.isError() && !vector.expect().has("may_refuse"))
                .filter(vector -> !vector.compare().equals("advisory"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void plansTheSameFromTheSetOfAppliedRevisions(GraphVector vector) {
        RevisionGraph graph = RevisionGraph.of(vector.revisions());

        RevisionPlan fromSet = graph.downgrade(vector.asSet(), vector.args());
        RevisionPlan fromRows = graph.downgrade(vector.state(), vector.args());

        assertThat(fromSet.steps()).isEqualTo(fromRows.steps());
        assertThat(fromSet.rowsAfter()).isEqualTo(fromRows.rowsAfter());
    }
}
