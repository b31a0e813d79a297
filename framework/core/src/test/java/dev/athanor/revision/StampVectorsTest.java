package dev.athanor.revision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Alembic answered to stamps. */
class StampVectorsTest {

    static Stream<GraphVector> stamps() {
        return GraphVector.ofCommand("stamp").filter(vector -> !vector.isSql());
    }

    @ParameterizedTest
    @MethodSource("stamps")
    void setsTheRowsThatAlembicSets(GraphVector vector) {
        AppliedState state = vector.words().contains("--purge") ? AppliedState.none() : vector.state();
        vector.check(() -> RevisionGraph.of(vector.revisions()).stamp(state, vector.targets()), vector::checkPlan);
    }
}
